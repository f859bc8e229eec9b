"""What can be measured about emotion in voices: folds, another data set's model, a recogniser as it is.

folds      fitted on some speakers of the data set (and, if asked, on other data sets), asked about
           the others; every speaker is asked about once
cross      fitted on other data sets alone, asked about this one, in the emotions they share
as it is   a recogniser by its name, asked about speakers that it was not trained on
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from insideout.eval.voice_folds import (
    ENROLLED,
    FOLDS,
    PLAIN,
    answer,
    answers,
    leave_out,
)
from insideout.eval.voice_scores import Answers, confusion, measured, recalls
from insideout.perception.affect import Emotion
from insideout.perception.errors import PerceptionError
from insideout.perception.label_spaces import CANONICAL, RAVDESS, LabelSpace
from insideout.perception.voice.datasets.corpora import CORPORA, Corpus
from insideout.perception.voice.train.examples import Examples, joined
from insideout.perception.voice.train.fit import fit
from insideout.perception.voice.train.run import RENAMED, Plan, Track, examples

_INTERVAL = "interval: bootstrap over speakers, 1,000 draws"
_NESTED = "strength and trust fixed; the temperature fitted inside the training speakers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is measured.

    folder: of the data set asked about. others: further data sets to fit on, by name. own: whether its
    own speakers are fitted on as well.
    """

    corpus: Corpus
    folder: Path
    others: Mapping[str, Path] = field(default_factory=dict)
    own: bool = True


def fitted_report(asked: Asked, plan: Plan, track: Track, folds: int = FOLDS) -> dict[str, Any]:
    """The one object that `insideout eval ravdess --json` prints, of models fitted for the purpose."""
    space, labels = _labels(asked)
    found = _examples(asked.corpus, asked.folder, space, labels, plan, track)
    also = [
        _examples(CORPORA[name], folder, space, labels, plan, track)
        for name, folder in asked.others.items()
    ]
    changed = [f"{variant.name}_".replace("-", "_") for variant in plan.variants[1:]]
    if asked.own:
        tick = track("leaving speakers out", min(folds, len(set(found.speakers))))
        scores = leave_out(
            found, joined(also) if also else None, plan.options, folds, changed, tick
        )
    else:
        shape = (len(found.gold), len(labels))
        scores = {way: np.full(shape, np.nan) for way in (PLAIN, ENROLLED, *changed)}
        answer(scores, found, np.arange(shape[0]), fit(joined(also), plan.options), changed)
    return _report(asked, answers(scores, found, space), _protocol(asked, found, folds))


def _examples(
    corpus: Corpus,
    folder: Path,
    space: LabelSpace,
    labels: tuple[str, ...],
    plan: Plan,
    track: Track,
) -> Examples:
    renamed: Mapping[str, str] | None = None
    if space is CANONICAL:
        renamed = {label: emotion.value for label, emotion in corpus.space.canonical.items()}
    elif corpus.space is not space:
        renamed = RENAMED[corpus.name]
    found = examples(corpus.name, folder, labels, plan, track, renamed)
    there = np.unique(found.gold)
    if len(there) < 2:
        raise PerceptionError(
            f"{folder} has readable clips of {len(there)} labels; measuring needs two at least"
        )
    return found


def _labels(asked: Asked) -> tuple[LabelSpace, tuple[str, ...]]:
    """The data set's own; with others the eight of the embedded model, or the emotions they share."""
    space = asked.corpus.space
    if not asked.others:
        return space, space.labels
    if asked.own and {asked.corpus.name, *asked.others} <= set(RENAMED):
        return RAVDESS, RAVDESS.labels
    sets = [{*space.canonical.values()}]
    sets += [{*CORPORA[name].space.canonical.values()} for name in asked.others]
    shared = sets[0].intersection(*sets[1:])
    return CANONICAL, tuple(emotion.value for emotion in Emotion if emotion in shared)


def _protocol(asked: Asked, found: Examples, folds: int) -> str:
    count = min(folds, len(set(found.speakers)))
    learnt = ", ".join(asked.others)
    if not asked.own:
        how = f"fitted on {learnt} alone, asked about every clip of {asked.corpus.name}"
    else:
        how = f"speakers left out, {count} folds of whole speakers"
        how += f"; fitted on {learnt} as well" if learnt else ""
    return f"{how}; {_NESTED}; {_INTERVAL}"


def report_of(
    task: str, parts: Mapping[str, Answers], protocol: str, model: str, labels: Sequence[str]
) -> dict[str, Any]:
    """Metrics with their intervals, recalls and confusion of each way to answer."""
    metrics, bounds = measured(dict(parts))
    plain = parts[PLAIN]
    return {
        "task": task,
        "n": len(plain.gold),
        "speakers": len(set(plain.speakers)),
        "labels": list(labels),
        "protocol": protocol,
        "metrics": metrics,
        "interval95": bounds,
        "n_by_way": {way.rstrip("_") or "plain": len(one.gold) for way, one in parts.items()},
        "recall": recalls(plain),
        "confusion": confusion(plain),
        "model": model,
    }


def _report(asked: Asked, parts: Mapping[str, Answers], protocol: str) -> dict[str, Any]:
    names = [asked.corpus.name] if asked.own else []
    model = "the embedded recipe, fitted on " + ", ".join([*names, *asked.others])
    labels = [parts[PLAIN].labels[place] for place in np.unique(parts[PLAIN].gold)]
    return report_of(f"voice_{asked.corpus.name}", parts, protocol, model, labels)
