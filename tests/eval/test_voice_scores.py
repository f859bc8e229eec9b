"""How right answers about voices are."""

import numpy as np
import pytest
from sklearn.metrics import f1_score, recall_score

from insideout.eval.voice_scores import Answers, confusion, measure, measured, recalls
from insideout.perception.label_spaces import RAVDESS


def answers(gold: list[int], guess: list[int]) -> Answers:
    """Answers with a confidence of 0.65."""
    rows = np.full((len(gold), 8), 0.05)
    rows[np.arange(len(gold)), guess] = 0.65
    return Answers(
        space=RAVDESS,
        labels=RAVDESS.labels,
        probabilities=rows,
        gold=np.array(gold),
        speakers=tuple(f"ravdess/{place % 3}" for place in range(len(gold))),
    )


def test_recall_and_f1_are_those_of_scikit_learn() -> None:
    draw = np.random.default_rng(0)
    gold, guess = draw.integers(0, 8, 200), draw.integers(0, 8, 200)
    found = measure(answers(gold.tolist(), guess.tolist()))
    assert found["uar"] == pytest.approx(recall_score(gold, guess, average="macro"))
    assert found["macro_f1"] == pytest.approx(f1_score(gold, guess, average="macro"))


def test_calm_for_neutral_is_right_among_the_broad_four() -> None:
    found = measure(answers([0, 1, 2, 3, 4], [1, 0, 2, 3, 4]))
    assert found["uar"] == pytest.approx(0.6)
    assert found["uar_four"] == 1.0


def test_fear_for_anger_is_right_in_arousal() -> None:
    found = measure(answers([4, 3], [5, 0]))
    assert (found["uar"], found["uar_arousal"]) == (0.0, 1.0)


def test_every_metric_has_its_interval() -> None:
    metrics, bounds = measured({"": answers([0, 1, 2, 3] * 6, [0, 1, 2, 4] * 6)})
    assert set(metrics) == set(bounds)
    assert all(bounds[name][0] <= value <= bounds[name][1] for name, value in metrics.items())


def test_recalls_and_confusion_name_the_labels() -> None:
    found = answers([4, 4, 3], [4, 5, 3])
    assert recalls(found) == {"sad": 1.0, "angry": 0.5}
    assert confusion(found)["angry"] == {"angry": 1, "fearful": 1}
