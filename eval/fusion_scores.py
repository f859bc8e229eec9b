"""Scores of the simulation: every way to join the modalities, on every condition, with intervals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.eval.ed import interval
from insideout.eval.fusion_pairs import MODALITIES, Triples
from insideout.eval.fusion_said import EMOTIONS, Rows
from insideout.perception.affect import Emotion
from insideout.perception.fusing.learned import LearnedFusion
from insideout.perception.fusing.way import Way
from insideout.perception.fusion import fuse
from insideout.perception.reading import EmotionState, Modality
from insideout.perception.reliability import Reliabilities

AVERAGE = "average"
_BINS = 15  # of confidence
_NOTHING = EMOTIONS.index(Emotion.NEUTRAL)  # what is said where nothing was heard
_PLEASANT = EMOTIONS.index(Emotion.JOY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joiner:
    """How `fuse` joins modalities."""

    reliabilities: Reliabilities
    way: Way | LearnedFusion


def states(found: Triples, joiner: Joiner) -> list[EmotionState]:
    """What `fuse` makes of each triple."""
    return [
        fuse(readings, reliabilities=joiner.reliabilities, way=joiner.way)
        for readings in found.readings()
    ]


def fused(found: Triples, joiner: Joiner) -> Rows:
    """(n, 8) probabilities of `fuse`."""
    return np.array(
        [[one.emotions[e] for e in EMOTIONS] for one in states(found, joiner)], np.float64
    )


def averaged(found: Triples) -> Rows:
    """(n, 8): the plain mean of what is there; neutral where nothing is."""
    there = (found.weights > 0.0).astype(np.float64)
    total = (found.rows * there[:, :, None]).sum(axis=1)
    total[there.sum(axis=1) == 0.0, _NOTHING] = 1.0
    return np.asarray(total / total.sum(axis=1, keepdims=True))


def alone(found: Triples, modality: Modality) -> Rows:
    """(n, 8): what one modality says; neutral where it is missing."""
    return averaged(found.only(modality))


def subsets() -> list[tuple[Modality, ...]]:
    """The seven."""
    return [kind for size in (1, 2, 3) for kind in combinations(MODALITIES, size)]


def measured(
    ways: Mapping[str, Rows],
    found: Triples,
    draws: int,
    against: Sequence[tuple[str, str]] = (),
) -> dict[str, dict[str, Any]]:
    """accuracy, macro_f1 and ece of each way; and how much more accurate one way is than another.

    Each is {"value", "interval95"}, by bootstrap over speakers with their triples; ("b", "a") in
    `against` gives "b - a", drawn pairwise.
    """
    names, members = np.unique(found.speakers, return_inverse=True)
    drawn = drawn_groups(len(names), draws)
    counts = np.vstack([np.ones(len(names)), drawn])  # the first row: everybody once
    figures = {
        name: _figures(counts @ _sums(rows, found.gold, members, len(names)))
        for name, rows in ways.items()
    }
    for one, other in against:
        gain = figures[one]["accuracy"] - figures[other]["accuracy"]
        figures[f"{one} - {other}"] = {"accuracy": gain}
    return {
        name: {metric: _cell(values) for metric, values in metrics.items()}
        for name, metrics in figures.items()
    }


def drawn_groups(groups: int, draws: int, seed: int = 0) -> Rows:
    """(draws, groups): how often each group is drawn, as `interval` of eval/ed.py draws them."""
    draw = np.random.default_rng(seed)
    rows = [np.bincount(draw.integers(0, groups, groups), minlength=groups) for _ in range(draws)]
    return np.array(rows, np.float64)


def _sums(rows: Rows, gold: NDArray[np.int64], members: NDArray[np.int64], groups: int) -> Rows:
    """(groups, 2 * _BINS + 3 * 8): what the figures are made of, added up over each group.

    By bin of confidence: confidences and right answers; by emotion: items, answers, right answers.
    """
    guess, sure = rows.argmax(axis=1), rows.max(axis=1)
    right = (guess == gold).astype(np.float64)
    place = np.minimum((sure * _BINS).astype(np.int64), _BINS - 1)
    bins, emotions = np.eye(_BINS)[place], np.eye(len(EMOTIONS))
    parts = (
        bins * sure[:, None],
        bins * right[:, None],
        emotions[gold],
        emotions[guess],
        emotions[gold] * right[:, None],
    )
    return np.asarray(np.eye(groups)[members].T @ np.concatenate(parts, axis=1))


def _figures(sums: Rows) -> dict[str, Rows]:
    """Each figure of each row of sums."""
    ends = np.cumsum([_BINS, _BINS, len(EMOTIONS), len(EMOTIONS)])
    sure, right, golds, told, hits = np.split(sums, ends, axis=1)
    count, shown = golds.sum(axis=1), golds > 0.0
    f1 = 2.0 * hits / np.maximum(golds + told, 1.0)
    return {
        "accuracy": hits.sum(axis=1) / count,
        "macro_f1": (f1 * shown).sum(axis=1) / shown.sum(axis=1),
        "ece": np.abs(sure - right).sum(axis=1) / count,
    }


def _cell(values: Rows) -> dict[str, Any]:
    """The first value, and the interval of the others."""
    bounds = np.percentile(values[1:], [2.5, 97.5])
    return {
        "value": round(float(values[0]), 4),
        "interval95": [round(float(one), 4) for one in bounds],
    }


def with_interval(
    statistic: Callable[[NDArray[np.int64]], dict[str, float]],
    speakers: NDArray[np.str_],
    draws: int,
) -> dict[str, dict[str, Any]]:
    """Each figure with its 95 % interval: bootstrap over speakers, with their triples."""
    values = statistic(np.arange(len(speakers)))
    bounds = interval(statistic, speakers.tolist(), draws)
    return {
        name: {"value": round(value, 4), "interval95": [round(b, 4) for b in bounds[name]]}
        for name, value in values.items()
    }


def best_single(found: Triples) -> Modality:
    """The most accurate modality alone; chosen on what is reported, which favours it."""
    return max(
        MODALITIES, key=lambda m: float((alone(found, m).argmax(axis=1) == found.gold).mean())
    )


def named(found: Triples, told: Sequence[EmotionState]) -> NDArray[np.bool_]:
    """(n,): whether the swapped modality is named as contradicting another, the right way round."""
    hits = []
    for place, state in enumerate(told):
        changed = MODALITIES[int(found.swapped[place])]
        glad = found.gold[place] != _PLEASANT  # the swapped one is joyful among unpleasant ones
        sides = [one.pleasant if glad else one.unpleasant for one in state.conflicts]
        hits.append(changed in sides)
    return np.array(hits, np.bool_)


def possible(found: Triples) -> NDArray[np.bool_]:
    """(n,): whether the swapped modality and another one both say what they were planted to say.

    That is all a rule about contradictions can see; the rest are mistakes of the recognisers.
    """
    guess = found.rows.argmax(axis=2)
    there = found.weights > 0.0
    glad = guess == _PLEASANT
    low = ~glad & ~np.isin(guess, [_NOTHING, EMOTIONS.index(Emotion.SURPRISE)])
    every = np.arange(len(found))
    planted_glad = found.gold != _PLEASANT
    swapped = np.where(planted_glad, glad[every, found.swapped], low[every, found.swapped])
    others = np.where(planted_glad[:, None], low, glad) & there
    others[every, found.swapped] = False
    return np.asarray(swapped & there[every, found.swapped] & others.any(axis=1))
