from pathlib import Path

import numpy as np
import pytest
from tests.perception.face.frames import Square, SquareReader, steady, write_film

from insideout.eval.film_rate import Ran, compare, summary


def test_a_still_face_is_read_less_and_said_the_same(tmp_path: Path) -> None:
    film = write_film(tmp_path / "a.mp4", steady(3.0, Square()))
    found = compare(film, SquareReader())
    assert found["every"].read == 75
    assert found["adaptive"].read == pytest.approx(found["fixed"].read, abs=1)
    assert found["adaptive"].read < 12
    assert found["adaptive"].same.all()
    assert found["fixed"].same.all()


def test_the_summary_counts_moments_of_all_films() -> None:
    same = np.array([True] * 50 + [False] * 10)
    one = Ran(frames=60, read=6, cpu_secs=0.6, same=same)
    other = Ran(frames=40, read=4, cpu_secs=0.4, same=np.ones(40, dtype=np.bool_))
    found = summary([one, other])
    assert (found["n"], found["same"], found["read"], found["cpu_ms"]) == (100, 0.9, 0.1, 10.0)
    low, high = found["interval"]
    assert low < 0.9 < high
