from collections.abc import Iterator
from itertools import count
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from tests.perception.face.frames import Square, SquareReader, steady, write_film

from insideout.perception.errors import BadSignalError
from insideout.perception.face.face import Picture
from insideout.perception.face.stream import FaceStream
from insideout.perception.face.webcam import Camera, newest

_BLACK = np.zeros((4, 4, 3), dtype=np.uint8)


@pytest.fixture
def camera(tmp_path: Path) -> Camera:
    """A film in the place of a camera, a tick of its clock a frame; it vanishes where it ends."""
    ticks = count()
    path = write_film(tmp_path / "a.mp4", steady(1.0, Square()))
    return Camera(str(path), clock=lambda: next(ticks) / 25)


def test_a_camera_is_read_until_it_vanishes(camera: Camera) -> None:
    stream = FaceStream(SquareReader())
    with pytest.raises(BadSignalError, match=r"stopped sending pictures after 1\.0 s"):
        list(stream.moments(camera))
    assert stream.fed == 25
    assert stream.moment is not None
    assert stream.moment.reading.top()[0][0] == "happy"


def test_a_camera_that_is_not_there_is_told() -> None:
    with pytest.raises(BadSignalError, match="there is no camera 97"):
        next(iter(Camera("97")))


def test_the_frames_of_a_source_that_ends_end() -> None:
    assert len(list(newest([(0.0, _BLACK)]))) == 1


def test_the_newest_frame_is_given_and_older_ones_are_dropped() -> None:
    taken, produced = Event(), Event()

    class Fast:
        def __iter__(self) -> Iterator[tuple[float, Picture]]:
            yield 0.0, _BLACK
            taken.wait(5.0)
            for n in range(1, 100):
                yield float(n), _BLACK
            produced.set()

    frames = newest(Fast())
    assert next(frames)[0] == 0.0
    taken.set()
    assert produced.wait(5.0)
    assert next(frames)[0] == 99.0


def test_what_a_camera_raises_is_raised() -> None:
    class Broken:
        def __iter__(self) -> Iterator[tuple[float, Picture]]:
            yield 0.0, _BLACK
            raise BadSignalError("unplugged")

    with pytest.raises(BadSignalError, match="unplugged"):
        list(newest(Broken()))


def test_a_camera_that_hangs_is_given_up() -> None:
    left = Event()

    class Hanging:
        def __iter__(self) -> Iterator[tuple[float, Picture]]:
            left.wait(5.0)
            yield from ()

    with pytest.raises(BadSignalError, match="has sent no picture"):
        list(newest(Hanging(), quiet_secs=0.05))
    left.set()
