"""How right named expressions are, and how near valence and arousal.

Items without an answer have a row of zeros; they count as wrong, with confidence 0.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.eval.ed_scores import calibration_error, guesses
from insideout.perception.affect import Emotion
from insideout.perception.expression import Expression
from insideout.perception.label_spaces import LabelSpace

Metrics = dict[str, float]
Rows = NDArray[np.float64]
Places = NDArray[np.int64]


def row_of(
    expression: Expression,
    space: LabelSpace,
    labels: Sequence[str],
    emotions: Mapping[str, Emotion],
) -> Rows:
    """(labels,): the expression over a data set's labels, by the canonical emotion of each.

    Probability of emotions that the data set does not have (contempt in FER-2013) is left out and the
    rest made to sum to 1; a label without an emotion ("other" of ABAW) has 0. Zeros where nothing is
    left. Each emotion must stand for at most one label.
    """
    if not expression.probabilities:
        return np.zeros(len(labels))
    told = space.emotions(expression.probabilities)
    row = np.array([told[emotions[label]] if label in emotions else 0.0 for label in labels])
    total = row.sum()
    return row / total if total > 0.0 else row


def measure(probabilities: Rows, gold: Places, labels: Sequence[str]) -> Metrics:
    """top1, macro_f1, uar (mean recall), ece (15 equal bins), and recall_LABEL of each that is there.

    F1 and recall are scikit-learn's, over the labels in `gold`.
    """
    from sklearn.metrics import precision_recall_fscore_support

    guess = guesses(probabilities)
    present = np.unique(gold)
    _, recall, f1, _ = precision_recall_fscore_support(
        gold, guess, labels=present, average=None, zero_division=0
    )
    names = [f"recall_{labels[int(place)]}" for place in present]
    return {
        "top1": float((guess == gold).mean()),
        "macro_f1": float(f1.mean()),
        "uar": float(recall.mean()),
        "ece": calibration_error(probabilities.max(axis=1), guess == gold),
        **dict(zip(names, recall.tolist(), strict=True)),
    }


def measure_quickly(
    guess: Places, confidence: Rows, gold: Places, labels: Sequence[str]
) -> Metrics:
    """The same figures from guesses and their confidences (n,), fit for 1,000 draws."""
    size = len(labels)
    right = guess == gold
    golds = np.bincount(gold, minlength=size)
    told = np.bincount(guess[guess >= 0], minlength=size)
    hits = np.bincount(gold[right], minlength=size)
    present = np.flatnonzero(golds)
    recall = hits[present] / golds[present]
    names = [f"recall_{labels[int(place)]}" for place in present]
    return {
        "top1": float(right.mean()),
        "macro_f1": float((2 * hits[present] / (golds + told)[present]).mean()),
        "uar": float(recall.mean()),
        "ece": calibration_error(confidence, right),
        **dict(zip(names, recall.tolist(), strict=True)),
    }


def confusion(probabilities: Rows, gold: Places, labels: Sequence[str]) -> list[list[int]]:
    """Counts, a row a gold label, a column an answered one; the last column has no answer."""
    from sklearn.metrics import confusion_matrix

    size = len(labels)
    guess = guesses(probabilities)
    table = confusion_matrix(gold, np.where(guess < 0, size, guess), labels=range(size + 1))
    return [[int(count) for count in row] for row in table[:size]]


def as_items(table: Sequence[Sequence[int]]) -> tuple[Rows, Places]:
    """Rows (n, labels) and gold (n,) that have this confusion: 1 for the label that was answered."""
    counts = np.array(table, dtype=np.int64)
    size = len(counts)
    gold, told = (np.repeat(place.ravel(), counts.ravel()) for place in np.indices(counts.shape))
    return np.eye(size + 1)[told][:, :size], gold


def ccc(told: Rows, gold: Rows) -> float:
    """Lin's concordance correlation coefficient (1989, Biometrics 45: 255) of two rows (n,).

    2 cov / (var + var + (difference of the means)^2), with population variances: 1 for equal rows, 0
    where one of them never changes, less than Pearson's r where means or spreads differ.

    >>> ccc(np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 4.0]))
    0.5714285714285714
    """
    apart = float((told.mean() - gold.mean()) ** 2)
    below = float(told.var() + gold.var()) + apart
    together = float(((told - told.mean()) * (gold - gold.mean())).mean())
    return 2.0 * together / below if below > 0.0 else 0.0


def measure_affect(told: Rows, gold: Rows) -> Metrics:
    """valence_ccc, arousal_ccc, their mean (ABAW's figure), and the root mean squared errors; (n, 2)."""
    found: Metrics = {}
    for place, name in enumerate(("valence", "arousal")):
        found[f"{name}_ccc"] = ccc(told[:, place], gold[:, place])
    found["mean_ccc"] = (found["valence_ccc"] + found["arousal_ccc"]) / 2.0
    for place, name in enumerate(("valence", "arousal")):
        found[f"{name}_rmse"] = float(np.sqrt(((told[:, place] - gold[:, place]) ** 2).mean()))
    return found


def mcnemar(right: NDArray[np.bool_], other: NDArray[np.bool_]) -> dict[str, Any]:
    """Exact two-sided McNemar test (1947): is one right more often about the same items (n,)?

    only_this, only_other: items that one alone has right. p: chance of a difference this large among
    equals.
    """
    from scipy.stats import binomtest

    gained, lost = int((right & ~other).sum()), int((other & ~right).sum())
    p = binomtest(gained, gained + lost).pvalue if gained + lost else 1.0
    return {"only_this": gained, "only_other": lost, "mcnemar_p": float(f"{p:.3g}")}
