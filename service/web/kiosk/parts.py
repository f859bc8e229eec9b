"""Parts: what the kiosk is put together from."""

from dataclasses import dataclass

import gradio as gr

from insideout.perception.reading import Modality
from insideout.service.web.kiosk.asking import MODALITIES, asked
from insideout.service.web.kiosk.drawings import portrait
from insideout.service.web.kiosk.views import brand, switch_sign

# One live picture for two steps: the browser keeps the camera's film in it, so nothing may draw it anew.
_STAGE = (
    '<div class="k-stage"><div class="k-lens"><video id="k-video" muted playsinline></video>'
    '<canvas id="k-overlay"></canvas></div>'
    f'<div class="k-blind">{portrait("neutral")}</div>'
    '<svg class="k-ring" viewBox="0 0 200 200" aria-hidden="true"><circle r="96" cx="100" cy="100"/>'
    '<circle id="k-arc" r="96" cx="100" cy="100" pathLength="100"/></svg></div>'
    '<p class="k-hint" id="k-hint" role="status"></p>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The kiosk's components. Their words are filled in when a browser says its language.

    scene, given, active: what server and browser tell each other, on no screen. gone: another number
    each time that a visitor turned out to have been let go. switches: one for each modality that may be
    asked about.
    """

    way: gr.HTML
    ui: gr.Radio
    light: gr.Button
    leave: gr.Button
    note: gr.HTML
    welcome: gr.HTML
    begin: gr.Button
    small: gr.HTML
    consent: gr.HTML
    switches: dict[Modality, gr.Checkbox]
    agree: gr.Button
    agree_all: gr.Button
    nothing: gr.Button
    kept: gr.HTML
    measure: gr.HTML
    gauges: gr.HTML
    file: gr.UploadButton
    on: gr.Button
    skip: gr.Button
    talk: gr.HTML
    team: gr.HTML
    starters: gr.HTML
    chat: gr.Chatbot
    speak: gr.Button
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    to_result: gr.Button
    title: gr.HTML
    result: gr.HTML
    with_talk: gr.Checkbox
    save: gr.Button
    saved: gr.HTML
    leave_now: gr.Button
    scene: gr.Textbox
    given: gr.Textbox
    active: gr.Textbox
    follow: gr.Button
    back: gr.Button
    idle: gr.Button
    gone: gr.State


def lay_out() -> Parts:
    """The five steps below one another; the browser shows the one that the visitor is at."""
    with gr.Column(elem_id="k-app"):
        with gr.Row(elem_id="k-head"):
            parts = _head()
        parts["note"] = gr.HTML(elem_id="k-note")
        with gr.Column(elem_id="k-welcome", elem_classes="k-step"):
            parts |= _welcome()
        with gr.Column(elem_id="k-consent", elem_classes="k-step"):
            parts |= _consent()
        gr.HTML(_STAGE, elem_id="k-stage")
        with gr.Column(elem_id="k-measure", elem_classes="k-step"):
            parts |= _measure()
        with gr.Column(elem_id="k-talk", elem_classes="k-step"):
            parts |= _talk()
        with gr.Column(elem_id="k-result", elem_classes="k-step"):
            parts |= _result()
        parts |= _unseen()
    return Parts(**parts)  # type: ignore[arg-type]


_Made = dict[str, gr.components.Component | dict[Modality, gr.Checkbox]]


def _head() -> _Made:
    gr.HTML(brand(), elem_id="k-brand")
    return {
        "way": gr.HTML(elem_id="k-way"),
        "ui": gr.Radio(
            [("English", "en"), ("Русский", "ru")],
            value="en",
            elem_id="k-ui",
            show_label=False,
            container=False,
            min_width=0,
            scale=0,
        ),
        "light": gr.Button("◐", elem_id="k-light", min_width=0, scale=0),
        "leave": gr.Button(elem_id="k-leave", min_width=0, scale=0),
    }


def _welcome() -> _Made:
    return {
        "welcome": gr.HTML(elem_id="k-door"),
        "begin": gr.Button(elem_id="k-begin", variant="primary"),
        "small": gr.HTML(elem_id="k-small"),
    }


def _consent() -> _Made:
    parts: _Made = {"consent": gr.HTML(elem_id="k-question")}
    switches: dict[Modality, gr.Checkbox] = {}
    with gr.Column(elem_id="k-switches"):
        for modality in MODALITIES:
            with gr.Row(elem_classes="k-switch", visible=modality in asked()):
                gr.HTML(switch_sign(modality))
                switches[modality] = gr.Checkbox(
                    False,
                    label=modality.value,
                    elem_id=f"k-may-{modality.value}",
                )
    parts["switches"] = switches
    with gr.Row(elem_id="k-answers"):
        # The first is shown as soon as something is ticked, the second until then.
        parts["agree"] = gr.Button(elem_id="k-agree", variant="primary")
        parts["agree_all"] = gr.Button(
            elem_id="k-agree-all", variant="primary", visible=bool(asked())
        )
        parts["nothing"] = gr.Button(
            elem_id="k-nothing", variant="secondary" if asked() else "primary"
        )
    parts["kept"] = gr.HTML(elem_id="k-kept")
    return parts


def _measure() -> _Made:
    parts: _Made = {
        "measure": gr.HTML(elem_id="k-look"),
        "gauges": gr.HTML(elem_id="k-gauges"),
    }
    with gr.Row(elem_id="k-onward"):
        # The first once the measurement is complete, the second until then.
        parts["on"] = gr.Button(elem_id="k-on", variant="primary")
        parts["skip"] = gr.Button(elem_id="k-skip")
        parts["file"] = gr.UploadButton(elem_id="k-file", file_count="multiple", type="filepath")
    return parts


def _talk() -> _Made:
    parts: _Made = {"talk": gr.HTML(elem_id="k-ask"), "team": gr.HTML(elem_id="k-team")}
    parts["starters"] = gr.HTML(elem_id="k-starters")
    parts["chat"] = gr.Chatbot(
        elem_id="k-chat",
        show_label=False,
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        sanitize_html=True,
        group_consecutive_messages=False,
        height="100%",
    )
    gr.HTML('<p role="status"></p>', elem_id="k-hearing")
    parts["speak"] = gr.Button(elem_id="k-speak", variant="primary", min_width=0)
    with gr.Row(elem_id="k-compose"):
        parts["box"] = gr.Textbox(
            elem_id="k-box", show_label=False, container=False, lines=1, max_lines=4, scale=6
        )
        parts["send"] = gr.Button(elem_id="k-send", min_width=0, scale=0)
        parts["stop"] = gr.Button(elem_id="k-stop", interactive=False, min_width=0, scale=0)
    parts["to_result"] = gr.Button(elem_id="k-to-result", min_width=0)
    return parts


def _result() -> _Made:
    parts: _Made = {"title": gr.HTML(elem_id="k-title")}
    with gr.Column(elem_id="k-keep"):
        with gr.Row(elem_classes="k-switch"):
            parts["with_talk"] = gr.Checkbox(False, label="…", elem_id="k-with-talk")
        parts["save"] = gr.Button(elem_id="k-save", variant="primary")
        parts["saved"] = gr.HTML(elem_id="k-saved")
        parts["leave_now"] = gr.Button(elem_id="k-leave-now")
    parts["result"] = gr.HTML(elem_id="k-shown")
    return parts


def _unseen() -> _Made:
    unseen: _Made = {
        name: gr.Textbox(elem_id=f"k-{name}", visible="hidden")
        for name in ("scene", "given", "active")
    }
    for name in ("follow", "back", "idle"):
        unseen[name] = gr.Button(elem_id=f"k-{name}", visible="hidden")
    return {**unseen, "gone": gr.State(0)}
