"""The kiosk: a visitor steps closer, is measured, talks, and keeps the result or leaves nothing."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import gradio as gr

from insideout.service.web.kiosk.handlers import Kiosk
from insideout.service.web.kiosk.parts import Parts, lay_out
from insideout.service.web.shown import QUIET
from insideout.service.web.site import Site
from insideout.service.web.theme import SWITCH_LIGHT_DARK

# Turns under way at a time, over all visitors; further ones wait.
TURNS_AT_ONCE = 32
# How often the page says that its visitor is here, and asks whether they were let go.
TICK_SECS = 4.0
# Steps need no queue: whatever else goes on, they are taken at once.
AT_ONCE: dict[str, Any] = {**QUIET, "queue": False, "trigger_mode": "once"}
# The browser's part is a module, of which there is one however often it is imported.
_SHOW = "async (scene) => { (await import('/insideout/kiosk.js')).show(scene); }"
_KNOWN = "async () => (await import('/insideout/kiosk.js')).known()"
_TICK = "async (token) => [token, (await import('/insideout/kiosk.js')).active()]"


def add(blocks: gr.Blocks, site: Site) -> None:
    """Puts the page into the blocks."""
    token = gr.State("")
    parts = lay_out()
    kiosk = Kiosk(site, parts, token)
    all_parts = [token, *_shown(parts)]
    _wire_steps(blocks, parts, kiosk, all_parts)
    _wire_talk(parts, kiosk)
    _wire_rest(parts, kiosk, all_parts)


def _shown(parts: Parts) -> list[Any]:
    """Every component that an event may change."""
    made = [getattr(parts, field.name) for field in fields(parts) if field.name != "gone"]
    flat = [one for one in made if not isinstance(one, dict)]
    return [*flat, *parts.switches.values()]


def _wire_steps(blocks: gr.Blocks, parts: Parts, kiosk: Kiosk, all_parts: list[Any]) -> None:
    """What leads from one step to another."""
    seen = [kiosk.token, parts.ui]
    opened = blocks.load(kiosk.open, parts.given, all_parts, js=_KNOWN, **AT_ONCE)
    opened.then(kiosk.prepare, seen, all_parts, **QUIET).then(
        kiosk.follow, seen, all_parts, concurrency_limit=TURNS_AT_ONCE, **QUIET
    )
    parts.scene.change(None, parts.scene, js=_SHOW, **QUIET)
    parts.ui.input(kiosk.translate, seen, all_parts, **AT_ONCE)
    parts.light.click(None, js=SWITCH_LIGHT_DARK, **QUIET)
    answers: tuple[tuple[gr.Button, Callable[..., Any], list[Any]], ...] = (
        (parts.agree, kiosk.agree, [*seen, *parts.switches.values()]),
        (parts.agree_all, kiosk.agree_to_all, seen),
        (parts.nothing, kiosk.agree_to_nothing, seen),
    )
    for button, handler, given in answers:
        answered = button.click(handler, given, all_parts, **AT_ONCE)
        answered.then(kiosk.prepare, seen, all_parts, concurrency_limit=None, **QUIET)
    steps: tuple[tuple[gr.Button, Callable[..., Any]], ...] = (
        (parts.begin, kiosk.begin),
        (parts.on, kiosk.to_talk),
        (parts.skip, kiosk.to_talk),
        (parts.to_result, kiosk.to_result),
        (parts.back, kiosk.back),
        (parts.leave, kiosk.leave),
        (parts.leave_now, kiosk.leave),
    )
    for button, step in steps:
        button.click(step, seen, all_parts, **AT_ONCE)
    parts.idle.click(kiosk.leave_idle, kiosk.token, all_parts, **AT_ONCE)


def _wire_talk(parts: Parts, kiosk: Kiosk) -> None:
    seen = [kiosk.token, parts.ui]
    # No more than a turn changes: it is sent again with every piece of the reply.
    talked = [
        parts.chat,
        parts.team,
        parts.box,
        parts.send,
        parts.stop,
        parts.to_result,
        parts.note,
    ]
    turn = gr.on(
        [parts.box.submit, parts.send.click],
        kiosk.respond,
        [*seen, parts.box],
        talked,
        trigger_mode="once",
        concurrency_limit=TURNS_AT_ONCE,
        **QUIET,
    )
    turn.then(kiosk.settle, seen, talked, **AT_ONCE)
    parts.stop.click(kiosk.stop, seen, talked, **AT_ONCE)


def _wire_rest(parts: Parts, kiosk: Kiosk, all_parts: list[Any]) -> None:
    seen = [kiosk.token, parts.ui]
    parts.file.upload(kiosk.bring, [*seen, parts.file], all_parts, concurrency_limit=None, **QUIET)
    with_talk = [*seen, parts.with_talk]
    parts.with_talk.input(kiosk.show_result, with_talk, all_parts, **AT_ONCE)
    parts.save.click(kiosk.save, with_talk, all_parts, **AT_ONCE)
    gr.Timer(TICK_SECS).tick(
        kiosk.tick, [kiosk.token, parts.active], parts.gone, js=_TICK, **AT_ONCE
    )
    parts.gone.change(kiosk.gone, kiosk.token, all_parts, **AT_ONCE)
