"""Measurements and conversations for the tests of the result."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from insideout.agents.modes import Mode
from insideout.agents.turn import Turn
from insideout.perception.affect import Affect, Emotion
from insideout.perception.heart.vitals import Figure, Reason, Vitals
from insideout.perception.reading import EmotionState, Modality
from insideout.service.web.live.measured import Measured, Pulse, Spot, Stress
from insideout.service.web.visit import Exchange, Visit

MADE_AT = datetime(2026, 5, 3, 14, 5, tzinfo=UTC)
ATTACK = "<script>alert(1)</script>"


def state_of(top: Emotion, valence: float = 0.0, arousal: float = 0.0) -> EmotionState:
    """A state in which one emotion has 65 %."""
    emotions = {e: 0.65 if e is top else 0.05 for e in Emotion}
    affect = Affect(valence=valence, arousal=arousal)
    return EmotionState(emotions=emotions, affect=affect, confidence=0.6)


def course(*tops: Emotion) -> tuple[Spot, ...]:
    """A spot a second, in these emotions."""
    return tuple(
        Spot(secs=i + 1.0, affect=Affect(valence=0.2, arousal=0.1), top=top, confidence=0.6)
        for i, top in enumerate(tops)
    )


def by_camera(**more: Any) -> Measured:
    """A face that was sad, then glad, and a pulse by the camera."""
    given: dict[str, Any] = {
        "secs": 10.0,
        "state": state_of(Emotion.JOY, 0.6, 0.3),
        "course": course(*[Emotion.SADNESS] * 4, *[Emotion.JOY] * 6),
        "faces": 87,
        "quality": {Modality.FACE: 0.82, Modality.HEART: 0.6},
        "pulses": tuple(
            Pulse(secs=secs, bpm=bpm, quality=0.6, source="camera")
            for secs, bpm in ((7.0, 70.2), (8.0, 71.6), (9.0, 74.4))
        ),
        "missing": {Modality.VOICE: "nothing was said"},
    }
    return Measured(**{**given, **more})


def _figure(name: str, value: float | None, unit: str, reason: Reason | None = None) -> Figure:
    return Figure(
        name=name,
        value=value,
        unit=unit,
        window_secs=45.0,
        quality=0.91,
        from_secs=30.0,
        trust_from_secs=120.0,
        reason=reason,
    )


def by_ecg(**more: Any) -> Measured:
    """The same face, and 45 seconds of an ECG."""
    vitals = Vitals(
        heart_rate=_figure("heart_rate", 71.6, "bpm"),
        sdnn=_figure("sdnn", 41.4, "ms", Reason.SHORT),
        rmssd=_figure("rmssd", 38.2, "ms"),
        pnn50=_figure("pnn50", 17.6, "%", Reason.SHORT),
        stress_index=_figure("stress_index", None, "%/s²", Reason.TOO_SHORT),
        lf_hf=_figure("lf_hf", None, "ratio", Reason.TOO_SHORT),
        respiration=_figure("respiration", None, "breaths/min", Reason.NO_RHYTHM),
    )
    pulses = tuple(
        Pulse(secs=10.0 * i, bpm=70.0 + i, quality=0.9, source="ecg") for i in range(1, 5)
    )
    levels = tuple(
        Stress(secs=30.0 * i, level=level) for i, level in enumerate((0.2, 0.3, 0.7, 0.8))
    )
    return replace(by_camera(**more), vitals=vitals, pulses=pulses, stress=levels)


def talked(*said: str, crisis: str | None = None) -> Visit:
    """A conversation in which fear was read of every message; the last may have called for help."""
    exchanges = [
        Exchange(said=text, reply=f"Reply to {text}", state=state_of(Emotion.FEAR, -0.5, 0.5))
        for text in said
    ]
    if crisis is not None:
        exchanges.append(Exchange(said="…", reply="Call 112.", turn=_turn(crisis)))
    return Visit(session="web-1", exchanges=tuple(exchanges))


def _turn(crisis: str) -> Turn:
    return Turn(
        session="web-1",
        text="…",
        language="en",
        mode=Mode.PARALLEL,
        model={},
        state=None,
        thoughts={},
        reply="Call 112.",
        crisis=crisis,
    )
