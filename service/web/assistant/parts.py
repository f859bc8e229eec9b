"""Parts: what the page is put together from."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from insideout.agents.insideout import InsideOut
from insideout.service.web.assistant.tools import STRIP

# Hands what the script of the page notices to the server, as a click with its data.
WIRE = "document.addEventListener('insideout:told', event => trigger('click', event.detail));"
# Conversations that this browser began. The secret keeps nothing secret: the names are in their own
# browser, and must be readable after the program was started again.
_STORED, _SECRET = "insideout-conversations", "insideout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The page's components. Their words are filled in when a browser says its language.

    lost: another number each time that a guest turned out to have been let go.
    """

    head: gr.HTML
    ui: gr.Radio
    dark: gr.Button
    chat: gr.Chatbot
    strip: gr.HTML
    consent: gr.Column
    consent_head: gr.HTML
    agreed_to: gr.CheckboxGroup
    agree: gr.Button
    not_now: gr.Button
    chips: gr.HTML
    tools: gr.HTML
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    upload: gr.UploadButton
    hint: gr.HTML
    fresh: gr.Button
    save: gr.Button
    forget: gr.Button
    state: gr.HTML
    voices_fold: gr.Accordion
    voices: gr.HTML
    kept_fold: gr.Accordion
    kept: gr.Radio
    open: gr.Button
    delete: gr.Button
    options_fold: gr.Accordion
    mode: gr.Dropdown
    model: gr.Dropdown
    language: gr.Dropdown
    change: gr.Button
    facts: gr.HTML
    export: gr.Textbox
    token: gr.Textbox
    order: gr.Textbox
    wire: gr.HTML
    mine: gr.BrowserState
    lost: gr.State
    pulse: gr.Timer


def lay_out(assistant: InsideOut, *, keeps: bool, alive_secs: float) -> Parts:
    """The page: the name above, the conversation at the left, how the person seems at the right.

    keeps: whether conversations are kept, and can be listed.
    """
    with gr.Row(elem_id="header"):
        head = _header()
    with gr.Row(elem_id="columns"):
        with gr.Column(scale=7, min_width=320, elem_id="talk"):
            talk = _talk()
        with gr.Column(scale=5, min_width=320, elem_id="mind"):
            mind = _mind(assistant, keeps=keeps)
    unseen = {
        **{name: gr.Textbox(visible="hidden") for name in ("export", "token", "order")},
        "wire": gr.HTML(elem_id="wire", js_on_load=WIRE),
        "mine": gr.BrowserState([], storage_key=_STORED, secret=_SECRET),
        "pulse": gr.Timer(alive_secs),
        "lost": gr.State(0),
    }
    found: dict[str, Any] = {**head, **talk, **mind, **unseen}
    return Parts(**found)


def _header() -> dict[str, Any]:
    return {
        "head": gr.HTML(elem_id="brand"),
        "ui": gr.Radio(
            [("English", "en"), ("Русский", "ru")],
            value="en",
            elem_id="ui",
            min_width=190,
            show_label=False,
            scale=0,
        ),
        "dark": gr.Button("◐", elem_id="dark", size="sm", min_width=44, scale=0),
    }


def _talk() -> dict[str, Any]:
    chat = gr.Chatbot(
        elem_id="chat",
        show_label=False,
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        sanitize_html=True,
        group_consecutive_messages=False,
        height="100%",
    )
    strip = gr.HTML(STRIP, elem_id="strip")
    parts = {"chat": chat, "strip": strip, **_consent(), "chips": gr.HTML(elem_id="chips")}
    with gr.Row(elem_id="compose"):
        parts |= _compose()
    parts["hint"] = gr.HTML(elem_id="hint")
    with gr.Row(elem_id="more"):
        for name in ("fresh", "save", "forget"):
            parts[name] = gr.Button(elem_id=name, size="sm", min_width=90)
    return parts


def _consent() -> dict[str, Any]:
    with gr.Column(elem_id="consent", visible=False) as consent:
        head = gr.HTML()
        agreed_to = gr.CheckboxGroup([], elem_id="agreed-to", show_label=False)
        with gr.Row(elem_id="consent-buttons"):
            agree = gr.Button(elem_id="agree", variant="primary", size="sm", min_width=110, scale=0)
            not_now = gr.Button(elem_id="not-now", size="sm", min_width=110, scale=0)
    return {
        "consent": consent,
        "consent_head": head,
        "agreed_to": agreed_to,
        "agree": agree,
        "not_now": not_now,
    }


def _compose() -> dict[str, Any]:
    tools = gr.HTML(elem_id="tools")
    box = gr.Textbox(
        elem_id="box",
        show_label=False,
        lines=1,
        max_lines=6,
        scale=6,
        min_width=160,
        autofocus=True,
    )
    send = gr.Button(elem_id="send", variant="primary", min_width=116, scale=0)
    stop = gr.Button(elem_id="stop", interactive=False, min_width=72, scale=0)
    upload = gr.UploadButton(elem_id="upload", file_count="multiple", visible="hidden")
    return {"tools": tools, "box": box, "send": send, "stop": stop, "upload": upload}


def _mind(assistant: InsideOut, *, keeps: bool) -> dict[str, Any]:
    setup = assistant.setup
    state = gr.HTML(elem_id="state")
    with gr.Accordion(elem_id="voices", label="") as voices_fold:
        voices = gr.HTML()
    with gr.Accordion(elem_id="kept", label="", open=False, visible=keeps) as kept_fold:
        kept = gr.Radio([], elem_id="kept-list")
        with gr.Row(elem_id="kept-buttons"):
            opens = gr.Button(elem_id="open", size="sm", min_width=90)
            delete = gr.Button(elem_id="delete", size="sm", min_width=90)
    with gr.Accordion(elem_id="options", label="", open=False) as options_fold:
        mode = gr.Dropdown([setup.mode.value], value=setup.mode.value, elem_id="mode")
        spec = setup.aggregator.spec
        model = gr.Dropdown([spec], value=spec, elem_id="model", filterable=False)
        language = gr.Dropdown([setup.language], value=setup.language, elem_id="language")
        change = gr.Button(elem_id="change", size="sm")
    return {
        "state": state,
        "voices_fold": voices_fold,
        "voices": voices,
        "kept_fold": kept_fold,
        "kept": kept,
        "open": opens,
        "delete": delete,
        "options_fold": options_fold,
        "mode": mode,
        "model": model,
        "language": language,
        "change": change,
        "facts": gr.HTML(elem_id="facts"),
    }
