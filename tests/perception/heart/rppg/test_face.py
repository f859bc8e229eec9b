import numpy as np
import pytest

from insideout.perception.face.face import DetectedFace, Picture
from insideout.perception.face.face import FaceBox as Box
from insideout.perception.heart.rppg.face import FaceBox, FaceFinder, skin_mean

BOX = FaceBox(left=20.0, top=10.0, width=60.0, height=80.0)


def _split(tone: tuple[int, int, int]) -> np.ndarray:
    frame = np.zeros((100, 100, 3), dtype=np.uint8)
    frame[10:90, 20:80] = tone
    return frame


@pytest.mark.parametrize("tone", [(222, 180, 160), (96, 66, 52)])
def test_the_mean_is_the_skin_of_any_tone(tone: tuple[int, int, int]) -> None:
    assert skin_mean(_split(tone), BOX) == pytest.approx(tone)


def test_a_box_that_creeps_does_not_make_the_colour_jump() -> None:
    ramp = np.repeat(np.arange(100, dtype=np.uint8)[None, :, None], 100, axis=0).repeat(3, axis=2)
    steps = [
        skin_mean(ramp, FaceBox(left=20 + s / 10, top=10, width=60, height=80)) for s in range(9)
    ]
    assert np.diff(steps, axis=0) == pytest.approx(0.1, abs=2e-3)


def test_skin_outside_the_picture_is_not_a_number() -> None:
    beyond = FaceBox(left=80.0, top=10.0, width=60.0, height=80.0)
    assert np.isnan(skin_mean(_split((200, 150, 120)), beyond)).all()


def test_movement_is_counted_in_widths_of_the_face() -> None:
    moved = FaceBox(left=26.0, top=10.0, width=60.0, height=80.0)
    assert moved.moved_from(BOX) == pytest.approx(0.1)


class Unsure:
    """A detector whose scores mean something else than YuNet's."""

    name = "unsure"

    def detect(self, picture: Picture) -> list[DetectedFace]:
        del picture
        box = Box(left=BOX.left, top=BOX.top, width=BOX.width, height=BOX.height)
        return [DetectedFace(box=box, score=0.1)]


def test_another_detector_is_believed_whatever_its_scores() -> None:
    assert FaceFinder(detector=Unsure()).find(_split((200, 150, 120))) == BOX
