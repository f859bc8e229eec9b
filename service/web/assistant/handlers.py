"""Page: what the page shows of a visit, and what its buttons do."""

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import gradio as gr

from insideout.agents.insideout import InsideOut
from insideout.perception.errors import InsideOutError
from insideout.service.web.conversation import messages
from insideout.service.web.header import Notice, greeting, header, hint
from insideout.service.web.assistant.parts import Parts
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
from insideout.service.web.turns import Turns
from insideout.service.web.views import facts_view, state_view
from insideout.service.web.visit import Visit, new_visit
from insideout.service.web.voices import voices_view

log = logging.getLogger(__name__)

# By component: its new value, or a component that says what changes.
Shown = dict[Any, Any]


class Page:
    """The handlers of the page's events. Each gets the browser's own Visit and gives what changes."""

    def __init__(self, assistant: InsideOut, parts: Parts, visit: gr.State) -> None:
        self.assistant = assistant
        self.parts = parts
        self.visit = visit
        self.turns = Turns()
        self.limit = min(TYPED_CHARS, assistant.setup.max_message_chars)

    def paint(self, visit: Visit, ui: str) -> Shown:
        """All that depends on the visit."""
        parts, setup = self.parts, self.assistant.setup
        team = [agent.name for agent in setup.team]
        return {
            self.visit: visit,
            parts.chat: messages(visit, ui),
            parts.state: state_view(visit, ui),
            parts.voices: voices_view(visit.last, team, ui),
            parts.facts: facts_view(visit, setup.aggregator.spec, ui),
        }

    def words(self, ui: str) -> Shown:
        """All that depends on the language of the page only."""
        texts, parts = TEXTS[ui], self.parts
        modes = [(name, mode.value) for mode, name in texts.modes.items()]
        languages = [(name, code) for code, name in texts.languages.items()]
        return {
            parts.head: header(texts),
            parts.ui: gr.Radio(value=ui, label=texts.ui_language),
            parts.box: gr.Textbox(label=texts.box, placeholder=texts.box_hint),
            parts.send: gr.Button(texts.send),
            parts.stop: gr.Button(texts.stop),
            parts.fresh: gr.Button(texts.fresh),
            parts.save: gr.Button(texts.save),
            parts.forget: gr.Button(texts.forget),
            parts.voices_fold: gr.Accordion(label=texts.voices_title),
            parts.options_fold: gr.Accordion(label=texts.options),
            parts.mode: gr.Dropdown(modes, label=texts.mode, info=texts.mode_info),
            parts.language: gr.Dropdown(languages, label=texts.language),
        }

    def translate(self, visit: Visit, ui: str) -> Shown:
        """The whole page in another language; what was said stays as it was said."""
        texts = TEXTS[ui]
        kept = texts.kept_in_file if kept_in_file(self.assistant) else texts.kept_nowhere
        said: Any = messages(visit, ui)  # Gradio's own type for it is a larger dictionary
        chat = gr.Chatbot(said, label=texts.chat, placeholder=greeting(texts, kept))
        return {**self.paint(visit, ui), **self.words(ui), self.parts.chat: chat}

    def welcome(self, request: gr.Request) -> Shown:
        """A new visit, in the assistant's language or else the browser's."""
        fixed = self.assistant.setup.language
        asked = preferred(request.headers.get("accept-language", ""))
        return self.translate(new_visit(), fixed if fixed in TEXTS else asked)

    async def respond(
        self, text: str, visit: Visit, ui: str, mode: str, language: str
    ) -> AsyncGenerator[Shown, None]:
        """One turn; a message that cannot be sent stays in the box, with a notice."""
        parts = self.parts
        if self.turns.running(visit.session):
            return  # a second click, before the page could show that the first one counted
        why = refusal(text, TEXTS[ui], self.limit)
        if why is not None:
            yield {parts.hint: hint(why, Notice.WRONG)}
            return
        course = self.turns.run(visit.session, talk(self.assistant, visit, text, mode, language))
        try:
            async with aclosing(self._drawn(course, ui)) as drawn:
                async for shown in drawn:
                    yield shown
        except InsideOutError as error:
            yield self._given_up(visit, text, ui, str(error))
        except Exception:
            log.exception("a turn broke down")
            yield self._given_up(visit, text, ui, TEXTS[ui].broke)

    async def _drawn(
        self, course: AsyncGenerator[Visit, None], ui: str
    ) -> AsyncGenerator[Shown, None]:
        """What changes on the page as the turn goes on, and no more than that."""
        parts = self.parts
        before: Shown = {}
        start: Shown = {parts.box: "", parts.hint: "", **self._buttons(running=True)}
        async with aclosing(course):
            async for visit in course:
                painted = self.paint(visit, ui)
                yield {
                    **start,
                    **{part: new for part, new in painted.items() if before.get(part) != new},
                }
                before, start = painted, {}
        yield {parts.hint: hint(TEXTS[ui].done, Notice.HEARD)}

    def _given_up(self, visit: Visit, text: str, ui: str, why: str) -> Shown:
        """The page as it was before the turn, with the text back in the box."""
        parts = self.parts
        return {**self.paint(visit, ui), parts.box: text, parts.hint: hint(why, Notice.WRONG)}

    def settle(self, visit: Visit, ui: str) -> Shown:
        """The page at rest: after a turn, or where one was cut short."""
        if self.turns.running(visit.session):
            return {}
        return {**self.paint(visit.stopped(), ui), **self._buttons(running=False)}

    async def stop(self, visit: Visit, ui: str) -> Shown:
        """The turn cut short; what was said of it stays."""
        await self.turns.cut(visit.session)
        return self.settle(visit, ui)

    async def begin_anew(self, visit: Visit, ui: str) -> Shown:
        """Another conversation."""
        await self.turns.cut(visit.session)
        leave(self.assistant, visit)
        return self._fresh(ui, TEXTS[ui].started)

    async def forget_all(self, visit: Visit, ui: str) -> Shown:
        """Another conversation, and nothing is left of this one."""
        await self.turns.cut(visit.session)
        forget(self.assistant, visit)
        return self._fresh(ui, TEXTS[ui].forgotten)

    def save_as(self, visit: Visit, ui: str) -> Shown:
        """The conversation as JSON, for the browser to save."""
        text = exported(self.assistant, visit)
        said = hint(TEXTS[ui].saved) if text else hint(TEXTS[ui].nothing_to_save, Notice.WRONG)
        return {self.parts.export: text, self.parts.hint: said}

    def _fresh(self, ui: str, said: str) -> Shown:
        shown = self.settle(new_visit(), ui)
        return {**shown, self.parts.box: "", self.parts.hint: hint(said)}

    def _buttons(self, *, running: bool) -> Shown:
        return {
            self.parts.send: gr.Button(interactive=not running),
            self.parts.stop: gr.Button(interactive=running),
        }
