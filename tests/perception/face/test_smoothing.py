import numpy as np
import pytest
from tests.perception.face.frames import nothing, reading

from insideout.perception.affect import Emotion
from insideout.perception.face.smoothing import (
    BoxSmoothing,
    ExponentialSmoothing,
    ReadingSmoother,
    Smoothing,
)


def test_exponential_weights_halve_with_age() -> None:
    smoother = ExponentialSmoothing(half_life_secs=1.0).start()
    smoother.feed(np.array([0.0]), 0.0)
    assert smoother.feed(np.array([4.0]), 1.0)[0] == pytest.approx(2.0)
    assert smoother.feed(np.array([4.0]), 2.0)[0] == pytest.approx(3.0)


def test_a_box_forgets_what_is_older_than_itself() -> None:
    smoother = BoxSmoothing(window_secs=1.0).start()
    for secs, value in ((0.0, 9.0), (0.5, 2.0), (1.4, 4.0)):
        mean = smoother.feed(np.array([value]), secs)
    assert mean[0] == pytest.approx(3.0)


@pytest.mark.parametrize("smoothing", [ExponentialSmoothing(), BoxSmoothing()], ids=repr)
def test_rows_count_by_time_and_not_by_number(smoothing: Smoothing) -> None:
    """Half a second of 0, then a quarter of 1: whether that is read rarely or often does not matter."""
    means = []
    for step in (0.0625, 0.00625):
        smoother = smoothing.start()
        for n in range(round(0.5 / 0.0625) + 1):
            smoother.feed(np.array([0.0]), n * 0.0625)
        for n in range(1, round(0.25 / step) + 1):
            mean = smoother.feed(np.array([1.0]), 0.5 + n * step)
        means.append(float(mean[0]))
    assert means[0] == pytest.approx(means[1], abs=0.06)


@pytest.mark.parametrize("secs", [0.0, -1.0, float("nan")])
def test_a_window_without_length_is_refused(secs: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        ExponentialSmoothing(half_life_secs=secs)
    with pytest.raises(ValueError, match="above 0"):
        BoxSmoothing(window_secs=secs)


def test_one_odd_frame_does_not_turn_the_face() -> None:
    smoother = ReadingSmoother(ExponentialSmoothing())
    for n in range(10):
        smoother.feed(reading(0.9), n * 0.04)
    assert smoother.feed(reading(0.2), 0.4).top()[0][0] == "happy"


def test_probabilities_still_sum_to_one() -> None:
    smoother = ReadingSmoother(BoxSmoothing())
    for n, happy in enumerate((0.1, 0.9, 0.4)):
        smoothed = smoother.feed(reading(happy), n * 0.1)
    assert sum(smoothed.probabilities.values()) == pytest.approx(1.0)
    assert sum(smoothed.emotions.values()) == pytest.approx(1.0)
    assert smoothed.emotions[Emotion.JOY] == pytest.approx((0.05 + 0.9 + 0.2) / 2)


def test_frames_that_disagree_lower_the_confidence() -> None:
    smoother = ReadingSmoother(BoxSmoothing())
    smoother.feed(reading(0.9), 0.0)
    assert smoother.feed(reading(0.1), 0.1).confidence == pytest.approx(0.5)


def test_a_reading_that_abstains_is_passed_on_and_leaves_no_trace() -> None:
    smoother = ReadingSmoother(BoxSmoothing())
    smoother.feed(reading(0.9), 0.0)
    assert smoother.feed(nothing(), 0.1) == nothing()
    assert smoother.feed(reading(0.9), 0.2).confidence == pytest.approx(0.9)
