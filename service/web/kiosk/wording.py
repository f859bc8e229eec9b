"""Wording: what the kiosk says, as the blanks that a language fills."""

from collections.abc import Mapping
from dataclasses import dataclass

from insideout.perception.policy import Policy
from insideout.perception.reading import Modality
from insideout.service.web.guests import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One line of the consent. name: what is looked at; what: what happens then, in a sentence."""

    name: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveTexts:
    """What the browser says by itself, without asking the server; names in braces are blanks."""

    hints: Mapping[str, str]
    starting: str
    looks: str
    looks_hidden: str
    pulse_unit: str
    pulse_waits: str
    pulse_unsure: str
    pulse_none: str
    progress: str
    done_title: str
    unmeasured_title: str
    too_large: str
    no_camera: str
    no_microphone: str
    camera_lost: str
    microphone_lost: str
    insecure: str
    failed: str
    ring: str
    listening: str
    writing: str
    unheard: str
    heard_roughly: str
    away: str
    idle_title: str
    idle: str
    idle_stay: str
    idle_leave: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskTexts:
    """The kiosk's words in one language; names in braces are blanks."""

    page_title: str
    steps: Mapping[Step, str]
    steps_name: str
    ui_language: str
    light_dark: str
    leave: str
    welcome_title: str
    welcome: str
    begin: str
    machine: str
    consent_title: str
    consent: str
    policies: Mapping[Policy, str]
    asked: Mapping[Modality, Asked]
    only_written: Asked
    words_here: str
    words_sent: str
    kept: str
    not_medical: str
    agree: str
    agree_all: str
    agree_one: str
    nothing_measured: str
    go_talk: str
    measure_title: str
    measure: str
    skip: str
    heart_file: str
    heart_reading: str
    heart_read: str
    heart_unread: str
    no_live: str
    preparing: str
    cannot_measure: str
    talk_title: str
    talk: str
    starters: tuple[str, ...]
    box: str
    box_hint: str
    speak: str
    send: str
    stop: str
    chat: str
    to_result: str
    voices: str
    voice_thinks: str
    voice_silent: str
    voice_dropped: str
    voices_crisis: str
    result_title: str
    with_talk: str
    save: str
    leave_now: str
    leave_saved: str
    gone: str
    gone_idle: str
    broke: str
    live: LiveTexts
