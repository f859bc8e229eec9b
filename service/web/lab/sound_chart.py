"""The course of a sound: its outline, its pitch, and each utterance in words."""

from collections.abc import Iterator
from html import escape

import numpy as np

from insideout.perception.describe import label_words
from insideout.perception.reading import Reading
from insideout.perception.voice.contour import Contour, Row
from insideout.perception.voice.sound import HeardUtterance, Prosody, VoiceObservation
from insideout.service.web.lab.bars import percent
from insideout.service.web.lab.charts import Axis, box, clock, row
from insideout.service.web.lab.texts import TEXTS

_COLUMNS = 500  # of the outline; more would only make the page heavy
_DOTS = 600  # of the pitch
_HIGH = 100.0
_MARGIN = 1.15  # of pitch above and below what is heard, as a factor


def thinned(course: Contour) -> Contour:
    """The same with fewer bins and dots."""
    step = max(1, -(-len(course.times_secs) // _COLUMNS))
    starts = np.arange(0, len(course.times_secs), step)
    dots = slice(None, None, max(1, len(course.pitch_secs) // _DOTS))
    if not len(starts):
        return course
    return Contour(
        times_secs=course.times_secs[starts],
        lowest=np.minimum.reduceat(course.lowest, starts),
        highest=np.maximum.reduceat(course.highest, starts),
        loudness_db=np.maximum.reduceat(course.loudness_db, starts),
        pitch_secs=course.pitch_secs[dots],
        pitch_hz=course.pitch_hz[dots],
    )


def sound_chart(observation: VoiceObservation, course: Contour, language: str) -> str:
    """The rows over one axis of time, and the utterances below them."""
    texts = TEXTS[language]
    start = float(course.times_secs[0]) if len(course.times_secs) else 0.0
    axis = Axis(secs=max(observation.secs, 0.1), start_secs=min(start, 0.0) if start < 0 else 0.0)
    facts = texts.sound_facts.format(
        length=clock(observation.secs, observation.secs), n=len(observation.utterances)
    )
    return (
        f'<p class="l-fine">{escape(facts)}</p><div class="l-chart">'
        f"{_outline(observation, course, axis, language)}"
        f"{_pitch(observation, course, axis, language)}{axis.ticks()}</div>"
        f"{_utterances(observation, language)}"
    )


def _outline(observation: VoiceObservation, course: Contour, axis: Axis, language: str) -> str:
    """The wave; utterances stand on a ground in the colour of their emotion."""
    loudest = max(0.05, float(np.abs([course.lowest, course.highest]).max(initial=0.05)))
    grounds = "".join(
        box(
            axis.x(one.stretch.start_secs),
            axis.x(one.stretch.end_secs),
            0.0,
            _HIGH,
            f"l-ground {emotion_of(one.reading)}",
            f"{_span(one)} {_said(one, language)}",
        )
        for one in observation.utterances
    )
    upper = [(axis.x(t), 50.0 - 50.0 * v / loudest) for t, v in _pairs(course, course.highest)]
    lower = [(axis.x(t), 50.0 - 50.0 * v / loudest) for t, v in _pairs(course, course.lowest)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*upper, *reversed(lower)])
    wave = f'<polygon class="l-wave" points="{points}"/>' if upper else ""
    texts = TEXTS[language]
    says = "; ".join(f"{_span(one)} {_said(one, language)}" for one in observation.utterances)
    return row(texts.wave, grounds + wave, says or texts.nothing_read, high=_HIGH, pixels=110)


def _pairs(course: Contour, values: Row) -> Iterator[tuple[float, float]]:
    return zip(course.times_secs.tolist(), values.tolist(), strict=True)


def _pitch(observation: VoiceObservation, course: Contour, axis: Axis, language: str) -> str:
    """Voiced frames as dots, each utterance's median as a line, on a logarithmic scale."""
    known = [(one, one.prosody.pitch_hz) for one in observation.utterances if one.prosody.pitch_hz]
    heard = [*course.pitch_hz.tolist(), *(hz for _, hz in known)]
    if not heard:
        return ""
    low, high = np.log(min(heard) / _MARGIN), np.log(max(heard) * _MARGIN)

    def y(hz: float) -> float:
        return float(_HIGH * (high - np.log(hz)) / (high - low))

    dots = "".join(
        f'<path class="l-dot" d="M{axis.x(t):.1f} {y(hz):.1f}h.01"/>'
        for t, hz in zip(course.pitch_secs.tolist(), course.pitch_hz.tolist(), strict=True)
    )
    medians = "".join(
        f'<path class="l-median {emotion_of(one.reading)}" d="M{axis.x(one.stretch.start_secs):.1f} '
        f'{y(hz):.1f}H{axis.x(one.stretch.end_secs):.1f}"/>'
        for one, hz in known
    )
    texts = TEXTS[language]
    marks = (
        f'<span class="l-top">{max(heard):.0f} {texts.hz}</span>'
        f'<span class="l-low">{min(heard):.0f} {texts.hz}</span>'
    )
    says = texts.pitch_says.format(low=min(heard), high=max(heard))
    return row(texts.pitch, dots + medians, says, high=_HIGH, pixels=80, marks=marks)


def emotion_of(reading: Reading) -> str:
    """The class of the likeliest emotion; that of what is unread where there is none."""
    if not reading.emotions:
        return "l-unread"
    return max(reading.emotions, key=lambda emotion: reading.emotions[emotion]).value


def _utterances(observation: VoiceObservation, language: str) -> str:
    rows = "".join(_utterance(one, language) for one in observation.utterances)
    return f'<ol class="l-utterances">{rows}</ol>' if rows else ""


def _utterance(one: HeardUtterance, language: str) -> str:
    texts = TEXTS[language]
    words = ""
    if one.transcript is not None:
        rough = f" <small>{escape(texts.rough)}</small>" if one.transcript.rough else ""
        words = f"<blockquote>{escape(one.transcript.text or '…')}{rough}</blockquote>"
    cues = "".join(f"<q>{escape(cue)}</q>" for cue in one.reading.cues)
    return (
        f'<li><time>{_span(one)}</time><div><b><i class="dot {emotion_of(one.reading)}"></i>'
        f"{escape(_said(one, language))}</b>{words}"
        f'<p class="l-cues">{cues}</p><p class="l-fine">{escape(_measured(one.prosody, language))}</p>'
        "</div></li>"
    )


def _span(one: HeardUtterance) -> str:
    return f"{clock(one.stretch.start_secs)}–{clock(one.stretch.end_secs)}"


def _said(one: HeardUtterance, language: str) -> str:
    """The likeliest labels, or why there are none."""
    if one.reading.abstained is not None:
        return one.reading.abstained
    labels = (f"{label_words(label, language)} {percent(p)}" for label, p in one.reading.top(2))
    affect = one.reading.affect
    told = "" if affect is None else f"{affect.valence:+.2f} / {affect.arousal:+.2f}"
    return ", ".join(labels) or told


def _measured(prosody: Prosody, language: str) -> str:
    """The figures of the sound that could be told."""
    words = TEXTS[language].prosody
    told = ((words[name], getattr(prosody, name)) for name in words)
    return " · ".join(form.format(value) for form, value in told if value is not None)
