"""Texts: the words that the pages share, each field one of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from insideout.agents.crisis import CrisisKind
from insideout.agents.modes import Mode
from insideout.agents.thought import Outcome
from insideout.perception.reading import Modality


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The words in one language; names in braces are blanks."""

    tagline: str
    pages_title: str
    pages: Mapping[str, str]
    ui_language: str
    light_dark: str
    chat: str
    you_said: str
    it_said: str
    welcome_title: str
    welcome: str
    box: str
    box_hint: str
    send: str
    stop: str
    fresh: str
    save: str
    forget: str
    beside: str
    thinking: str
    stopped: str
    state_title: str
    state_rule: str
    sources: Mapping[Modality, str]
    sources_join: str
    nothing_yet: str
    nothing_yet_more: str
    not_read: str
    not_read_crisis: str
    sounds_like: str
    seems_like: str
    seems_neutral: str
    sounds_neutral: str
    hard_to_tell: str
    map_title: str
    map_says: str
    pleasant: str
    unpleasant: str
    activated: str
    calm: str
    shades: str
    cues: str
    seen_and_heard: str
    sureness: str
    trend: str
    steady: str
    first_turn: str
    history_title: str
    history_turn: str
    history_says: str
    voices_title: str
    voices_idle: str
    voices_crisis: str
    voice_thinking: str
    voice_quiet: str
    voice_dropped: str
    outcomes: Mapping[Outcome, str]
    voice_reply: str
    voice_sees: str
    urgency: str
    options: str
    mode: str
    mode_info: str
    language: str
    languages: Mapping[str, str]
    modes: Mapping[Mode, str]
    facts: str
    ready: str
    kept_nowhere: str
    kept_in_file: str
    empty: str
    too_long: str
    not_text: str
    broke: str
    forgotten: str
    started: str
    saved: str
    nothing_to_save: str
    done: str
    crisis: Mapping[CrisisKind, str]
