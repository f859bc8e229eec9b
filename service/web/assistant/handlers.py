"""Page: what the page shows of a conversation, and what its buttons do."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import gradio as gr

from insideout.agents.insideout import InsideOut
from insideout.perception.errors import InsideOutError
from insideout.service.web.assistant.desk import CAMERA, Desk, gathered
from insideout.service.web.assistant.devices import Devices
from insideout.service.web.assistant.room import Room
from insideout.service.web.assistant.texts import ASSISTANT_TEXTS
from insideout.service.web.assistant.tools import tools
from insideout.service.web.conversation import messages
from insideout.service.web.guests import Guest
from insideout.service.web.header import Notice, greeting, header
from insideout.service.web.shown import Shown, nothing
from insideout.service.web.site import ADDRESSES
from insideout.service.web.talk import (
    TYPED_CHARS,
    exported,
    forget,
    kept_in_file,
    leave,
    refusal,
    talk,
)
from insideout.service.web.texts import TEXTS, preferred
from insideout.service.web.visit import Visit, new_visit

log = logging.getLogger(__name__)


class Page:
    """The handlers of the conversation. Each gets the token of its guest and gives what changes."""

    def __init__(self, room: Room, devices: Devices) -> None:
        self.room, self.devices, self.parts = room, devices, room.parts
        self.limit = min(TYPED_CHARS, room.assistant.setup.max_message_chars)

    def welcome(self, token: str, request: gr.Request) -> Shown:
        """The guest of a tab that was loaded again, else somebody new, in the browser's language."""
        guest = self.room.guest(token)
        if guest is not None:
            return {**self._whole(guest), **self.devices.resumed(guest)}
        fixed = self.room.assistant.setup.language
        asked = preferred(request.headers.get("accept-language", ""))
        return self._whole(self.room.welcome(fixed if fixed in TEXTS else asked))

    def translate(self, token: str, ui: str) -> Shown:
        """The whole page in another language; what was said stays as it was said."""
        guest = self.room.guest(token)
        if guest is None:
            return self.lost(ui)
        guest.language = ui
        return {**self._whole(guest), **self.devices.translated(guest)}

    def lost(self, ui: str) -> Shown:
        """A new guest in the place of one who was let go, and why."""
        said = self.room.say(ASSISTANT_TEXTS[ui].lost, Notice.WRONG)
        return {**self._whole(self.room.welcome(ui)), **self.devices.off(), **said}

    def _whole(self, guest: Guest) -> Shown:
        ui, parts = guest.language, self.parts
        texts = TEXTS[ui]
        kept = texts.kept_in_file if kept_in_file(self.room.assistant) else texts.kept_nowhere
        said: Any = messages(guest.visit, ui)  # Gradio's own type for it is a larger dictionary
        chat = gr.Chatbot(said, label=texts.chat, placeholder=greeting(texts, kept))
        running = self.room.turns.running(guest.visit.session)
        return {
            **self.room.paint(guest),
            **self._words(ui),
            **self._own_words(ui),
            parts.send: gr.Button(texts.send, interactive=not running),
            parts.stop: gr.Button(texts.stop, interactive=running),
            parts.chat: chat,
            parts.token: guest.token,
        }

    def _words(self, ui: str) -> Shown:
        """What the pages share."""
        texts, parts = TEXTS[ui], self.parts
        modes = [(name, mode.value) for mode, name in texts.modes.items()]
        languages = [(name, code) for code, name in texts.languages.items()]
        pages = {name: ADDRESSES[name] for name in self.room.site.pages}
        return {
            parts.head: header(texts, pages, "assistant"),
            parts.ui: gr.Radio(value=ui, label=texts.ui_language),
            parts.box: gr.Textbox(label=texts.box, placeholder=texts.box_hint),
            parts.fresh: gr.Button(texts.fresh),
            parts.save: gr.Button(texts.save),
            parts.forget: gr.Button(texts.forget),
            parts.voices_fold: gr.Accordion(label=texts.voices_title),
            parts.options_fold: gr.Accordion(label=texts.options),
            parts.mode: gr.Dropdown(modes, label=texts.mode, info=texts.mode_info),
            parts.language: gr.Dropdown(languages, label=texts.language),
        }

    def _own_words(self, ui: str) -> Shown:
        """What this page alone has."""
        texts, parts = ASSISTANT_TEXTS[ui], self.parts
        return {
            parts.tools: tools(ui),
            parts.agree: gr.Button(texts.agree),
            parts.not_now: gr.Button(texts.not_now),
            parts.kept_fold: gr.Accordion(label=texts.conversations),
            parts.kept: gr.Radio(label=texts.choose),
            parts.open: gr.Button(texts.open),
            parts.delete: gr.Button(texts.delete),
            parts.model: gr.Dropdown(label=texts.model, info=texts.model_info),
            parts.change: gr.Button(texts.change),
        }

    async def respond(
        self, text: str, token: str, ui: str, mode: str, language: str
    ) -> AsyncGenerator[Shown, None]:
        """One turn; a message that cannot be sent stays in the box, with a notice."""
        guest = self.room.guest(token)
        if guest is None:
            yield {self.parts.box: text, self.parts.lost: time.monotonic_ns()}
            return
        if self.room.turns.running(guest.visit.session):
            yield nothing()  # a second click, before the page could show that the first one counted
            return
        why = self._why_not(guest, text)
        if why is not None:
            yield self.room.say(why, Notice.WRONG)
            return
        desk, before = self.room.desk(guest), guest.visit
        files = list(desk.attached)
        try:
            # Nothing is awaited until the turn counts as running, or a second click comes between.
            told = self._course(self.room.mind(guest), guest, text, mode, language)
            course = self.room.turns.run(guest.visit.session, told)
            async with aclosing(self._drawn(course, guest)) as drawn:
                async for shown in drawn:
                    yield shown
        except InsideOutError as error:
            yield self._given_up(guest, before, desk, files, text, str(error))
        except Exception:
            log.exception("a turn broke down")
            yield self._given_up(guest, before, desk, files, text, TEXTS[guest.language].broke)

    def _why_not(self, guest: Guest, text: str) -> str | None:
        """Why the message is not sent now; None where it can be."""
        if any(not one.taken_away for one in self.room.desk(guest).waiting):
            return ASSISTANT_TEXTS[guest.language].still_reading
        return refusal(text, TEXTS[guest.language], self.limit)

    async def _course(
        self, mind: InsideOut, guest: Guest, text: str, mode: str, language: str
    ) -> AsyncGenerator[Visit, None]:
        desk = self.room.desk(guest)
        told = gathered(desk, guest, ASSISTANT_TEXTS[guest.language])
        desk.attached = []
        await asyncio.to_thread(self.devices.keep_consent, guest)
        course = talk(
            mind,
            guest.visit,
            text,
            mode,
            language,
            state=told.state,
            aside=told.aside,
            beside=told.beside,
        )
        async with aclosing(course):
            async for visit in course:
                yield visit

    async def _drawn(
        self, course: AsyncGenerator[Visit, None], guest: Guest
    ) -> AsyncGenerator[Shown, None]:
        """What the turn changes, as it goes on.

        All of it each time: for a component that it is not told of, Gradio makes a new one, which takes
        longer than to compare what it showed.
        """
        parts = self.parts
        start: Shown = {parts.box: "", parts.hint: "", **self._buttons(running=True)}
        async with aclosing(course):
            async for visit in course:
                guest.visit = visit
                yield {**self.room.paint(guest), **start}
                start = {}
        yield self.room.say(TEXTS[guest.language].done, Notice.HEARD)

    def _given_up(
        self, guest: Guest, before: Visit, desk: Desk, files: list[Any], text: str, why: str
    ) -> Shown:
        """The page as it was before the turn, with the text back in the box and the files beside it."""
        guest.visit = before
        desk.attached = files
        said = self.room.say(why, Notice.WRONG)
        return {**self.room.paint(guest), self.parts.box: text, **said}

    def settle(self, token: str, ui: str, mine: list[str]) -> Shown:
        """The page at rest: after a turn, or where one was cut short."""
        guest = self.room.guest(token)
        if guest is None or self.room.turns.running(guest.visit.session):
            return nothing()
        shown = self._buttons(running=False)
        stopped = guest.visit.stopped()
        if (
            stopped is not guest.visit
        ):  # what is drawn anew scrolls to its end, away from help in a crisis
            guest.visit = stopped
            shown |= self.room.paint(guest)
        session = guest.visit.session
        if kept_in_file(self.room.assistant) and guest.visit.exchanges and session not in mine:
            shown[self.parts.mine] = [*mine, session]
        return shown

    async def stop(self, token: str, ui: str, mine: list[str]) -> Shown:
        """The turn cut short; what was said of it stays."""
        guest = self.room.guest(token)
        if guest is None:
            return self.lost(ui)
        await self.room.turns.cut(guest.visit.session)
        return self.settle(token, ui, mine)

    async def begin_anew(self, token: str, ui: str) -> Shown:
        """Another conversation."""
        guest = self.room.guest(token)
        if guest is None:
            return self.lost(ui)
        await self.room.turns.cut(guest.visit.session)
        await asyncio.to_thread(leave, self.room.assistant, guest.visit)
        return self.fresh(guest, TEXTS[guest.language].started)

    async def forget_all(self, token: str, ui: str, mine: list[str]) -> Shown:
        """Another conversation, and nothing is left of this one, nor of what was agreed to."""
        guest = self.room.guest(token)
        if guest is None:
            return self.lost(ui)
        session = guest.visit.session
        await self.room.turns.cut(session)
        await asyncio.to_thread(forget, self.room.assistant, guest.visit)
        shown = self.fresh(guest, TEXTS[guest.language].forgotten)
        left = [name for name in mine if name != session]
        return {**shown, **self.devices.withdrawn(guest), self.parts.mine: left}

    def fresh(self, guest: Guest, said: str) -> Shown:
        """The page of a conversation in which nothing was said yet."""
        guest.visit = new_visit()
        self.room.desk(guest).cleared()
        return {
            **self.room.paint(guest),
            **self._buttons(running=False),
            **self.room.say(said),
            self.parts.box: "",
        }

    def save_as(self, token: str, ui: str) -> Shown:
        """The conversation as JSON, for the browser to save."""
        guest = self.room.guest(token)
        text = exported(self.room.assistant, guest.visit) if guest is not None else ""
        if not text:
            return {
                self.parts.export: "",
                **self.room.say(TEXTS[ui].nothing_to_save, Notice.WRONG),
            }
        return {self.parts.export: text, **self.room.say(TEXTS[ui].saved)}

    def alive(self, token: str) -> Shown:
        """A sign of life of the tab, at which the panel follows the camera."""
        guest = self.room.guest(token)
        watched = guest is not None and CAMERA in self.room.desk(guest).on
        return self.room.seen(guest) if guest is not None and watched else nothing()

    def _buttons(self, *, running: bool) -> Shown:
        return {
            self.parts.send: gr.Button(interactive=not running),
            self.parts.stop: gr.Button(interactive=running),
        }
