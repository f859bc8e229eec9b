"""The operator: how the program fares, and sending everyone home, behind a password."""

from typing import Any

import gradio as gr

from insideout.service.web.operator.gate import Gate
from insideout.service.web.operator.handlers import Desk
from insideout.service.web.operator.parts import Parts, lay_out
from insideout.service.web.shown import QUIET
from insideout.service.web.site import Site


def add(blocks: gr.Blocks, site: Site) -> None:
    """Puts the page into the blocks; it is served only where there is a password."""
    password = site.settings.operator_password
    if password is None:
        return
    parts = lay_out()
    _wire(blocks, parts, Desk(site, Gate(password), parts, blocks))


def _wire(blocks: gr.Blocks, parts: Parts, desk: Desk) -> None:
    signed = [parts.signed_until, parts.language]
    words: list[Any] = [parts.language, parts.head, parts.password, parts.enter, parts.reset]
    words += [parts.clear, parts.sign_out, parts.yes, parts.no]
    door: list[Any] = [parts.signed_until, parts.door, parts.room, parts.sure, parts.timer]
    door += [parts.note, parts.status]
    blocks.load(desk.welcome, None, words, **QUIET)
    gr.on(
        [parts.enter.click, parts.password.submit],
        desk.enter,
        [parts.password, parts.language],
        [*door, parts.password],
        trigger_mode="once",
        **QUIET,
    )
    parts.timer.tick(desk.look, signed, door, **QUIET)
    parts.reset.click(desk.ask, signed, [*door, parts.sure_note], **QUIET)
    parts.no.click(desk.stay, None, parts.sure, **QUIET)
    parts.yes.click(desk.reset, signed, door, trigger_mode="once", **QUIET)
    parts.clear.click(desk.clear, signed, door, trigger_mode="once", **QUIET)
    parts.sign_out.click(desk.sign_out, parts.language, door, **QUIET)
