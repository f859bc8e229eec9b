"""Parts: what the lab's page is put together from. Their words are filled in for each browser."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from insideout.perception.describe import Show
from insideout.service.web.lab.bench_parts import BenchParts, lay_out_benches

_LANGUAGES = [("English", "en"), ("Русский", "ru")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceParts:
    """One of the two places. state: holds its Place. raw: the JSON, for the clipboard."""

    state: gr.State
    column: gr.Column
    title: gr.HTML
    files: gr.File
    words: gr.Textbox
    read: gr.Button
    stop: gr.Button
    clear: gr.Button
    hint: gr.HTML
    view: gr.HTML
    side: gr.Column
    told_title: gr.HTML
    show: gr.Radio
    prompt: gr.Radio
    told: gr.HTML
    json_fold: gr.Accordion
    json: gr.HTML
    raw: gr.Textbox
    copy: gr.Button
    download: gr.Button

    @property
    def painted(self) -> list[Any]:
        """What changes with what lies in the place."""
        return [self.view, self.side, self.told, self.json, self.raw]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionParts:
    """How files are read. rest_path: the uploaded recording of rest."""

    fold: gr.Accordion
    note: gr.HTML
    rate: gr.Number
    kind: gr.Dropdown
    column: gr.Textbox
    rest: gr.File
    rest_hint: gr.HTML
    rest_path: gr.State
    transcribe: gr.Checkbox
    all_faces: gr.Checkbox
    pulse: gr.Checkbox

    @property
    def asked(self) -> list[Any]:
        """The fields whose values a reading is given, in that order."""
        return [
            self.rate, self.kind, self.column, self.rest_path, self.transcribe, self.all_faces,
            self.pulse,
        ]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The page's components."""

    head: gr.HTML
    ui: gr.Radio
    dark: gr.Button
    files_tab: gr.Tab
    benches_tab: gr.Tab
    intro: gr.HTML
    compare: gr.Checkbox
    options: OptionParts
    places: tuple[PlaceParts, PlaceParts]
    benches: BenchParts


def lay_out(forget_rest: Callable[[str | None], None]) -> Parts:
    """The page: its name above, files and benchmarks as tabs below it.

    forget_rest: deletes the recording of rest of a browser that is gone.
    """
    with gr.Row(elem_id="l-header"):
        head = gr.HTML(elem_id="l-brand")
        ui = gr.Radio(
            _LANGUAGES, value="en", elem_id="l-ui", min_width=190, show_label=False, scale=0
        )
        dark = gr.Button("◐", elem_id="l-dark", size="sm", min_width=44, scale=0)
    with gr.Tabs(elem_id="l-tabs"):
        with gr.Tab("Files", elem_id="l-files", id="files") as files_tab:
            with gr.Row(elem_id="l-lead"):
                intro = gr.HTML(elem_id="l-intro")
                compare = gr.Checkbox(elem_id="l-compare", min_width=190, scale=0)
            options = _options(forget_rest)
            with gr.Row(elem_id="l-places", equal_height=False):
                places = (_place("a", shown=True), _place("b", shown=False))
        with gr.Tab("Benchmarks", elem_id="l-benches", id="benches") as benches_tab:
            benches = lay_out_benches()
    return Parts(
        head=head,
        ui=ui,
        dark=dark,
        files_tab=files_tab,
        benches_tab=benches_tab,
        intro=intro,
        compare=compare,
        options=options,
        places=places,
        benches=benches,
    )


def _options(forget_rest: Callable[[str | None], None]) -> OptionParts:
    with gr.Accordion(elem_id="l-options", label="", open=False) as fold:
        note = gr.HTML()
        with gr.Row():
            transcribe = gr.Checkbox(elem_id="l-transcribe")
            all_faces = gr.Checkbox(elem_id="l-all-faces")
            pulse = gr.Checkbox(elem_id="l-pulse")
        with gr.Row():
            rate = gr.Number(elem_id="l-rate", min_width=220)
            kind = gr.Dropdown([""], value="", elem_id="l-kind", min_width=200)
            column = gr.Textbox(elem_id="l-column", min_width=220)
        rest = gr.File(elem_id="l-rest", elem_classes=["l-drop", "l-small"], height=84)
        rest_hint = gr.HTML(elem_id="l-rest-hint")
    return OptionParts(
        fold=fold,
        note=note,
        rate=rate,
        kind=kind,
        column=column,
        rest=rest,
        rest_hint=rest_hint,
        rest_path=gr.State(None, delete_callback=forget_rest),
        transcribe=transcribe,
        all_faces=all_faces,
        pulse=pulse,
    )


def _place(key: str, *, shown: bool) -> PlaceParts:
    with gr.Column(
        elem_id=f"l-{key}", elem_classes=["l-place"], visible=shown, min_width=320
    ) as column:
        title = gr.HTML(elem_id=f"l-title-{key}", elem_classes=["l-title"])
        files = gr.File(
            elem_id=f"l-files-{key}", elem_classes=["l-drop"], file_count="multiple", height=148
        )
        with gr.Row(elem_classes=["l-compose"]):
            words = gr.Textbox(
                elem_id=f"l-words-{key}", show_label=False, lines=1, max_lines=5, scale=6
            )
            read = gr.Button(elem_id=f"l-read-{key}", min_width=120, scale=0)
            stop = gr.Button(elem_id=f"l-stop-{key}", min_width=72, scale=0, interactive=False)
            clear = gr.Button(elem_id=f"l-clear-{key}", min_width=90, scale=0)
        hint = gr.HTML(elem_id=f"l-hint-{key}", elem_classes=["l-hint"])
        with gr.Row(equal_height=False, elem_classes=["l-result"]):
            with gr.Column(scale=7, min_width=320):
                view = gr.HTML(elem_id=f"l-view-{key}")
            with gr.Column(scale=5, min_width=320, visible=False) as side:
                told_title = gr.HTML()
                with gr.Row(elem_classes=["l-choices"]):
                    show = gr.Radio(
                        [each.value for each in Show],
                        value=Show.ALL.value,
                        elem_id=f"l-show-{key}",
                        elem_classes=["l-pick"],
                        min_width=200,
                    )
                    prompt = gr.Radio(
                        _LANGUAGES,
                        value="en",
                        elem_id=f"l-prompt-{key}",
                        elem_classes=["l-pick"],
                        min_width=150,
                    )
                told = gr.HTML(elem_id=f"l-told-{key}", elem_classes=["l-told-box"])
                with gr.Accordion(
                    label="", open=False, elem_id=f"l-json-{key}", elem_classes=["l-fold"]
                ) as json_fold:
                    with gr.Row():
                        copy = gr.Button(elem_id=f"l-copy-{key}", size="sm", min_width=90)
                        download = gr.Button(elem_id=f"l-download-{key}", size="sm", min_width=90)
                    json_view = gr.HTML()
        raw = gr.Textbox(visible="hidden", elem_id=f"l-raw-{key}")
    return PlaceParts(
        state=gr.State(None, delete_callback=lambda place: place and place.clear()),
        column=column,
        title=title,
        files=files,
        words=words,
        read=read,
        stop=stop,
        clear=clear,
        hint=hint,
        view=view,
        side=side,
        told_title=told_title,
        show=show,
        prompt=prompt,
        told=told,
        json_fold=json_fold,
        json=json_view,
        raw=raw,
        copy=copy,
        download=download,
    )
