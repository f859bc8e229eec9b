import cv2
import numpy as np
import pytest

from insideout.perception.face.cues.region import MARGIN, Region
from insideout.perception.face.face import DetectedFace, FaceBox

BOX = FaceBox(left=20.0, top=30.0, width=40.0, height=60.0)


def _landmarks(right_eye: tuple[float, float], left_eye: tuple[float, float]) -> np.ndarray:
    return np.array([right_eye, left_eye, (40, 60), (32, 75), (48, 75)], dtype=np.float32)


def test_the_square_is_one_and_a_half_of_the_longer_side() -> None:
    region = Region.around(DetectedFace(box=BOX, score=1.0))
    assert (region.middle, region.side) == ((40.0, 60.0), MARGIN * 60.0)


def test_without_landmarks_it_is_not_turned() -> None:
    assert Region.around(DetectedFace(box=BOX, score=1.0)).angle == 0.0


def test_it_is_turned_by_the_line_of_the_eyes() -> None:
    face = DetectedFace(box=BOX, score=1.0, landmarks=_landmarks((30, 45), (50, 65)))
    assert Region.around(face).angle == pytest.approx(np.pi / 4)


def test_a_face_of_no_size_still_has_a_square() -> None:
    flat = FaceBox(left=5.0, top=5.0, width=0.0, height=0.0)
    assert Region.around(DetectedFace(box=flat, score=1.0)).side == 1.0


def test_a_turned_face_stands_upright_in_the_crop() -> None:
    picture = np.zeros((200, 200, 3), dtype=np.uint8)
    cv2.circle(picture, (80, 80), 6, (255, 0, 0), -1)  # right eye
    cv2.circle(picture, (120, 120), 6, (0, 255, 0), -1)  # left eye
    crop = Region(middle=(100.0, 100.0), side=120.0, angle=np.pi / 4).cut(cv2, picture, 120)
    rows = [np.argwhere(crop[:, :, channel] > 128).mean(axis=0) for channel in (0, 1)]
    assert rows[0] == pytest.approx([59.5, 31.9], abs=0.3)
    assert rows[1] == pytest.approx([59.5, 88.5], abs=0.3)


def test_places_in_the_crop_are_found_again_in_the_picture() -> None:
    region = Region(middle=(100.0, 90.0), side=120.0, angle=np.pi / 4)
    middle, right = np.array([[128.0, 128.0], [256.0, 128.0]], dtype=np.float32)
    places = region.in_picture(np.stack([middle, right]), 256)
    assert places == pytest.approx(
        np.array([[100.0, 90.0], [100.0 + 60 / 2**0.5, 90.0 + 60 / 2**0.5]]), abs=1e-3
    )


def test_the_second_square_is_that_of_the_landmarks() -> None:
    places = np.full((478, 2), 50.0, dtype=np.float32)
    places[0], places[1] = (10.0, 40.0), (90.0, 80.0)
    places[33], places[263] = (30.0, 50.0), (70.0, 50.0)
    region = Region.of_landmarks(places)
    assert (region.middle, region.side, region.angle) == ((50.0, 60.0), MARGIN * 80.0, 0.0)
