"""Many utterances become one: their Readings and how they sounded, weighed by how long they lasted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import TypeVar

from insideout.perception.affect import Affect, Emotion
from insideout.perception.reading import Modality, Reading
from insideout.perception.voice.sound import HeardUtterance, Prosody

Key = TypeVar("Key")


def pool_readings(readings: Sequence[Reading], cues: tuple[str, ...] = ()) -> Reading:
    """The Reading of a recording from those of its utterances, at least one of which speaks.

    Each counts by its seconds times its confidence times its quality; those that abstain count for
    nothing. Probabilities and affect are arithmetic means: a person who is angry for half of the time
    and sad for the other half is both, where a geometric mean would call them neither. Confidence is
    the pooled probability of the pooled top emotion; quality is the mean over the seconds. Where none
    of them has probabilities, confidence is the weighted mean of theirs. cues: of the whole.
    """
    speaking = [reading for reading in readings if reading.abstained is None]
    weights = [_weight(reading) for reading in speaking]
    labelled = [(r, w) for r, w in zip(speaking, weights, strict=True) if r.emotions]
    emotions: dict[Emotion, float] = _mean((r.emotions, w) for r, w in labelled)
    first = labelled[0][0] if labelled else speaking[0]
    sure = sum(r.confidence * w for r, w in zip(speaking, weights, strict=True)) / sum(weights)
    return Reading(
        modality=Modality.VOICE,
        model=first.model,
        space=first.space,
        probabilities=_mean((r.probabilities, w) for r, w in labelled),
        emotions=emotions,
        affect=_mean_affect(speaking, weights),
        confidence=min(1.0, max(emotions.values())) if emotions else sure,
        quality=_mean_quality(readings),
        cues=cues,
        start_secs=min(reading.start_secs for reading in readings),
        end_secs=max(reading.end_secs for reading in readings),
    )


def pool_prosody(utterances: Iterable[HeardUtterance]) -> Prosody:
    """How the utterances sound together: each figure's mean over the seconds for which it is known."""
    sounding = [utterance.prosody for utterance in utterances]
    means: dict[str, float | None] = {}
    for field in fields(Prosody):
        known = [(getattr(p, field.name), p.secs) for p in sounding]
        known = [(value, secs) for value, secs in known if value is not None]
        total = sum(secs for _, secs in known)
        means[field.name] = sum(v * secs for v, secs in known) / total if total else None
    means["secs"] = sum(prosody.secs for prosody in sounding)
    return Prosody(**means)  # type: ignore[arg-type]  # secs is never None


def _weight(reading: Reading) -> float:
    """Never zero, so that a lone Reading of no confidence still has its say."""
    return max(1e-6, (reading.end_secs - reading.start_secs) * reading.confidence * reading.quality)


def _mean(weighted: Iterable[tuple[Mapping[Key, float], float]]) -> dict[Key, float]:
    sums: dict[Key, float] = defaultdict(float)
    total = 0.0
    for probabilities, weight in weighted:
        total += weight
        for label, probability in probabilities.items():
            sums[label] += weight * probability
    return {label: value / total for label, value in sums.items()}


def _mean_affect(readings: Sequence[Reading], weights: Sequence[float]) -> Affect | None:
    """None where no Reading has one; dominance where all those that have one give it."""
    placed = [(r.affect, w) for r, w in zip(readings, weights, strict=True) if r.affect is not None]
    if not placed:
        return None
    total = sum(w for _, w in placed)
    dominances = [a.dominance * w for a, w in placed if a.dominance is not None]
    return Affect(
        valence=_bounded(sum(a.valence * w for a, w in placed) / total),
        arousal=_bounded(sum(a.arousal * w for a, w in placed) / total),
        dominance=_bounded(sum(dominances) / total) if len(dominances) == len(placed) else None,
    )


def _bounded(value: float) -> float:
    return max(-1.0, min(1.0, value))


def _mean_quality(readings: Sequence[Reading]) -> float:
    secs = [max(1e-6, reading.end_secs - reading.start_secs) for reading in readings]
    total = sum(r.quality * s for r, s in zip(readings, secs, strict=True))
    return min(1.0, total / sum(secs))
