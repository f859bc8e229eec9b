"""A picture of a recording: its sound with the emotion of each utterance, its pitch, its loudness."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

import numpy as np

from insideout.perception.affect import Emotion
from insideout.perception.errors import PerceptionError
from insideout.perception.reading import Reading
from insideout.perception.voice.contour import Contour, contour
from insideout.perception.voice.libraries import need
from insideout.perception.voice.sound import HeardUtterance, Sound, VoiceObservation

COLOURS: Mapping[Emotion, str] = {
    Emotion.JOY: "#e09b00",
    Emotion.SADNESS: "#3f76d9",
    Emotion.FEAR: "#9a3fb5",
    Emotion.ANGER: "#d9432f",
    Emotion.DISGUST: "#3f9a48",
    Emotion.SURPRISE: "#e0619e",
    Emotion.CONTEMPT: "#8d6e63",
    Emotion.NEUTRAL: "#7d8790",
}
NOTE = "Made from the sound of the voice: cues, not facts."

_INK, _DIM, _SILENCE, _UNREAD = "#22272e", "#7d8790", "#c9ced6", "#a9b0ba"
_INCHES = (11.0, 7.0)
_MINUTES_FROM_SECS = 600.0
_LETTER_SHARE = 0.0082  # of the picture's width that a letter of the labels takes
_SUMMED = 3  # emotions in the title
_NARROWER = 1.35  # letters of words, which are italic and mostly small, to those of labels
_LABEL_LETTERS = 6  # less room than this holds no label
_LEAST_HEIGHT = 0.05  # of full scale, so that a faint recording does not fill the picture with hiss
_LEAST_DB = -70.0
_PITCHES_HZ = (75, 100, 150, 200, 300, 400, 600)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    """Time across the picture. secs: of the recording, from start_secs. unit: seconds in one of it."""

    start_secs: float
    secs: float
    unit: float

    def at(self, secs: Any) -> Any:
        return secs / self.unit

    def letters(self, secs: float) -> int:
        """How many letters fit over that many seconds."""
        return int(secs / self.secs / _LETTER_SHARE)


def plot(observation: VoiceObservation, pieces: Iterable[Sound], path: Path, title: str) -> None:
    """Write the picture; its format follows the suffix of `path`.

    pieces: the recording once more, as Sounds that follow one another. Raises PerceptionError where
    the picture cannot be written.
    """
    figure_class = need("matplotlib.figure").Figure
    course = contour(pieces, observation.secs)
    axis = _axis(course, observation)
    figure = figure_class(figsize=_INCHES, layout="constrained")
    rows = figure.subplots(3, 1, sharex=True, height_ratios=(1.7, 1.0, 0.8))
    _wave(rows[0], course, observation, axis)
    _pitch(rows[1], course, observation, axis)
    _loudness(rows[2], course, observation, axis)
    rows[2].set_xlabel(f"time ({'min' if axis.unit > 1.0 else 's'})", color=_INK, fontsize=9)
    rows[2].set_xlim(axis.at(axis.start_secs), axis.at(axis.start_secs + axis.secs))
    figure.suptitle(f"{_plain(title)}\n{_summary(observation)}", color=_INK, fontsize=12)
    figure.supxlabel(NOTE, color=_DIM, fontsize=9)
    try:
        figure.savefig(path, dpi=130)
    except (OSError, ValueError) as error:
        raise PerceptionError(f"{path} cannot be written ({error}); name a .png or .pdf") from error


def _axis(course: Contour, observation: VoiceObservation) -> _Axis:
    start = float(course.times_secs[0]) if len(course.times_secs) else 0.0
    secs = max(observation.secs, 0.1)
    return _Axis(start_secs=start, secs=secs, unit=60.0 if secs > _MINUTES_FROM_SECS else 1.0)


def _wave(axes: Any, course: Contour, observation: VoiceObservation, axis: _Axis) -> None:
    """The outline, grey in silence and in the emotion's colour in speech, with labels above it."""
    height = max([_LEAST_HEIGHT, *np.abs(course.lowest), *np.abs(course.highest)])
    times = axis.at(course.times_secs)
    axes.fill_between(times, course.lowest, course.highest, color=_SILENCE, linewidth=0)
    for utterance in observation.utterances:
        inside = _inside(course, utterance)
        colour = _colour(utterance.reading)
        axes.fill_between(
            times[inside], course.lowest[inside], course.highest[inside], color=colour, linewidth=0
        )
        _band(axes, utterance, axis, height)
    axes.set_ylim(-1.05 * height, 1.68 * height)
    _dress(axes, "sound")
    axes.set_yticks([-height, 0.0, height], [f"{-height:.2f}", "0", f"{height:.2f}"])
    axes.spines["left"].set_bounds(-height, height)
    if not observation.utterances:
        axes.text(
            0.5,
            0.88,
            _plain(observation.reading.abstained or "no speech"),
            ha="center",
            va="center",
            wrap=True,
            transform=axes.transAxes,
            color=_INK,
        )


def _band(axes: Any, utterance: HeardUtterance, axis: _Axis, height: float) -> None:
    """The utterance's label on its colour, and its words below that, as far as there is room."""
    stretch = utterance.stretch
    start, width = axis.at(stretch.start_secs), axis.at(stretch.secs)
    axes.broken_barh(
        [(start, width)],
        (1.44 * height, 0.2 * height),
        facecolor=_colour(utterance.reading),
        edgecolor="white",
        linewidth=1.2,
    )
    room = axis.letters(stretch.secs)
    place = {"x": start + width / 2, "ha": "center", "va": "center", "fontsize": 8, "clip_on": True}
    axes.text(y=1.54 * height, s=_label(utterance.reading, room), color="white", **place)
    if utterance.transcript:
        words = _wrapped(utterance.transcript.text, round(_NARROWER * room))
        axes.text(y=1.21 * height, s=_plain(words), color=_INK, style="italic", **place)


def _label(reading: Reading, room: int) -> str:
    """The likeliest emotion with its share, or its start, or nothing where there is no room."""
    if reading.abstained is not None:
        return _cut("not read", room)
    if not reading.emotions:
        return ""
    emotion = _emotion(reading)
    whole = f"{emotion.value} {reading.emotions[emotion]:.0%}"
    return whole if len(whole) <= room else _cut(emotion.value, room)


def _cut(text: str, room: int) -> str:
    if room < min(_LABEL_LETTERS, len(text)):
        return ""
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def _wrapped(text: str, room: int) -> str:
    """On two lines, cut where they are full; nothing where a word has no room."""
    if room < _LABEL_LETTERS:
        return ""
    return "\n".join(wrap(text, room, max_lines=2, placeholder="…"))


def _plain(text: str) -> str:
    """Without the dollar signs that matplotlib would read as formulas."""
    return text.replace("$", r"\$")


def _pitch(axes: Any, course: Contour, observation: VoiceObservation, axis: _Axis) -> None:
    """Voiced frames as dots and each utterance's median as a line, on a logarithmic scale."""
    known = [(u, u.prosody.pitch_hz) for u in observation.utterances if u.prosody.pitch_hz]
    spoken = np.zeros(len(course.pitch_secs), dtype=bool)
    for utterance in observation.utterances:
        stretch = utterance.stretch
        spoken |= (course.pitch_secs >= stretch.start_secs) & (
            course.pitch_secs <= stretch.end_secs
        )
    times, pitches = course.pitch_secs[spoken], course.pitch_hz[spoken]
    axes.scatter(axis.at(times), pitches, s=5, color=_DIM, alpha=0.6, linewidths=0)
    for utterance, hz in known:
        ends = (axis.at(utterance.stretch.start_secs), axis.at(utterance.stretch.end_secs))
        axes.hlines(hz, *ends, color=_colour(utterance.reading), linewidth=2.2)
    axes.set_yscale("log")
    shown = [*pitches.tolist(), *(hz for _, hz in known)]
    low, high = (min(shown), max(shown)) if shown else (75.0, 400.0)
    axes.set_ylim(low / 1.2, high * 1.2)
    _dress(axes, "pitch (Hz)")
    ticks = [hz for hz in _PITCHES_HZ if low / 1.2 <= hz <= high * 1.2] or [round(low)]
    axes.set_yticks(ticks, [str(hz) for hz in ticks])
    axes.set_yticks([], minor=True)


def _loudness(axes: Any, course: Contour, observation: VoiceObservation, axis: _Axis) -> None:
    times, levels = axis.at(course.times_secs), np.maximum(course.loudness_db, _LEAST_DB)
    axes.fill_between(times, _LEAST_DB, levels, color=_SILENCE, linewidth=0)
    for utterance in observation.utterances:
        inside = _inside(course, utterance)
        axes.fill_between(
            times[inside],
            _LEAST_DB,
            levels[inside],
            color=_colour(utterance.reading),
            alpha=0.75,
            linewidth=0,
        )
    axes.set_ylim(_LEAST_DB, 0.0)
    _dress(axes, "loudness (dB)")


def _inside(course: Contour, utterance: HeardUtterance) -> Any:
    stretch = utterance.stretch
    return (course.times_secs >= stretch.start_secs) & (course.times_secs <= stretch.end_secs)


def _colour(reading: Reading) -> str:
    """Of the likeliest canonical emotion; grey where nothing was read."""
    return COLOURS[_emotion(reading)] if reading.emotions else _UNREAD


def _emotion(reading: Reading) -> Emotion:
    return max(reading.emotions, key=lambda emotion: reading.emotions[emotion])


def _dress(axes: Any, y: str) -> None:
    axes.set_ylabel(y, color=_INK, fontsize=9)
    axes.tick_params(labelsize=8, colors=_INK)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", color="#eeeeee", linewidth=0.6)
    axes.set_axisbelow(True)


def _summary(observation: VoiceObservation) -> str:
    """The feeling of the whole and its cues, or why there is none."""
    reading = observation.reading
    if reading.abstained is not None:
        return "not read" if not observation.utterances else _plain(reading.abstained)
    likeliest = sorted(reading.emotions.items(), key=lambda item: -item[1])[:_SUMMED]
    labels = "   ".join(f"{emotion.value} {share:.0%}" for emotion, share in likeliest)
    cues = ", ".join(reading.cues)
    return _plain("   ·   ".join(part for part in (labels, cues) if part))
