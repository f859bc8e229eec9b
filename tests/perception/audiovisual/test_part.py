"""A stretch of a film is a film of its own."""

from pathlib import Path

import numpy as np
import pytest
from tests.perception.audiovisual.layouts import film

from insideout.perception.audiovisual.clips import FilmClip
from insideout.perception.audiovisual.part import FilmPart
from insideout.perception.errors import BadSignalError
from insideout.perception.voice.sound import RATE_HZ


@pytest.fixture
def three_secs(tmp_path: Path) -> Path:
    pictures = [np.full((64, 64, 3), 8 * n, np.uint8) for n in range(30)]
    samples = np.repeat(np.array([0.1, 0.2, 0.3], np.float32), RATE_HZ)
    return film(tmp_path / "three.mkv", pictures, samples)


def test_a_part_begins_at_zero_and_ends_where_it_should(three_secs: Path) -> None:
    part = FilmPart(three_secs, 1.0, 2.0)
    found = list(part)
    assert [round(secs, 1) for secs, _ in found] == [n / 10 for n in range(10)]
    assert part.secs == pytest.approx(1.0, abs=0.02)
    assert part.frames == 10


def test_its_pictures_are_those_of_the_part(three_secs: Path) -> None:
    (_, first), *_ = FilmPart(three_secs, 1.0, 2.0)
    assert float(first.mean()) == pytest.approx(80.0, abs=8.0)


def test_without_an_end_it_goes_on_to_that_of_the_film(three_secs: Path) -> None:
    part = FilmPart(three_secs, 2.5)
    assert len(list(part)) == 5
    assert part.tracks.secs == pytest.approx(0.5, abs=0.2)


def test_the_whole_film_is_a_part(three_secs: Path) -> None:
    assert len(list(FilmPart(three_secs))) == 30


def test_a_part_after_the_end_is_an_error(three_secs: Path) -> None:
    with pytest.raises(BadSignalError, match="no pictures from 5 s"):
        list(FilmPart(three_secs, 5.0, 6.0))


def test_the_sound_is_of_the_same_part(three_secs: Path) -> None:
    clip = FilmClip(name="a", path=three_secs, speaker="s", start_secs=1.2, end_secs=1.8)
    sound = clip.load_sound()
    assert sound.secs == pytest.approx(0.6, abs=0.01)
