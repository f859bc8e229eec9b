import gc
import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from tests.perception.face.frames import Square, SquareReader, frame, steady

from insideout.perception.errors import BadSignalError, PerceptionError
from insideout.perception.face.face import Picture
from insideout.perception.face.frame_rate import EVERY_FRAME, FrameRate
from insideout.perception.face.stream import FaceMoment, FaceStream, StreamOptions


def _fed(stream: FaceStream, frames: list[tuple[float, Picture]]) -> list[FaceMoment]:
    return list(stream.moments(frames))


def test_a_still_face_is_read_ever_more_seldom() -> None:
    moments = _fed(FaceStream(SquareReader()), steady(4.0, Square()))
    pauses = [then.secs - now.secs for now, then in pairwise(moments)]
    assert pauses[0] < 0.13
    assert pauses[-1] >= FrameRate().longest_secs - 1e-6
    assert len(moments) < 12


def test_a_face_that_changes_is_read_at_once() -> None:
    frames = steady(3.0, Square())
    changed = [(3.0 + n / 25, frame(Square(person=5))) for n in range(5)]
    stream = FaceStream(SquareReader())
    _fed(stream, frames)
    moments = _fed(stream, changed)
    assert moments[0].secs == pytest.approx(3.0)


def test_every_frame_is_read_where_that_is_asked_for() -> None:
    stream = FaceStream(SquareReader(), StreamOptions(rate=EVERY_FRAME))
    _fed(stream, steady(1.0, Square()))
    assert (stream.fed, stream.read) == (25, 25)


def test_only_the_face_in_front_is_recognised() -> None:
    reader = SquareReader()
    moment = FaceStream(reader).feed(frame(Square(), Square(left=200, size=40, person=2)), 0.0)
    assert moment is not None
    assert (reader.shown, moment.count, len(moment.faces)) == (1, 2, 1)


def test_all_faces_have_numbers_and_readings_on_request() -> None:
    stream = FaceStream(SquareReader(), StreamOptions(all_faces=True))
    moment = stream.feed(frame(Square(happy=0.9), Square(left=200, size=40, happy=0.1)), 0.0)
    assert moment is not None
    assert [(f.number, f.reading.top()[0][0]) for f in moment.faces] == [(1, "happy"), (2, "sad")]


def test_the_face_in_front_stays_in_front_until_another_is_much_larger() -> None:
    stream = FaceStream(SquareReader(), StreamOptions(rate=EVERY_FRAME))
    sizes = ((60, 50), (56, 58), (50, 64))
    found = []
    for n, (one, other) in enumerate(sizes):
        picture = frame(Square(left=20, size=one), Square(left=200, size=other, person=2))
        moment = stream.feed(picture, n / 25)
        found.append(moment and moment.number)
    assert found == [1, 1, 2]


def test_an_empty_room_abstains_with_the_reason() -> None:
    moment = FaceStream(SquareReader(), StreamOptions(language="ru")).feed(frame(), 0.0)
    assert moment is not None
    assert moment.reading.abstained == "лица не видно"
    assert moment.number is None


def test_a_face_that_leaves_is_not_remembered_as_a_feeling() -> None:
    stream = FaceStream(SquareReader())
    _fed(stream, steady(1.0, Square()))
    moment = stream.feed(frame(background=90), 1.0)
    assert moment is not None
    assert moment.cut
    assert moment.reading.abstained == "no face in sight"


def test_a_face_too_small_abstains_and_keeps_its_number() -> None:
    moment = FaceStream(SquareReader()).feed(frame(Square(size=15)), 0.0)
    assert moment is not None
    assert (moment.number, moment.reading.abstained) == (1, "too small")


def test_a_face_that_brightens_is_said_to() -> None:
    frames = [(n / 25, frame(Square(happy=n / 100))) for n in range(100)]
    moment = _fed(FaceStream(SquareReader()), frames)[-1]
    assert moment.trend.valence > 1.0
    assert "the face is getting more pleasant" in moment.reading.cues


def test_time_that_goes_back_is_refused() -> None:
    stream = FaceStream(SquareReader())
    stream.feed(frame(), 1.0)
    with pytest.raises(BadSignalError, match="time must rise"):
        stream.feed(frame(), 1.0)


@pytest.mark.parametrize("shape", [(180, 320), (180, 320, 4)])
def test_a_frame_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(BadSignalError, match="expected"):
        FaceStream(SquareReader()).feed(np.zeros(shape, dtype=np.uint8), 0.0)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(PerceptionError, match="Known: en, ru"):
        StreamOptions(language="de")


@pytest.mark.slow
def test_memory_does_not_grow_with_the_stream() -> None:
    stream = FaceStream(SquareReader(), StreamOptions(rate=EVERY_FRAME, all_faces=True))
    pictures = [frame(Square(left=10 + 9 * n, person=n)) for n in range(20)]

    def watch(first: int, last: int) -> None:
        for n in range(first, last):
            stream.feed(pictures[n % 20], n / 5)

    tracemalloc.start()
    watch(0, 100)
    gc.collect()  # Python keeps freed tuples for later, which counts as memory
    before = tracemalloc.get_traced_memory()[0]
    watch(100, 300)
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 10_000


def test_another_language_keeps_what_is_known_of_the_faces() -> None:
    stream = FaceStream(SquareReader(), StreamOptions(rate=EVERY_FRAME))
    _fed(stream, steady(1.0, Square()))
    stream.translate(SquareReader(), "ru")
    face = stream.feed(frame(Square()), 1.0)
    nobody = stream.feed(frame(), 1.1)
    assert face is not None
    assert face.number == 1
    assert face.trend.secs == pytest.approx(1.0)
    assert nobody is not None
    assert nobody.reading.abstained == "лица не видно"


def test_another_language_that_is_unknown_is_refused() -> None:
    stream = FaceStream(SquareReader())
    with pytest.raises(PerceptionError, match="language"):
        stream.translate(SquareReader(), "fr")
