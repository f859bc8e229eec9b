"""What the operator's buttons do; each looks first whether this browser session is signed in."""

import time

import gradio as gr

from insideout.service.web.operator import views
from insideout.service.web.operator.gate import Answer, Gate
from insideout.service.web.operator.health import health
from insideout.service.web.operator.parts import Parts
from insideout.service.web.operator.texts import OPERATOR_TEXTS
from insideout.service.web.result.kept import reachable
from insideout.service.web.result.saved import shelf
from insideout.service.web.shown import Shown
from insideout.service.web.site import Site
from insideout.service.web.texts import preferred

# A page that was left open at the kiosk does not stay open for the next visitor.
SIGNED_SECS = 15 * 60.0


class Desk:
    """The handlers of the page's events. signed_until: of time.monotonic, held by the server."""

    def __init__(self, site: Site, gate: Gate, parts: Parts, blocks: gr.Blocks) -> None:
        self.site, self.gate, self.parts = site, gate, parts
        self._blocks = blocks

    def welcome(self, request: gr.Request) -> Shown:
        """The door, in the browser's language."""
        language = preferred(request.headers.get("accept-language", ""))
        texts, parts = OPERATOR_TEXTS[language], self.parts
        return {
            parts.language: language,
            parts.head: views.head(language),
            parts.password: gr.Textbox(label=texts.door_label),
            parts.enter: gr.Button(texts.enter),
            parts.reset: gr.Button(texts.reset),
            parts.clear: gr.Button(texts.clear),
            parts.sign_out: gr.Button(texts.sign_out),
            parts.yes: gr.Button(texts.reset_yes),
            parts.no: gr.Button(texts.reset_no),
        }

    def enter(self, password: str, language: str, request: gr.Request) -> Shown:
        """The room, where the password is right."""
        texts, parts = OPERATOR_TEXTS[language], self.parts
        place = request.client.host if request.client else ""
        tried = self.gate.try_(password or "", place)
        if tried.answer is Answer.OPEN:
            until = time.monotonic() + SIGNED_SECS
            return {
                parts.signed_until: until,
                parts.password: "",
                parts.note: "",
                parts.door: gr.Column(visible=False),
                parts.room: gr.Column(visible=True),
                parts.timer: gr.Timer(active=True),
                **self._status(language, request),
            }
        says = texts.wrong
        if tried.answer is Answer.WAIT:
            says = texts.wait.format(secs=max(1, round(tried.wait_secs)))
        return {parts.password: "", parts.note: views.note(says, wrong=True)}

    def look(self, signed_until: float, language: str, request: gr.Request) -> Shown:
        """How things are now."""
        if not _signed(signed_until):
            return self._shut(language)
        return self._status(language, request)

    def ask(self, signed_until: float, language: str) -> Shown:
        """Whether everybody is really to go."""
        if not _signed(signed_until):
            return self._shut(language)
        n = len(self.site.guests.present)
        says = OPERATOR_TEXTS[language].reset_sure.format(n=n)
        return {
            self.parts.sure: gr.Row(visible=True),
            self.parts.sure_note: views.note(says),
            self.parts.note: "",
        }

    def stay(self) -> Shown:
        """Nobody goes."""
        return {self.parts.sure: gr.Row(visible=False)}

    def reset(self, signed_until: float, language: str, request: gr.Request) -> Shown:
        """Everybody goes, with everything held of them."""
        if not _signed(signed_until):
            return self._shut(language)
        present = self.site.guests.present
        for guest in present:
            self.site.guests.leave(guest.token)
        says = OPERATOR_TEXTS[language].reset_done.format(n=len(present))
        return {
            **self.stay(),
            self.parts.note: views.note(says),
            **self._status(language, request),
        }

    def clear(self, signed_until: float, language: str, request: gr.Request) -> Shown:
        """The saved results are deleted."""
        if not _signed(signed_until):
            return self._shut(language)
        says = OPERATOR_TEXTS[language].cleared.format(n=shelf(self.site).clear())
        return {self.parts.note: views.note(says), **self._status(language, request)}

    def sign_out(self, language: str) -> Shown:
        """The door is shut."""
        return self._shut(language)

    def _shut(self, language: str) -> Shown:
        parts = self.parts
        return {
            parts.signed_until: 0.0,
            parts.status: "",
            parts.door: gr.Column(visible=True),
            parts.room: gr.Column(visible=False),
            parts.sure: gr.Row(visible=False),
            parts.timer: gr.Timer(active=False),
            parts.note: views.note(OPERATOR_TEXTS[language].signed_out),
        }

    def _status(self, language: str, request: gr.Request) -> Shown:
        queue = self._blocks._queue
        here = f"http://{request.headers.get('host', '')}"
        phones = self.site.settings.public_url or (here if reachable(here) else None)
        shown = views.status(
            health(self.site),
            language,
            waiting=len(queue),
            running=sum(job is not None for job in queue.active_jobs) - 1,  # but for this one
            phones=phones,
            minutes=self.site.settings.result_minutes,
        )
        return {self.parts.status: shown}


def _signed(until: float) -> bool:
    return time.monotonic() < until
