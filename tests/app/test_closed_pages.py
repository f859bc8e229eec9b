"""What is left of a page that was closed."""

import asyncio

import gradio as gr
import pytest
from gradio.state_holder import StateHolder

from insideout.agents.insideout import InsideOut
from insideout.service.web import server
from insideout.service.web.closed_pages import forget_closed
from insideout.service.web.site import Site


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


async def test_a_failure_does_not_end_the_looking_after_guests(
    assistant: InsideOut, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looked = asyncio.Event()
    looks: list[gr.Blocks] = []

    def fails_once(blocks: gr.Blocks) -> None:
        looks.append(blocks)
        if len(looks) == 1:
            raise AttributeError("another Gradio")
        looked.set()

    monkeypatch.setattr(server, "_LOOK_SECS", 0.0)
    monkeypatch.setattr(server, "forget_closed", fails_once)
    watch = asyncio.create_task(server._send_off(Site(assistant=assistant), two_pages()))
    await asyncio.wait_for(looked.wait(), 10)
    watch.cancel()
    assert "another Gradio" in caplog.text
