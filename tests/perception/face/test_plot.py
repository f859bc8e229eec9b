from pathlib import Path

import numpy as np
import pytest
from tests.perception.face.frames import Square, SquareReader, frame, steady, write_film

from insideout.perception.errors import PerceptionError
from insideout.perception.face.film import FilmReading
from insideout.perception.face.film_frames import Film
from insideout.perception.face.plot import Stills, check_plot, plot
from insideout.perception.face.stream import FaceStream


def _drawn(path: Path, to: Path, language: str = "en") -> Stills:
    film = Film(path)
    reading, stills = FilmReading(film, SquareReader()), Stills(secs=film.tracks.secs)
    for secs, picture, moment in reading.moments():
        stills.look(secs, picture, moment)
    plot(reading.observation(), to, "a film", stills.kept, language)
    return stills


def test_a_film_is_drawn_with_its_pictures(tmp_path: Path) -> None:
    frames = [*steady(1.0, Square()), *[(1.0 + n / 25, frame(background=150)) for n in range(25)]]
    stills = _drawn(write_film(tmp_path / "a.mp4", frames), tmp_path / "out.png", "ru")
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")
    assert len(stills.kept) == 10
    assert stills.kept[0].across == pytest.approx(70 / 320, abs=0.02)


def test_a_film_in_which_nothing_was_read_is_drawn(tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mp4", steady(0.2, Square(size=15)))
    _drawn(path, tmp_path / "out.png")
    assert (tmp_path / "out.png").stat().st_size > 10_000


def test_a_film_can_be_drawn_without_its_pictures(tmp_path: Path) -> None:
    reading = FilmReading(
        Film(write_film(tmp_path / "a.mp4", steady(0.4, Square()))), SquareReader()
    )
    list(reading.moments())
    plot(reading.observation(), tmp_path / "out.pdf", "a film")
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_an_unknown_kind_of_picture_is_refused(tmp_path: Path) -> None:
    reading = FilmReading(
        Film(write_film(tmp_path / "a.mp4", steady(0.2, Square()))), SquareReader()
    )
    list(reading.moments())
    with pytest.raises(PerceptionError, match=r"name a \.png"):
        plot(reading.observation(), tmp_path / "out.docx", "a film")


def test_where_to_draw_is_checked_beforehand(tmp_path: Path) -> None:
    check_plot(tmp_path / "out.PNG")
    for path in (tmp_path / "out.docx", tmp_path / "gone" / "out.png", tmp_path / "out"):
        with pytest.raises(PerceptionError, match="cannot be written"):
            check_plot(path)


def test_a_film_of_unknown_length_gives_few_pictures() -> None:
    reader = SquareReader()
    stills = Stills(secs=None)
    moment = FaceStream(reader).feed(frame(Square()), 0.0)
    assert moment is not None
    for secs in range(3000):
        stills.look(float(secs), np.zeros((40, 60, 3), dtype=np.uint8), moment)
    assert len(stills.kept) == 10
