"""What the benchmarks' half of the lab is put together from."""

from dataclasses import dataclass

import gradio as gr


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchParts:
    """Its components. timer: looks at the run under way while there is one."""

    intro: gr.HTML
    bench: gr.Dropdown
    about: gr.HTML
    data: gr.Textbox
    items: gr.Number
    model: gr.Dropdown
    command: gr.HTML
    run: gr.Button
    stop: gr.Button
    status: gr.HTML
    past: gr.Dropdown
    refresh: gr.Button
    resume: gr.Button
    report: gr.HTML
    timer: gr.Timer


def lay_out_benches() -> BenchParts:
    """What to run at the left, the report at the right."""
    intro = gr.HTML(elem_id="l-bench-intro")
    with gr.Row(elem_id="l-bench-columns", equal_height=False):
        with gr.Column(scale=4, min_width=320, elem_id="l-bench-choice"):
            bench = gr.Dropdown([""], value="", elem_id="l-bench", filterable=True)
            about = gr.HTML(elem_id="l-bench-about")
            data = gr.Textbox(elem_id="l-data", max_lines=1)
            with gr.Row():
                items = gr.Number(elem_id="l-items", precision=0, min_width=120)
                model = gr.Dropdown(
                    [""], value="", elem_id="l-model", allow_custom_value=True, min_width=160
                )
            command = gr.HTML(elem_id="l-command")
            with gr.Row():
                run = gr.Button(elem_id="l-run", variant="primary", min_width=120)
                stop = gr.Button(elem_id="l-bench-stop", interactive=False, min_width=90)
            status = gr.HTML(elem_id="l-status")
            past = gr.Dropdown([""], value="", elem_id="l-past")
            with gr.Row():
                refresh = gr.Button(elem_id="l-refresh", size="sm", min_width=90)
                resume = gr.Button(elem_id="l-resume", size="sm", min_width=90, interactive=False)
        with gr.Column(scale=8, min_width=320):
            report = gr.HTML(elem_id="l-report")
    return BenchParts(
        intro=intro,
        bench=bench,
        about=about,
        data=data,
        items=items,
        model=model,
        command=command,
        run=run,
        stop=stop,
        status=status,
        past=past,
        refresh=refresh,
        resume=resume,
        report=report,
        timer=gr.Timer(1.0, active=False),
    )
