"""What is left of a page that was closed."""

import gradio as gr
from gradio.state_holder import StateHolder

from insideout.service.web.closed_pages import forget_closed


def two_pages() -> gr.Blocks:
    """A page of one component, and what Gradio keeps of two browsers that opened it."""
    with gr.Blocks(analytics_enabled=False) as page:
        gr.Textbox("said in confidence")
    StateHolder().set_blocks(page)  # type: ignore[no-untyped-call]
    for session in ("closed", "open"):
        page.state_holder[session].is_closed = session == "closed"
    opened: gr.Blocks = page
    return opened


async def test_what_a_closed_page_showed_is_let_go() -> None:
    blocks = two_pages()
    assert forget_closed(blocks, grace_secs=-1.0) == 1
    assert list(blocks.state_holder.session_data) == ["open"]
    assert list(blocks.state_holder.time_last_used) == ["open"]


async def test_a_page_that_lost_its_connection_just_now_is_kept() -> None:
    blocks = two_pages()
    assert forget_closed(blocks, grace_secs=30.0) == 0
    assert "closed" in blocks.state_holder
