"""The lab: files and words as the readers see them, and benchmarks with their reports."""

from functools import partial
from typing import Any

import gradio as gr

from insideout.service.web.header import hint
from insideout.service.web.lab.bench_page import benches_of, wire_benches
from insideout.service.web.lab.handlers import Lab, forget_rest
from insideout.service.web.lab.parts import Parts, PlaceParts, lay_out
from insideout.service.web.lab.scripts import COPY, DOWNLOAD, LISTEN
from insideout.service.web.lab.texts import TEXTS
from insideout.service.web.lab.translating import Translator
from insideout.service.web.shown import QUIET
from insideout.service.web.site import Site
from insideout.service.web.theme import SWITCH_LIGHT_DARK

# One file is read at a time, over all browsers: reading takes a whole core.
ONE_AT_A_TIME: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "l-read"}


def add(blocks: gr.Blocks, site: Site) -> None:
    """Puts the page into the blocks."""
    parts = lay_out(forget_rest)
    lab, benches = Lab(site, parts), benches_of(parts.benches)
    words = Translator(site, lab, benches)
    for named in (
        blocks.load(words.welcome, None, words.changed, **QUIET),
        parts.ui.input(words.translate, words.seen, words.changed, **QUIET),
    ):
        named.then(None, parts.ui, js=LISTEN, **QUIET)
    parts.dark.click(None, js=SWITCH_LIGHT_DARK, **QUIET)
    parts.compare.input(words.compare, [parts.compare, parts.ui], words.compared, **QUIET)
    _wire_rest(lab, parts)
    for at in parts.places:
        _wire_place(lab, parts, at)
    wire_benches(benches, parts.ui, QUIET)


def _wire_place(lab: Lab, parts: Parts, at: PlaceParts) -> None:
    """The events of one place."""
    seen = [at.state, at.show, at.prompt, parts.ui]
    _wire_files(lab, parts, at, seen)
    _wire_words(lab, at, seen)
    at.clear.click(
        partial(lab.clear, at), seen, [*at.painted, at.hint, at.stop], queue=False, **QUIET
    )
    for chosen in (at.show.input, at.prompt.input):
        chosen(partial(lab.tell, at), seen, [at.told], **QUIET)
    _wire_json(parts, at)


def _wire_files(lab: Lab, parts: Parts, at: PlaceParts, seen: list[Any]) -> None:
    """What is dropped waits for its turn, is read, and can be stopped."""
    dropped = at.files.upload(
        partial(lab.drop, at),
        [at.files, at.state, parts.ui],
        [at.files, at.hint, at.stop],
        trigger_mode="multiple",
        queue=False,
        **QUIET,
    )
    dropped.then(
        partial(lab.read, at),
        [*seen, *parts.options.asked],
        [*at.painted, at.hint, at.stop],
        **ONE_AT_A_TIME,
        **QUIET,
    )
    at.stop.click(
        partial(lab.stop, at), [at.state, parts.ui], [at.hint, at.stop], queue=False, **QUIET
    )


def _wire_words(lab: Lab, at: PlaceParts, seen: list[Any]) -> None:
    """What is typed is read at once."""
    gr.on(
        [at.read.click, at.words.submit],
        partial(lab.read_words, at),
        [at.words, *seen],
        [*at.painted, at.words, at.hint],
        trigger_mode="once",
        **QUIET,
    )


def _wire_json(parts: Parts, at: PlaceParts) -> None:
    """The JSON can be taken along."""
    copied = at.copy.click(None, at.raw, js=COPY, **QUIET)
    copied.then(lambda ui: hint(TEXTS[ui].copied), parts.ui, at.hint, **QUIET)
    at.download.click(None, at.raw, js=DOWNLOAD, **QUIET)


def _wire_rest(lab: Lab, parts: Parts) -> None:
    """The recording of rest is kept until another comes or it is taken away."""
    rest, path = parts.options.rest, parts.options.rest_path
    gr.on(
        [rest.upload, rest.clear, rest.delete],
        lab.keep_rest,
        [rest, path],
        path,
        queue=False,
        **QUIET,
    )
