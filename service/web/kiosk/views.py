"""What the kiosk shows in words and pictures, as HTML."""

from collections.abc import Sequence
from html import escape

from insideout.agents.thought import Thought
from insideout.perception.affect import Emotion
from insideout.perception.describe import label_words
from insideout.perception.policy import Policy, policy
from insideout.perception.reading import Modality
from insideout.service.web.guests import Step
from insideout.service.web.kiosk.asking import ORDER, wording
from insideout.service.web.kiosk.drawings import DRAWINGS, Mood, portrait, sign
from insideout.service.web.kiosk.texts import KIOSK_TEXTS
from insideout.service.web.visit import Exchange

_HERE = ' aria-current="step"'
_FOUR = ("joy", "sadness", "fear", "anger")


def _title(words: str) -> str:
    """The heading of a step, which the focus moves to."""
    return f'<h1 tabindex="-1">{escape(words)}</h1>'


def brand() -> str:
    """The name in the corner."""
    return f'<p class="k-brand">{portrait("joy")}{portrait("sadness")}<b>InsideOut</b></p>'


def way(step: Step, language: str, *, measured: bool) -> str:
    """The steps and where the visitor stands; empty at the door. measured: with that step."""
    if step is Step.WELCOME:
        return ""
    texts = KIOSK_TEXTS[language]
    here = ORDER.index(step)
    rows = "".join(
        f'<li class="{_place(ORDER.index(stop), here)}"{_HERE if stop is step else ""}>'
        f"{escape(texts.steps[stop])}</li>"
        for stop in ORDER[1:]
        if measured or stop is not Step.MEASURE
    )
    return f'<ol class="k-way" aria-label="{escape(texts.steps_name)}">{rows}</ol>'


def _place(stop: int, here: int) -> str:
    return "k-now" if stop == here else ("k-past" if stop < here else "k-ahead")


def welcome_view(language: str) -> str:
    """The door: the four, and what this is."""
    texts = KIOSK_TEXTS[language]
    faces = "".join(portrait(name) for name in _FOUR)
    return (
        f'<div class="k-crowd">{faces}</div>{_title(texts.welcome_title)}'
        f'<p class="k-lead">{escape(texts.welcome)}</p>'
    )


def small_print(language: str) -> str:
    """Under the button of the first page."""
    texts = KIOSK_TEXTS[language]
    return f"<p>{escape(texts.machine)} {escape(texts.not_medical)}</p>"


def consent_view(language: str) -> str:
    """The question; the answers stand below it as switches."""
    texts = KIOSK_TEXTS[language]
    rule = texts.policies.get(policy())
    said = f'<p class="k-rule">{escape(rule)}</p>' if rule else ""
    lead = "" if policy() is Policy.TEXT_ONLY else f'<p class="k-lead">{escape(texts.consent)}</p>'
    return f"{_title(texts.consent_title)}{lead}{said}"


def switch_sign(modality: Modality) -> str:
    """What stands before a switch."""
    return f'<span class="k-round">{sign(modality)}</span>'


def switch_words(modality: Modality, language: str) -> tuple[str, str]:
    """The name of a switch, and what it allows."""
    line = wording(modality, language)
    return line.name, line.what


def kept_view(language: str, model: str, minutes: float, *, here: bool) -> str:
    """Where words go, what is kept, what this is not. here: whether no word leaves this network."""
    texts = KIOSK_TEXTS[language]
    words = texts.words_here if here else texts.words_sent.format(model=model)
    kept = texts.kept.format(minutes=f"{minutes:g}")
    lines = (words, kept, f"{texts.machine} {texts.not_medical}")
    return f'<ul class="k-kept">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'


def measure_view(language: str) -> str:
    """The heading of the measurement; what comes from the camera is drawn beside it."""
    texts = KIOSK_TEXTS[language]
    return f'{_title(texts.measure_title)}<p class="k-lead">{escape(texts.measure)}</p>'


def gauges_view(language: str) -> str:
    """Where the browser writes what it is told of face and pulse."""
    live = KIOSK_TEXTS[language].live
    mirror = "".join(
        f'<span data-emotion="{name}" hidden>{portrait(name)}</span>' for name in DRAWINGS
    )
    return (
        f'<div class="k-gauge k-seen" hidden><span class="k-mirror" aria-hidden="true">{mirror}</span>'
        f'<p><b data-k="looks">–</b><small>{escape(live.looks_hidden)}</small></p></div>'
        f'<div class="k-gauge k-beats" hidden><span class="k-round" aria-hidden="true">'
        f"{sign(Modality.HEART)}</span>"
        f'<p><b data-k="bpm">–</b><small data-k="bpm-note">{escape(live.pulse_waits)}</small></p></div>'
    )


def talk_view(language: str) -> str:
    """The heading of the talk."""
    return _title(KIOSK_TEXTS[language].talk_title)


def starters_view(language: str) -> str:
    """What stands where the conversation will be: how it goes, and ways to begin."""
    texts = KIOSK_TEXTS[language]
    ways = "".join(
        f'<li><button type="button" class="k-starter">{escape(words)}</button></li>'
        for words in texts.starters
    )
    return f'<p class="k-lead">{escape(texts.talk)}</p><ul>{ways}</ul>'


def result_title(language: str) -> str:
    """The heading above the result."""
    return _title(KIOSK_TEXTS[language].result_title)


def team_view(exchange: Exchange | None, team: Sequence[str], language: str) -> str:
    """The emotions as they listen and think, each with what it makes of the last message."""
    texts = KIOSK_TEXTS[language]
    crisis = exchange is not None and exchange.turn is not None and exchange.turn.crisis is not None
    members = "".join(_member(name, exchange, language, silent=crisis) for name in team)
    note = f'<p class="k-lead">{escape(texts.voices_crisis)}</p>' if crisis else ""
    looks = "k-team k-rest" if exchange is None else "k-team"
    return f'<ul class="{looks}" aria-label="{escape(texts.voices)}">{members}</ul>{note}'


def _member(name: str, exchange: Exchange | None, language: str, *, silent: bool) -> str:
    mood, said = (Mood.SILENT, "") if silent else _mind(exchange, name, language)
    emotion = name if name in set(Emotion) else Emotion.NEUTRAL.value
    words = f"<p>{escape(said)}</p>" if said else ""
    return (
        f'<li class="k-member k-{emotion} k-{mood.value}">{portrait(name, mood)}'
        f"<b>{escape(label_words(name, language))}</b>{words}</li>"
    )


def _mind(exchange: Exchange | None, name: str, language: str) -> tuple[Mood, str]:
    """What the emotion is doing, and what stands below its face."""
    texts = KIOSK_TEXTS[language]
    if exchange is None:
        return Mood.CALM, ""
    thought = exchange.thoughts.get(name)
    if thought is not None:
        return _thought(thought, language)
    if exchange.running and not exchange.reply:
        return Mood.THINKS, texts.voice_thinks
    return Mood.SILENT, texts.voice_silent


def _thought(thought: Thought, language: str) -> tuple[Mood, str]:
    if not thought.ok:
        return Mood.DROPPED, KIOSK_TEXTS[language].voice_dropped
    seen = label_words(thought.label, language) if thought.label else ""
    return Mood.SPOKE, " – ".join(part for part in (seen, thought.appraisal) if part)
