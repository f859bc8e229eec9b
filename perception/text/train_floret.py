"""Fits the fastText recogniser of words with floret (the `train` extra).

Joulin et al. 2017, Bag of Tricks for Efficient Text Classification, as floret implements it. Two
classifiers: one of the 32 labels (one-vs-all), on what carries an emotion, and a gate of two, on the
sources in fixed shares. floret is needed here only; `floret_model.py` reads the result.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import PerceptionError
from insideout.perception.text.floret_model import FELT, NONE, Bag, FloretModel, gate_score, line_of
from insideout.perception.text.linear import Quantised, softmax
from insideout.perception.text.linear_tasks import english

Say = Callable[[str], None]
Floats = NDArray[np.float64]

# The share of each source and answer among the gate's lines, so that no source gives its answer away;
# as for the linear gate.
GATE_SHARES = {
    ("stories", FELT): 1.5,
    ("films", FELT): 0.5,
    ("daily", FELT): 2.0,
    ("reddit", FELT): 2.0,
    ("daily", NONE): 3.0,
    ("reddit", NONE): 3.0,
}
EMOTIONAL_ODDS = 1.5  # of an emotion before anything is read, as for the linear gate; set by us
_TEMPERATURES = [round(0.3 + 0.05 * step, 2) for step in range(60)]
_PREFIX = "__label__"  # floret marks labels with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to fit; fewest: occurrences of a word. gate_lines: how many the gate is fitted on.

    held_out: share of conversations kept for calibration.
    """

    seed: int = 0
    dimensions: int = 32
    epochs: int = 5
    rate: float = 0.3
    buckets: int = 100_000
    fewest: int = 2
    gate_dimensions: int = 8
    gate_epochs: int = 3
    gate_buckets: int = 50_000
    gate_lines: int = 120_000
    held_out: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """An example as floret reads it; label: one of the 32, None where it has none of them."""

    words: tuple[str, ...]
    source: str
    group: str
    label: str | None
    answer: str


def train(language: str, folder: Path, options: Options, say: Say) -> FloretModel:
    """Fit and calibrate: minutes on one core, 1 GB of memory.

    A first fit, without the last tenth of each source's conversations, is calibrated on that tenth;
    the second has everything. Raises PerceptionError for another language than English, and where
    floret or scikit-learn is missing.
    """
    if language != "en":
        raise PerceptionError(
            f"there is no fastText recogniser for {language!r}, only for 'en'; "
            "train the linear one with --model linear"
        )
    _floret()
    say("reading the data sets")
    lines = list(_lines(folder))
    late = _late(lines, options.held_out)
    early = [line for line in lines if line.group not in late]
    held = [line for line in lines if line.group in late]
    say(f"{len(lines):,} examples; fitting without the held-out tenth")
    first = _fit(early, options)
    calibrated = _calibrated(first, held, say)
    say("fitting on everything")
    felt, gate = _fit(lines, options)
    return FloretModel(
        name=calibrated.name,
        language=calibrated.language,
        space=calibrated.space,
        felt=felt,
        gate=gate,
        temperature=calibrated.temperature,
        gate_slope=calibrated.gate_slope,
        gate_offset=calibrated.gate_offset,
    )


def _lines(folder: Path) -> Iterator[_Line]:
    """The examples of the linear recogniser, its 32 labels where they have one."""
    task = english(folder)
    labels = {one.place: one.label for one in task.felt}
    for place, example in enumerate(task.examples):
        yield _Line(
            words=tuple(line_of((p.text, p.weight == 1.0) for p in example.passages)),
            source=example.source,
            group=example.group,
            label=labels.get(place),
            answer=FELT if example.labels else NONE,
        )


def _late(lines: Sequence[_Line], share: float) -> set[str]:
    """The last conversations of each source; not random ones, for neighbours share writers."""
    groups: dict[str, dict[str, None]] = {}
    for line in lines:
        groups.setdefault(line.source, {})[line.group] = None
    late: set[str] = set()
    for members in groups.values():
        late.update(list(members)[int(len(members) * (1 - share)) :])
    return late


def _fit(lines: Sequence[_Line], options: Options) -> tuple[Bag, Bag]:
    """The classifier of the labels, and the gate."""
    draw = random.Random(options.seed)  # noqa: S311  it shuffles lines
    felt = [(line.label, line.words) for line in lines if line.label is not None]
    draw.shuffle(felt)
    labels = _classifier(
        felt, options.seed,
        dim=options.dimensions, epoch=options.epochs, lr=options.rate,
        bucket=options.buckets, minCount=options.fewest, loss="ova",
    )  # fmt: skip
    gate = _classifier(
        _in_shares(lines, options.gate_lines, draw), options.seed,
        dim=options.gate_dimensions, epoch=options.gate_epochs, lr=options.rate,
        bucket=options.gate_buckets, minCount=options.fewest + 1, loss="softmax",
    )  # fmt: skip
    return labels, gate


def _in_shares(
    lines: Sequence[_Line], count: int, draw: random.Random
) -> list[tuple[str, tuple[str, ...]]]:
    """Lines with their answers, drawn with return so that each kind has its share."""
    kinds: dict[tuple[str, str], list[_Line]] = {}
    for line in lines:
        kinds.setdefault((line.source, line.answer), []).append(line)
    whole = sum(GATE_SHARES[kind] for kind in kinds)
    drawn = [
        line
        for kind, members in kinds.items()
        for line in draw.choices(members, k=round(count * GATE_SHARES[kind] / whole))
    ]
    draw.shuffle(drawn)
    return [(line.answer, line.words) for line in drawn]


def _classifier(lines: Sequence[tuple[str, Sequence[str]]], seed: int, **settings: Any) -> Bag:
    """A floret classifier with pairs of words, in eight bits; one thread, so that seeds hold."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lines.txt"
        path.write_text("".join(f"{_PREFIX}{la} {' '.join(ws)}\n" for la, ws in lines), "utf-8")
        model = _floret().train_supervised(
            str(path), wordNgrams=2, thread=1, verbose=0, seed=seed, **settings
        )
    return Bag(
        words=tuple(model.words),
        rows=Quantised.of(model.get_input_matrix()),
        output=np.asarray(model.get_output_matrix(), dtype=np.float32),
        labels=tuple(label.removeprefix(_PREFIX) for label in model.labels),
    )


def _floret() -> Any:
    try:
        import floret
    except ImportError as error:
        raise PerceptionError(
            "training a fastText model needs floret: pip install 'insideout-emotions[train]'"
        ) from error
    return floret


def _calibrated(first: tuple[Bag, Bag], held: Sequence[_Line], say: Say) -> FloretModel:
    """The first fit with the temperature of least log-loss on stories, and Platt's scaling."""
    felt, gate = first
    stories = [line for line in held if line.source == "stories" and line.label is not None]
    scores = np.array([felt.scores(line.words) for line in stories])
    places = np.array([felt.labels.index(str(line.label)) for line in stories])

    def loss(temperature: float) -> float:
        told = softmax(scores / temperature)[np.arange(len(places)), places]
        return float(-np.log(np.maximum(told, 1e-12)).mean())

    temperature = min(_TEMPERATURES, key=loss)
    top1 = float((scores.argmax(axis=1) == places).mean())
    say(f"held-out stories: top-1 {top1:.3f}, temperature {temperature:.2f}")
    slope, offset = _platt(gate, held, say)
    return FloretModel(
        name="floret-en-1",
        language="en",
        space="empathetic_dialogues",
        felt=felt,
        gate=gate,
        temperature=temperature,
        gate_slope=slope,
        gate_offset=offset,
    )


def _platt(gate: Bag, held: Sequence[_Line], say: Say) -> tuple[float, float]:
    """Slope and offset of the gate's score, each source and answer with its share."""
    try:
        from sklearn.linear_model import LogisticRegression
        from sklearn.metrics import roc_auc_score
    except ImportError as error:
        raise PerceptionError(
            "training needs scikit-learn: pip install 'insideout-emotions[train]'"
        ) from error
    kinds = [(line.source, line.answer) for line in held]
    sizes = Counter(kinds)
    counts = np.array([GATE_SHARES[kind] / sizes[kind] for kind in kinds])
    scores = np.array([gate_score(gate, line.words) for line in held])
    felt = np.array([line.answer == FELT for line in held])
    say(f"held-out gate: AUC {roc_auc_score(felt, scores, sample_weight=counts):.3f} in shares")
    fit = LogisticRegression(C=1e6).fit(
        scores[:, None], felt, sample_weight=counts * len(counts) / counts.sum()
    )
    return float(fit.coef_[0, 0]), float(fit.intercept_[0] + np.log(EMOTIONAL_ODDS))
