"""Fitting reliabilities: how far each modality is believed, for the least cross-entropy of the fusion.

Fitted are, of each modality, the doubt, the power of its quality, a factor on its prior's exponents, and
the base rates, which start from what it says on average. What the triples do not show (the heart,
contempt, valence and arousal, half-lives) stays as in the priors.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from insideout.eval.extras import need
from insideout.eval.fusion_pairs import MODALITIES, Part, Triples, dropped, joined, wrong
from insideout.eval.fusion_said import EMOTIONS, Damage, Rows
from insideout.perception.affect import Emotion
from insideout.perception.fusing.pool import base_of, exponents_of, pooled
from insideout.perception.reliability import PRIORS, Reliabilities

STEPS = 25
"""Of the minimiser (L-BFGS), at most."""

_PAIRINGS = 2
_PULL = 0.05  # nats for each squared unit, in logarithms, that a value is away from where it starts
_LEAST_BASE = 0.002
_COLUMNS = len(MODALITIES)

TAUGHT: Mapping[str, Callable[[Part, int], Triples]] = {
    "clean": lambda part, seed: part.triples(),
    "dropped": lambda part, seed: dropped(part.triples(), seed),
    "noisy": lambda part, seed: part.triples(Damage.GRADED),
    "half noisy": lambda part, seed: part.half(Damage.GRADED, seed),
    "wrong": lambda part, seed: wrong(part.triples(), seed),
    "wrong in another one": lambda part, seed: wrong(part.triples(), seed),
    "noisy and wrong": lambda part, seed: wrong(part.triples(Damage.GRADED), seed),
}
"""What fusing is fitted on, in equal shares; noise of graded strength, other than what is reported.

A modality that is wrong counts twice: with one share, averaging was still as often right there (seen on
halves of the first part alone).
"""


def taught(part: Part, pairings: int) -> Triples:
    """Triples of all kinds, the items put together anew so many times."""
    parts = [part, *(part.paired_again(seed) for seed in range(1, pairings))]
    return joined(
        [
            make(one, len(TAUGHT) * place + seed)
            for place, one in enumerate(parts)
            for seed, make in enumerate(TAUGHT.values())
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Values:
    """exponents, base: (3, 8). doubt, power: (3,)."""

    exponents: Rows
    base: Rows
    doubt: Rows
    power: Rows

    def pooled(self, found: Triples) -> Rows:
        """(n, 8): what `fuse` makes of triples in which two modalities speak at least."""
        clear = np.where(found.weights > 0.0, found.weights ** self.power[None], 0.0)
        return pooled(found.rows, clear, self.doubt, self.exponents, self.base)


def fitted(part: Part, tick: Callable[[], None] = lambda: None) -> Reliabilities:
    """Reliabilities for the least cross-entropy on a part's triples; the tick comes after each step.

    Raises MissingLibraryError without SciPy.
    """
    need("scipy")
    from scipy.optimize import minimize

    whole = taught(part, _PAIRINGS)
    asked = whole.at((whole.weights > 0.0).sum(axis=1) > 1)
    shown = np.unique(asked.gold)
    start = _start(base_rates(part.triples()))
    every = np.arange(len(asked))

    def loss(moved: Rows) -> float:
        told = _moved(start, moved, shown).pooled(asked)[every, asked.gold]
        return float(-np.log(np.maximum(told, 1e-9)).mean() + _PULL * (moved**2).mean())

    found = minimize(
        loss,
        np.zeros(_COLUMNS * (3 + len(shown))),
        method="L-BFGS-B",
        options={"maxiter": STEPS},
        callback=lambda _: tick(),
    )
    return _reliabilities(_moved(start, found.x, shown))


def base_rates(found: Triples) -> Rows:
    """(3, 8): what each modality says on average, every emotion of the triples counting alike.

    An emotion that the triples do not show keeps its prior's rate.
    """
    shown = np.unique(found.gold)
    means = np.mean([found.rows[found.gold == one].mean(axis=0) for one in shown], axis=0)
    return _with_priors(np.maximum(means, _LEAST_BASE), shown)


def _with_priors(rates: Rows, shown: NDArray[np.int64]) -> Rows:
    """(3, 8), summing to 1, of which only those that are shown are taken from `rates`."""
    found = np.stack([base_of(modality, PRIORS) for modality in MODALITIES])
    left = found[:, shown].sum(axis=1, keepdims=True)
    found[:, shown] = left * rates[:, shown] / rates[:, shown].sum(axis=1, keepdims=True)
    return found


def _start(base: Rows) -> _Values:
    priors = [PRIORS[modality] for modality in MODALITIES]
    return _Values(
        exponents=np.stack([exponents_of(modality, PRIORS) for modality in MODALITIES]),
        base=base,
        doubt=np.array([one.doubt for one in priors]),
        power=np.array([one.quality_power for one in priors]),
    )


def _moved(start: _Values, moved: Rows, shown: NDArray[np.int64]) -> _Values:
    """The values a step away from the start: factors in logarithms, the doubt in log-odds."""
    odds, power, factor = moved[: 3 * _COLUMNS].reshape(3, _COLUMNS)
    rates = start.base.copy()
    rates[:, shown] *= np.exp(moved[3 * _COLUMNS :].reshape(_COLUMNS, len(shown)))
    doubt = start.doubt / (start.doubt + (1.0 - start.doubt) * np.exp(-odds))
    exponents = start.exponents * np.exp(factor)[:, None]
    return _Values(
        exponents=exponents / exponents.max(),
        base=_with_priors(rates, shown),
        doubt=doubt,
        power=start.power * np.exp(power),
    )


def _reliabilities(values: _Values) -> Reliabilities:
    fitted = {
        modality: replace(
            PRIORS[modality],
            exponents=_by_emotion(values.exponents[column]),
            base=_by_emotion(values.base[column]),
            doubt=float(values.doubt[column]),
            quality_power=float(values.power[column]),
        )
        for column, modality in enumerate(MODALITIES)
    }
    return {**PRIORS, **fitted}


def _by_emotion(row: Rows) -> dict[Emotion, float]:
    return dict(zip(EMOTIONS, row.tolist(), strict=True))
