"""Measured: what was measured of one guest so far, as the pages show it and as it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from insideout.perception.affect import Affect, Emotion
from insideout.perception.heart.vitals import Vitals
from insideout.perception.reading import EmotionState, Modality


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """The fused state at one second of the measurement. secs: since it began."""

    secs: float
    affect: Affect
    top: Emotion
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """The pulse at one moment. quality: in [0, 1]; source: "camera", "ecg" or "ppg"."""

    secs: float
    bpm: float
    quality: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stress:
    """How strained the heart seems. level: probability of stress, in [0, 1]."""

    secs: float
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A measurement, complete or under way; nothing in it is raw signal.

    secs: how long it lasted. state: the person now, None where nothing was read. course: a Spot a
    second. faces, utterances: how many were read. quality: by modality, the mean of its Readings', in
    [0, 1]. pulses, stress: oldest first. vitals: of an ECG or a pulse sensor; None without one, since a
    camera gives no variability. missing: by modality, why it was not measured, in the guest's language.
    remarks: what the guest should know beside it.
    """

    secs: float = 0.0
    state: EmotionState | None = None
    course: tuple[Spot, ...] = ()
    faces: int = 0
    utterances: int = 0
    quality: Mapping[Modality, float] = field(default_factory=dict)
    pulses: tuple[Pulse, ...] = ()
    stress: tuple[Stress, ...] = ()
    vitals: Vitals | None = None
    missing: Mapping[Modality, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
