from pathlib import Path

import av
import numpy as np
import pytest
from tests.perception.face.frames import Square, SquareReader, frame, steady, write_film

from insideout.perception.affect import Emotion
from insideout.perception.errors import PerceptionError
from insideout.perception.face.annotate import AnnotatedFilm, annotate_photo
from insideout.perception.face.colours import rgb
from insideout.perception.face.drawing import draw
from insideout.perception.face.face import FaceObservation
from insideout.perception.face.film import FilmReading
from insideout.perception.face.film_frames import Film


def _annotated(source: Path, to: Path) -> Path:
    reading = FilmReading(Film(source), SquareReader())
    with AnnotatedFilm(to, source) as drawn:
        for secs, picture, moment in reading.moments():
            drawn.write(picture, secs, moment)
    return to


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_a_film_keeps_its_times_and_its_sound(tmp_path: Path, suffix: str) -> None:
    times = [0.0, 0.04, 0.08, 0.4, 0.44, 0.8]
    source = write_film(
        tmp_path / "a.mp4", [(secs, frame(Square())) for secs in times], sound_secs=0.9
    )
    film = Film(_annotated(source, tmp_path / f"out{suffix}"))
    assert [secs for secs, _ in film] == pytest.approx(times, abs=0.05)
    assert film.tracks.sound
    with av.open(str(film.path)) as container:
        heard = sum(block.samples for block in container.decode(audio=0))
    assert heard / 16_000 == pytest.approx(0.9, abs=0.15)


def test_a_face_is_marked_in_the_colour_of_its_emotion() -> None:
    reader = SquareReader()
    picture = frame(Square(size=80))
    drawn = draw(picture, reader.seen(picture, reader.detector.detect(picture)))
    marked = (drawn != picture).any(axis=2)
    assert (drawn[marked] == rgb(Emotion.JOY)).all(axis=1).sum() > 200
    assert not marked[5:20, 200:].any()


def test_a_face_at_the_edge_is_drawn_inside_the_picture() -> None:
    reader = SquareReader()
    picture = frame(Square(left=250, top=0, size=70), Square(left=0, top=110, size=70, happy=0.0))
    faces = reader.seen(picture, reader.detector.detect(picture))
    assert draw(picture, faces, "ru").shape == picture.shape


def test_a_photo_is_written(tmp_path: Path) -> None:
    reader = SquareReader()
    picture = frame(Square())
    faces = reader.seen(picture, reader.detector.detect(picture))
    observation = FaceObservation(reading=faces[0].reading, faces=faces)
    annotate_photo(picture, observation, tmp_path / "out.png")
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(PerceptionError, match=r"name a \.png"):
        annotate_photo(picture, observation, tmp_path / "out.docx")


def test_odd_sizes_are_cut_to_what_films_can_hold(tmp_path: Path) -> None:
    picture = np.ascontiguousarray(frame(Square())[:179, :319])
    source = write_film(tmp_path / "a.mkv", steady(0.2, Square()))
    reading = FilmReading(Film(source), SquareReader())
    moment = next(iter(reading.moments()))[2]
    with AnnotatedFilm(tmp_path / "out.mp4") as drawn:
        drawn.write(picture, 0.0, moment)
    assert next(iter(Film(tmp_path / "out.mp4")))[1].shape == (178, 318, 3)


def test_another_kind_of_file_and_the_film_itself_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PerceptionError, match=r"written as \.mp4"):
        AnnotatedFilm(tmp_path / "out.gif")
    with pytest.raises(PerceptionError, match="the film that is read"):
        AnnotatedFilm(tmp_path / "a.mp4", tmp_path / "a.mp4")


def test_what_was_begun_is_deleted_when_reading_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), AnnotatedFilm(tmp_path / "out.mp4"):
        raise RuntimeError
    assert not (tmp_path / "out.mp4").exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PerceptionError, match="cannot be written"):
        AnnotatedFilm(tmp_path / "gone" / "out.mp4").__enter__()
