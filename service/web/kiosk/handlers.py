"""Kiosk: what its buttons do, and what changes on the page then."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import gradio as gr

from insideout.perception.errors import InsideOutError
from insideout.perception.reading import Modality
from insideout.service.web.guests import Guest, Step
from insideout.service.web.header import Notice, hint
from insideout.service.web.kiosk import painting
from insideout.service.web.kiosk.asking import MODALITIES, asked
from insideout.service.web.kiosk.hearts import discard, read_heart
from insideout.service.web.kiosk.parts import Parts
from insideout.service.web.kiosk.texts import KIOSK_TEXTS
from insideout.service.web.kiosk.visitors import Visitors
from insideout.service.web.live.live import Live
from insideout.service.web.result.kept import kept_view
from insideout.service.web.result.saved import save
from insideout.service.web.shown import Shown, nothing
from insideout.service.web.site import Site
from insideout.service.web.talk import TYPED_CHARS, refusal
from insideout.service.web.texts import TEXTS, preferred

log = logging.getLogger(__name__)

# How often a page that was loaded anew looks at a turn that goes on without it.
_FOLLOW_SECS = 0.25


class Kiosk:
    """The handlers of the page's events. Each gets the visitor's token, and gives what changes."""

    def __init__(self, site: Site, parts: Parts, token: gr.State) -> None:
        self.site = site
        self.parts = parts
        self.token = token
        self.visitors = Visitors(site)
        self.limit = min(TYPED_CHARS, site.assistant.setup.max_message_chars)

    # The way from step to step

    def open(self, given: str, request: gr.Request) -> Shown:
        """The page as a browser opens it: at the visitor's step, or at the door where there is none."""
        guest = self.visitors.find(given)
        ui = guest.language if guest else self._own(request)
        return {
            **self._at(guest, ui, anew=True),
            **painting.words(self.parts, self.site, ui, anew=True),
        }

    def translate(self, token: str, ui: str) -> Shown:
        """The whole page in another language; what was said stays as it was said."""
        guest = self.visitors.find(token)
        if guest is not None:
            guest.language = ui
        return {**self._at(guest, ui), **painting.words(self.parts, self.site, ui)}

    def begin(self, token: str, ui: str) -> Shown:
        """From the door to the consent; a second click changes nothing."""
        if self.visitors.find(token) is not None:
            return nothing()
        return self._at(self.visitors.arrive(ui), ui, anew=True)

    def agree(self, token: str, ui: str, *ticked: bool) -> Shown:
        """Go on with what was ticked."""
        chosen = [modality for modality, on in zip(MODALITIES, ticked, strict=True) if on]
        return self._answer(token, ui, chosen)

    def agree_to_all(self, token: str, ui: str) -> Shown:
        """Go on with everything that is asked about."""
        return self._answer(token, ui, asked())

    def agree_to_nothing(self, token: str, ui: str) -> Shown:
        """Go on without measuring."""
        return self._answer(token, ui, ())

    def _answer(self, token: str, ui: str, modalities: Sequence[Modality]) -> Shown:
        guest = self.visitors.find(token)
        if guest is None:
            return self._gone(token, ui)
        try:
            taken = self.visitors.agree(guest, modalities)
        except InsideOutError as error:  # the consent could not be kept
            return self._wrong(str(error))
        if not taken:
            return nothing()
        waits = self._note(KIOSK_TEXTS[ui].preparing) if self.visitors.needs(guest) else {}
        return {**self._at(guest, ui), **waits}

    async def prepare(self, token: str, ui: str) -> Shown:
        """Camera and microphone, once they were agreed to."""
        guest = self.visitors.find(token)
        if guest is None or guest.step not in (Step.MEASURE, Step.TALK):
            return nothing()
        try:
            await self.visitors.prepare(guest)
        except InsideOutError as error:
            log.warning("a visitor cannot be measured: %s", error)
            return self._wrong(KIOSK_TEXTS[ui].cannot_measure.format(why=error))
        return painting.place(self.parts, self.site, guest, ui)

    def to_talk(self, token: str, ui: str) -> Shown:
        """From the measurement to the talk."""
        return self._onward(token, ui, Step.MEASURE)

    def to_result(self, token: str, ui: str) -> Shown:
        """From the talk to the result."""
        return self._onward(token, ui, Step.TALK)

    def _onward(self, token: str, ui: str, step: Step) -> Shown:
        guest = self.visitors.find(token)
        if guest is None:
            return self._gone(token, ui)
        return self._at(guest, ui) if self.visitors.onward(guest, step) else nothing()

    async def back(self, token: str, ui: str) -> Shown:
        """A step back, for the browser's own button."""
        guest = self.visitors.find(token)
        if guest is None:
            return self._at(None, ui, anew=True)
        await self.visitors.back(guest)
        there = guest if guest.step is not Step.WELCOME else None
        return self._at(there, ui, anew=there is None)

    async def leave(self, token: str, ui: str) -> Shown:
        """Good-bye, and nothing is left."""
        await self.visitors.leave(token)
        return {**self._at(None, ui, anew=True), **self._note(KIOSK_TEXTS[ui].gone)}

    async def leave_idle(self, token: str, request: gr.Request) -> Shown:
        """Nobody is there any more: back to the door, in the kiosk's own language."""
        await self.visitors.leave(token)
        ui = self._own(request)
        return {**self._gone(token, ui), **self._note(KIOSK_TEXTS[ui].gone_idle)}

    def tick(self, token: str, active: str, request: gr.Request) -> Shown:
        """Every few seconds: whether the visitor is still here. active: they did something since."""
        if not token:
            return nothing()
        if not self.visitors.is_here(token):
            return {self.parts.gone: time.monotonic_ns()}
        if active:
            self.visitors.find(token)
        return nothing()

    def gone(self, token: str, request: gr.Request) -> Shown:
        """The door, for a visitor who was let go meanwhile."""
        return self._gone(token, self._own(request))

    # Measuring, talking, keeping

    async def bring(
        self, token: str, ui: str, uploads: list[str] | None
    ) -> AsyncGenerator[Shown, None]:
        """A recording of the visitor's heart; the files are gone afterwards in any case."""
        guest, files = self.visitors.find(token), uploads or []
        live = guest.live if guest else None
        if not files or not isinstance(live, Live):
            discard(files)
            yield self._wrong(KIOSK_TEXTS[ui].no_live)
            return
        yield self._note(KIOSK_TEXTS[ui].heart_reading)
        try:
            await asyncio.to_thread(read_heart, live, files)
        except (InsideOutError, OSError) as error:
            log.warning("a visitor's recording was not read: %s", error)
            yield {self.parts.file: None, **self._wrong(KIOSK_TEXTS[ui].heart_unread)}
            return
        yield {self.parts.file: None, **self._note(KIOSK_TEXTS[ui].heart_read)}

    async def respond(self, token: str, ui: str, text: str) -> AsyncGenerator[Shown, None]:
        """One turn; a message that cannot be sent stays in the box, with a notice."""
        guest = self.visitors.find(token)
        if guest is None or guest.step is not Step.TALK or self.visitors.talks(guest):
            yield nothing()  # a visitor who was let go is shown the door by the next tick
            return
        why = refusal(text, TEXTS[ui], self.limit)
        if why is not None:
            yield self._wrong(why)
            return
        try:
            async with aclosing(self._drawn(guest, text, ui)) as drawn:
                async for shown in drawn:
                    yield shown
        except InsideOutError as error:
            yield self._given_up(guest, text, ui, str(error))
        except Exception:
            log.exception("a turn broke down")
            yield self._given_up(guest, text, ui, KIOSK_TEXTS[ui].broke)

    async def _drawn(self, guest: Guest, text: str, ui: str) -> AsyncGenerator[Shown, None]:
        """What changes on the page as the turn goes on, and no more than that."""
        before: Shown = {}
        start: Shown = {
            self.parts.box: "",
            self.parts.note: "",
            **painting.buttons(self.parts, running=True),
        }
        async with aclosing(self.visitors.say(guest, text)) as course:
            async for _ in course:
                painted = painting.talked(self.parts, self.site, guest, ui)
                new = {part: value for part, value in painted.items() if before.get(part) != value}
                if start or new:
                    yield {**start, **new}
                before, start = painted, {}
        yield self._note(TEXTS[ui].done, Notice.HEARD)

    def _given_up(self, guest: Guest, text: str, ui: str, why: str) -> Shown:
        """The page as it was before the turn, with the text back in the box."""
        there = painting.talked(self.parts, self.site, guest, ui)
        return {**there, self.parts.box: text, **self._wrong(why)}

    def settle(self, token: str, ui: str) -> Shown:
        """The page at rest: after a turn, or where one was cut short."""
        guest = self.visitors.find(token)
        if guest is None or self.visitors.talks(guest):
            return nothing()
        guest.visit = guest.visit.stopped()
        there = painting.talked(self.parts, self.site, guest, ui)
        return {**there, **painting.buttons(self.parts, running=False)}

    async def stop(self, token: str, ui: str) -> Shown:
        """The turn cut short; what was said of it stays."""
        guest = self.visitors.find(token)
        if guest is None:
            return nothing()
        await self.visitors.stop(guest)
        return self.settle(token, ui)

    async def follow(self, token: str, ui: str) -> AsyncGenerator[Shown, None]:
        """A turn that went on while the page was loaded anew."""
        guest = self.visitors.find(token)
        while guest is not None and self.visitors.talks(guest):
            there = painting.talked(self.parts, self.site, guest, ui)
            yield {**there, **painting.buttons(self.parts, running=True)}
            await asyncio.sleep(_FOLLOW_SECS)
        yield self.settle(token, ui)

    def show_result(self, token: str, ui: str, conversation: bool) -> Shown:
        """The result with or without what was talked about."""
        guest = self.visitors.find(token)
        if guest is None or guest.step is not Step.RESULT:
            return nothing()
        return painting.result(self.parts, guest, ui, conversation=conversation)

    def save(self, token: str, ui: str, conversation: bool, request: gr.Request) -> Shown:
        """Keep the result for a while, for the visitor's phone."""
        texts, guest = KIOSK_TEXTS[ui], self.visitors.find(token)
        if guest is None:
            return self._gone(token, ui)
        if guest.step is not Step.RESULT:
            return nothing()
        key = save(self.site, guest, conversation=conversation)
        page = request.headers.get("origin") or f"http://{request.headers.get('host', '')}"
        return {
            self.parts.saved: kept_view(self.site, key, page, ui),
            self.parts.leave_now: gr.Button(texts.leave_saved),
        }

    # What the page shows

    def _at(self, guest: Guest | None, ui: str, *, anew: bool = False) -> Shown:
        """The step that the visitor is at. anew: nothing of the page before may be left."""
        shown: Shown = {
            self.token: guest.token if guest else "",
            **(painting.emptied(self.parts, ui) if anew else {}),
            **painting.talked(self.parts, self.site, guest, ui),
            **painting.buttons(self.parts, running=bool(guest and self.visitors.talks(guest))),
            **painting.place(self.parts, self.site, guest, ui),
        }
        if guest is not None and guest.step is Step.RESULT:
            shown |= painting.result(self.parts, guest, ui, conversation=False)
        return shown

    def _gone(self, token: str, ui: str) -> Shown:
        """The door, for a visitor who was let go meanwhile."""
        return {
            **self._at(None, ui, anew=True),
            **painting.words(self.parts, self.site, ui, anew=True),
            **(self._note(KIOSK_TEXTS[ui].gone) if token else {}),
        }

    def _own(self, request: gr.Request) -> str:
        """The kiosk's own language: the assistant's, else that of the browser."""
        fixed = self.site.assistant.setup.language
        return fixed if fixed in TEXTS else preferred(request.headers.get("accept-language", ""))

    def _note(self, text: str, notice: Notice = Notice.WELL) -> Shown:
        return {self.parts.note: hint(text, notice)}

    def _wrong(self, text: str) -> Shown:
        return self._note(text, Notice.WRONG)
