import numpy as np
import pytest

from insideout.perception.heart.rppg.face import FaceBox, FaceFinder, Picture
from insideout.perception.heart.rppg.track import FaceTracker

pytest.importorskip("cv2")


class FirstOnly(FaceFinder):
    """Sees the face in the first frame, and later where it is told to."""

    def __init__(self) -> None:
        self.box: FaceBox | None = FaceBox(left=40.0, top=30.0, width=60.0, height=70.0)
        self.asked = 0

    def find(self, frame: Picture) -> FaceBox | None:
        del frame
        self.asked += 1
        return self.box


def _scene(across: float) -> Picture:
    """Soft spots of all sizes, moved by that many pixels to the right."""
    draw = np.random.default_rng(0)
    spectrum = np.fft.rfft2(draw.normal(size=(140, 160)))
    down, right = np.fft.fftfreq(140)[:, None], np.fft.rfftfreq(160)[None, :]
    soft = np.exp(-((np.hypot(down, right) / 0.12) ** 2)) * np.exp(-2j * np.pi * right * across)
    spots = np.fft.irfft2(spectrum * soft, (140, 160))
    grey = np.clip(128.0 + 40.0 * spots / spots.std(), 0.0, 255.0)
    return np.asarray(np.repeat(grey[:, :, None], 3, axis=2), dtype=np.uint8)


@pytest.mark.parametrize(("width", "height"), [(60.0, 70.0), (61.0, 71.0), (60.4, 69.3)])
@pytest.mark.parametrize(("speed", "off"), [(0.0, 0.05), (0.5, 1.5), (1.0, 1.5)])
def test_the_box_follows_the_pattern_between_looks(
    speed: float, off: float, width: float, height: float
) -> None:
    finder = FirstOnly()
    finder.box = FaceBox(left=40.0, top=30.0, width=width, height=height)
    tracker = FaceTracker(finder)
    for i in range(4):
        box, still = tracker.follow(_scene(speed * i), i * 0.04)
    assert box is not None
    assert (box.left, box.top) == pytest.approx((40.0 + 3 * speed, 30.0), abs=off)
    assert still


def test_the_detector_looks_five_times_a_second() -> None:
    finder = FirstOnly()
    tracker = FaceTracker(finder)
    for i in range(50):
        tracker.follow(_scene(0.0), i * 0.04)
    assert finder.asked == 10


def test_a_head_that_flies_is_not_still() -> None:
    tracker = FaceTracker(FirstOnly())
    tracker.follow(_scene(0.0), 0.0)
    assert tracker.follow(_scene(6.0), 0.04)[1] is False


def test_a_face_elsewhere_is_a_jump() -> None:
    finder = FirstOnly()
    tracker = FaceTracker(finder)
    tracker.follow(_scene(0.0), 0.0)
    finder.box = FaceBox(left=80.0, top=30.0, width=60.0, height=70.0)
    assert tracker.follow(_scene(0.0), 0.2)[1] is False


def test_a_face_out_of_sight_has_no_box() -> None:
    finder = FirstOnly()
    tracker = FaceTracker(finder)
    tracker.follow(_scene(0.0), 0.0)
    finder.box = None
    assert tracker.follow(_scene(0.0), 0.2)[0] is None
