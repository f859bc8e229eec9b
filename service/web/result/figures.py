"""The heart's figures of a result: pulse, SDNN, RMSSD, pNN50, the trend of stress."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from insideout.perception.heart import vitals as heart
from insideout.perception.heart.wording import reason_words
from insideout.perception.reading import Modality
from insideout.service.web.live.measured import Measured, Pulse, Stress
from insideout.service.web.result.texts import RESULT_TEXTS, ResultTexts

NONE = "–"
ABOUT = "≈ "  # rough
VARIABILITY = (("sdnn", "SDNN"), ("rmssd", "RMSSD"), ("pnn50", "pNN50"))
# Of the probability of stress; smaller changes are noise.
STRESS_CHANGE = 0.1
CAMERA = "camera"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure as it is shown.

    value: "72", "≈ 41", "34 → 58", or "–" where it was not measured. number: what the words say, None
    where it was not measured; of a trend, where it ended. quality, note: empty where there is none;
    quality_share: the same in [0, 1]. course: (seconds, value) to draw.
    """

    key: str
    name: str
    value: str
    number: float | None
    unit: str
    quality: str
    note: str
    quality_share: float | None = None
    approximate: bool = False
    course: tuple[tuple[float, float], ...] = ()


def figures(measured: Measured, language: str) -> tuple[Figure, ...]:
    """The five, in the order in which they are shown; those that were not measured say so."""
    return (
        _pulse(measured, language),
        *_variability(measured, language),
        _stress(measured, language),
    )


def source_words(measured: Measured, texts: ResultTexts) -> str | None:
    """What the heart was measured with, and how well; None where it was not."""
    by = _by(measured, texts)
    if not by:
        return None
    quality = measured.quality.get(Modality.HEART)
    return by if quality is None else f"{by}, {texts.quality.format(share=f'{quality:.0%}')}"


def _by(measured: Measured, texts: ResultTexts) -> str:
    names = {CAMERA: texts.by_camera, "ecg": texts.by_ecg, "ppg": texts.by_ppg}
    used = dict.fromkeys(names.get(pulse.source, texts.by_sensor) for pulse in measured.pulses)
    if measured.vitals is not None and not set(used) - {texts.by_camera}:
        used[texts.by_sensor] = None
    if not used and measured.stress:
        used[texts.by_sensor] = None
    return ", ".join(used)


def _pulse(measured: Measured, language: str) -> Figure:
    texts = RESULT_TEXTS[language]
    if measured.vitals is not None and measured.vitals.heart_rate.value is not None:
        sensed = tuple(pulse for pulse in measured.pulses if pulse.source != CAMERA)
        return _of_beats(measured.vitals.heart_rate, "pulse", texts.pulse, language, sensed)
    if not measured.pulses:
        return _absent("pulse", texts.pulse, texts.bpm, texts.not_measured)
    by = [texts.by_camera if all(p.source == CAMERA for p in measured.pulses) else ""]
    return _figure(
        "pulse",
        texts.pulse,
        _middle(measured.pulses),
        texts.bpm,
        quality=fmean(pulse.quality for pulse in measured.pulses),
        approximate=True,
        note="; ".join(filter(None, [*by, _range(measured.pulses, texts)])),
        texts=texts,
        course=_course(measured.pulses),
    )


def _middle(pulses: Sequence[Pulse]) -> float:
    """The median under the qualities."""
    ranked = sorted(pulses, key=lambda pulse: pulse.bpm)
    reached = np.cumsum([pulse.quality for pulse in ranked])
    return ranked[int(np.searchsorted(reached, reached[-1] / 2))].bpm


def _range(pulses: Sequence[Pulse], texts: ResultTexts) -> str:
    low, high = (f"{side(pulse.bpm for pulse in pulses):.0f}" for side in (min, max))
    return "" if low == high else texts.between.format(low=low, high=high)


def _course(pulses: Sequence[Pulse]) -> tuple[tuple[float, float], ...]:
    return tuple((pulse.secs, pulse.bpm) for pulse in pulses)


def _variability(measured: Measured, language: str) -> list[Figure]:
    texts = RESULT_TEXTS[language]
    units = {"sdnn": texts.ms, "rmssd": texts.ms, "pnn50": texts.percent}
    if measured.vitals is None:
        why = texts.needs_sensor if measured.pulses else texts.not_measured
        return [_absent(key, name, units[key], why) for key, name in VARIABILITY]
    return [
        _of_beats(getattr(measured.vitals, key), key, name, language) for key, name in VARIABILITY
    ]


def _of_beats(
    figure: heart.Figure, key: str, name: str, language: str, pulses: Sequence[Pulse] = ()
) -> Figure:
    texts = RESULT_TEXTS[language]
    unit = {"bpm": texts.bpm, "ms": texts.ms}.get(figure.unit, figure.unit)
    why = reason_words(figure, language)
    if figure.value is None:
        return _absent(
            key, name, unit, f"{texts.not_measured}: {why}" if why else texts.not_measured
        )
    return _figure(
        key,
        name,
        figure.value,
        unit,
        quality=figure.quality,
        approximate=figure.approximate,
        note=why,
        texts=texts,
        course=_course(pulses),
    )


def _figure(
    key: str,
    name: str,
    number: float,
    unit: str,
    *,
    quality: float,
    approximate: bool,
    note: str,
    texts: ResultTexts,
    course: tuple[tuple[float, float], ...],
) -> Figure:
    return Figure(
        key=key,
        name=name,
        value=f"{ABOUT if approximate else ''}{number:.0f}",
        number=round(number),
        unit=unit,
        quality=texts.quality.format(share=f"{quality:.0%}"),
        note=note,
        quality_share=quality,
        approximate=approximate,
        course=course,
    )


def _stress(measured: Measured, language: str) -> Figure:
    """From the first third of the measurement to the last, and whether that is a change."""
    texts, levels = RESULT_TEXTS[language], [one.level for one in measured.stress]
    if not levels:
        known = measured.vitals is not None or measured.pulses
        why = texts.needs_rest if known else texts.not_measured
        return _absent("stress", texts.stress, texts.stress_unit, why)
    third = max(1, len(levels) // 3)
    first, last = fmean(levels[:third]), fmean(levels[-third:])
    quality = measured.quality.get(Modality.HEART)
    return Figure(
        key="stress",
        name=texts.stress,
        value=f"{100 * first:.0f} → {100 * last:.0f}" if len(levels) > 1 else f"{100 * last:.0f}",
        number=round(100 * last),
        unit=texts.stress_unit,
        quality="" if quality is None else texts.quality.format(share=f"{quality:.0%}"),
        note=", ".join(
            filter(None, [texts.likelihood, _moves(measured.stress, last - first, texts)])
        ),
        quality_share=quality,
        course=tuple((one.secs, 100 * one.level) for one in measured.stress),
    )


def _moves(stress: Sequence[Stress], change: float, texts: ResultTexts) -> str:
    if len(stress) < 2:
        return ""
    if abs(change) < STRESS_CHANGE:
        return texts.steady
    return texts.rising if change > 0 else texts.falling


def _absent(key: str, name: str, unit: str, why: str) -> Figure:
    return Figure(key=key, name=name, value=NONE, number=None, unit=unit, quality="", note=why)
