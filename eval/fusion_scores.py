"""Scores of the simulation: every way to join the modalities, on every condition, with intervals."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.eval.ed import interval
from insideout.eval.ed_scores import calibration_error, class_means
from insideout.eval.fusion_pairs import MODALITIES, Triples
from insideout.eval.fusion_said import EMOTIONS, Rows
from insideout.perception.affect import Emotion
from insideout.perception.fusion import fuse
from insideout.perception.reading import EmotionState, Modality
from insideout.perception.reliability import Reliabilities

AVERAGE = "average"
_NOTHING = EMOTIONS.index(Emotion.NEUTRAL)  # what is said where nothing was heard
_PLEASANT = EMOTIONS.index(Emotion.JOY)


def states(found: Triples, reliabilities: Reliabilities) -> list[EmotionState]:
    """What `fuse` makes of each triple."""
    return [fuse(readings, reliabilities=reliabilities) for readings in found.readings()]


def fused(found: Triples, reliabilities: Reliabilities) -> Rows:
    """(n, 8) probabilities of `fuse`."""
    return np.array(
        [[one.emotions[e] for e in EMOTIONS] for one in states(found, reliabilities)], np.float64
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

    Each is {"value", "interval95"}; ("b", "a") in `against` gives "b - a", drawn pairwise.
    """

    def statistic(places: NDArray[np.int64]) -> dict[str, float]:
        values: dict[str, float] = {}
        gold = found.gold[places]
        for name, rows in ways.items():
            guess = rows[places].argmax(axis=1)
            right = guess == gold
            values[f"{name}|accuracy"] = float(right.mean())
            values[f"{name}|macro_f1"] = class_means(guess, gold)["macro_f1"]
            values[f"{name}|ece"] = calibration_error(rows[places].max(axis=1), right)
        for one, other in against:
            gain = values[f"{one}|accuracy"] - values[f"{other}|accuracy"]
            values[f"{one} - {other}|accuracy"] = gain
        return values

    table: dict[str, dict[str, Any]] = {}
    for name, cell in with_interval(statistic, found.speakers, draws).items():
        way, _, metric = name.partition("|")
        table.setdefault(way, {})[metric] = cell
    return table


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
