"""Pooling: the probabilities of several modalities multiplied, each as far as it is trusted.

What each modality adds to its base rate is added up in log-probabilities (Bordley 1982, A multiplicative
formula for aggregating probability assessments), of probabilities that were first mixed with the base
rate by the share to which the modality is not trusted.
"""

import numpy as np
from numpy.typing import NDArray

from insideout.perception.affect import Emotion
from insideout.perception.reading import Modality
from insideout.perception.reliability import Reliabilities

Rows = NDArray[np.float64]

FLOOR = 1e-4  # a probability of zero would be a veto; no recogniser is that sure
_NOTHING = 1e-12
_NEWS = 0.25  # nats of divergence: an answer of 0.5 among even ones has 0.5 and more
_EMOTIONS = tuple(Emotion)


def pooled(rows: Rows, clear: Rows, doubts: Rows, exponents: Rows, base: Rows) -> Rows:
    """(n, 8) probabilities.

    rows: (n, m, 8) probabilities of m modalities. clear: (n, m) in [0, 1], how far the signals let them
    see, 0 where one is missing. doubts: (m,) in [0, 1). exponents, base: (m, 8). Of the exponents only
    the proportions count: the largest of those that are trusted becomes 1.
    """
    trust = trusted(rows, clear, doubts, base)
    heard = exponents[None] * trust[:, :, None]
    share = trust / np.maximum(trust.max(axis=1, keepdims=True), _NOTHING)
    largest = (exponents[None] * share[:, :, None]).max(axis=1, keepdims=True)
    counted = np.minimum(1.0, exponents[None] / np.maximum(largest, _NOTHING))
    usual = (heard * np.log(base)[None]).sum(axis=1) / np.maximum(heard.sum(axis=1), _NOTHING)
    scores = usual + (counted * evidence(rows, trust, base)).sum(axis=1)
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def trusted(rows: Rows, clear: Rows, doubts: Rows, base: Rows) -> Rows:
    """(n, m): the share to which each modality is believed; m is 2 or more.

    One is doubted where another has news to set against it, that is to say differs from its own base
    rate. So one that says nothing leaves the others as they are.
    """
    seen = _mixed(rows, clear, base)
    news = (seen * (np.log(np.maximum(seen, FLOOR)) - np.log(base)[None])).sum(axis=2)
    second, first = np.sort(news, axis=1)[:, -2:].T
    others = np.where(news == first[:, None], second[:, None], first[:, None])
    return np.asarray(clear * (1.0 - doubts[None] * np.clip(others / _NEWS, 0.0, 1.0)))


def evidence(rows: Rows, trust: Rows, base: Rows) -> Rows:
    """(n, m, 8): what each modality adds to its base rate, in nats; 0 where it is not trusted."""
    believed = _mixed(rows, trust, base)
    return np.asarray(np.log(np.maximum(believed, FLOOR)) - np.log(base)[None])


def _mixed(rows: Rows, shares: Rows, base: Rows) -> Rows:
    """What each says, to its share; to the rest what it always says."""
    return np.asarray(shares[:, :, None] * rows + (1.0 - shares[:, :, None]) * base[None])


def exponents_of(modality: Modality, reliabilities: Reliabilities) -> Rows:
    """(8,)."""
    return np.array([reliabilities[modality].exponents[emotion] for emotion in _EMOTIONS])


def base_of(modality: Modality, reliabilities: Reliabilities) -> Rows:
    """(8,), summing to 1."""
    row = np.array([reliabilities[modality].base[emotion] for emotion in _EMOTIONS])
    return np.asarray(row / row.sum())
