"""What knowing a person brings: the same clips and windows, judged as a stranger's and as theirs.

One person after another is left out of everything that is fitted; what the person is known by is none of
what is asked about them.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.eval.adaptation_hearts import hearts
from insideout.eval.adaptation_voices import REST_SENTENCES, Rows, Speaker, clips_of, speakers
from insideout.eval.adaptation_ways import MOMENTS, STRANGER, WAYS, answers
from insideout.eval.ed import interval
from insideout.eval.ed_scores import calibration_error
from insideout.eval.heart_folds import measure
from insideout.eval.voice_scores import mean_recall

Track = Callable[[str, int], Callable[[], None]]
Metrics = dict[str, float]

_LEAST = 1e-6
VOICES = (
    "leave one person out; classifiers of the recipe that ships, fitted on both sets; rest: "
    f"{REST_SENTENCES} neutral sentences, none of them the clip; what other people say at rest is "
    f"measured within the others; moments: one clip each of {', '.join(MOMENTS)}, of other sentences "
    "than the clip's; enrolled: the second classifier, by the same neutral sentences; the shift's "
    "constants were set before; interval: bootstrap over people, {draws:,} draws, differences paired"
)
HEARTS = (
    "Stress-Predict, leave one person out; windows of 60 s every 30 s after the first rest, all stress "
    "or all not, of people whose rest is usable; rest: against the person's own first rest, of 9 to 15 "
    "minutes; stranger: against that of the people the model was fitted on; interval: bootstrap over "
    "people, {draws:,} draws, differences paired"
)


def voices_report(
    folders: Mapping[str, Path], asked: Sequence[str], cache: Path, draws: int, track: Track
) -> dict[str, Any]:
    """By data set: every way to know a speaker, and its difference to not knowing them.

    folders: of all that is learnt from. asked: the names of those whose people are left out in turn.
    """
    found = speakers(clips_of(folders, cache, track), asked, cache, track)
    tick = track("adapting", len(found))
    told: dict[str, dict[str, Rows]] = {}
    for name, one in found.items():
        told[name] = {way: answers(name, one, how) for way, how in WAYS.items()}
        tick()
    return {
        "protocol": VOICES.format(draws=draws),
        "sets": {
            each: _voices(
                {n: one for n, one in found.items() if n.startswith(f"{each}/")}, told, draws
            )
            for each in asked
        },
    }


def hearts_report(folder: Path, draws: int, track: Track) -> dict[str, Any]:
    """With the person's own rest, without it, and the difference."""
    found = hearts(folder, track)

    def statistic(places: NDArray[np.int64]) -> dict[str, Metrics]:
        measured = {
            way: measure(row[places], found.stress[places])
            for way, row in found.probabilities.items()
        }
        return {
            way: {name: one[name] for name in ("auc", "uar", "ece", "brier")}
            for way, one in measured.items()
        }

    return {
        "protocol": HEARTS.format(draws=draws),
        "n": len(found.stress),
        "people": len(set(found.people.tolist())),
        "left_out": found.asked - len(found.stress),
        **_table(statistic, found.people.tolist(), draws),
    }


def _voices(
    found: Mapping[str, Speaker], told: Mapping[str, Mapping[str, Rows]], draws: int
) -> dict[str, Any]:
    gold = np.concatenate([one.gold for one in found.values()])
    people = [name for name, one in found.items() for _ in one.gold]
    ways = {way: np.concatenate([told[name][way] for name in found]) for way in WAYS}

    def statistic(places: NDArray[np.int64]) -> dict[str, Metrics]:
        return {way: _scores(rows[places], gold[places]) for way, rows in ways.items()}

    return {"n": len(gold), "people": len(found), **_table(statistic, people, draws)}


def _scores(rows: Rows, gold: NDArray[np.int64]) -> Metrics:
    """uar, accuracy, ece (15 equal bins), cross_entropy in nats."""
    guess = rows.argmax(axis=1)
    said = np.maximum(rows[np.arange(len(gold)), gold], _LEAST)
    return {
        "uar": mean_recall(guess, gold),
        "accuracy": float((guess == gold).mean()),
        "ece": calibration_error(rows.max(axis=1), guess == gold),
        "cross_entropy": float(-np.log(said).mean()),
    }


def _table(
    statistic: Callable[[NDArray[np.int64]], dict[str, Metrics]], people: list[str], draws: int
) -> dict[str, Any]:
    """`ways`: each figure with its interval; `against_stranger`: how much each way changes it."""

    def flat(places: NDArray[np.int64]) -> Metrics:
        ways = statistic(places)
        values = {f"ways|{w}|{m}": v for w, one in ways.items() for m, v in one.items()}
        changes = {
            f"against_stranger|{w}|{m}": v - ways[STRANGER][m]
            for w, one in ways.items()
            if w != STRANGER
            for m, v in one.items()
        }
        return values | changes

    values = flat(np.arange(len(people)))
    bounds = interval(flat, people, draws)
    table: dict[str, Any] = {}
    for key, value in values.items():
        part, way, metric = key.split("|")
        low, high = bounds[key]
        cell = {"value": round(value, 4), "interval95": [round(low, 4), round(high, 4)]}
        table.setdefault(part, {}).setdefault(way, {})[metric] = cell
    return table
