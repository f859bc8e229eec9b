"""Lab: what the page shows of what was dropped, and what its buttons do."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from insideout.agents.errors import BadInputError
from insideout.agents.said import clean
from insideout.perception.describe import Show
from insideout.perception.text.text_reader import TextReader
from insideout.service.cli.perceived import Asked
from insideout.service.web.header import Notice, hint
from insideout.service.web.lab import words
from insideout.service.web.lab.opening import Opened, Progress, open_all
from insideout.service.web.lab.parts import Parts, PlaceParts
from insideout.service.web.lab.place import Place
from insideout.service.web.lab.texts import TEXTS
from insideout.service.web.lab.uploads import discard
from insideout.service.web.lab.views import json_text, json_view, table_view, told_view
from insideout.service.web.shown import Shown, nothing
from insideout.service.web.site import Site
from insideout.service.web.talk import TYPED_CHARS, refusal
from insideout.service.web.texts import TEXTS as SITE_TEXTS

log = logging.getLogger(__name__)

_LOOK_SECS = 0.25  # between two looks at how far a reading is


class Lab:
    """The handlers of the files' half of the page, for either of its two places."""

    def __init__(self, site: Site, parts: Parts) -> None:
        self.parts = parts
        self.limit = min(TYPED_CHARS, site.settings.max_message_chars)
        self.prompts = site.settings.prompts

    def places(self) -> Shown:
        """Two empty places for a browser that has just come."""
        folder = Path(get_upload_folder())
        return {place.state: Place(folder=folder) for place in self.parts.places}

    def paint(self, at: PlaceParts, place: Place, show: str, prompt: str, ui: str) -> Shown:
        """All that depends on what lies in the place."""
        text = json_text(place.table)
        return {
            at.view: table_view(place.table, ui),
            at.side: gr.Column(visible=bool(text)),
            at.json: json_view(text, ui),
            at.raw: text,
            **self.tell(at, place, show, prompt, ui),
        }

    def tell(self, at: PlaceParts, place: Place, show: str, prompt: str, ui: str) -> Shown:
        """The text that goes to a language model."""
        return {at.told: told_view(place.table, Show(show), prompt, ui, self.prompts)}

    def drop(self, at: PlaceParts, files: list[str] | None, place: Place, ui: str) -> Shown:
        """Takes note of what was dropped; it is read when its turn comes."""
        if not files:
            return nothing()
        place.waiting.append([str(file) for file in files])
        names = ", ".join(Path(file).name for file in files)
        return {
            at.files: None,
            at.hint: hint(TEXTS[ui].waiting.format(name=names)),
            at.stop: gr.Button(interactive=True),
        }

    async def read(
        self,
        at: PlaceParts,
        place: Place,
        show: str,
        prompt: str,
        ui: str,
        *how: Any,
    ) -> AsyncGenerator[Shown, None]:
        """Reads the drop that has waited longest; says how far it is.

        how: the values of `OptionParts.asked`.
        """
        if not place.waiting:
            return
        uploads = place.waiting.popleft()
        asked = _asked(ui, *how)
        progress = place.progress = Progress()
        reading = asyncio.create_task(
            asyncio.to_thread(open_all, uploads, place.folder, asked, progress)
        )
        try:
            while not reading.done():
                await asyncio.wait([reading], timeout=_LOOK_SECS)
                if not reading.done() and progress.name:
                    yield {at.hint: _doing(progress, ui)}
        finally:
            progress.stop()  # where the page was closed meanwhile; the thread deletes its files
        opened = reading.result()
        place.add(opened.looks)
        yield {
            **self.paint(at, place, show, prompt, ui),
            at.hint: _opened(opened, ui),
            at.stop: gr.Button(interactive=bool(place.waiting)),
        }

    def read_words(
        self, at: PlaceParts, text: str, place: Place, show: str, prompt: str, ui: str
    ) -> Shown:
        """Reads what was typed; what cannot be read stays in the box, with a notice."""
        why = refusal(text, SITE_TEXTS[ui], self.limit)
        if why is not None:
            return {at.hint: hint(why, Notice.WRONG)}
        try:
            said = clean(text, self.limit)
        except BadInputError as error:
            return {at.hint: hint(str(error), Notice.WRONG)}
        place.add([words.look(said, TextReader())])
        read = TEXTS[ui].read.format(names=TEXTS[ui].words)
        return {**self.paint(at, place, show, prompt, ui), at.words: "", at.hint: hint(read)}

    def stop(self, at: PlaceParts, place: Place, ui: str) -> Shown:
        """Lets the reading under way end; nothing that waits is read."""
        place.stop()
        return {at.hint: hint(TEXTS[ui].stopped), at.stop: gr.Button(interactive=False)}

    def clear(self, at: PlaceParts, place: Place, show: str, prompt: str, ui: str) -> Shown:
        """Takes everything away."""
        place.clear()
        return {
            **self.paint(at, place, show, prompt, ui),
            at.hint: hint(TEXTS[ui].cleared),
            at.stop: gr.Button(interactive=False),
        }

    def keep_rest(self, file: str | None, before: str | None) -> str | None:
        """The recording of rest that counts from now on; the one before it is deleted."""
        if before and before != file:
            discard([before], Path(get_upload_folder()))
        return file


def forget_rest(path: str | None) -> None:
    """Delete the recording of rest of a browser that is gone."""
    if path:
        discard([path], Path(get_upload_folder()))


def _asked(
    ui: str,
    rate: float | None,
    kind: str,
    column: str | None,
    rest: str | None,
    transcribe: bool,
    all_faces: bool,
    pulse: bool,
) -> Asked:
    """What the fields of the page ask of the readers; an empty field asks nothing."""
    return Asked(
        rate=rate or None,
        kind=kind or None,
        column=(column or "").strip() or None,
        baseline=Path(rest) if rest else None,
        pulse=pulse,
        all_faces=all_faces,
        transcribe=transcribe,
        language=ui,
    )


def _doing(progress: Progress, ui: str) -> str:
    """A line with a bar: which file, how far."""
    words = TEXTS[ui].reading.format(name=progress.name)
    known = progress.share is not None
    width = f' style="width:{progress.share:.0%}"' if known else ""
    says = f' aria-valuenow="{100 * (progress.share or 0.0):.0f}"' if known else ""
    looks = "bar" if known else "bar l-open"
    return (
        f'<div class="l-doing"><span>{escape(words)}</span><span class="{looks}" role="progressbar" '
        f'aria-label="{escape(words)}"{says}><i{width}></i></span></div>'
    )


def _opened(opened: Opened, ui: str) -> str:
    """What was read, and what could not be."""
    texts = TEXTS[ui]
    names = ", ".join(dict.fromkeys(look.name for look in opened.looks))
    lines = [hint(texts.stopped)] if opened.stopped else []
    lines += [hint(texts.read.format(names=names))] if names else []
    return "".join([*lines, *(hint(fault, Notice.WRONG) for fault in opened.faults)])
