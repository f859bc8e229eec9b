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
_CLEAR = 2.0  # times the third, from which the second of two stands out
_NEWS = 1.5  # times its odds in an even answer, from which an emotion is shown


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


def compound_of(
    fused: Row, rows: Sequence[Row], evens: Sequence[Row]
) -> tuple[Emotion, Emotion] | None:
    """The two emotions at once, the stronger first; None where it is one, a contradiction, or unclear.

    Both must be probable after fusion and stand out from the third. One modality alone must show both:
    two modalities that name one each contradict each other, which is another thing than a mixed
    feeling. It shows what is more probable than in an even answer over its labels: of 32 labels 12 may
    be of joy and 9 of sadness, and an answer that knows nothing has 0.38 and 0.28 of them.

    rows: what each modality says. evens: an even answer of each, in the same order.
    """
    first, second, third = np.argsort(-fused, kind="stable")[:3]
    if Emotion.NEUTRAL in (_EMOTIONS[first], _EMOTIONS[second]):
        return None
    if fused[second] < max(_BOTH, _CLEAR * fused[third]):
        return None
    if fused[first] + fused[second] < _TOGETHER:
        return None
    pair = [first, second]
    if not any(_shows(row[pair], even[pair]) for row, even in zip(rows, evens, strict=True)):
        return None
    return _EMOTIONS[first], _EMOTIONS[second]


def _shows(shares: Row, even: Row) -> bool:
    """Whether one modality shows both of two emotions: probable, and more so than by their labels."""
    odds, usual = shares * (1.0 - even), even * (1.0 - shares)
    return bool(np.all(shares >= _WITHIN) and np.all(odds >= _NEWS * usual))


def _mass(row: Row, emotions: Sequence[Emotion]) -> float:
    return float(sum(row[_EMOTIONS.index(emotion)] for emotion in emotions))


def _entropy(row: Row) -> float:
    positive = row[row > 0.0]
    return float(-(positive * np.log2(positive)).sum())
