"""Voices the model has not heard: fitted on some speakers, asked about the others.

Everything that is fitted, the temperature too, is fitted inside the training speakers. Three ways of
knowing the speaker are measured side by side:

    (plain)     nothing is known of the speaker
    enrolled_   two neutral sentences of the speaker were heard before; these are not scored
    all_clips_  every feature is standardised over all clips of the speaker, unlabelled: a product does
                not have balanced speech of every emotion; it is here because papers report it, and
                only where the data set is fitted on alone

and the plain way on changed clips (`augment.py`), by the change's name: trimmed_, telephone_ …
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from insideout.eval.voice_scores import Answers
from insideout.perception.errors import PerceptionError
from insideout.perception.label_spaces import LabelSpace
from insideout.perception.voice.train.examples import Examples, joined
from insideout.perception.voice.train.fit import (
    Fitted,
    Options,
    calibrated,
    fit,
    log_softmax,
    speaker_folds,
)

FOLDS = 10
PLAIN, ENROLLED, ALL_CLIPS = "", "enrolled_", "all_clips_"
_LEAST_SPREAD = 1e-6

Scores = dict[str, NDArray[np.float64]]


def leave_out(
    asked: Examples,
    also: Examples | None,
    options: Options,
    folds: int = FOLDS,
    changed: Sequence[str] = (),
    tick: Callable[[], None] = lambda: None,
) -> Scores:
    """Log-probabilities (clips, labels) of each way, of models that have not heard the clip's speaker.

    also: examples of other data sets that every fold is fitted on besides. changed: prefixes of the
    variants after the first. Rows that a way does not score are not a number.
    """
    names = np.array(asked.speakers)
    parts = speaker_folds(asked.speakers, folds, options.seed)
    if len(parts) < 2:
        raise PerceptionError(
            f"{len(set(asked.speakers))} speaker; leaving speakers out needs at least four"
        )
    shape = (len(names), len(asked.labels))
    ways = (PLAIN, ENROLLED, ALL_CLIPS, *changed)
    found = {way: np.full(shape, np.nan) for way in ways}
    for part in parts:
        inside = asked.at(np.setdiff1d(np.arange(len(names)), part))
        learnt = inside if also is None else joined([inside, also])
        answer(found, asked, part, fit(learnt, options), changed)
        if also is None:
            standard = calibrated(learnt, per_speaker(learnt), options)
            own = per_speaker(asked.at(part))[:, 0]
            told = standard.scores(own, asked.features[part, 0])
            found[ALL_CLIPS][part] = log_softmax(told)
        tick()
    return found


def answer(
    found: Scores,
    asked: Examples,
    places: NDArray[np.int64],
    fitted: Fitted,
    changed: Sequence[str] = (),
) -> None:
    """Fill in what a model says of these clips: plain, of their changed variants, and enrolled."""
    heard = asked.features[:, 0]
    for number, way in enumerate((PLAIN, *changed)):
        rows = asked.features[places, number]
        found[way][places] = log_softmax(fitted.plain.scores(rows, rows))
    if fitted.enrolled is None:
        return
    names = np.array(asked.speakers)
    for speaker, sentences in asked.enrolling().items():
        own = np.setdiff1d(places[names[places] == speaker], sentences)
        if len(own):
            neutral = heard[sentences].mean(axis=0)
            told = fitted.enrolled.scores(heard[own] - fitted.trust * neutral, heard[own])
            found[ENROLLED][own] = log_softmax(told)


def per_speaker(found: Examples) -> NDArray[np.float32]:
    """(clips, variants, f): deviations over all clips of the speaker and the variant."""
    result = found.features.copy()
    names = np.array(found.speakers)
    for name in np.unique(names):
        own = result[names == name]
        spread = np.maximum(own.std(axis=0), _LEAST_SPREAD)
        result[names == name] = (own - own.mean(axis=0)) / spread
    return result


def answers(found: Scores, asked: Examples, space: LabelSpace) -> dict[str, Answers]:
    """The answers of each way that scored anything, by its prefix."""
    result = {}
    for way, scores in found.items():
        told = np.flatnonzero(np.isfinite(scores).all(axis=1))
        if len(told):
            result[way] = Answers(
                space=space,
                labels=asked.labels,
                probabilities=np.exp(scores[told]),
                gold=asked.gold[told],
                speakers=tuple(asked.speakers[place] for place in told),
            )
    return result
