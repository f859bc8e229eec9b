import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.perception.face.frames import Square, SquareReader, frame
from tests.service.conftest import Cli
from tests.service.faces import DETECTOR, FILMS, MODEL

from insideout.perception.errors import BadSignalError
from insideout.perception.face.face import Picture
from insideout.perception.face.frame_rate import EVERY_FRAME
from insideout.perception.face.stream import FaceStream, StreamOptions
from insideout.perception.weights import OVERRIDE_VARIABLE
from insideout.service.cli.perceive_webcam import _changes, _moments, _record


class Faces:
    """A camera that sends these, 0.1 s apart, and is unplugged then."""

    def __init__(self, *pictures: Picture) -> None:
        self._pictures = pictures

    def __iter__(self) -> Iterator[tuple[float, Picture]]:
        yield from ((n / 10, picture) for n, picture in enumerate(self._pictures))
        raise BadSignalError("unplugged")


def _stream() -> FaceStream:
    return FaceStream(SquareReader(), StreamOptions(rate=EVERY_FRAME))


def test_a_camera_that_vanishes_is_an_error_after_what_was_seen() -> None:
    moments = _moments(_stream(), Faces(frame(Square())), None)
    assert next(moments).number == 1
    with pytest.raises(BadSignalError, match="unplugged"):
        next(moments)


def test_the_time_that_was_asked_for_ends_it() -> None:
    assert list(_moments(_stream(), Faces(frame(Square())), 0.0)) == []


def test_only_changes_are_told_and_one_a_second() -> None:
    stream = _stream()
    faces = [frame(Square())] * 25 + [frame()] * 3
    moments = (stream.feed(picture, n / 10) for n, picture in enumerate(faces))
    told = [moment.secs for moment in _changes(m for m in moments if m is not None)]
    assert told == pytest.approx([0.0, 1.0, 2.0, 2.5])


def test_a_line_of_json_is_plain() -> None:
    moment = _stream().feed(frame(Square(), Square(left=200, size=40)), 0.0)
    assert moment is not None
    record = json.loads(json.dumps(_record(moment)))
    assert (record["face"], record["count"], len(record["faces"])) == (1, 2, 1)
    assert record["state"]["emotion"] == "joy"


def test_a_film_in_the_place_of_a_camera(
    cli: Cli, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OVERRIDE_VARIABLE, str(shared / DETECTOR))
    film = str(shared / FILMS / "single_face.mp4")
    ran = cli(
        "perceive", "--webcam", "--camera", film, "--face-model", str(shared / MODEL), "--json"
    )
    assert ran.code == 2
    assert "stopped sending pictures" in ran.err
    assert "no picture was kept" in ran.err
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert lines
    assert lines[0]["state"]["emotion"] in ("neutral", "joy")


def test_a_camera_that_is_not_there_is_told(
    cli: Cli, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OVERRIDE_VARIABLE, str(shared / DETECTOR))
    ran = cli("perceive", "--webcam", "--camera", "97", "--face-model", str(shared / MODEL))
    assert ran.code == 2
    assert "there is no camera 97" in ran.err
