"""The sockets of a measurement: the one between a browser's camera and microphone
and the guest's measurement, and the one of a sensor beside it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, WebSocket, WebSocketDisconnect

from insideout.perception.errors import BadSignalError
from insideout.service.web.guests import Guest
from insideout.service.web.live.clock import Clock
from insideout.service.web.live.closing import Closing, RefusedError, dismiss, same_origin
from insideout.service.web.live.live import Live
from insideout.service.web.live.models import cool, warm
from insideout.service.web.live.sensor import Sensors
from insideout.service.web.live.texts import TEXTS
from insideout.service.web.live.wire import Kind, Order, order_of, unpack
from insideout.service.web.site import Site
from insideout.service.web.texts import preferred

log = logging.getLogger(__name__)

_MOST_BAD = 20  # packets that are none, after which the page is taken for something else
_WARM_AFTER_SECS = 5.0  # so that the first page is there before the models are loaded


def router(site: Site) -> APIRouter:
    """The routes of the live measurement."""

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        warming = asyncio.create_task(_warm())
        yield
        warming.cancel()
        await asyncio.to_thread(cool)

    routes = APIRouter(lifespan=living)
    sessions = Sessions(site)

    @routes.websocket("/live")
    async def live(socket: WebSocket, guest: str = "") -> None:
        await sessions.serve(socket, guest)

    @routes.websocket("/sensor")
    async def sensor(socket: WebSocket, guest: str = "") -> None:
        await Sensors(site).serve(socket, guest)

    return routes


async def _warm() -> None:
    await asyncio.sleep(_WARM_AFTER_SECS)
    await asyncio.to_thread(warm)


class Sessions:
    """The sockets that are open, one a guest: the newest, since a page that is reloaded leaves one."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._open: dict[str, WebSocket] = {}

    async def serve(self, socket: WebSocket, token: str) -> None:
        """One socket, from its beginning to its end."""
        if not same_origin(socket, self._site.settings.public_url):
            await socket.close()  # before it was accepted: the answer is 403
            return
        await socket.accept()
        try:
            guest, live = self._let_in(socket, token)
        except RefusedError as refused:
            await dismiss(socket, refused.code, refused.why)
            return
        before, self._open[token] = self._open.get(token), socket
        if before is not None:
            await dismiss(before, Closing.ELSEWHERE, TEXTS[guest.language].elsewhere)
        telling = asyncio.create_task(_tell(socket, live))
        try:
            await self._take(socket, guest, live)
        finally:
            telling.cancel()
            if self._open.get(token) is socket:
                del self._open[token]
                live.let_go()

    def _let_in(self, socket: WebSocket, token: str) -> tuple[Guest, Live]:
        guest = self._site.guests.find(token)
        if guest is None:
            language = preferred(socket.headers.get("accept-language", ""))
            raise RefusedError(Closing.NOT_YOURS, TEXTS[language].not_yours)
        if not isinstance(guest.live, Live) or guest.live.closed:
            raise RefusedError(Closing.NOT_BEGUN, TEXTS[guest.language].not_begun)
        return guest, guest.live

    async def _take(self, socket: WebSocket, guest: Guest, live: Live) -> None:
        """What the page sends, until it goes."""
        clock, bad = Clock(), 0
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            try:
                data = message.get("bytes")
                if data is not None:
                    _feed(live, data, clock)
                else:
                    self._obey(guest, live, message.get("text") or "")
            except BadSignalError as error:
                bad += 1
                log.debug("live: %s", error)
                if bad >= _MOST_BAD:
                    await dismiss(socket, Closing.BAD_PACKETS, TEXTS[live.language].broken)
                    return
            if live.face_in_sight:
                self._site.guests.find(guest.token)

    def _obey(self, guest: Guest, live: Live, text: str) -> None:
        order, begins = order_of(text)
        self._site.guests.find(guest.token)
        if order is Order.MEASURE:
            live.measure(begins)
        elif order is Order.SPEAK:
            live.press(begins)


def _feed(live: Live, data: bytes, clock: Clock) -> None:
    packet = unpack(data)
    secs = clock.here(packet.secs, live.now_secs)
    if packet.kind is Kind.FRAME:
        live.feed_frame(packet.payload, secs)
    else:
        live.feed_sound(packet.payload, secs)


async def _tell(socket: WebSocket, live: Live) -> None:
    """What the measurement says, until it is over."""
    ready = asyncio.Event()
    wake = _from_any_thread(ready)
    live.outbox.ready = wake
    wake()
    while not live.outbox.closed:
        await ready.wait()
        ready.clear()
        try:
            for message in live.outbox.take():
                await socket.send_json(message)
        except (RuntimeError, WebSocketDisconnect):  # the page has gone
            return
    await dismiss(socket, Closing.OVER, "")


def _from_any_thread(event: asyncio.Event) -> Callable[[], None]:
    loop = asyncio.get_running_loop()

    def wake() -> None:
        try:
            loop.call_soon_threadsafe(event.set)
        except RuntimeError:  # the server has stopped
            return

    return wake
