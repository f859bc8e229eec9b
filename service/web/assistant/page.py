"""The assistant: a conversation at the left, how the person seems at the right."""

from typing import Any

import gradio as gr

from insideout.service.web.assistant.devices import ALIVE_SECS, Devices
from insideout.service.web.assistant.files import Files
from insideout.service.web.assistant.handlers import Page
from insideout.service.web.assistant.keeping import Keeping
from insideout.service.web.assistant.parts import Parts, lay_out
from insideout.service.web.assistant.room import Room
from insideout.service.web.assistant.scripts import BEGIN, OBEY, SAME_TAB
from insideout.service.web.assistant.told import Told
from insideout.service.web.shown import QUIET
from insideout.service.web.site import Site
from insideout.service.web.talk import kept_in_file
from insideout.service.web.theme import DOWNLOAD, NAME_PARTS, SWITCH_LIGHT_DARK

# Turns under way at a time, over all visitors; further ones wait.
TURNS_AT_ONCE = 32
# Readings of files that wait for one another; further visitors are told that they wait.
FILES_AT_ONCE = 8
# For what is short and must not wait behind another visitor.
FREE: dict[str, Any] = {**QUIET, "concurrency_limit": None}


def add(blocks: gr.Blocks, site: Site) -> None:
    """Puts the page into the blocks."""
    keeps = kept_in_file(site.assistant)
    parts = lay_out(site.assistant, keeps=keeps, alive_secs=ALIVE_SECS)
    room = Room(site, parts)
    devices = Devices(room)
    page = Page(room, devices)
    _wire(blocks, page)
    _wire_devices(devices, Told(room, devices, Files(room)))
    _wire_folds(Keeping(room, page))


def _seen(parts: Parts) -> list[Any]:
    return [parts.chat, parts.state, parts.voices, parts.facts, parts.chips]


def _wire(blocks: gr.Blocks, page: Page) -> None:
    """Which event of the conversation calls which handler, and what that may change."""
    parts = page.parts
    who = [parts.token, parts.ui]
    everything = [
        part
        for part in _all(parts)
        if part not in (parts.mine, parts.export, parts.wire, parts.upload, parts.lost)
    ]
    for named_anew in (
        blocks.load(page.welcome, parts.token, everything, js=SAME_TAB, **FREE),
        parts.ui.input(page.translate, who, everything, **FREE),
    ):
        named = named_anew.then(None, parts.ui, js=NAME_PARTS, **QUIET)
        named.then(None, who, js=BEGIN, **QUIET).then(None, parts.order, js=OBEY, **QUIET)
    lost = parts.lost.change(page.lost, parts.ui, everything, **FREE)
    lost.then(None, parts.order, js=OBEY, **QUIET)
    parts.dark.click(None, js=SWITCH_LIGHT_DARK, **QUIET)
    # No more than a turn changes: it is sent again with every piece of the reply.
    told = [*_seen(parts), parts.box, parts.hint, parts.send, parts.stop, parts.lost]
    turn = gr.on(
        [parts.box.submit, parts.send.click],
        page.respond,
        [parts.box, *who, parts.mode, parts.language],
        told,
        trigger_mode="once",
        concurrency_limit=TURNS_AT_ONCE,
        **QUIET,
    )
    at_rest = [*_seen(parts), parts.send, parts.stop, parts.mine]
    turn.then(page.settle, [*who, parts.mine], at_rest, **FREE)
    outputs = [*everything, parts.mine]
    for button, handler, given in (
        (parts.stop, page.stop, [*who, parts.mine]),
        (parts.fresh, page.begin_anew, who),
        (parts.forget, page.forget_all, [*who, parts.mine]),
    ):
        cut = button.click(None, cancels=[turn], **QUIET)
        done = cut.then(handler, given, outputs, **FREE)
        done.then(None, parts.order, js=OBEY, **QUIET)
    saved = parts.save.click(page.save_as, who, [parts.export, parts.hint], **FREE)
    saved.then(None, parts.export, js=DOWNLOAD, **QUIET)
    parts.pulse.tick(page.alive, parts.token, parts.state, **FREE)


def _wire_devices(devices: Devices, told: Told) -> None:
    parts = devices.parts
    panel = [parts.consent, parts.consent_head, parts.agreed_to]
    changed = [*panel, parts.order, parts.pulse, parts.state, parts.hint, parts.chips]
    steps = (
        parts.wire.click(told.take, parts.token, changed, trigger_mode="multiple", **FREE),
        parts.change.click(devices.ask, parts.token, changed, **FREE),
        parts.agree.click(devices.agree, [parts.token, parts.agreed_to], changed, **FREE),
        parts.not_now.click(devices.decline, parts.token, changed, **FREE),
    )
    for step in steps:
        step.then(None, parts.order, js=OBEY, **QUIET)
    parts.upload.upload(
        told.files.add,
        [parts.upload, parts.token, parts.ui, parts.box],
        [parts.chips, parts.hint, parts.box],
        trigger_mode="multiple",
        concurrency_limit=FILES_AT_ONCE,
        **QUIET,
    )


def _wire_folds(keeping: Keeping) -> None:
    parts = keeping.parts
    who = [parts.token, parts.ui, parts.mine]
    parts.kept_fold.expand(keeping.listed, who, parts.kept, **FREE)
    changed = [*_seen(parts), parts.kept, parts.mine, parts.box, parts.hint, parts.send, parts.stop]
    parts.open.click(keeping.opened, [*who, parts.kept], changed, **FREE)
    parts.delete.click(keeping.deleted, [*who, parts.kept], changed, **FREE)
    parts.options_fold.expand(keeping.models, parts.token, parts.model, **FREE)
    parts.model.input(
        keeping.choose,
        [parts.token, parts.model],
        [*_seen(parts), parts.model, parts.hint],
        **FREE,
    )


def _all(parts: Parts) -> list[Any]:
    return [getattr(parts, name) for name in parts.__slots__]
