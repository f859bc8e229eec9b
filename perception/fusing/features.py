"""What the learned fusion sees of each modality's probability of each emotion."""

import numpy as np
from numpy.typing import NDArray

from insideout.perception.affect import Emotion

Rows = NDArray[np.float64]

FEATURES = 8
LEAST = 0.003
"""Probabilities below it look alike."""

_EVEN = 1.0 / len(Emotion)


def features(rows: Rows, qualities: Rows) -> NDArray[np.float32]:
    """(n, m, 8, FEATURES), about -1 to 1; zeros for a modality that is missing.

    rows: (n, m, 8) probabilities. qualities: (n, m), 0 where one is missing. Of a modality and an
    emotion: the log-probability; the probability; that of the modality's first emotion; the quality;
    the mean log-probability and the mean probability of this emotion with the others; how far the
    modality agrees with that mean (Bhattacharyya coefficient); how many modalities there are, less
    two. Every emotion is told in the same way, so that what is learnt of one holds for all.
    """
    there = (qualities > 0.0)[:, :, None]
    logs = np.log(np.maximum(rows, LEAST))
    count = there.sum(axis=1, keepdims=True)
    others, with_log = _of_others(rows, there, _EVEN), _of_others(logs, there, np.log(_EVEN))
    agree = np.sqrt(rows * np.maximum(others, 0.0)).sum(axis=2, keepdims=True)
    told = (
        logs / 3.0 + 0.7,
        2.0 * rows - 0.5,
        2.0 * rows.max(axis=2, keepdims=True) - 1.0,
        2.0 * qualities[:, :, None] - 1.0,
        with_log / 3.0 + 0.7,
        2.0 * others - 0.5,
        2.0 * agree - 1.0,
        count - 2.0,
    )
    stacked = np.stack([np.broadcast_to(one, rows.shape) for one in told], axis=-1)
    return np.where(there[..., None], stacked, 0.0).astype(np.float32)


def _of_others(values: Rows, there: NDArray[np.bool_], alone: float) -> Rows:
    """(n, m, 8): the mean over the other modalities that are there; `alone` where there is none."""
    total = (values * there).sum(axis=1, keepdims=True)
    count = there.sum(axis=1, keepdims=True) - 1
    return np.where(count > 0, (total - values) / np.maximum(count, 1), alone)
