"""Parts: what the page is put together from."""

from dataclasses import dataclass

import gradio as gr

from insideout.agents.insideout import InsideOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The page's components. Their words are filled in when a browser says its language."""

    head: gr.HTML
    ui: gr.Radio
    dark: gr.Button
    chat: gr.Chatbot
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    hint: gr.HTML
    fresh: gr.Button
    save: gr.Button
    forget: gr.Button
    state: gr.HTML
    voices_fold: gr.Accordion
    voices: gr.HTML
    options_fold: gr.Accordion
    mode: gr.Dropdown
    language: gr.Dropdown
    facts: gr.HTML
    export: gr.Textbox


def lay_out(assistant: InsideOut) -> Parts:
    """The page: the name above, the conversation at the left, how the person seems at the right."""
    with gr.Row(elem_id="header"):
        head = _header()
    with gr.Row(elem_id="columns"):
        with gr.Column(scale=7, min_width=320, elem_id="talk"):
            talk = _talk()
        with gr.Column(scale=5, min_width=320, elem_id="mind"):
            mind = _mind(assistant)
    return Parts(**head, **talk, **mind, export=gr.Textbox(visible="hidden"))  # type: ignore[arg-type]


def _header() -> dict[str, gr.components.Component]:
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


def _talk() -> dict[str, gr.components.Component]:
    parts: dict[str, gr.components.Component] = {
        "chat": gr.Chatbot(
            elem_id="chat",
            show_label=False,
            buttons=[],
            feedback_options=None,
            latex_delimiters=[],
            sanitize_html=True,
            group_consecutive_messages=False,
            height="100%",
        )
    }
    with gr.Row(elem_id="compose"):
        parts["box"] = gr.Textbox(
            elem_id="box",
            show_label=False,
            lines=1,
            max_lines=6,
            scale=6,
            min_width=160,
            autofocus=True,
        )
        parts["send"] = gr.Button(elem_id="send", variant="primary", min_width=116, scale=0)
        parts["stop"] = gr.Button(elem_id="stop", interactive=False, min_width=72, scale=0)
    parts["hint"] = gr.HTML(elem_id="hint")
    with gr.Row(elem_id="more"):
        for name in ("fresh", "save", "forget"):
            parts[name] = gr.Button(elem_id=name, size="sm", min_width=90)
    return parts


def _mind(assistant: InsideOut) -> dict[str, gr.components.Component | gr.Accordion]:
    setup = assistant.setup
    state = gr.HTML(elem_id="state")
    with gr.Accordion(elem_id="voices", label="") as voices_fold:
        voices = gr.HTML()
    with gr.Accordion(elem_id="options", label="", open=False) as options_fold:
        mode = gr.Dropdown([setup.mode.value], value=setup.mode.value, elem_id="mode")
        language = gr.Dropdown([setup.language], value=setup.language, elem_id="language")
    return {
        "state": state,
        "voices_fold": voices_fold,
        "voices": voices,
        "options_fold": options_fold,
        "mode": mode,
        "language": language,
        "facts": gr.HTML(elem_id="facts"),
    }
