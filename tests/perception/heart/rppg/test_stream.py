import numpy as np
import pytest

from insideout.perception.errors import BadSignalError
from insideout.perception.heart.rppg.face import FaceBox, FaceFinder, Picture
from insideout.perception.heart.rppg.stream import PulseStream


class FixedFinder(FaceFinder):
    """Sees a face where it is told to, and none where it is told None."""

    def __init__(self) -> None:
        self.box: FaceBox | None = FaceBox(left=2.0, top=4.0, width=16.0, height=24.0)

    def find(self, frame: Picture) -> FaceBox | None:
        del frame
        return self.box


def _frame(t: float, bpm: float = 75.0, seed: int = 0) -> Picture:
    draw = np.random.default_rng(seed + round(t * 1000))
    beat = 0.006 * np.cos(2 * np.pi * bpm / 60 * t)
    skin = np.array([190.0, 140.0, 115.0]) * (1.0 - beat * np.array([0.43, 1.0, 0.69]))
    return np.asarray(np.rint(skin + draw.normal(0, 2, (32, 32, 3))), dtype=np.uint8)


def _fed(secs: float, stream: PulseStream, start: float = 0.0, rate: float = 20.0) -> PulseStream:
    for i in range(round(secs * rate)):
        stream.feed(_frame(start + i / rate), start + i / rate)
    return stream


def test_frames_become_a_pulse() -> None:
    assert _fed(15, PulseStream(FixedFinder())).estimate().bpm == pytest.approx(75.0, abs=2.0)


def test_an_uneven_camera_is_set_right() -> None:
    stream, draw, t = PulseStream(FixedFinder()), np.random.default_rng(1), 0.0
    while t < 15.0:
        stream.feed(_frame(t), t)
        t += float(draw.uniform(0.035, 0.065))
    assert stream.estimate().bpm == pytest.approx(75.0, abs=2.0)


def test_before_ten_seconds_it_abstains() -> None:
    found = _fed(6, PulseStream(FixedFinder())).estimate()
    assert found.abstained == "6.0 s of a still face; it takes 10"


def test_without_any_frame_it_abstains() -> None:
    assert PulseStream(FixedFinder()).estimate().abstained == "no frames yet"


def test_no_face_is_said() -> None:
    finder = FixedFinder()
    finder.box = None
    assert _fed(12, PulseStream(finder)).estimate().abstained == "no face"


def test_a_jump_of_the_head_starts_anew() -> None:
    finder = FixedFinder()
    stream = _fed(12, PulseStream(finder))
    finder.box = FaceBox(left=12.0, top=4.0, width=16.0, height=24.0)
    assert _fed(3, stream, start=12.0).estimate().secs == pytest.approx(12.0, abs=0.5)


def test_only_the_last_half_minute_is_kept() -> None:
    stream = _fed(20, PulseStream(FixedFinder(), keep_secs=12.0))
    assert stream.estimate().secs == pytest.approx(12.0, abs=0.2)


def test_a_pause_of_the_camera_starts_anew() -> None:
    stream = _fed(12, PulseStream(FixedFinder()))
    assert _fed(2, stream, start=20.0).estimate().abstained == "2.0 s of a still face; it takes 10"


@pytest.mark.parametrize(
    ("frame", "t", "words"),
    [
        (np.zeros((32, 32), dtype=np.uint8), 20.0, r"\(height, width, 3\)"),
        (np.zeros((32, 32, 3)), 20.0, "float64"),
        (np.zeros((32, 32, 3), dtype=np.uint8), 0.5, "time must rise"),
    ],
)
def test_bad_frames_are_a_message(frame: Picture, t: float, words: str) -> None:
    stream = _fed(1, PulseStream(FixedFinder()))
    with pytest.raises(BadSignalError, match=words):
        stream.feed(frame, t)
