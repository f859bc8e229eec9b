import numpy as np
import pytest

from insideout.perception.voice.overlap.detector import FIGURES
from insideout.perception.voice.overlap.training import Rows, figures, fit, share


def rows(count: int, seed: int) -> Rows:
    """Two people have a poorer harmony, the last figure; the others are chance."""
    chance = np.random.default_rng(seed)
    two = np.arange(count) % 2 == 1
    figures = chance.normal(size=(count, len(FIGURES)))
    figures[two, -1] -= 3.0
    return Rows(
        figures=tuple(map(tuple, figures.tolist())),
        two=two,
        noisy=np.arange(count) // 2 % 2 == 1,
        speakers=tuple(f"{n // 10}" for n in range(count)),
    )


def test_it_finds_two_and_keeps_false_alarms_rare() -> None:
    found = figures(fit(rows(400, 0)), rows(400, 1))
    assert found["auc"] > 0.95
    assert found["found"]["share"] > 0.6
    assert found["false_alarms"]["share"] < 0.06


def test_what_means_nothing_weighs_little() -> None:
    weights = fit(rows(400, 0)).weights
    assert abs(weights[5]) > 5 * max(map(abs, weights[:5]))


def test_shares_have_an_interval() -> None:
    found = share(np.array([True] * 9 + [False]))
    assert found["share"] == 0.9
    assert found["interval"] == pytest.approx([0.596, 0.982], abs=0.002)
