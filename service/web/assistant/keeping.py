"""Keeping: the conversations that this browser began, and the models that may answer."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import gradio as gr

from insideout.agents.errors import UnknownSessionError
from insideout.perception.errors import InsideOutError
from insideout.service.web.assistant.handlers import Page
from insideout.service.web.assistant.reopening import kept_of, reopened
from insideout.service.web.assistant.room import Room
from insideout.service.web.assistant.texts import ASSISTANT_TEXTS
from insideout.service.web.header import Notice
from insideout.service.web.shown import Shown, nothing
from insideout.service.web.visit import is_of_the_web


class Keeping:
    """The handlers of the two folds."""

    def __init__(self, room: Room, page: Page) -> None:
        self.room, self.page, self.parts = room, page, room.parts

    def listed(self, token: str, ui: str, mine: Sequence[str]) -> Shown:
        """What is kept of this browser's conversations."""
        guest = self.room.guest(token)
        texts = ASSISTANT_TEXTS[ui]
        found = kept_of(self.room.assistant, mine)
        choices = [(one.label(texts), one.session) for one in found]
        here = guest.visit.session if guest is not None else None
        chosen = here if any(one.session == here for one in found) else None
        info = None if found else texts.none_kept
        return {self.parts.kept: gr.Radio(choices, value=chosen, info=info, label=texts.choose)}

    async def opened(self, token: str, ui: str, mine: Sequence[str], chosen: str | None) -> Shown:
        """The chosen conversation goes on."""
        guest, texts = self.room.guest(token), ASSISTANT_TEXTS[ui]
        if guest is None:
            return nothing()
        visit = None
        if chosen is not None and chosen in mine:
            visit = await asyncio.to_thread(reopened, self.room.assistant, chosen)
        if visit is None:
            return self.room.say(texts.pick_conversation, Notice.WRONG)
        await self.room.turns.cut(guest.visit.session)
        shown = self.page.fresh(guest, texts.opened)
        guest.visit = visit
        return {**shown, **self.room.paint(guest)}

    async def deleted(self, token: str, ui: str, mine: Sequence[str], chosen: str | None) -> Shown:
        """The chosen conversation is forgotten; where it is the one on the page, another begins."""
        guest, texts = self.room.guest(token), ASSISTANT_TEXTS[ui]
        if guest is None:
            return nothing()
        if chosen is None or chosen not in mine or not is_of_the_web(chosen):
            return self.room.say(texts.pick_conversation, Notice.WRONG)
        await self.room.turns.cut(chosen)
        with suppress(UnknownSessionError):  # it was deleted in another tab
            await asyncio.to_thread(self.room.assistant.sessions.delete, chosen)
        left = [name for name in mine if name != chosen]
        shown = self.page.fresh(guest, "") if chosen == guest.visit.session else {}
        return {
            **shown,
            **self.listed(token, ui, left),
            **self.room.say(texts.deleted),
            self.parts.mine: left,
        }

    async def models(self, token: str) -> Shown:
        """The models that are there now."""
        guest = self.room.guest(token)
        if guest is None:
            return nothing()
        found = await asyncio.to_thread(self.room.choices.look)
        return {self.parts.model: gr.Dropdown(list(found), value=self.room.model(guest))}

    async def choose(self, token: str, spec: str) -> Shown:
        """The next turns are thought by that model; the one before stays where it cannot be had."""
        guest = self.room.guest(token)
        if guest is None:
            return nothing()
        texts, desk = ASSISTANT_TEXTS[guest.language], self.room.desk(guest)
        before = desk.model
        desk.model = spec
        try:
            await asyncio.to_thread(self.room.mind, guest)
        except InsideOutError as error:
            desk.model = before
            said = texts.model_failed.format(model=spec, before=self.room.model(guest))
            return {
                self.parts.model: gr.Dropdown(value=self.room.model(guest)),
                **self.room.say(f"{said} ({error})", Notice.WRONG),
            }
        return {**self.room.paint(guest), **self.room.say(texts.model_is.format(model=spec))}
