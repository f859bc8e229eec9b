"""The lab."""

import gradio as gr

from insideout.service.web.site import Site


def add(blocks: gr.Blocks, site: Site) -> None:
    """Puts the page into the blocks."""
    gr.HTML("<h1>lab</h1>")
