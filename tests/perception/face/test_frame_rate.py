import pytest
from tests.perception.face.frames import nothing, reading

from insideout.perception.face.frame_rate import FrameRate, Pace, reliable, shift


def test_the_newest_decision_is_accepted_as_benjamini_and_hochberg_do() -> None:
    # Sorted 0.01, 0.04, 0.3 against 0.2/3, 0.4/3, 0.2: the first two pass.
    assert reliable([0.3, 0.01, 0.04], 0.2)
    assert not reliable([0.01, 0.04, 0.3], 0.2)


def test_many_reliable_decisions_let_a_weaker_one_pass() -> None:
    assert not reliable([0.15], 0.1)
    assert reliable([0.01] * 7 + [0.1], 0.1)
    assert not reliable([], 0.5)


def test_the_pause_doubles_while_nothing_changes() -> None:
    pace = Pace(FrameRate(shortest_secs=0.1, unsure_secs=0.2, longest_secs=0.8))
    pauses = []
    for _ in range(6):
        pace.after(reading(0.95))
        pauses.append(pace.pause_secs)
    assert pauses == pytest.approx([0.1, 0.2, 0.4, 0.8, 0.8, 0.8])


def test_an_unsure_face_is_read_more_often() -> None:
    pace = Pace(FrameRate(shortest_secs=0.1, unsure_secs=0.2, longest_secs=0.8))
    for _ in range(6):
        pace.after(reading(0.55))
    assert pace.pause_secs == pytest.approx(0.2)


def test_a_change_brings_the_shortest_pause_back() -> None:
    pace = Pace(FrameRate())
    for _ in range(6):
        pace.after(reading(0.95))
    pace.after(reading(0.2))
    assert pace.pause_secs == FrameRate().shortest_secs


def test_an_empty_room_is_looked_at_seldom() -> None:
    pace = Pace(FrameRate())
    for _ in range(8):
        pace.after(nothing())
    assert pace.pause_secs == FrameRate().longest_secs


def test_a_face_that_appears_is_the_largest_shift() -> None:
    assert shift(nothing(), reading(0.5)) == 1.0
    assert shift(reading(0.5), reading(0.8)) == pytest.approx(0.3)


def test_pauses_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="shortest <= unsure"):
        FrameRate(shortest_secs=1.0, unsure_secs=0.5)
