"""A recording of a heart: a strip with its beats, the heart rate over time, the figures."""

from html import escape
from itertools import pairwise

import numpy as np

from insideout.perception.heart.beats import Beats
from insideout.perception.heart.observation import Observation
from insideout.perception.heart.quality import GOOD
from insideout.perception.heart.signal import NOTES, HeartSignal
from insideout.perception.heart.vitals import Figure
from insideout.perception.heart.wording import FAULTS, FIGURES, UNITS, reason_words
from insideout.service.web.lab.charts import Axis, box, chart, clock, line, row
from insideout.service.web.lab.texts import TEXTS

_HIGH = 100.0
_COLUMNS = 1200  # of the strip
_MOST_BEATS = 1500  # of the rhythm


def heart_chart(
    channel: str, rate: float, observation: Observation, strip: HeartSignal | None, language: str
) -> str:
    """Strip, rhythm, figures. channel, rate: of the recording; strip: what is drawn of the signal."""
    texts, beats = TEXTS[language], observation.beats
    facts = texts.heart_facts.format(
        channel=channel,
        kind=beats.kind.value.upper(),
        rate=rate,
        length=clock(beats.secs),
        usable=beats.usable,
    )
    drawn = "" if strip is None else _strip(strip, beats, language)
    return (
        f'<p class="l-fine">{escape(facts)}</p>{drawn}{_rhythm(beats, language)}'
        f'{_figures(observation, language)}<p class="l-fine">{escape(NOTES[language])}</p>'
    )


def _strip(strip: HeartSignal, beats: Beats, language: str) -> str:
    """The signal, a mark for each beat: filled where it counts."""
    texts = TEXTS[language]
    samples = strip.samples[:: max(1, len(strip.samples) // _COLUMNS)]
    known = samples[np.isfinite(samples)]
    if not len(known):
        return ""
    low, high = float(known.min()), float(known.max())
    spread = high - low or 1.0
    axis = Axis(secs=strip.secs, start_secs=strip.start_secs)
    step = strip.secs / len(samples)
    points = [
        (axis.x(strip.start_secs + i * step), 12.0 + 84.0 * (high - float(value)) / spread)
        for i, value in enumerate(samples)
        if np.isfinite(value)
    ]
    inside = beats.between(strip.start_secs, strip.start_secs + strip.secs)
    marks = "".join(
        f'<i class="l-beat{"" if quality >= GOOD else " l-doubtful"}" '
        f'style="left:{axis.x(secs) / 1000.0:.2%}"></i>'
        for secs, quality in zip(inside.times_secs.tolist(), inside.quality.tolist(), strict=True)
    )
    says = texts.strip_says.format(n=len(inside.times_secs), secs=strip.secs)
    drawn = line(points, "l-signal")
    name = texts.strip.format(unit=strip.unit or texts.as_recorded)
    return chart(row(name, drawn, says, high=_HIGH, pixels=130, marks=marks), axis=axis)


def _rhythm(beats: Beats, language: str) -> str:
    """Heart rate from each interval; what is spoilt is shaded."""
    texts, intervals = TEXTS[language], beats.intervals
    if len(intervals.ms) < 2:
        return ""
    axis = Axis(secs=max(beats.secs, 0.1), start_secs=beats.start_secs)
    rates = 60_000.0 / intervals.ms
    low, high = float(rates.min()), float(rates.max())
    spread = max(high - low, 1.0)
    step = max(1, len(rates) // _MOST_BEATS)
    edges = [0, *np.flatnonzero(~intervals.follows).tolist(), len(rates)]
    drawn = "".join(
        box(
            axis.x(part.start_secs),
            axis.x(part.end_secs),
            0.0,
            _HIGH,
            "l-spoilt",
            FAULTS[language][part.fault],
        )
        for part in beats.spoilt
    )
    for first, last in pairwise(edges):
        points = [
            (axis.x(float(intervals.ends_secs[i])), 95.0 - 90.0 * (float(rates[i]) - low) / spread)
            for i in range(first, last, step)
        ]
        drawn += line(points, "l-rate")
    marks = f'<span class="l-top">{high:.0f}</span><span class="l-low">{low:.0f}</span>'
    says = texts.rhythm_says.format(low=low, high=high)
    return chart(row(texts.rhythm, drawn, says, high=_HIGH, pixels=90, marks=marks), axis=axis)


def _figures(observation: Observation, language: str) -> str:
    rows = "".join(_figure(figure, language) for figure in observation.vitals.figures)
    texts = TEXTS[language]
    head = "".join(f"<th>{escape(name)}</th>" for name in texts.vitals_head)
    return (
        f'<div class="l-scroll"><table class="l-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _figure(figure: Figure, language: str) -> str:
    value = "–"
    if figure.value is not None:
        places = 1 if abs(figure.value) < 10.0 else 0
        unit = UNITS[language].get(figure.unit, figure.unit)
        value = f"{'≈ ' if figure.approximate else ''}{figure.value:.{places}f} {unit}"
    cells = (
        FIGURES[language][figure.name],
        value,
        f"{figure.quality:.2f}",
        reason_words(figure, language),
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
