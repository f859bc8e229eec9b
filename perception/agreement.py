"""Agreement: how far the modalities say the same, where they contradict, and what is really double."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from insideout.perception.affect import Emotion
from insideout.perception.reading import Conflict, Modality

Row = NDArray[np.float64]
"""(8,), probabilities in the order of Emotion."""

_PLEASANT = (Emotion.JOY,)
_UNPLEASANT = (Emotion.SADNESS, Emotion.FEAR, Emotion.ANGER, Emotion.DISGUST, Emotion.CONTEMPT)
_EMOTIONS = tuple(Emotion)
_SURE = 0.5  # mass of one side from which a modality is taken to say it
_BOTH, _TOGETHER, _WITHIN = 0.25, 0.6, 0.2


def agreement_of(rows: Mapping[Modality, Row]) -> float | None:
    """1 minus the Jensen-Shannon divergence (base 2, equal weights); None for fewer than two."""
    if len(rows) < 2:
        return None
    stacked = np.array(list(rows.values()))
    divergence = _entropy(stacked.mean(axis=0)) - float(np.mean([_entropy(row) for row in stacked]))
    return float(np.clip(1.0 - divergence / np.log2(len(stacked)), 0.0, 1.0))


def conflicts_of(rows: Mapping[Modality, Row]) -> tuple[Conflict, ...]:
    """Every pair of which one says a pleasant and the other an unpleasant emotion, both fairly sure."""
    found = []
    for one, other in combinations(rows, 2):
        for glad, low in ((one, other), (other, one)):
            if _mass(rows[glad], _PLEASANT) >= _SURE and _mass(rows[low], _UNPLEASANT) >= _SURE:
                felt = max(_UNPLEASANT, key=lambda emotion: rows[low][_EMOTIONS.index(emotion)])
                found.append(Conflict(pleasant=glad, unpleasant=low, emotion=felt))
    return tuple(found)


def compound_of(fused: Row, rows: Sequence[Row]) -> tuple[Emotion, Emotion] | None:
    """The two emotions at once, the stronger first; None where it is one, or a contradiction.

    Both must be probable after fusion, and one modality alone must show both: two modalities that name
    one each contradict each other, which is another thing than a mixed feeling.
    """
    order = [i for i in np.argsort(-fused) if _EMOTIONS[i] is not Emotion.NEUTRAL][:2]
    first, second = order
    if fused[second] < _BOTH or fused[first] + fused[second] < _TOGETHER:
        return None
    if not any(min(row[first], row[second]) >= _WITHIN for row in rows):
        return None
    return _EMOTIONS[first], _EMOTIONS[second]


def _mass(row: Row, emotions: Sequence[Emotion]) -> float:
    return float(sum(row[_EMOTIONS.index(emotion)] for emotion in emotions))


def _entropy(row: Row) -> float:
    positive = row[row > 0.0]
    return float(-(positive * np.log2(positive)).sum())
