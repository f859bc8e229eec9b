import pytest
from tests.perception.face.frames import nothing, reading

from insideout.perception.face.attention import FrameAttention, certainty, weight


def test_certainty_is_one_for_a_sure_face_and_low_for_a_torn_one() -> None:
    assert certainty(reading(1.0)) == 1.0
    assert certainty(reading(0.5)) == pytest.approx(1.0 - 0.6931 / 1.9459, abs=1e-3)


def test_a_sure_frame_speaks_louder_than_an_unsure_one() -> None:
    assert weight(reading(1.0), 1.0) > 1.5 * weight(reading(0.5), 1.0)


def test_a_clip_is_the_weighted_mean_of_its_frames() -> None:
    clip = FrameAttention()
    clip.add(reading(1.0), 1.0)
    clip.add(reading(0.5), 1.0)
    found = clip.reading(0.0, 2.0, ("looks happy",))
    assert found is not None
    assert 0.75 < found.probabilities["happy"] < 0.85
    assert (found.start_secs, found.end_secs, found.cues) == (0.0, 2.0, ("looks happy",))


def test_a_clip_of_two_feelings_is_sure_of_neither() -> None:
    clip = FrameAttention()
    clip.add(reading(1.0), 1.0)
    clip.add(reading(0.0), 1.0)
    found = clip.reading(0.0, 2.0)
    assert found is not None
    assert found.confidence == pytest.approx(0.5)


def test_a_clip_that_says_nothing_has_no_reading() -> None:
    clip = FrameAttention()
    clip.add(nothing(), 1.0)
    assert clip.reading(0.0, 1.0) is None
