"""Parts: what the operator's page is put together from."""

from dataclasses import dataclass

import gradio as gr

from insideout.service.web.operator.texts import ENGLISH

LOOK_SECS = 5.0  # between two looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The page's components; signed_until and language belong to one browser session each."""

    signed_until: gr.State
    language: gr.State
    head: gr.HTML
    door: gr.Column
    password: gr.Textbox
    enter: gr.Button
    note: gr.HTML
    room: gr.Column
    status: gr.HTML
    reset: gr.Button
    clear: gr.Button
    sign_out: gr.Button
    sure: gr.Row
    sure_note: gr.HTML
    yes: gr.Button
    no: gr.Button
    timer: gr.Timer


def lay_out() -> Parts:
    """A door with a password, and the room behind it, shut."""
    texts = ENGLISH
    head = gr.HTML(elem_id="o-head")
    with gr.Column(elem_id="o-door") as door:
        password = gr.Textbox(
            type="password",
            label=texts.door_label,
            elem_id="o-password",
            max_lines=1,
            autofocus=True,
        )
        enter = gr.Button(texts.enter, variant="primary", elem_id="o-enter")
    note = gr.HTML(elem_id="o-note")
    with gr.Column(elem_id="o-room", visible=False) as room:
        with gr.Row(elem_id="o-tools"):
            reset = gr.Button(texts.reset, elem_id="o-reset")
            clear = gr.Button(texts.clear, elem_id="o-clear")
            sign_out = gr.Button(texts.sign_out, elem_id="o-sign-out")
        with gr.Row(elem_id="o-sure", visible=False) as sure:
            sure_note = gr.HTML(elem_id="o-sure-note")
            yes = gr.Button(texts.reset_yes, variant="stop", elem_id="o-yes")
            no = gr.Button(texts.reset_no, elem_id="o-no")
        status = gr.HTML(elem_id="o-status")
    return Parts(
        signed_until=gr.State(0.0),
        language=gr.State("en"),
        head=head,
        door=door,
        password=password,
        enter=enter,
        note=note,
        room=room,
        status=status,
        reset=reset,
        clear=clear,
        sign_out=sign_out,
        sure=sure,
        sure_note=sure_note,
        yes=yes,
        no=no,
        timer=gr.Timer(LOOK_SECS, active=False),
    )
