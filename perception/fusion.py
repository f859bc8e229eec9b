"""Many Readings become one EmotionState."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from insideout.perception.affect import CORE_AFFECT, Affect, Emotion
from insideout.perception.agreement import Row, agreement_of, compound_of, conflicts_of
from insideout.perception.fusing.learned import Heard, LearnedFusion
from insideout.perception.fusing.pool import base_of, exponents_of, pooled
from insideout.perception.fusing.way import Way, network_of
from insideout.perception.label_spaces import LABEL_SPACES
from insideout.perception.reading import EmotionState, Modality, Reading, Trend
from insideout.perception.reliability import Reliabilities, shipped_reliabilities

_EMOTIONS = tuple(Emotion)
_TREND_TURNS = 3

NOTHING_KNOWN = EmotionState(
    emotions={emotion: float(emotion is Emotion.NEUTRAL) for emotion in Emotion},
    affect=CORE_AFFECT[Emotion.NEUTRAL],
    confidence=0.0,
)


def fuse(
    readings: Sequence[Reading],
    earlier: Sequence[EmotionState] = (),
    *,
    now_secs: float | None = None,
    reliabilities: Reliabilities | None = None,
    way: Way | LearnedFusion | None = None,
) -> EmotionState:
    """The person's state now.

    What each modality adds to its base rate is added up in log-probabilities (see fusing/pool.py). A
    modality is believed as far as its reliability, the quality of its Reading and the Reading's age,
    halved with every half-life, let it; one alone passes through unchanged. Several Readings of one
    modality are averaged first, since they are no news to each other. Valence and arousal are means
    weighted by precision. Readings that abstain are kept in `.readings` and carry no weight; where all
    abstain the state is neutral with confidence 0.

    earlier: the states of the turns before, oldest first. now_secs: on the clock of the Readings; None
    where their age is not to count. reliabilities: the shipped ones where none are given; they are
    fitted on the embedded readers, PRIORS are set by us. way: how modalities are joined, by the
    shipped network or one of your own instead of the sum; None as INSIDEOUT_FUSION says. The confidence
    is the probability of the first emotion, that of the Reading where one modality spoke, less as
    they age.

        >>> fuse([words, face]).conflicts[0]
        Conflict(pleasant=face, unpleasant=text, emotion=sadness)
    """
    believed = shipped_reliabilities() if reliabilities is None else reliabilities
    heard = [_weighed(reading, now_secs, believed) for reading in readings]
    speaking = [one for one in heard if one.weight > 0.0]
    if not speaking:
        return _with_course(NOTHING_KNOWN, readings, earlier)
    rows = _rows(speaking)
    fused = _joined(rows, speaking, believed, network_of(way)) if rows else _uniform()
    state = EmotionState(
        emotions=dict(zip(_EMOTIONS, fused.tolist(), strict=True)),
        affect=_affect(speaking, fused, believed),
        confidence=_confidence(speaking, rows, fused),
        agreement=agreement_of(rows),
        conflicts=conflicts_of(rows),
        compound=compound_of(fused, list(rows.values()), list(_evens(rows, speaking))),
    )
    return _with_course(state, readings, earlier)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighed:
    """A Reading and how much it counts, in [0, 1]. fresh: what its age leaves of it."""

    reading: Reading
    weight: float
    fresh: float


def _weighed(reading: Reading, now_secs: float | None, reliabilities: Reliabilities) -> _Weighed:
    fresh = 1.0
    if now_secs is not None:
        age = max(0.0, now_secs - reading.end_secs)
        fresh = 0.5 ** (age / reliabilities[reading.modality].half_life_secs)
    says = reading.abstained is None and reading.confidence > 0.0
    return _Weighed(reading=reading, weight=reading.quality * fresh if says else 0.0, fresh=fresh)


def _uniform() -> Row:
    return np.full(len(_EMOTIONS), 1.0 / len(_EMOTIONS))


def _row(emotions: Mapping[Emotion, float]) -> Row:
    """Eight probabilities that sum to 1."""
    row = np.array([max(float(emotions.get(e, 0.0)), 0.0) for e in _EMOTIONS])
    return row / row.sum() if row.sum() > 0.0 else _uniform()


def _rows(speaking: Sequence[_Weighed]) -> dict[Modality, Row]:
    """The mean of each modality's Readings under their weights; those without emotions are left out."""
    rows: dict[Modality, Row] = {}
    for modality in Modality:
        own = [one for one in speaking if one.reading.modality is modality and one.reading.emotions]
        if own:
            weights = np.array([one.weight for one in own])
            found = weights @ np.array([_row(one.reading.emotions) for one in own])
            rows[modality] = np.asarray(found / found.sum())
    return rows


def _evens(rows: Mapping[Modality, Row], speaking: Sequence[_Weighed]) -> Iterator[Row]:
    """An even answer of each modality, over the labels of its best Reading that has any."""
    named = [one for one in speaking if one.reading.emotions]
    for modality in rows:
        space = LABEL_SPACES.get(_best(modality, named).reading.space)
        yield _uniform() if space is None else _row(space.even())


def _joined(
    rows: Mapping[Modality, Row],
    speaking: Sequence[_Weighed],
    reliabilities: Reliabilities,
    network: LearnedFusion | None,
) -> Row:
    if len(rows) == 1:
        return next(iter(rows.values()))
    heard = {modality: _heard(row, modality, speaking) for modality, row in rows.items()}
    if network is not None and network.knows_enough(heard):
        return network.joined(heard, reliabilities)
    found = pooled(
        np.array([list(rows.values())]),
        np.array([[one.clear(reliabilities[m]) for m, one in heard.items()]]),
        np.array([reliabilities[modality].doubt for modality in rows]),
        np.array([exponents_of(modality, reliabilities) for modality in rows]),
        np.array([base_of(modality, reliabilities) for modality in rows]),
    )
    return np.asarray(found[0])


def _heard(row: Row, modality: Modality, speaking: Sequence[_Weighed]) -> Heard:
    """With the quality and the age of its best Reading."""
    best = _best(modality, speaking)
    return Heard(row=row, quality=best.reading.quality, fresh=best.fresh)


def _best(modality: Modality, speaking: Sequence[_Weighed]) -> _Weighed:
    own = [one for one in speaking if one.reading.modality is modality]
    return max(own, key=lambda one: one.weight)


def _confidence(speaking: Sequence[_Weighed], rows: Mapping[Modality, Row], fused: Row) -> float:
    fresh = max(one.fresh for one in speaking)
    if len(rows) > 1:
        return float(fused.max()) * fresh
    weights = np.array([one.weight for one in speaking])
    own = weights @ [one.reading.confidence for one in speaking] / weights.sum()
    return float(min(1.0, own)) * fresh


def _affect(speaking: Sequence[_Weighed], fused: Row, reliabilities: Reliabilities) -> Affect:
    """Means under weight * precision; those of the prototypes where no Reading has them."""
    placed = [
        (one.reading.affect, one.weight, reliabilities[one.reading.modality])
        for one in speaking
        if one.reading.affect is not None
    ]
    if not placed:
        spots = [CORE_AFFECT[emotion] for emotion in _EMOTIONS]
        return Affect(
            valence=_mean([spot.valence for spot in spots], fused.tolist()),
            arousal=_mean([spot.arousal for spot in spots], fused.tolist()),
        )
    return Affect(
        valence=_mean([a.valence for a, _, _ in placed], [w * r.valence for _, w, r in placed]),
        arousal=_mean([a.arousal for a, _, _ in placed], [w * r.arousal for _, w, r in placed]),
    )


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    return float(np.clip(np.average(values, weights=weights), -1.0, 1.0))


def _with_course(
    state: EmotionState, readings: Sequence[Reading], earlier: Sequence[EmotionState]
) -> EmotionState:
    return replace(
        state,
        emotions=dict(state.emotions),
        trend=_trend(state, earlier),
        readings=tuple(readings),
    )


def _trend(now: EmotionState, earlier: Sequence[EmotionState]) -> Trend:
    """The change against the mean of the last three states in which anything was known."""
    before = [state for state in earlier if state.confidence > 0.0][-_TREND_TURNS:]
    if not before or now.confidence == 0.0:
        return Trend()
    return Trend(
        valence=now.affect.valence - float(np.mean([s.affect.valence for s in before])),
        arousal=now.affect.arousal - float(np.mean([s.affect.arousal for s in before])),
        turns=len(before),
    )
