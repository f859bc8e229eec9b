"""A heart under stress against the person's own rest, and against the rest of people in general.

The features and the fit are the same; only what a minute is compared with differs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from insideout.eval.heart_folds import Split, folds
from insideout.perception.heart.datasets import stress_predict
from insideout.perception.heart.stress.examples import Examples, Session, examples
from insideout.perception.heart.stress.features import (
    FEATURES,
    WINDOW_SECS,
    WRIST_FEATURES,
    Rest,
    columns,
)
from insideout.perception.heart.stress.fit import Options, fit

Track = Callable[[str, int], Callable[[], None]]
Rows = NDArray[np.float64]

STRANGER, REST = "stranger", "rest"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hearts:
    """n windows of people with a usable rest, none of them in it.

    stress: (n,). people: (n,). probabilities: by way, (n,), of models that have not seen the person.
    asked: windows there were of all people.
    """

    stress: NDArray[np.bool_]
    people: NDArray[np.str_]
    probabilities: Mapping[str, Rows]
    asked: int


def hearts(folder: Path, track: Track) -> Hearts:
    """Every window by every way; raises BadSignalError where the folder is not Stress-Predict."""
    sessions = stress_predict.sessions(folder, WINDOW_SECS)
    rests = {one.name: Rest.of_windows(one.rest) for one in sessions}
    usable = {name: rest for name, rest in rests.items() if rest is not None}
    found = examples(sessions)
    tick = track("leaving people out", 2 * len(set(found.people)))
    known = [one for one in sessions if one.name in usable]
    return Hearts(
        stress=found.labels,
        people=np.array(found.people),
        probabilities={
            STRANGER: _strangers(known, usable, found, tick),
            REST: _left_out(found, tick),
        },
        asked=found.asked,
    )


def _left_out(found: Examples, tick: Callable[[], None]) -> Rows:
    """Each window's probability of stress, by a model fitted on the other people."""
    rows = found.only(*WRIST_FEATURES).rows
    told = np.zeros(len(rows))
    for inside, asked in folds(found.people, Split.SUBJECT):
        told[asked] = _fitted(found, rows, inside, asked)
        tick()
    return told


def _strangers(
    sessions: Sequence[Session],
    rests: Mapping[str, Rest],
    found: Examples,
    tick: Callable[[], None],
) -> Rows:
    """The same where nobody's own rest is known: against that of the people it was fitted on."""
    told = np.zeros(len(found.labels))
    names = np.array(found.people)
    for inside, asked in folds(found.people, Split.SUBJECT):
        left = set(names[asked])
        usual = _usual([rest for name, rest in rests.items() if name not in left])
        told[asked] = _fitted(found, _rows(sessions, usual), inside, asked)
        tick()
    return told


def _usual(rests: Sequence[Rest]) -> Rest:
    return Rest(
        levels=np.median([rest.levels for rest in rests], axis=0),
        rates=np.sort(np.concatenate([rest.rates for rest in rests])),
    )


def _rows(sessions: Sequence[Session], rest: Rest) -> Rows:
    """(n, features): every window against the same rest; the same windows as `examples` keeps."""
    told = (rest.features(window) for session in sessions for window in session.windows)
    rows = np.array([row for row in told if row is not None]).reshape(-1, len(FEATURES))
    return rows[:, columns(WRIST_FEATURES)]


def _fitted(
    found: Examples, rows: Rows, inside: NDArray[np.int64], asked: NDArray[np.int64]
) -> Rows:
    people = [found.people[place] for place in inside]
    model = fit(rows[inside], found.labels[inside], people, WRIST_FEATURES, Options()).model
    return model.probabilities(rows[asked])
