"""Films of real people, where the shared folder is there: what is told of them, frame by frame."""

from pathlib import Path

import pytest

from insideout.perception.affect import Emotion
from insideout.perception.face.film import FilmObservation, read_film
from insideout.perception.face.reader import FaceReader
from insideout.perception.face.recognisers import face_recogniser
from insideout.perception.face.stream import StreamOptions
from insideout.perception.face.timeline import at, cuts, gaps
from insideout.perception.weights import OVERRIDE_VARIABLE

FILMS = Path("signals/face/video")
MODEL = Path("models/fer_xception/fer2013_mini_xception_107_64.onnx")
NEGATIVE = {Emotion.SADNESS, Emotion.FEAR, Emotion.ANGER, Emotion.DISGUST, Emotion.CONTEMPT}


@pytest.fixture
def reader(shared: Path, monkeypatch: pytest.MonkeyPatch) -> FaceReader:
    """YuNet and a small recogniser of the shared folder."""
    monkeypatch.setenv(OVERRIDE_VARIABLE, str(shared / "models" / "yunet"))
    return FaceReader(recogniser=face_recogniser(str(shared / MODEL)), all_faces=True)


def _share(found: FilmObservation, start: float, end: float, emotions: set[Emotion]) -> float:
    """Of the frames of 1/24 s between two times, how many lead with one of the emotions."""
    rows = [at(found.timeline, n / 24) for n in range(round(start * 24), round(end * 24))]
    return sum(row is not None and row.emotion in emotions for row in rows) / len(rows)


@pytest.mark.slow
def test_a_woman_cries_then_laughs(reader: FaceReader, shared: Path) -> None:
    found = read_film(shared / FILMS / "WolfgangLanger_Pexels.mp4", reader)
    assert _share(found, 0.0, 9.2, NEGATIVE) >= 0.95
    assert _share(found, 10.2, 19.6, {Emotion.JOY}) >= 0.95
    assert found.read < found.frames / 3
    assert [person.number for person in found.people] == [1]


def test_a_smile_is_told_in_order(reader: FaceReader, shared: Path) -> None:
    found = read_film(shared / FILMS / "single_face.mp4", reader)
    told = [episode.emotion for episode in found.episodes]
    assert told[:2] == [Emotion.NEUTRAL, Emotion.JOY]
    assert found.episodes[1].start_secs == pytest.approx(0.6, abs=0.4)


@pytest.mark.slow
def test_a_title_after_a_cut_has_no_face(reader: FaceReader, shared: Path) -> None:
    found = read_film(shared / FILMS / "face_noface.mov", reader)
    assert list(cuts(found.timeline)) == pytest.approx([2.4], abs=0.1)
    ((start, end),) = gaps(found.timeline)
    assert [start, end] == pytest.approx([2.4, found.secs], abs=0.1)


@pytest.mark.slow
def test_people_of_different_shots_have_different_numbers(reader: FaceReader, shared: Path) -> None:
    film = shared / FILMS / "short_hamilton_clip.mp4"
    found = read_film(film, reader, StreamOptions(all_faces=True))
    assert cuts(found.timeline) == pytest.approx((1.5, 3.6, 7.9), abs=0.1)
    for person in found.people:
        inside = [cut for cut in cuts(found.timeline) if person.first_secs < cut < person.last_secs]
        assert inside == []
