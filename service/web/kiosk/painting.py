"""Painting: what each component of the kiosk shows of a visitor, in one language."""

from typing import Any

import gradio as gr

from insideout.perception.reading import Modality
from insideout.service.web.conversation import messages
from insideout.service.web.guests import Guest, Step
from insideout.service.web.kiosk.asking import MODALITIES, asked, is_measured
from insideout.service.web.kiosk.parts import Parts
from insideout.service.web.kiosk.scene import scene_of
from insideout.service.web.kiosk.texts import KIOSK_TEXTS
from insideout.service.web.kiosk.views import (
    consent_view,
    gauges_view,
    kept_view,
    measure_view,
    result_title,
    small_print,
    starters_view,
    switch_words,
    talk_view,
    team_view,
    way,
    welcome_view,
)
from insideout.service.web.result.saved import measured_of
from insideout.service.web.result.view import result_view
from insideout.service.web.shown import Shown
from insideout.service.web.site import Site


def place(parts: Parts, site: Site, guest: Guest | None, ui: str) -> Shown:
    """Where the visitor stands; for the browser too, which shows that step."""
    step = guest.step if guest else Step.WELCOME
    consent = guest.consent if guest else None
    measured = is_measured(consent) if consent else Modality.FACE in asked()
    scene = scene_of(guest, ui)
    return {
        parts.way: way(step, ui, measured=measured),
        parts.scene: scene.to_json(site.settings),
        parts.note: "",
    }


def talked(parts: Parts, site: Site, guest: Guest | None, ui: str) -> Shown:
    """The conversation and the emotions; both are empty where there is nobody."""
    team = [agent.name for agent in site.assistant.setup.team]
    if guest is None:
        return {parts.chat: [], parts.team: team_view(None, team, ui)}
    return {
        parts.chat: messages(guest.visit, ui),
        parts.team: team_view(guest.visit.last, team, ui),
    }


def buttons(parts: Parts, *, running: bool) -> Shown:
    """What can be pressed while a reply comes, and when none does."""
    return {
        parts.send: gr.Button(interactive=not running),
        parts.stop: gr.Button(interactive=running),
        parts.to_result: gr.Button(interactive=not running),
    }


def result(parts: Parts, guest: Guest, ui: str, *, conversation: bool) -> Shown:
    """The result as it is now."""
    shown = result_view(measured_of(guest), guest.visit, ui, conversation=conversation)
    return {parts.result: shown}


def emptied(parts: Parts, ui: str) -> Shown:
    """Nothing of anybody: what visitors fill in, and what is shown of them."""
    texts = KIOSK_TEXTS[ui]
    return {
        parts.box: "",
        parts.saved: "",
        parts.result: "",
        parts.gauges: gauges_view(ui),
        parts.with_talk: False,
        parts.leave_now: gr.Button(texts.leave_now),
        **dict.fromkeys(parts.switches.values(), False),
    }


def words(parts: Parts, site: Site, ui: str, *, anew: bool = False) -> Shown:
    """All that depends on the language alone. anew: and nothing is ticked or written."""
    texts = KIOSK_TEXTS[ui]
    value: dict[str, Any] = {"value": False} if anew else {}
    empty: dict[str, Any] = {"value": ""} if anew else {}
    return {
        parts.ui: gr.Radio(value=ui, label=texts.ui_language),
        parts.leave: gr.Button(texts.leave),
        parts.welcome: welcome_view(ui),
        parts.begin: gr.Button(texts.begin),
        parts.small: small_print(ui),
        **_consent_words(parts, site, ui, value),
        parts.measure: measure_view(ui),
        parts.gauges: gauges_view(ui),
        parts.on: gr.Button(texts.go_talk),
        parts.skip: gr.Button(texts.skip),
        parts.file: gr.UploadButton(texts.heart_file),
        parts.talk: talk_view(ui),
        parts.starters: starters_view(ui),
        parts.speak: gr.Button(texts.speak),
        parts.box: gr.Textbox(label=texts.box, placeholder=texts.box_hint, **empty),
        parts.send: gr.Button(texts.send),
        parts.stop: gr.Button(texts.stop),
        parts.to_result: gr.Button(texts.to_result),
        parts.title: result_title(ui),
        parts.with_talk: gr.Checkbox(label=texts.with_talk, **value),
        parts.save: gr.Button(texts.save),
        parts.leave_now: gr.Button(texts.leave_now),
    }


def _consent_words(parts: Parts, site: Site, ui: str, value: dict[str, Any]) -> Shown:
    texts, setup = KIOSK_TEXTS[ui], site.assistant.setup
    models = [setup.aggregator, setup.voices, *([setup.fallback] if setup.fallback else [])]
    away = next((model for model in models if not model.local), None)
    kept = kept_view(ui, away.spec if away else "", site.settings.result_minutes, here=away is None)
    switches: Shown = {}
    for modality in MODALITIES:
        name, what = switch_words(modality, ui)
        switches[parts.switches[modality]] = gr.Checkbox(label=name, info=what, **value)
    return {
        parts.consent: consent_view(ui),
        parts.agree: gr.Button(texts.agree),
        parts.agree_all: gr.Button(texts.agree_all if len(asked()) > 1 else texts.agree_one),
        parts.nothing: gr.Button(texts.nothing_measured if asked() else texts.go_talk),
        parts.kept: kept,
        **switches,
    }
