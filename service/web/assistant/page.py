"""The assistant: a conversation at the left, how the person seems at the right."""

from typing import Any

import gradio as gr

from insideout.service.web.assistant.handlers import Page
from insideout.service.web.assistant.parts import Parts, lay_out
from insideout.service.web.site import Site
from insideout.service.web.talk import leave
from insideout.service.web.theme import DOWNLOAD, NAME_PARTS, SWITCH_LIGHT_DARK

# Turns under way at a time, over all visitors; further ones wait.
TURNS_AT_ONCE = 32
# No spinner over what is being written, and no public endpoint for what is a part of the page.
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def add(blocks: gr.Blocks, site: Site) -> None:
    """Puts the page into the blocks."""
    assistant = site.assistant
    visit = gr.State(None, delete_callback=lambda gone: leave(assistant, gone))
    parts = lay_out(assistant)
    _wire(blocks, parts, visit, Page(assistant, parts, visit))


def _wire(blocks: gr.Blocks, parts: Parts, visit: gr.State, page: Page) -> None:
    """Which event calls which handler, and what that may change."""
    seen = [visit, parts.ui]
    painted = [visit, parts.chat, parts.state, parts.voices, parts.facts]
    talked = [*painted, parts.box, parts.send, parts.stop, parts.hint]
    named: list[Any] = [*talked, parts.head, parts.ui, parts.fresh, parts.save, parts.forget]
    named += [parts.voices_fold, parts.options_fold, parts.mode, parts.language]
    for named_anew in (
        blocks.load(page.welcome, None, named, **QUIET),
        parts.ui.input(page.translate, seen, named, **QUIET),
    ):
        named_anew.then(None, parts.ui, js=NAME_PARTS, **QUIET)
    parts.dark.click(None, js=SWITCH_LIGHT_DARK, **QUIET)
    turn = gr.on(
        [parts.box.submit, parts.send.click],
        page.respond,
        [parts.box, *seen, parts.mode, parts.language],
        talked,
        trigger_mode="once",
        concurrency_limit=TURNS_AT_ONCE,
        **QUIET,
    )
    turn.then(page.settle, seen, talked, **QUIET)
    for button, handler in (
        (parts.stop, page.stop),
        (parts.fresh, page.begin_anew),
        (parts.forget, page.forget_all),
    ):
        cut = button.click(None, cancels=[turn], **QUIET)
        cut.then(handler, seen, talked, **QUIET)
    saved = parts.save.click(page.save_as, seen, [parts.export, parts.hint], **QUIET)
    saved.then(None, parts.export, js=DOWNLOAD, **QUIET)
