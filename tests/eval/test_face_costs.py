"""What `make bench-face` works with."""

from pathlib import Path

import numpy as np
import pytest

from insideout.eval.bench_face import Places, recognisers
from insideout.eval.errors import DataSetError
from insideout.eval.face_costs import EVERY, JOY, NEGATIVE, framed, frames, over_and_over, share
from insideout.perception.affect import Emotion
from insideout.perception.errors import PerceptionError
from insideout.perception.face.timeline import Row

pytest.importorskip("cv2")
pytest.importorskip("av")


def _row(start: float, end: float, emotion: Emotion | None) -> Row:
    shares = tuple(float(one is emotion) for one in Emotion) if emotion else ()
    return Row(start_secs=start, end_secs=end, number=1, face=True, shares=shares)


def test_the_share_is_of_time_and_silence_counts_against_it() -> None:
    rows = [_row(0, 6, Emotion.SADNESS), _row(6, 8, None), _row(8, 12, Emotion.JOY)]
    assert share(rows, 0.0, 10.0, NEGATIVE) == 0.6
    assert share(rows, 8.0, 12.0, JOY) == 1.0
    assert share(rows, 6.0, 8.0, JOY) == 0.0


@pytest.mark.parametrize("size", [(360, 640), (720, 1280), (480, 640)])
def test_every_frame_is_of_640_by_480(size: tuple[int, int]) -> None:
    shot = framed(np.full((*size, 3), 7, dtype=np.uint8))
    assert shot.shape == (480, 640, 3)
    assert (shot[: min(480, size[0])] == 7).all()


def test_the_film_begins_anew_and_time_goes_on(shared: Path) -> None:
    film = shared / "signals" / "face" / "video" / "single_face.mp4"
    times = [secs for secs, _ in over_and_over(film, 6.0)]
    assert times == sorted(set(times))
    assert len(times) > 72 * 2
    assert 5.9 < times[-1] < 6.0


def test_a_few_frames_of_the_film_are_taken(shared: Path) -> None:
    film = shared / "signals" / "face" / "video" / "single_face.mp4"
    assert len(frames(film)) == 72 / EVERY


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataSetError, match=r"models.*INSIDEOUT_SHARED"):
        Places.of(tmp_path)


def test_models_without_a_card_are_left_out_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "other.onnx").write_bytes(b"nothing")
    _, left_out = recognisers(tmp_path)
    assert "no card" in left_out["other.onnx"]


def test_a_model_that_was_asked_for_is_not_left_out_silently(tmp_path: Path) -> None:
    with pytest.raises(PerceptionError, match="nobody"):
        recognisers(tmp_path, ["nobody"])
