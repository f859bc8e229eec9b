"""The socket of a device that measures an ECG or a pulse wave, beside the page of the visitor.

It connects to /sensor?guest=station, says {"kind": "ecg", "rate": 250, "password": "…"} and then sends
chunks of float32, little-endian. Each chunk goes to the visitor whom the kiosk measures at that moment,
if they agreed to it, and is dropped where there is none; the device hears of it when that changes, as
{"type": "measuring", "on": true}. With a guest's token in the place of "station" it is that guest alone.
"""

import json
import logging
from dataclasses import dataclass
from secrets import compare_digest
from typing import Any

from fastapi import WebSocket, WebSocketDisconnect

from insideout.perception.errors import BadSignalError, unknown_name
from insideout.perception.heart.signal import SignalKind, check_rate
from insideout.perception.reading import Modality
from insideout.service.web.live.closing import Closing, RefusedError, dismiss, same_origin
from insideout.service.web.live.hearts import heart_samples
from insideout.service.web.live.live import Live
from insideout.service.web.live.wire import MOST_ORDER_CHARS, MOST_PACKET_BYTES
from insideout.service.web.site import Site

log = logging.getLogger(__name__)

STATION = "station"
_HERE = {"127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """What a device says of itself. rate: samples a second, in Hz."""

    kind: SignalKind
    rate: float
    password: str


def hello_of(text: str) -> Hello:
    """The first message; raises BadSignalError where it is another one."""
    try:
        record: Any = json.loads(text[:MOST_ORDER_CHARS])
        kind, rate = str(record["kind"]), float(record["rate"])
        password = str(record.get("password", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadSignalError(
            f'{text[:80]!r} is no greeting of a sensor; expected {{"kind": "ecg", "rate": 250}}'
        ) from error
    known = [one.value for one in SignalKind]
    if kind not in known:
        raise BadSignalError(unknown_name("signal", kind, known))
    check_rate(rate, SignalKind(kind))
    return Hello(kind=SignalKind(kind), rate=rate, password=password)


class Sensors:
    """Devices and whom they measure."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def serve(self, socket: WebSocket, whose: str) -> None:
        """One device, from its greeting to its end."""
        if "origin" in socket.headers and not same_origin(socket, self._site.settings.public_url):
            await socket.close()  # a page of another site, which must not measure our visitors
            return
        await socket.accept()
        try:
            hello = hello_of(await socket.receive_text())
            self._check(socket, whose, hello)
            await socket.send_json({"type": "ready"})
            await self._pass_on(socket, whose, hello)
        except RefusedError as refused:
            await dismiss(socket, refused.code, refused.why)
        except BadSignalError as error:
            await dismiss(socket, Closing.BAD_PACKETS, str(error))
        except (WebSocketDisconnect, KeyError):  # it went, or sent bytes in the place of words
            await dismiss(socket, Closing.BAD_PACKETS, "")

    def _check(self, socket: WebSocket, whose: str, hello: Hello) -> None:
        """Raises RefusedError where the device may not measure anybody."""
        if whose != STATION:
            if self._site.guests.find(whose) is None:
                raise RefusedError(Closing.NOT_YOURS, "there is no such guest, or they have left")
            return
        password = self._site.settings.operator_password
        if password is not None:
            if not compare_digest(hello.password.encode(), password.get_secret_value().encode()):
                raise RefusedError(
                    Closing.NOT_YOURS, "the password is not that of INSIDEOUT_OPERATOR_PASSWORD"
                )
        elif socket.client is None or socket.client.host not in _HERE:
            raise RefusedError(
                Closing.NOT_YOURS,
                "a sensor on another machine needs INSIDEOUT_OPERATOR_PASSWORD to be set here",
            )

    async def _pass_on(self, socket: WebSocket, whose: str, hello: Hello) -> None:
        told: bool | None = None
        while True:
            chunk = await socket.receive_bytes()
            if len(chunk) > MOST_PACKET_BYTES:
                raise BadSignalError(
                    f"a chunk of {len(chunk)} bytes; expected at most {MOST_PACKET_BYTES}"
                )
            samples = heart_samples(chunk)
            live = self._measured(whose)
            if live is not None:
                live.feed_sensor(samples, hello.kind, hello.rate)
            if told is not (live is not None):
                told = live is not None
                await socket.send_json({"type": "measuring", "on": told})

    def _measured(self, whose: str) -> Live | None:
        """The measurement that the signal belongs to; none where two visitors are measured at once."""
        if whose == STATION:
            found = [
                guest.live
                for guest in self._site.guests.present
                if guest.page == "kiosk" and isinstance(guest.live, Live) and guest.live.measuring
            ]
            live = found[0] if len(found) == 1 else None
        else:
            one = self._site.guests.find(whose)
            if one is None:
                raise RefusedError(Closing.OVER, "the guest has left")
            live = one.live if isinstance(one.live, Live) else None
        return live if live is not None and Modality.HEART in live.consent.modalities else None
