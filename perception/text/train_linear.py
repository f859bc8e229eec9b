"""Fits the linear recognisers of words; needs scikit-learn (the `train` extra)."""

import warnings
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import PerceptionError
from insideout.perception.text.corpora import Example
from insideout.perception.text.features import Vectoriser, count_terms, fit_vectoriser, stack
from insideout.perception.text.linear import LinearModel, Quantised, softmax
from insideout.perception.text.linear_tasks import TASKS, Task

Say = Callable[[str], None]
Floats = NDArray[np.float64]

# How much each source counts for the gate, so that no source gives its answer away:
# (source, emotional) to its share of the whole.
_GATE_SHARES = {
    ("stories", True): 1.5,
    ("films", True): 0.5,
    ("daily", True): 2.0,
    ("reddit", True): 2.0,
    ("daily", False): 3.0,
    ("reddit", False): 3.0,
    ("films", False): 0.5,
    ("messages", True): 3.0,
    ("messages", False): 1.0,
}

# People who write to an assistant that asks how they are more often feel something than not: the
# odds of an emotion before anything is read. Set by us; the Russian gate leans that way by itself.
_EMOTIONAL_ODDS = {"en": 1.5, "ru": 1.0}  # by language
_TEMPERATURES = [round(0.4 + 0.05 * step, 2) for step in range(25)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to fit.

    strength, gate_strength: inverse L2. most_terms, of them gate_terms: the vocabulary. held_out:
    share of conversations kept for calibration.
    """

    seed: int = 0
    strength: float = 5.0
    gate_strength: float = 2.0
    most_terms: int = 120_000
    gate_terms: int = 20_000
    held_out: float = 0.1
    iterations: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """A task's examples as rows of a sparse matrix, and what is to be learnt from them."""

    matrix: Any
    emotional: NDArray[np.bool_]
    gate_weights: Floats
    felt: NDArray[np.int64]
    targets: NDArray[np.int64]
    felt_weights: Floats


def train(
    language: str, folder: Path, options: Options, say: Say, *, whole: bool = True
) -> LinearModel:
    """Fit, prune and calibrate the model of a language: minutes on one core, 3 GB of memory.

    A first fit, without the last tenth of each source's conversations, chooses the terms worth their
    bytes and is calibrated on that tenth; the second fit has everything. Where it is not to be
    `whole`, the first fit is returned, which has never seen that tenth.
    """
    say("reading the data sets")
    task = TASKS[language](folder)
    say(f"{len(task.examples):,} examples, {len(task.felt):,} labels of emotions")
    counted = [count_terms(e.passages, task.letter_sizes) for e in task.examples]
    everything = fit_vectoriser(counted, task.letter_sizes, fewest_documents=3)
    say(f"{len(everything.vocabulary):,} terms; fitting without the held-out tenth")
    late = _late(task, options)
    rows = _rows(task, everything, counted)
    first = _fit(_select(rows, ~late), options)
    fit = _calibrate(task, first, _select(rows, late), late)
    if not whole:
        return _model(task, everything, first, fit)
    say(f"temperature {fit.temperature:.2f}; fitting on everything")
    kept = fit_vectoriser(counted, task.letter_sizes, keep=_best_terms(first, everything, options))
    return _model(task, kept, _fit(_rows(task, kept, counted), options), fit)


def _model(
    task: Task, vectoriser: Vectoriser, fitted: tuple[Floats, Floats], fit: "_Calibration"
) -> LinearModel:
    weights, bias = fitted
    return LinearModel(
        name=task.name,
        language=task.language,
        space=task.space,
        labels=task.labels,
        vectoriser=vectoriser,
        weights=Quantised.of(weights),
        bias=bias.astype(np.float32),
        temperature=fit.temperature,
        gate_slope=fit.gate_slope,
        gate_offset=fit.gate_offset,
    )


def _late(task: Task, options: Options) -> NDArray[np.bool_]:
    """Which examples are held out: each source's last conversations.

    Not random ones: neighbouring conversations share writers.
    """
    groups: dict[str, dict[str, None]] = {}
    for example in task.examples:
        groups.setdefault(example.source, {})[example.group] = None
    late: set[str] = set()
    for members in groups.values():
        late.update(list(members)[int(len(members) * (1 - options.held_out)) :])
    return np.array([example.group in late for example in task.examples])


def _rows(task: Task, vectoriser: Vectoriser, counted: Sequence[Mapping[str, float]]) -> _Rows:
    return _Rows(
        matrix=stack([vectoriser.weigh(c) for c in counted], len(vectoriser.vocabulary)),
        emotional=np.array([bool(example.labels) for example in task.examples]),
        gate_weights=_gate_weights(task.examples),
        felt=np.array([one.place for one in task.felt]),
        targets=np.array([task.labels.index(one.label) for one in task.felt]),
        felt_weights=np.array([one.weight for one in task.felt]),
    )


def _select(rows: _Rows, chosen: NDArray[np.bool_]) -> _Rows:
    """The chosen rows, their places counted anew."""
    places = np.cumsum(chosen) - 1
    felt = chosen[rows.felt]
    return _Rows(
        matrix=rows.matrix[np.flatnonzero(chosen)],
        emotional=rows.emotional[chosen],
        gate_weights=rows.gate_weights[chosen],
        felt=places[rows.felt[felt]],
        targets=rows.targets[felt],
        felt_weights=rows.felt_weights[felt],
    )


def _best_terms(first: tuple[Floats, Floats], every: Vectoriser, options: Options) -> list[str]:
    """The terms with the largest weights, some of them for the gate's sake."""
    weights = first[0]
    terms = sorted(every.vocabulary, key=every.vocabulary.__getitem__)
    by_label = np.argsort(-np.linalg.norm(weights[:, :-1], axis=1))
    by_gate = np.argsort(-np.abs(weights[:, -1]))[: options.gate_terms]
    order = dict.fromkeys([*by_gate.tolist(), *by_label.tolist()])
    return [terms[place] for place in list(order)[: options.most_terms]]


def _fit(rows: _Rows, options: Options) -> tuple[Floats, Floats]:
    """Weights (terms, labels + 1) and bias (labels + 1,); the gate is the last column."""
    felt = rows.matrix[rows.felt]
    labels = _fitted(options.strength, options, felt, rows.targets, rows.felt_weights)
    gate = _fitted(options.gate_strength, options, rows.matrix, rows.emotional, rows.gate_weights)
    return (
        np.vstack([labels.coef_, gate.coef_]).T.astype(np.float64),
        np.concatenate([labels.intercept_, gate.intercept_]).astype(np.float64),
    )


def _fitted(strength: float, options: Options, rows: Any, targets: Any, counts: Floats) -> Any:
    """A scikit-learn logistic regression; stopping at the last iteration is a choice, not a fault."""
    try:
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise PerceptionError(
            "training needs scikit-learn: pip install 'insideout-emotions[train]'"
        ) from error
    model = LogisticRegression(
        C=strength, max_iter=options.iterations, tol=1e-3, random_state=options.seed
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(rows, targets, sample_weight=counts)


def _gate_weights(gate: Sequence[Example]) -> Floats:
    """Each source and answer has its share; the mean weight is 1."""
    kinds = [(example.source, bool(example.labels)) for example in gate]
    sizes = Counter(kinds)
    raw = np.array([_GATE_SHARES.get(kind, 1.0) / sizes[kind] for kind in kinds])
    return np.asarray(raw * len(raw) / raw.sum(), dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calibration:
    """See LinearModel."""

    temperature: float
    gate_slope: float
    gate_offset: float


def _calibrate(
    task: Task, first: tuple[Floats, Floats], held: _Rows, late: NDArray[np.bool_]
) -> _Calibration:
    """The temperature of least log-loss, and Platt's scaling of the gate."""
    scores = np.asarray(held.matrix @ first[0] + first[1])
    sources = [e.source for e, out in zip(task.examples, late, strict=True) if out]
    asked = np.array([sources[place] in task.calibrate_on for place in held.felt])
    felt, targets, counts = held.felt[asked], held.targets[asked], held.felt_weights[asked]

    def loss(temperature: float) -> float:
        told = softmax(scores[felt, :-1] / temperature)[np.arange(len(targets)), targets]
        return float(-(np.log(told) * counts).sum() / counts.sum())

    platt = _fitted(1e6, Options(), scores[:, -1:], held.emotional, held.gate_weights)
    return _Calibration(
        temperature=min(_TEMPERATURES, key=loss),
        gate_slope=float(platt.coef_[0, 0]),
        gate_offset=float(platt.intercept_[0] + np.log(_EMOTIONAL_ODDS[task.language])),
    )
