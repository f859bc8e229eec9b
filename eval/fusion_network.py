"""Training the learned fusion: a network that sees each modality and emotion through the same figures.

    features (n, m, 8, f) ──► a hidden layer of each modality ──► a score of each emotion
    scores of the modalities that are there ──► their sum ──► softmax

Plain NumPy: some four hundred weights need no more.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from insideout.eval.fusion_fit import taught
from insideout.eval.fusion_pairs import MODALITIES, Part
from insideout.eval.fusion_said import EMOTIONS, Rows
from insideout.perception.fusing.features import FEATURES, features
from insideout.perception.fusing.learned import LearnedFusion

STEPS = 1_500
"""Of Adam (Kingma and Ba 2015)."""

_HIDDEN = 12
_PAIRINGS = 12
_BATCH = 512
_RATE, _WARM_UP = 5e-3, 50
_BETAS, _TINY = (0.9, 0.99), 1e-8
_DECAY, _BIAS_DECAY = 1e-3, 4e-4  # of the weights; of the scores that each emotion begins with
_OF_LOG = 2.0  # how much of its log-probability a modality's score begins with


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The weights: hidden (m, f, h), shift (m, h), out (m, h), direct (m,) and bias (m, 8).

    direct: of the first feature, the log-probability.
    """

    hidden: Rows
    shift: Rows
    out: Rows
    direct: Rows
    bias: Rows


def trained(part: Part, tick: Callable[[], None] = lambda: None, seed: int = 0) -> Network:
    """A network for the least cross-entropy on a part's triples; the tick comes after each step."""
    found = taught(part, _PAIRINGS)
    found = found.at(np.flatnonzero((found.weights > 0.0).any(axis=1)))
    seen, there = _seen(found.rows, found.weights)
    gold = np.eye(len(EMOTIONS))[found.gold]
    draw = np.random.default_rng(seed)
    weights = _start(draw)
    means = {name: np.zeros_like(value) for name, value in weights.items()}
    squares = {name: np.zeros_like(value) for name, value in weights.items()}
    for step in range(1, STEPS + 1):
        batch = draw.integers(0, len(gold), _BATCH)
        slopes = _slopes(weights, seen[batch], there[batch], gold[batch])
        rate = _RATE * min(1.0, step / _WARM_UP) * (1.0 - step / STEPS)
        for name, slope in slopes.items():
            means[name] += (1.0 - _BETAS[0]) * (slope - means[name])
            squares[name] += (1.0 - _BETAS[1]) * (slope**2 - squares[name])
            mean = means[name] / (1.0 - _BETAS[0] ** step)
            square = squares[name] / (1.0 - _BETAS[1] ** step)
            weights[name] = weights[name] - rate * mean / (np.sqrt(square) + _TINY)
        tick()
    return Network(**weights)


def _seen(rows: Rows, qualities: Rows) -> tuple[Rows, Rows]:
    """Features (n, m, 8, f), and what is there (n, m, 1)."""
    there = (qualities > 0.0).astype(np.float64)[:, :, None]
    return features(rows, qualities).astype(np.float64), there


def _start(draw: np.random.Generator) -> dict[str, Rows]:
    count = len(MODALITIES)
    return {
        "hidden": draw.normal(size=(count, FEATURES, _HIDDEN)) / np.sqrt(FEATURES),
        "shift": np.zeros((count, _HIDDEN)),
        "out": 0.1 * draw.normal(size=(count, _HIDDEN)),
        "direct": np.full(count, _OF_LOG),
        "bias": np.zeros((count, len(EMOTIONS))),
    }


def joining(network: Network) -> LearnedFusion:
    """The network for `fuse`, without an ONNX file."""
    weights = {one.name: getattr(network, one.name) for one in fields(network)}

    def answers(rows: Rows, qualities: Rows) -> Rows:
        seen, there = _seen(rows, qualities)
        return _forward(weights, seen, there)[0]

    return LearnedFusion(modalities=MODALITIES, answers=answers)


def _forward(weights: dict[str, Rows], seen: Rows, there: Rows) -> tuple[Rows, Rows]:
    """Probabilities (n, 8) and the hidden layer (n, m, 8, h)."""
    raised = np.maximum(seen @ weights["hidden"] + weights["shift"][:, None], 0.0)
    scores = np.einsum("nmeh,mh->nme", raised, weights["out"])
    scores = scores + weights["direct"][:, None] * seen[..., 0] + weights["bias"]
    total = (scores * there).sum(axis=1)
    odds = np.exp(total - total.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True), raised


def _slopes(weights: dict[str, Rows], seen: Rows, there: Rows, gold: Rows) -> dict[str, Rows]:
    """The derivatives of the cross-entropy, and of half the squares of the weights."""
    told, raised = _forward(weights, seen, there)
    slope = ((told - gold) / len(gold))[:, None] * there
    inner = slope[..., None] * weights["out"][:, None] * (raised > 0.0)
    return {
        "hidden": np.einsum("nmef,nmeh->mfh", seen, inner) + _DECAY * weights["hidden"],
        "shift": inner.sum(axis=(0, 2)),
        "out": np.einsum("nme,nmeh->mh", slope, raised) + _DECAY * weights["out"],
        "direct": (slope * seen[..., 0]).sum(axis=(0, 2)),
        "bias": slope.sum(axis=0) + _BIAS_DECAY * weights["bias"],
    }
