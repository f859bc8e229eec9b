"""Leading: which emotion leads at each moment of a finished film, in view of what comes after, too.

A hidden Markov model whose states are the emotions (Rabiner 1989): expressions last a few seconds, so a
change has to be paid for, and a second of doubt between two sure stretches belongs to one of them. The
path of most probable emotions is Viterbi's. A live stream cannot do this, since it does not know what
comes. The two constants are of faces in general and were not fitted: expressions that are not fleeting
last half a second to four seconds (Ekman 2003, Emotions Revealed), their middle on a scale of
proportions is taken; and what is seen of a face within the quarter of a second that a stream smooths
over is one piece of evidence and not many.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from insideout.perception.affect import Emotion
from insideout.perception.face.timeline import Row

LASTS_SECS = 1.4
ONE_PIECE_SECS = 0.25
_FLOOR = 1e-3
_EMOTIONS = tuple(Emotion)
_UNKNOWN = 1.0 / len(_EMOTIONS)


def with_leading(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, each with the emotion that leads in view of the whole film; those unread as they are."""
    found: list[Row] = []
    for run in _runs(rows):
        path = _path(run)
        found += [
            replace(row, leading=_EMOTIONS[state]) if row.shares else row
            for row, state in zip(run, path, strict=True)
        ]
    return tuple(found)


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Stretches of one person without a cut."""
    run: list[Row] = []
    for row in rows:
        if run and (row.cut or row.number != run[-1].number):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _path(run: Sequence[Row]) -> list[int]:
    """Viterbi's path over one stretch."""
    back: list[NDArray[np.int64]] = []
    score = _evidence(run[0])
    for before, row in pairwise(run):
        stay = np.exp(-before.secs / LASTS_SECS)
        change = (1.0 - stay) / (len(_EMOTIONS) - 1)
        steps = np.log(np.where(np.eye(len(_EMOTIONS), dtype=bool), stay, max(change, 1e-12)))
        reached = score[:, None] + steps
        back.append(reached.argmax(axis=0))
        score = reached.max(axis=0) + _evidence(row)
    path = [int(score.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def _evidence(row: Row) -> NDArray[np.float64]:
    shares = np.array(row.shares or [_UNKNOWN] * len(_EMOTIONS))
    pieces = row.secs / ONE_PIECE_SECS
    return np.asarray(pieces * np.log(np.maximum(shares, _FLOOR)))
