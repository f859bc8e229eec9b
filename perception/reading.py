"""Reading and EmotionState: what flows from perception to the agents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from insideout.perception.affect import Affect, Emotion


class Modality(StrEnum):
    """Where a Reading comes from."""

    TEXT = "text"
    FACE = "face"
    VOICE = "voice"
    HEART = "heart"


def _check_unit(name: str, value: float) -> None:
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"{name} is {value}; it lies in [0, 1]")


def _rounded(numbers: Mapping[Any, float]) -> dict[str, float]:
    return {str(key): round(float(value), 4) for key, value in numbers.items()}


def _affect_json(affect: Affect | None) -> dict[str, float | None]:
    values = (affect.valence, affect.arousal, affect.dominance) if affect else (None, None, None)
    return {
        name: None if value is None else round(value, 4)
        for name, value in zip(("valence", "arousal", "dominance"), values, strict=True)
    }


def _affect_from(record: Mapping[str, Any]) -> Affect | None:
    if record.get("valence") is None or record.get("arousal") is None:
        return None
    return Affect(
        valence=record["valence"], arousal=record["arousal"], dominance=record.get("dominance")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one modality says about one stretch of time, or that it abstains, and why.

    model: id of the recogniser. space: name of the label space of `probabilities`.
    probabilities: over that space, summing to 1. emotions: the same over the canonical eight.
    confidence: calibrated probability that the top label is right, in [0, 1].
    quality: how usable the signal was, in [0, 1]. cues: short words a person would use.
    start_secs, end_secs: on the session's clock. abstained: the reason, where it abstains; then
    probabilities and emotions are empty, affect is None and confidence is 0.
    """

    modality: Modality
    model: str
    space: str = "canonical"
    probabilities: Mapping[str, float] = field(default_factory=dict)
    emotions: Mapping[Emotion, float] = field(default_factory=dict)
    affect: Affect | None = None
    confidence: float = 0.0
    quality: float = 1.0
    cues: tuple[str, ...] = ()
    start_secs: float = 0.0
    end_secs: float = 0.0
    abstained: str | None = None

    def __post_init__(self) -> None:
        _check_unit("confidence", self.confidence)
        _check_unit("quality", self.quality)
        if self.abstained is None and not self.emotions and self.affect is None:
            raise ValueError("a Reading has emotions or an affect, or says why it abstains")

    def top(self, k: int = 1) -> list[tuple[str, float]]:
        """The k most probable labels of the fine space with their probabilities."""
        return sorted(self.probabilities.items(), key=lambda item: -item[1])[:k]

    def to_json(self) -> dict[str, Any]:
        """A JSON object; `from_json` reads it back."""
        return {
            "modality": self.modality.value,
            "model": self.model,
            "space": self.space,
            "probabilities": _rounded(self.probabilities),
            "emotions": _rounded(self.emotions),
            **_affect_json(self.affect),
            "confidence": round(self.confidence, 4),
            "quality": round(self.quality, 4),
            "cues": list(self.cues),
            "start_secs": self.start_secs,
            "end_secs": self.end_secs,
            "abstained": self.abstained,
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> "Reading":
        """The Reading that `to_json` wrote; figures are rounded to four places."""
        return cls(
            modality=Modality(record["modality"]),
            model=record["model"],
            space=record["space"],
            probabilities=dict(record["probabilities"]),
            emotions={Emotion(k): v for k, v in record["emotions"].items()},
            affect=_affect_from(record),
            confidence=record["confidence"],
            quality=record["quality"],
            cues=tuple(record["cues"]),
            start_secs=record["start_secs"],
            end_secs=record["end_secs"],
            abstained=record["abstained"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How the person moved since the turns before: change of valence and arousal over `turns` turns."""

    valence: float = 0.0
    arousal: float = 0.0
    turns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A lasting change within a conversation: the mean of the last while against the `secs` before.

    valence, arousal: how far each moved; 0.0 where the move is small or within the usual wavering.
    """

    valence: float
    arousal: float
    secs: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two modalities that contradict each other: one is pleasant, the other is not.

    pleasant, unpleasant: the modalities. emotion: what the unpleasant one says.
    """

    pleasant: Modality
    unpleasant: Modality
    emotion: Emotion

    def to_json(self) -> dict[str, str]:
        """A JSON object; `from_json` reads it back."""
        return {
            "pleasant": self.pleasant.value,
            "unpleasant": self.unpleasant.value,
            "emotion": self.emotion.value,
        }

    @classmethod
    def from_json(cls, record: Mapping[str, str]) -> "Conflict":
        """The Conflict that `to_json` wrote."""
        return cls(
            pleasant=Modality(record["pleasant"]),
            unpleasant=Modality(record["unpleasant"]),
            emotion=Emotion(record["emotion"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EmotionState:
    """The fused view of the person now.

    emotions: canonical probabilities, all eight, summing to 1. confidence: in [0, 1].
    agreement: how far the modalities agree, in [0, 1]; None where fewer than two spoke.
    conflicts: the pairs that contradict each other. compound: two emotions that are there at once, the
    stronger first. tag: the emotion shown to people, which changes less quickly than the
    probabilities; None where it is the most probable one. change: since about a minute ago.
    """

    emotions: Mapping[Emotion, float]
    affect: Affect
    confidence: float
    agreement: float | None = None
    trend: Trend = Trend()
    readings: tuple[Reading, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    compound: tuple[Emotion, Emotion] | None = None
    tag: Emotion | None = None
    change: Change | None = None

    def __post_init__(self) -> None:
        _check_unit("confidence", self.confidence)

    @property
    def top(self) -> Emotion:
        """The emotion to name: the tag, else the most probable canonical emotion."""
        return self.tag or max(self.emotions, key=lambda emotion: self.emotions[emotion])

    def to_json(self) -> dict[str, Any]:
        """The `state` object of the documented JSON contract; `from_json` reads it back."""
        return {
            "emotion": self.top.value,
            "probabilities": _rounded(self.emotions),
            **_affect_json(self.affect),
            "confidence": round(self.confidence, 4),
            "agreement": None if self.agreement is None else round(self.agreement, 4),
            "trend": {
                "valence": round(self.trend.valence, 4),
                "arousal": round(self.trend.arousal, 4),
                "turns": self.trend.turns,
            },
            "conflicts": [conflict.to_json() for conflict in self.conflicts],
            "compound": [emotion.value for emotion in self.compound or ()],
            "change": None
            if self.change is None
            else _rounded(
                {
                    "valence": self.change.valence,
                    "arousal": self.change.arousal,
                    "secs": self.change.secs,
                }
            ),
            "readings": [reading.to_json() for reading in self.readings],
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> "EmotionState":
        """The EmotionState that `to_json` wrote; figures are rounded to four places."""
        emotions = {Emotion(k): v for k, v in record["probabilities"].items()}
        tag = Emotion(record["emotion"])
        return cls(
            emotions=emotions,
            affect=_affect_from(record) or Affect(valence=0.0, arousal=0.0),
            confidence=record["confidence"],
            agreement=record["agreement"],
            trend=Trend(**record["trend"]),
            readings=tuple(Reading.from_json(reading) for reading in record["readings"]),
            conflicts=tuple(Conflict.from_json(one) for one in record.get("conflicts", ())),
            compound=_pair(record.get("compound", ())),
            change=Change(**record["change"]) if record.get("change") else None,
            tag=None if emotions[tag] == max(emotions.values()) else tag,
        )


def _pair(names: Sequence[str]) -> tuple[Emotion, Emotion] | None:
    return (Emotion(names[0]), Emotion(names[1])) if len(names) == 2 else None
