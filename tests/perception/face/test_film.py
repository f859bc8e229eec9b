import json
from pathlib import Path

import pytest
from tests.perception.face.frames import Square, SquareReader, frame, steady, write_film

from insideout.perception.affect import Emotion
from insideout.perception.errors import BadSignalError
from insideout.perception.face.face import DetectedFace, Picture
from insideout.perception.face.film import FilmObservation, read_film
from insideout.perception.face.stream import StreamOptions


def _later(frames: list[tuple[float, Picture]], secs: float) -> list[tuple[float, Picture]]:
    return [(secs + at, picture) for at, picture in frames]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds sad, two happy, two without a face; the last two after a cut."""
    frames = [
        *steady(2.0, Square(happy=0.02)),
        *_later(steady(2.0, Square(happy=0.98)), 2.0),
        *[(4.0 + n / 25, frame(background=140)) for n in range(50)],
    ]
    return write_film(tmp_path_factory.mktemp("film") / "a.mp4", frames)


@pytest.fixture(scope="module")
def seen(film: Path) -> FilmObservation:
    return read_film(film, SquareReader())


def test_the_film_is_told_in_episodes(seen: FilmObservation) -> None:
    found = [(round(e.start_secs, 1), e.emotion) for e in seen.episodes]
    assert found == [
        (0.0, Emotion.SADNESS),
        (pytest.approx(2.0, abs=0.3), Emotion.JOY),
        (4.0, None),
    ]


def test_the_reading_says_how_it_went(seen: FilmObservation) -> None:
    assert seen.reading.cues == ("looks sad for 2 s, then happy for 2 s",)
    assert seen.reading.probabilities["happy"] == pytest.approx(0.5, abs=0.1)
    assert seen.reading.start_secs == 0.0
    assert seen.reading.end_secs == pytest.approx(6.0, abs=0.05)


def test_the_descriptors_are_of_single_frames(seen: FilmObservation) -> None:
    assert seen.descriptors is not None
    assert seen.descriptors.least["happy"] < 0.1
    assert seen.descriptors.most["happy"] > 0.9
    assert seen.descriptors.std["happy"] == pytest.approx(0.47, abs=0.05)


def test_time_without_a_face_is_remarked(seen: FilmObservation) -> None:
    assert "no face for 33% of the time" in seen.remarks


def test_few_frames_are_read(seen: FilmObservation) -> None:
    assert seen.frames == 150
    assert seen.read < 50


def test_the_json_is_plain_and_whole(seen: FilmObservation) -> None:
    record = json.loads(json.dumps(seen.to_json()))
    assert record["cuts"] == [pytest.approx(4.0, abs=0.05)]
    assert record["people"][0]["reading"]["modality"] == "face"
    assert len(record["timeline"]) == seen.read
    assert record["episodes"][-1]["emotion"] is None


def test_progress_is_told(film: Path) -> None:
    told: list[tuple[float, float | None]] = []
    read_film(film, SquareReader(), watch=lambda secs, total: told.append((secs, total)))
    assert told[-1][0] == pytest.approx(5.96, abs=0.01)
    assert told[-1][1] == pytest.approx(6.0, abs=0.05)


def test_a_film_without_a_face_abstains(tmp_path: Path) -> None:
    found = read_film(write_film(tmp_path / "a.mp4", steady(1.0)), SquareReader())
    assert found.reading.abstained == "no face in the film"
    assert found.descriptors is None
    assert found.remarks == ()


def test_a_film_of_faces_too_small_says_so(tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mp4", steady(1.0, Square(size=16)))
    found = read_film(path, SquareReader(), StreamOptions(language="ru"))
    assert found.reading.abstained == "ни одно лицо в фильме не видно достаточно хорошо"


def test_several_people_have_readings_of_their_own(tmp_path: Path) -> None:
    squares = (Square(happy=0.02), Square(left=200, size=50, happy=0.98, person=2))
    path = write_film(tmp_path / "a.mp4", steady(1.0, *squares))
    found = read_film(path, SquareReader(), StreamOptions(all_faces=True))
    tops = [person.reading and person.reading.top()[0][0] for person in found.people]
    assert tops == ["sad", "happy"]
    assert any("2 faces are seen" in remark for remark in found.remarks)


def test_what_the_face_does_for_long_is_told(film: Path) -> None:
    class Lips:
        def cues(self, picture: Picture, face: DetectedFace) -> tuple[str, ...]:
            wide = picture[int(face.box.top) + 30, int(face.box.left) + 30, 0] > 128
            return ("lips apart (AU25)",) if wide else ()

    found = read_film(film, SquareReader(cues=Lips()))
    assert found.reading.cues == ("looks sad for 2 s, then happy for 2 s", "lips apart (AU25)")


def test_a_film_of_one_frame_is_read(tmp_path: Path) -> None:
    found = read_film(write_film(tmp_path / "a.mp4", [(0.0, frame(Square()))]), SquareReader())
    assert found.reading.top()[0][0] == "happy"


def test_a_film_that_breaks_off_is_remarked(tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mkv", [(n / 25, frame(Square(left=n))) for n in range(100)])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert any("breaks off" in remark for remark in read_film(path, SquareReader()).remarks)


def test_a_sound_is_no_film(tmp_path: Path) -> None:
    with pytest.raises(BadSignalError, match="no picture track"):
        read_film(write_film(tmp_path / "a.mp4", [], sound_secs=0.5), SquareReader())
