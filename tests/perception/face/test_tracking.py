from tests.perception.face.frames import Square, SquareDetector, frame

from insideout.perception.face.tracking import FORGOTTEN_SECS, FaceTracker


def _numbers(
    tracker: FaceTracker, secs: float, *squares: Square, cut: bool = False
) -> tuple[int, ...]:
    picture = frame(*squares)
    return tracker.follow(picture, SquareDetector().detect(picture), secs, cut=cut)


def test_a_face_that_moves_keeps_its_number() -> None:
    tracker = FaceTracker()
    found = {_numbers(tracker, n * 0.1, Square(left=20 + 10 * n))[0] for n in range(20)}
    assert found == {1}


def test_two_faces_keep_theirs_when_the_larger_one_changes() -> None:
    tracker = FaceTracker()
    first = _numbers(tracker, 0.0, Square(left=20, size=60), Square(left=200, size=50, person=2))
    then = _numbers(tracker, 0.1, Square(left=20, size=54), Square(left=200, size=58, person=2))
    assert first == (1, 2)
    assert then == (2, 1)  # the larger first


def test_a_face_that_joins_gets_the_next_number() -> None:
    tracker = FaceTracker()
    _numbers(tracker, 0.0, Square())
    assert set(_numbers(tracker, 0.1, Square(), Square(left=200, person=2))) == {1, 2}


def test_another_face_after_a_cut_is_another_one() -> None:
    tracker = FaceTracker()
    _numbers(tracker, 0.0, Square(person=1))
    assert _numbers(tracker, 0.1, Square(person=2), cut=True) == (2,)


def test_the_same_looks_after_a_cut_are_the_same_face() -> None:
    tracker = FaceTracker()
    _numbers(tracker, 0.0, Square(left=20))
    assert _numbers(tracker, 0.1, Square(left=220, size=80), cut=True) == (1,)


def test_a_face_that_comes_back_is_known_for_a_while() -> None:
    tracker = FaceTracker()
    _numbers(tracker, 0.0, Square(left=20))
    _numbers(tracker, 2.0)
    assert _numbers(tracker, 4.0, Square(left=200)) == (1,)
    assert _numbers(tracker, 5.0 + FORGOTTEN_SECS, Square(left=200)) == (2,)
