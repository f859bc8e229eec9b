from dataclasses import replace

import numpy as np
import pytest

from insideout.perception.face.aligning import cut, tilt_degrees
from insideout.perception.face.face import DetectedFace, FaceBox, Picture

pytest.importorskip("cv2")


def _ramp() -> Picture:
    """200 wide, 160 high; red grows to the right, green downwards."""
    picture = np.zeros((160, 200, 3), dtype=np.uint8)
    picture[..., 0] = np.arange(200)[None, :]
    picture[..., 1] = np.arange(160)[:, None]
    return picture


FACE = DetectedFace(box=FaceBox(left=60.0, top=40.0, width=40.0, height=80.0), score=0.9)


def test_the_square_is_as_long_as_the_longer_side() -> None:
    found = cut(_ramp(), FACE, 80, upright=False)
    assert found[:, 0, 0] == pytest.approx(40, abs=1)
    assert found[0, :, 1] == pytest.approx(40, abs=1)
    assert found[:, -1, 0] == pytest.approx(119, abs=1)


def test_a_stretched_face_fills_the_square_with_its_box() -> None:
    found = cut(_ramp(), FACE, 80, stretched=True)
    assert found[:, 0, 0] == pytest.approx(60, abs=1)
    assert found[:, -1, 0] == pytest.approx(99, abs=1)


@pytest.mark.parametrize("size", [8, 20, 48])
def test_a_large_face_keeps_its_place_when_made_small(size: int) -> None:
    found = cut(_ramp(), FACE, size, upright=False)
    middle = found[:, size // 2 - 1 : size // 2 + 1, 0].mean()
    assert middle == pytest.approx(79.5, abs=0.6)


def test_a_margin_takes_in_more() -> None:
    assert cut(_ramp(), FACE, 80, 1.5, upright=False)[40, 0, 0] == pytest.approx(20, abs=1)


def test_beyond_the_picture_its_border_goes_on() -> None:
    edge = replace(FACE, box=FaceBox(left=-40.0, top=0.0, width=80.0, height=80.0))
    assert (cut(_ramp(), edge, 80, upright=False)[:, :35, 0] <= 1).all()


def test_a_face_wholly_outside_does_not_break() -> None:
    away = replace(FACE, box=FaceBox(left=900.0, top=900.0, width=80.0, height=80.0))
    assert cut(_ramp(), away, 48).shape == (48, 48, 3)


def test_a_tilted_face_is_set_upright() -> None:
    tilted = np.array([[70, 60], [90, 80], [75, 85], [60, 80], [75, 95]], dtype=np.float32)
    face = replace(FACE, landmarks=tilted)
    assert tilt_degrees(face) == pytest.approx(45.0)
    found = cut(_ramp(), face, 80)
    # Along a row of the upright face both red and green grow, as along the line of the eyes.
    row = found[40, 10:70].astype(int)
    assert row[-1, 0] - row[0, 0] == pytest.approx(42, abs=3)
    assert row[-1, 1] - row[0, 1] == pytest.approx(42, abs=3)


def test_very_long_pictures_are_cut_too() -> None:
    panorama = np.zeros((64, 40_000, 3), dtype=np.uint8)
    face = replace(FACE, box=FaceBox(left=39_900.0, top=0.0, width=50.0, height=60.0))
    assert cut(panorama, face, 48).shape == (48, 48, 3)
