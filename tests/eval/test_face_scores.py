"""Figures of named expressions, and of valence and arousal."""

import numpy as np
import pytest

from insideout.eval.face_scores import (
    as_items,
    ccc,
    confusion,
    mcnemar,
    measure,
    measure_affect,
    measure_quickly,
    row_of,
)
from insideout.perception.affect import Emotion
from insideout.perception.expression import Expression
from insideout.perception.face.datasets.abaw import EMOTIONS, LABELS
from insideout.perception.label_spaces import AFFECTNET, FER_2013

pytest.importorskip("sklearn")
GOLD = np.array([0, 0, 1, 1])
ROWS = np.array([[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.0, 0.0]])


def test_an_expression_meets_the_labels_of_the_set_by_their_emotions() -> None:
    told = Expression(probabilities={"happiness": 0.6, "sadness": 0.2, "contempt": 0.2})
    row = row_of(told, AFFECTNET, FER_2013.labels, FER_2013.canonical)
    assert row[FER_2013.labels.index("happy")] == pytest.approx(0.75)
    assert row.sum() == pytest.approx(1.0)


def test_a_label_without_an_emotion_has_nothing() -> None:
    row = row_of(Expression(probabilities={"happy": 1.0}), FER_2013, LABELS, EMOTIONS)
    assert (row[LABELS.index("other")], row[LABELS.index("happiness")]) == (0.0, 1.0)


@pytest.mark.parametrize("told", [{}, {"contempt": 1.0}])
def test_no_answer_is_a_row_of_zeros(told: dict[str, float]) -> None:
    row = row_of(Expression(probabilities=told), AFFECTNET, FER_2013.labels, FER_2013.canonical)
    assert not row.any()


def test_no_answer_counts_as_wrong() -> None:
    found = measure(ROWS, GOLD, ("a", "b"))
    assert found["top1"] == 0.5
    assert (found["recall_a"], found["recall_b"], found["uar"]) == (0.5, 0.5, 0.5)
    assert found["macro_f1"] == pytest.approx(0.5833, abs=1e-3)


def test_ece_is_the_gap_between_confidence_and_accuracy() -> None:
    rows = np.tile([0.8, 0.2], (10, 1))
    gold = np.array([0] * 5 + [1] * 5)
    assert measure(rows, gold, ("a", "b"))["ece"] == pytest.approx(0.3)


def test_the_quick_figures_are_those_of_scikit_learn() -> None:
    draw = np.random.default_rng(0)
    rows = draw.dirichlet(np.ones(7), size=200)
    rows[:20] = 0.0
    gold = draw.integers(0, 6, size=200)  # the last label is absent
    guess = np.where(rows.any(axis=1), rows.argmax(axis=1), -1)
    quick = measure_quickly(guess, rows.max(axis=1), gold, FER_2013.labels)
    assert quick == pytest.approx(measure(rows, gold, FER_2013.labels))


def test_the_confusion_has_a_column_for_no_answer_and_can_be_turned_back() -> None:
    table = confusion(ROWS, GOLD, ("a", "b"))
    assert table == [[1, 1, 0], [0, 1, 1]]
    rows, gold = as_items(table)
    assert confusion(rows, gold, ("a", "b")) == table


def test_ccc_of_known_values() -> None:
    told, gold = np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 2.0, 4.0, 6.0])
    # By hand: means 2.5 and 3.5, variances 1.25 and 2.75, covariance 1.75: 3.5 / (4 + 1).
    assert ccc(told, gold) == pytest.approx(0.7)


def test_ccc_is_one_for_equals_less_for_a_shift_and_nothing_for_what_never_changes() -> None:
    rows = np.array([0.1, 0.5, -0.2])
    assert ccc(rows, rows) == pytest.approx(1.0)
    assert ccc(rows + 0.3, rows) < 1.0
    assert ccc(-rows + 2 * rows.mean(), rows) == pytest.approx(-1.0)
    assert ccc(np.zeros(3), rows) == 0.0
    assert ccc(np.zeros(3), np.zeros(3)) == 0.0


def test_valence_and_arousal_are_measured_apart_and_together() -> None:
    gold = np.array([[0.1, 0.3], [0.5, -0.3], [0.9, 0.0]])
    told = gold.copy()
    told[:, 1] = 0.0
    found = measure_affect(told, gold)
    assert found["valence_ccc"] == pytest.approx(1.0)
    assert found["arousal_ccc"] == 0.0
    assert found["mean_ccc"] == pytest.approx(0.5)
    assert found["arousal_rmse"] == pytest.approx(np.sqrt(0.06))


def test_mcnemar_looks_at_what_one_alone_has_right() -> None:
    right = np.array([True] * 8 + [False] * 2 + [True] * 50)
    other = np.array([False] * 8 + [True] * 2 + [True] * 50)
    found = mcnemar(right, other)
    assert (found["only_this"], found["only_other"]) == (8, 2)
    assert found["mcnemar_p"] == pytest.approx(0.109)  # 2 * 56 / 1024, exact
    assert mcnemar(right, right)["mcnemar_p"] == 1.0


def test_every_label_of_abaw_but_one_has_an_emotion() -> None:
    assert set(LABELS) - set(EMOTIONS) == {"other"}
    assert len(set(EMOTIONS.values())) == len(EMOTIONS)
    assert Emotion.CONTEMPT not in EMOTIONS.values()
