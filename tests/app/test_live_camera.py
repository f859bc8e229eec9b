import numpy as np
import pytest
from tests.app.lives import jpeg
from tests.perception.face.frames import Square, SquareDetector, SquareReader, frame

from insideout.perception.face.face import DetectedFace, FaceBox, Picture
from insideout.perception.face.frame_rate import EVERY_FRAME
from insideout.perception.face.stream import FaceStream, StreamOptions
from insideout.service.web.live.camera import Camera
from insideout.service.web.live.near import NearDetector
from insideout.service.web.live.sight import Hint, Rate, Sight, Watch, hint_of

GREY = np.full((360, 480, 3), 128, np.uint8)


def box(height: float = 120.0, left: float = 180.0) -> FaceBox:
    return FaceBox(left=left, top=60.0, width=height * 0.8, height=height)


class Counting(SquareDetector):
    """Notes how large the pictures are that it is given."""

    def __init__(self) -> None:
        self.widths: list[int] = []

    def detect(self, picture: Picture) -> list[DetectedFace]:
        self.widths.append(picture.shape[1])
        return super().detect(picture)


@pytest.mark.parametrize(
    ("found", "hint"),
    [
        (None, Hint.NO_FACE),
        (box(40.0), Hint.CLOSER),
        (box(340.0), Hint.FARTHER),
        (box(120.0), Hint.OK),
    ],
)
def test_the_visitor_is_told_how_far_to_stand(found: FaceBox | None, hint: Hint) -> None:
    assert hint_of(GREY, found, None, 0.0) is hint


@pytest.mark.parametrize(
    ("grey", "light", "hint"),
    [(30, 1.0, Hint.BRIGHTER), (230, 1.0, Hint.DARKER), (90, 0.2, Hint.BRIGHTER)],
)
def test_the_visitor_is_told_about_the_light(grey: int, light: float, hint: Hint) -> None:
    assert hint_of(np.full_like(GREY, grey), box(), None, 0.0, light) is hint


def test_a_second_person_is_asked_to_wait() -> None:
    assert hint_of(GREY, box(), None, 0.0, count=2) is Hint.ONE_PERSON


def test_a_head_that_moves_is_asked_to_hold_still() -> None:
    before = Sight(
        secs=1.0, box=box(), shares=None, hint=Hint.OK, emotion=None, share=None, fps=0.0
    )
    assert hint_of(GREY, box(left=210.0), before, 1.1) is Hint.HOLD_STILL
    assert hint_of(GREY, box(left=182.0), before, 1.1) is Hint.OK


def test_frames_a_second_are_those_of_the_last_two() -> None:
    rate = Rate()
    for number in range(50):
        rate.count(number / 2)
    found = [rate.count(25 + number / 10) for number in range(40)]
    assert found[-1] == pytest.approx(10.0, abs=0.1)


def test_a_slow_detector_looks_first_where_the_face_was() -> None:
    slow = Counting()
    near = NearDetector(slow)
    picture = frame(Square(left=200))
    boxes = [near.detect(picture)[0].box for _ in range(4)]
    assert slow.widths[0] == 240
    assert max(slow.widths[1:]) <= 80
    assert all(one.left == pytest.approx(200, abs=3) for one in boxes)


def test_a_slow_detector_looks_everywhere_when_the_face_is_gone() -> None:
    near = NearDetector(Counting())
    near.detect(frame(Square(left=20)))
    assert near.detect(frame(Square(left=240)))[0].box.left == pytest.approx(240, abs=3)
    assert near.detect(frame()) == []


def test_a_slow_detector_notices_that_somebody_else_came() -> None:
    near = NearDetector(Counting())
    near.detect(frame(Square(left=20)))
    both = frame(Square(left=20), Square(left=220, size=40))
    assert max(len(near.detect(both)) for _ in range(8)) == 2


def test_of_fifteen_frames_a_second_ten_are_read() -> None:
    read: list[float] = []
    camera = Camera(lambda picture, secs: read.append(secs), lambda sight: None, None)
    for number in range(45):
        camera.frame(jpeg(), number / 15)
    assert 29 <= len(read) <= 31


def test_the_watch_tells_the_likeliest_emotion_of_the_face_in_front() -> None:
    seen: list[Sight] = []
    watch = Watch(FaceStream(SquareReader(), StreamOptions(rate=EVERY_FRAME)), seen.append)
    watch.feed(frame(Square(happy=0.9), Square(left=200, size=30, happy=0.1)), 0.1)
    assert seen[0].emotion == "joy"
    assert seen[0].hint is Hint.ONE_PERSON
