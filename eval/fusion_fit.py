"""Fitting reliabilities: base rates are what a modality says on average, exponents by cross-entropy.

The exponents of every modality and emotion are moved one by one over a grid, from those of the priors,
for the least cross-entropy of the fused probabilities over all pairs and the triple of modalities. What
the triples do not show (the heart, contempt, valence and arousal, half-lives) stays as in the priors.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from insideout.eval.fusion_pairs import MODALITIES, Triples
from insideout.eval.fusion_said import EMOTIONS, Rows
from insideout.perception.fusion import FLOOR, MISTAKEN
from insideout.perception.reading import Modality
from insideout.perception.reliability import PRIORS, Reliabilities
from insideout.perception.weights import WeightsFile

_GRID = tuple(round(0.1 * step, 1) for step in range(1, 11))
ROUNDS = 3
"""Passes over all exponents."""

WEIGHTS = WeightsFile(
    name="fusion.json",
    package="insideout.perception",
    licence="research and non-commercial use, as the sets it is fitted on; see MODEL_CARD.md",
    trained_by="insideout train fusion",
)
_LEAST_BASE = 0.002
_PULL = 0.02  # nats for each unit that an exponent is away from the prior's


def fitted(
    several: Sequence[Triples],
    tick: Callable[[], None] = lambda: None,
    *,
    bases: bool = True,
    rounds: int = ROUNDS,
) -> Reliabilities:
    """Reliabilities for the least cross-entropy on these triples; the first show the base rates.

    bases: fit them, else keep the priors'. The tick comes after each round.
    """
    start = np.array([_row(PRIORS, modality, "exponents") for modality in MODALITIES])
    base = np.array([_row(PRIORS, modality, "base") for modality in MODALITIES])
    if bases:
        base = base_rates(several[0])
    exponents = start.copy()
    shown = sorted({int(place) for one in several for place in one.gold})
    asked = _subsets(several)

    def loss(tried: Rows) -> float:
        told = [pooled(one, tried, base)[np.arange(len(one)), one.gold] for one in asked]
        away = np.abs(tried - start).mean()
        return float(-np.log(np.concatenate(told)).mean() + _PULL * away)

    for _ in range(rounds):
        for column in range(len(MODALITIES)):
            for place in shown:
                exponents[column, place] = _best(exponents, column, place, loss)
        tick()
    return _reliabilities(exponents, base)


def base_rates(found: Triples) -> Rows:
    """(3, 8): what each modality says on average, every emotion of the triples counting alike."""
    means = np.stack([found.rows[found.gold == one].mean(axis=0) for one in np.unique(found.gold)])
    rates = np.maximum(means.mean(axis=0), _LEAST_BASE)
    return np.asarray(rates / rates.sum(axis=1, keepdims=True))


def pooled(found: Triples, exponents: Rows, base: Rows) -> Rows:
    """(n, 8): the probabilities of `fuse` for many triples at once."""
    weighed = exponents[None] * found.weights[:, :, None]
    weighed = weighed / np.maximum(weighed.max(axis=1, keepdims=True), 1e-12)
    doubted = (1.0 - MISTAKEN) * found.rows + MISTAKEN * base[None]
    logs = np.log(np.maximum(doubted, FLOOR)) - np.log(base)[None]
    shared = (weighed * np.log(base)[None]).sum(axis=1) / weighed.sum(axis=1)
    scores = shared + (weighed * logs).sum(axis=1)
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _subsets(several: Sequence[Triples]) -> list[Triples]:
    """Every pair and the triple, of those in which two modalities speak."""
    kinds = [pair for size in (2, 3) for pair in combinations(MODALITIES, size)]
    found = [one.only(*kind) for one in several for kind in kinds]
    return [one.at((one.weights > 0.0).sum(axis=1) > 1) for one in found]


def _best(exponents: Rows, column: int, place: int, loss: Callable[[Rows], float]) -> float:
    def tried(value: float) -> float:
        changed = exponents.copy()
        changed[column, place] = value
        return loss(changed)

    return min(_GRID, key=tried)


def _row(found: Reliabilities, modality: Modality, name: str) -> NDArray[np.float64]:
    values = getattr(found[modality], name)
    return np.array([values[emotion] for emotion in EMOTIONS])


def _reliabilities(exponents: Rows, base: Rows) -> Reliabilities:
    fitted = {
        modality: replace(
            PRIORS[modality],
            exponents=dict(zip(EMOTIONS, exponents[column].tolist(), strict=True)),
            base=dict(zip(EMOTIONS, base[column].tolist(), strict=True)),
        )
        for column, modality in enumerate(MODALITIES)
    }
    return {**PRIORS, **fitted}
