"""The lab's words: all that depends on the language of the page."""

from dataclasses import replace
from html import escape
from typing import Any, NamedTuple

import gradio as gr

from insideout.perception.describe import Show
from insideout.service.web.header import header
from insideout.service.web.lab.bench_page import Benches
from insideout.service.web.lab.handlers import Lab
from insideout.service.web.lab.parts import OptionParts, PlaceParts
from insideout.service.web.lab.place import Place
from insideout.service.web.lab.texts import TEXTS
from insideout.service.web.lab.wordlist import Texts
from insideout.service.web.shown import Shown
from insideout.service.web.site import ADDRESSES, Site
from insideout.service.web.texts import TEXTS as SITE_TEXTS
from insideout.service.web.texts import preferred


class Seen(NamedTuple):
    """One place as the browser shows it. show, prompt: how much is told a model, in which language."""

    place: Place
    show: str
    prompt: str


class Translator:
    """Fills in the page's words; what was read is painted anew in the other language."""

    def __init__(self, site: Site, lab: Lab, benches: Benches) -> None:
        self.site, self.lab, self.benches, self.parts = site, lab, benches, lab.parts

    @property
    def seen(self) -> list[Any]:
        """What `translate` is given."""
        parts = self.parts
        places = [part for at in parts.places for part in (at.state, at.show, at.prompt)]
        return [parts.ui, parts.compare, *places]

    @property
    def changed(self) -> list[Any]:
        """All that `welcome` and `translate` may change."""
        parts, options, b = self.parts, self.parts.options, self.parts.benches
        page = [
            parts.head, parts.ui, parts.files_tab, parts.benches_tab, parts.intro, parts.compare,
        ]  # fmt: skip
        read = [
            options.fold, options.note, options.rate, options.kind, options.column, options.rest_hint,
            options.transcribe, options.all_faces, options.pulse,
        ]  # fmt: skip
        places = [part for at in parts.places for part in _of_place(at)]
        benches = [
            b.intro, b.bench, b.about, b.data, b.items, b.model, b.command, b.run, b.stop, b.status,
            b.past, b.refresh, b.resume, b.report, b.timer,
        ]  # fmt: skip
        return [*page, *read, *places, *benches]

    @property
    def compared(self) -> list[Any]:
        """What `compare` may change."""
        first, second = self.parts.places
        return [first.title, second.title, second.column]

    def welcome(self, request: gr.Request) -> Shown:
        """The page for a browser that has just come, in the settings' language or else its own."""
        fixed = self.site.assistant.setup.language
        ui = fixed if fixed in TEXTS else preferred(request.headers.get("accept-language", ""))
        places = self.lab.places()
        seen = [Seen(place, Show.ALL.value, ui) for place in places.values()]
        return {**self._all(ui, False, seen, request), **places}

    def translate(
        self,
        ui: str,
        compared: bool,
        first: Place,
        first_show: str,
        first_prompt: str,
        second: Place,
        second_show: str,
        second_prompt: str,
        request: gr.Request,
    ) -> Shown:
        """The whole page in another language."""
        seen = [Seen(first, first_show, first_prompt), Seen(second, second_show, second_prompt)]
        return self._all(ui, compared, seen, request)

    def compare(self, compared: bool, ui: str) -> Shown:
        """Show the second place beside the first, or no longer."""
        texts = TEXTS[ui]
        first, second = self.parts.places
        titles = (texts.place_a, texts.place_b) if compared else ("", "")
        return {
            first.title: _title(titles[0]),
            second.title: _title(titles[1]),
            second.column: gr.Column(visible=compared),
        }

    def _all(self, ui: str, compared: bool, places: list[Seen], request: gr.Request) -> Shown:
        shown = {**self._page(ui), **_options(self.parts.options, TEXTS[ui])}
        for at, seen in zip(self.parts.places, places, strict=True):
            shown |= _place(at, seen, TEXTS[ui])
            shown |= self.lab.paint(at, seen.place, seen.show, seen.prompt, ui)
        return {**shown, **self.compare(compared, ui), **self.benches.words(ui, request)}

    def _page(self, ui: str) -> Shown:
        texts, parts = TEXTS[ui], self.parts
        return {
            parts.head: _head(ui, self.site),
            parts.ui: gr.Radio(value=ui),
            parts.files_tab: gr.Tab(label=texts.tab_files),
            parts.benches_tab: gr.Tab(label=texts.tab_benches),
            parts.intro: f'<p class="l-lead">{escape(texts.intro)}</p>',
            parts.compare: gr.Checkbox(label=texts.compare),
        }


def _of_place(at: PlaceParts) -> list[Any]:
    return [
        at.state, at.title, at.column, at.words, at.hint, at.read, at.stop, at.clear, at.view, at.side,
        at.told_title, at.show, at.prompt, at.told, at.json_fold, at.json, at.raw, at.copy, at.download,
    ]  # fmt: skip


def _head(ui: str, site: Site) -> str:
    """The name of the lab, with the way to the other pages that are served."""
    pages = {name: ADDRESSES[name] for name in site.pages}
    return header(replace(SITE_TEXTS[ui], tagline=TEXTS[ui].tagline), pages, here="lab")


def _title(words: str) -> str:
    return f"<h2>{escape(words)}</h2>" if words else ""


def _options(options: OptionParts, texts: Texts) -> Shown:
    kinds = [(words, kind) for kind, words in texts.heart_kinds.items()]
    return {
        options.fold: gr.Accordion(label=texts.options),
        options.note: f'<p class="l-fine">{escape(texts.options_note)}</p>',
        options.rate: gr.Number(label=texts.rate),
        options.kind: gr.Dropdown(kinds, label=texts.heart_kind),
        options.column: gr.Textbox(label=texts.column),
        options.rest_hint: f'<p class="l-fine">{escape(texts.rest_hint)}</p>',
        options.transcribe: gr.Checkbox(label=texts.transcribe),
        options.all_faces: gr.Checkbox(label=texts.all_faces),
        options.pulse: gr.Checkbox(label=texts.film_pulse_asked),
    }


def _place(at: PlaceParts, seen: Seen, texts: Texts) -> Shown:
    shows = [(words, one.value) for one, words in texts.shows.items()]
    return {
        at.hint: "",
        at.show: gr.Radio(shows, value=seen.show, label=texts.told_show),
        at.prompt: gr.Radio(value=seen.prompt, label=texts.told_language),
        at.words: gr.Textbox(placeholder=texts.words_hint),
        at.read: gr.Button(texts.read_words),
        at.stop: gr.Button(texts.stop),
        at.clear: gr.Button(texts.clear),
        at.told_title: f"<h3>{escape(texts.told_title)}</h3>",
        at.json_fold: gr.Accordion(label=texts.json_title),
        at.copy: gr.Button(texts.copy),
        at.download: gr.Button(texts.download),
    }
