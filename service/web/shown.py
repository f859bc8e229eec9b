"""Shown: what an event changes on a page."""

from typing import Any

import gradio as gr

# By component: its new value, or a component that says what changes.
Shown = dict[Any, Any]
# Of an event: no spinner over what is being written, and no public endpoint for what is a part of the
# page. `show_progress_on` names nobody: each output that is waited for would count its seconds at every
# frame that is drawn, hidden or not.
QUIET: dict[str, Any] = {
    "show_progress": "hidden",
    "show_progress_on": [],
    "api_visibility": "private",
}


def nothing() -> Shown:
    """No change. An empty dictionary is a value to Gradio where an event has one output, and too few
    of them where it has several.
    """
    unchanged: Shown = gr.skip()
    return unchanged
