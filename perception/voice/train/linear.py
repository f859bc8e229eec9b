"""Least-squares classification of clips whose data sets do not all have the same labels.

Each label has a column that is fitted to 1 on its clips and 0 on others, by ridge regression in closed
form, so that the same clips give the same weights. A data set without surprise says nothing about
whether its clips sound surprised, so a column is fitted on the data sets that have its label alone;
otherwise the model would learn a data set's language and room in place of the emotion.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

_LEAST_SPREAD = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What is fitted on.

    features: (n, f). gold: (n,) places of labels. possible: (n, k), the labels of each row's data set.
    """

    features: Floats
    gold: Places
    possible: NDArray[np.bool_]

    def at(self, places: Places) -> "Rows":
        """Some of the rows."""
        return Rows(
            features=self.features[places],
            gold=self.gold[places],
            possible=self.possible[places],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """Scores are features @ weights + bias, weights (f, k)."""

    weights: Floats
    bias: Floats

    def scores(self, features: Floats) -> Floats:
        """(n, f) to (n, k)."""
        return np.asarray(features @ self.weights + self.bias, np.float32)

    def times(self, slope: float) -> "Linear":
        """The same, its scores times a number."""
        return Linear(
            weights=(self.weights * slope).astype(np.float32),
            bias=(self.bias * slope).astype(np.float32),
        )


def fit_linear(
    rows: Rows, strength: float, parts: Sequence[Places] = ()
) -> tuple[Linear, list[Linear]]:
    """What is fitted on all rows, and for each part of them what is fitted without it.

    The columns are those of least squared error plus strength * f * their squared sum. Features are
    first divided by their spread; rows are weighed so that the labels of a data set count alike, with a
    mean weight of 1.
    """
    mean = rows.features.mean(axis=0, dtype=np.float64).astype(np.float32)
    spread = np.maximum(rows.features.std(axis=0), _LEAST_SPREAD).astype(np.float32)
    standard, balance = (rows.features - mean) / spread, _balance(rows)
    shape = (standard.shape[1], rows.possible.shape[1])
    found = [_Table.empty(shape) for _ in range(len(parts) + 1)]
    for columns, places in _systems(rows.possible):
        gold = (rows.gold[:, None] == columns).astype(np.float32)
        whole = _moments(standard, gold, balance, places)
        lacking = [_moments(standard, gold, balance, np.intersect1d(places, p)) for p in parts]
        for table, sums in zip(found, [whole, *map(whole.without, lacking)], strict=True):
            table.fill(columns, *sums.solved(strength))
    first, *others = [table.linear(mean, spread) for table in found]
    return first, others


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Weights (f, k) and bias (k,) of standard features, filled column by column."""

    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    @classmethod
    def empty(cls, shape: tuple[int, int]) -> "_Table":
        return cls(weights=np.zeros(shape), bias=np.zeros(shape[1]))

    def fill(self, columns: Places, weights: NDArray[Any], bias: NDArray[Any]) -> None:
        self.weights[:, columns], self.bias[columns] = weights, bias

    def linear(self, mean: Floats, spread: Floats) -> Linear:
        """The same for features as they are."""
        whole = self.weights / spread[:, None]
        return Linear(
            weights=whole.astype(np.float32), bias=(self.bias - mean @ whole).astype(np.float32)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moments:
    """Weighted sums over rows: of 1, x (f,), y (k,), x xT (f, f), x yT (f, k)."""

    total: float
    features: NDArray[np.float64]
    gold: NDArray[np.float64]
    gram: NDArray[np.float64]
    cross: NDArray[np.float64]

    def without(self, part: "_Moments") -> "_Moments":
        """The sums over the rows that are not in the part."""
        return _Moments(
            total=self.total - part.total,
            features=self.features - part.features,
            gold=self.gold - part.gold,
            gram=self.gram - part.gram,
            cross=self.cross - part.cross,
        )

    def solved(self, strength: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Weights (f, k) and bias (k,); the bias is not penalised."""
        middle, base = self.features / self.total, self.gold / self.total
        gram = self.gram - np.outer(self.features, middle)
        gram[np.diag_indices_from(gram)] += strength * len(gram)
        found = np.linalg.solve(gram, self.cross - np.outer(self.features, base))
        weights = np.asarray(found, np.float64)
        return weights, base - middle @ weights


def _moments(standard: Floats, gold: Floats, weights: Floats, places: Places) -> _Moments:
    rows, told, share = standard[places], gold[places], weights[places]
    heavy = rows * share[:, None]
    return _Moments(
        total=float(share.sum(dtype=np.float64)),
        features=heavy.sum(axis=0, dtype=np.float64),
        gold=(told * share[:, None]).sum(axis=0, dtype=np.float64),
        gram=(heavy.T @ rows).astype(np.float64),
        cross=(heavy.T @ told).astype(np.float64),
    )


def _systems(possible: NDArray[np.bool_]) -> Iterator[tuple[Places, Places]]:
    """Columns that the same rows have, and these rows."""
    patterns, members = np.unique(possible.T, axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        if pattern.any():
            yield np.flatnonzero(members == number), np.flatnonzero(pattern)


def _balance(rows: Rows) -> Floats:
    """(n,): each label of each data set weighs the same, and each data set by its rows."""
    _, sets = np.unique(rows.possible, axis=0, return_inverse=True)
    cells = sets * rows.possible.shape[1] + rows.gold
    _, cell, counts = np.unique(cells, return_inverse=True, return_counts=True)
    inverse = 1.0 / counts[cell]
    for number in np.unique(sets):
        inverse[sets == number] *= (sets == number).sum() / inverse[sets == number].sum()
    return inverse.astype(np.float32)
