"""The report of an evaluation of faces: figures, intervals, confusion, and who is right more often."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.eval.ed import interval
from insideout.eval.ed_scores import guesses
from insideout.eval.face_answers import FAILED, Answer
from insideout.eval.face_scores import (
    Metrics,
    Places,
    Rows,
    confusion,
    mcnemar,
    measure,
    measure_affect,
    measure_quickly,
    row_of,
)
from insideout.perception.affect import Emotion
from insideout.perception.label_spaces import LabelSpace

DRAWS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Question:
    """What was asked and what people say of it.

    gold: (n,), places in `labels`, -1 where an item has none. affect: (n, 2), valence and arousal, NaN
    where not rated. groups: what an interval draws whole: the item itself, or its film. also: the
    places accepted beside gold, item by item, or nothing. parts: masks (n,) of items whose accuracy is
    told by itself, each as top1_NAME.
    """

    labels: tuple[str, ...]
    emotions: Mapping[str, Emotion]
    gold: Places
    groups: tuple[str, ...]
    affect: Rows | None = None
    also: tuple[frozenset[int], ...] = ()
    parts: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said:
    """What a model answered: rows (n, labels), zeros without an answer; affect (n, 2), NaN likewise."""

    model: str
    rows: Rows
    affect: Rows
    answers: tuple[Answer, ...]

    @classmethod
    def of(
        cls, model: str, answers: Sequence[Answer], space: LabelSpace, question: Question
    ) -> "Said":
        """The answers over the labels of the question; affect from the labels where a model has none."""
        rows = [
            row_of(answer.expression, space, question.labels, question.emotions)
            for answer in answers
        ]
        return cls(
            model=model,
            rows=np.array(rows),
            affect=np.array([_affect(answer, space) for answer in answers]),
            answers=tuple(answers),
        )


def _affect(answer: Answer, space: LabelSpace) -> tuple[float, float]:
    told = answer.expression
    if told.affect is None and not told.probabilities:
        return float("nan"), float("nan")
    affect = told.affect or space.affect(told.probabilities)
    return affect.valence, affect.arousal


def report(
    task: str,
    protocol: str,
    question: Question,
    said: Said,
    against: Said | None = None,
    draws: int = DRAWS,
) -> dict[str, Any]:
    """The one object that an evaluation of faces prints with --json."""
    labelled, rated = _labelled(question), _rated(question)
    statistic = _statistic(question, said)
    return {
        "task": task,
        "model": said.model,
        "n": len(question.gold),
        "protocol": protocol,
        "metrics": _rounded(_metrics(question, said)),
        "interval95": _bounds(interval(statistic, question.groups, draws)),
        **({"n_labelled": int(labelled.sum())} if labelled.any() and not labelled.all() else {}),
        **({"n_rated": int(rated.sum())} if rated.any() else {}),
        **({"n_parts": _sizes(question)} if question.parts else {}),
        **({"labels": _table(question, said)} if labelled.any() else {}),
        "unanswered": dict(Counter(a.trouble for a in said.answers if a.trouble).most_common(20)),
        "failed": sum(answer.trouble.startswith(FAILED) for answer in said.answers),
        "seconds_per_item_p50": round(float(np.median([a.seconds for a in said.answers])), 5),
        **({"against": _against(question, said, against, draws)} if against else {}),
    }


def _sizes(question: Question) -> dict[str, int]:
    return {f"top1_{name}": int(part.sum()) for name, part in question.parts.items()}


def _labelled(question: Question) -> NDArray[np.bool_]:
    return question.gold >= 0


def _rated(question: Question) -> NDArray[np.bool_]:
    if question.affect is None:
        return np.zeros(len(question.gold), dtype=np.bool_)
    return np.asarray(np.isfinite(question.affect).all(axis=1))


def right(question: Question, said: Said) -> NDArray[np.bool_]:
    """(n,): whether the most probable label is gold; False without a label or an answer."""
    return np.asarray((guesses(said.rows) == question.gold) & _labelled(question))


def accepted(question: Question, said: Said) -> NDArray[np.bool_]:
    """(n,): whether it is gold or one of the labels accepted beside it."""
    told = guesses(said.rows)
    also = [int(guess) in allowed for guess, allowed in zip(told, question.also, strict=True)]
    return right(question, said) | np.array(also, dtype=np.bool_)


def _metrics(question: Question, said: Said) -> Metrics:
    """Every figure over all items."""
    kept = _labelled(question)
    named: Metrics = {}
    if kept.any():
        named = measure(said.rows[kept], question.gold[kept], question.labels)
    return _statistic(question, said)(np.arange(len(kept))) | named


def _statistic(question: Question, said: Said) -> Callable[[Places], Metrics]:
    """Every figure as a function of item places, for the bootstrap."""
    labelled, rated = _labelled(question), _rated(question)
    guess, confidence = guesses(said.rows), said.rows.max(axis=1)
    hits = right(question, said)
    lenient = accepted(question, said) if question.also else None
    told = np.nan_to_num(said.affect)

    def statistic(places: Places) -> Metrics:
        found: Metrics = {}
        named = places[labelled[places]]
        if len(named):
            found |= measure_quickly(
                guess[named], confidence[named], question.gold[named], question.labels
            )
        if lenient is not None:
            found["lenient_top1"] = float(lenient[places].mean())
        for name, part in question.parts.items():
            inside = places[part[places]]
            if len(inside):
                found[f"top1_{name}"] = float(hits[inside].mean())
        felt = places[rated[places]]
        if len(felt) and question.affect is not None:
            found |= measure_affect(told[felt], question.affect[felt])
        return found

    return statistic


def _table(question: Question, said: Said) -> dict[str, Any]:
    """Counts of gold labels, and gold label by answer; the last column has no answer."""
    kept = _labelled(question)
    gold = question.gold[kept]
    counts = np.bincount(gold, minlength=len(question.labels))
    return {
        "names": list(question.labels),
        "n": [int(count) for count in counts],
        "confusion": confusion(said.rows[kept], gold, question.labels),
    }


def _against(question: Question, said: Said, other: Said, draws: int) -> dict[str, Any]:
    """The same items asked of another model; `difference` is this one's top1 less the other's."""
    kept = _labelled(question)
    if not kept.any():
        return _affect_against(question, said, other, draws)
    mine, theirs = right(question, said), right(question, other)
    step = mine.astype(float) - theirs.astype(float)
    bounds = interval(
        lambda places: {"difference": float(step[places][kept[places]].mean())},
        question.groups,
        draws,
    )
    return {
        "model": other.model,
        "metrics": _rounded(_metrics(question, other)),
        "difference": round(float(step[kept].mean()), 4),
        "interval95": _bounds(bounds),
        **mcnemar(mine[kept], theirs[kept]),
    }


def _affect_against(question: Question, said: Said, other: Said, draws: int) -> dict[str, Any]:
    """Where there are ratings alone: the difference of the mean CCC and its interval."""
    mine, theirs = _statistic(question, said), _statistic(question, other)

    def difference(places: Places) -> Metrics:
        return {"difference": mine(places)["mean_ccc"] - theirs(places)["mean_ccc"]}

    whole = np.arange(len(question.gold))
    return {
        "model": other.model,
        "metrics": _rounded(theirs(whole)),
        **_rounded(difference(whole)),
        "interval95": _bounds(interval(difference, question.groups, draws)),
    }


def _rounded(values: Metrics) -> Metrics:
    return {name: round(value, 4) for name, value in values.items()}


def _bounds(found: Mapping[str, tuple[float, float]]) -> dict[str, list[float]]:
    return {name: [round(low, 4), round(high, 4)] for name, (low, high) in found.items()}
