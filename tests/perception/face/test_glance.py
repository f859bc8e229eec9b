import numpy as np
from tests.perception.face.frames import Square, frame

from insideout.perception.face.face import FaceBox
from insideout.perception.face.glance import CutFinder, alike, face, whole


def test_a_new_shot_is_a_cut() -> None:
    finder = CutFinder()
    assert not finder.look(whole(frame(Square())))
    assert not finder.look(whole(frame(Square(left=44))))
    assert finder.look(whole(frame(Square(), background=120)))


def test_a_picture_that_grows_lighter_is_no_cut() -> None:
    finder = CutFinder()
    assert not any(finder.look(whole(frame(background=n))) for n in range(30, 200, 5))


def test_one_cut_is_told_once() -> None:
    finder = CutFinder()
    shots = [frame(background=10), frame(background=200), frame(background=170)]
    assert [finder.look(whole(shot)) for shot in shots] == [False, True, False]


def test_light_does_not_change_the_looks_of_a_face() -> None:
    picture = np.random.default_rng(1).integers(0, 100, (60, 60, 3)).astype(np.uint8)
    box = FaceBox(left=0, top=0, width=60, height=60)
    lighter = (picture * 1.5 + 40).astype(np.uint8)
    assert alike(face(picture, box), face(lighter, box)) > 0.99


def test_two_people_do_not_look_alike() -> None:
    box = FaceBox(left=40, top=50, width=60, height=60)
    one, other = frame(Square(person=1)), frame(Square(person=2))
    assert alike(face(one, box), face(other, box)) < 0.8


def test_a_box_outside_the_picture_looks_like_nothing() -> None:
    box = FaceBox(left=900, top=0, width=60, height=60)
    assert not face(frame(), box).any()


def test_a_tall_narrow_picture_can_be_glanced_at() -> None:
    assert whole(np.zeros((900, 4, 3), dtype=np.uint8)).shape == (27, 48, 3)
