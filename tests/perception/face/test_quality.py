from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.perception.face.drawings import cartoon, smiley

from insideout.perception.face.detecting import YuNet
from insideout.perception.face.face import DetectedFace, FaceBox, Picture
from insideout.perception.face.libraries import need
from insideout.perception.face.lighting import USUAL_RANGE, grey_range, lit
from insideout.perception.face.loading import load_picture
from insideout.perception.face.quality import (
    LEAST,
    LEAST_PX,
    face_quality,
    head_pose,
    judged,
)

pytest.importorskip("cv2")

Seen = tuple[Picture, DetectedFace]


@pytest.fixture
def seen(yunet: Path, photos: Path) -> Seen:
    picture = load_picture(photos / "faceapi_neutral.jpg")
    return picture, YuNet(yunet).detect(picture)[0]


def test_a_clear_face_is_of_high_quality(seen: Seen) -> None:
    assert face_quality(*seen).overall > 0.8


@pytest.mark.parametrize(("pixels", "enough"), [(19.0, False), (24.0, True)])
def test_faces_of_twenty_pixels_are_too_small(seen: Seen, pixels: float, enough: bool) -> None:
    picture, face = seen
    box = replace(face.box, width=pixels, height=1.3 * pixels)
    assert (face_quality(picture, replace(face, box=box)).size >= LEAST) == enough
    assert LEAST_PX == 22.0


def test_blur_spoils_a_face(seen: Seen) -> None:
    cv: Any = need("cv2")
    picture, face = seen
    grades = [
        face_quality(
            cv.GaussianBlur(picture, (0, 0), share * face.box.width), face
        ).sharpness
        for share in (0.005, 0.02, 0.03, 0.06)
    ]  # fmt: skip
    assert grades == sorted(grades, reverse=True)
    assert grades[-1] < LEAST < grades[1]


def test_rounding_in_the_dark_is_no_sharpness(seen: Seen) -> None:
    cv = pytest.importorskip("cv2")
    picture, face = seen
    blurred = cv.GaussianBlur(picture, (0, 0), 0.04 * face.box.width)
    dark = (blurred * 0.1).astype(np.uint8)
    assert face_quality(dark, face).sharpness <= face_quality(blurred, face).sharpness + 0.1


def test_dim_light_is_enough_and_darkness_is_not(seen: Seen) -> None:
    picture, face = seen
    grades = [
        face_quality((picture * share).astype(np.uint8), face).light for share in (0.5, 0.2, 0.03)
    ]
    assert grades[0] > grades[1] > LEAST > grades[2]


def test_a_burnt_out_face_is_of_low_quality(seen: Seen) -> None:
    picture, face = seen
    burnt = np.clip(picture * 12.0, 0, 255).astype(np.uint8)
    assert face_quality(burnt, face).light < LEAST


def test_the_tone_of_the_skin_does_not_count(scene: Picture, middle_face: DetectedFace) -> None:
    grain = scene.astype(np.int16) - int(scene.mean())
    dark, light = (np.clip(grain + tone, 0, 255).astype(np.uint8) for tone in (40, 210))
    assert face_quality(dark, middle_face).light == face_quality(light, middle_face).light


@pytest.mark.parametrize(
    ("nose", "degrees"), [(100.0, 0.0), (113.2, 45.0), (86.8, -45.0), (122.9, 60.0)]
)
def test_the_pose_follows_the_nose(middle_face: DetectedFace, nose: float, degrees: float) -> None:
    assert middle_face.landmarks is not None
    landmarks = middle_face.landmarks.copy()
    landmarks[2, 0] = nose
    assert head_pose(landmarks)[0] == pytest.approx(degrees, abs=0.5)


def test_a_tilted_head_is_still_frontal(middle_face: DetectedFace) -> None:
    assert middle_face.landmarks is not None
    angle = np.radians(30.0)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    yaw, nose = head_pose((middle_face.landmarks @ turn.T).astype(np.float32))
    upright_yaw, upright_nose = head_pose(middle_face.landmarks)
    assert (yaw, nose) == pytest.approx((upright_yaw, upright_nose), abs=1e-3)


def test_a_covered_mouth_is_noticed(seen: Seen) -> None:
    picture, face = seen
    hidden = picture.copy()
    top = round(face.box.top + 0.6 * face.box.height)
    hidden[top : round(face.box.top + face.box.height)] = 90
    assert face_quality(hidden, face).uncovered < LEAST


def test_half_a_face_is_noticed(yunet: Path, seen: Seen) -> None:
    picture, face = seen
    half = np.ascontiguousarray(picture[: round(face.box.top + 0.5 * face.box.height)])
    found = YuNet(yunet).detect(half)
    assert not found or face_quality(half, found[0]).uncovered < LEAST


def test_without_landmarks_only_the_edge_and_the_pixels_count(seen: Seen) -> None:
    picture, face = seen
    plain = replace(face, landmarks=None)
    assert face_quality(picture, plain).pose == 1.0
    away = replace(plain, box=FaceBox(left=-80.0, top=0.0, width=100.0, height=100.0))
    assert face_quality(picture, away).uncovered == 0.0


def test_degenerate_boxes_are_judged_and_not_broken_on(scene: Picture) -> None:
    landmarks = np.full((5, 2), 7.0, dtype=np.float32)
    dot = DetectedFace(
        box=FaceBox(left=7.0, top=7.0, width=0.0, height=0.0), score=0.6, landmarks=landmarks
    )
    assert face_quality(scene, dot).overall == 0.0


def test_drawn_faces_are_told_from_photos(yunet: Path, seen: Seen) -> None:
    detector = YuNet(yunet)
    assert detector.detect(smiley()) == []
    (drawn,) = detector.detect(cartoon())
    assert judged(cartoon(), drawn)[1]
    assert not judged(*seen)[1]


def test_a_strongly_packed_photo_is_no_drawing(seen: Seen) -> None:
    cv: Any = need("cv2")
    picture, face = seen
    packed = cv.imencode(".jpg", picture, [cv.IMWRITE_JPEG_QUALITY, 10])[1]
    assert not judged(cv.imdecode(packed, cv.IMREAD_COLOR), face)[1]


def test_a_dim_face_is_brought_to_the_usual_contrast(scene: Picture) -> None:
    low, high = grey_range(lit(scene // 10))
    assert high - low == pytest.approx(USUAL_RANGE, rel=0.15)


def test_a_well_lit_face_is_left_alone() -> None:
    ramp = np.repeat(np.arange(0, 250, dtype=np.uint8)[None, :, None], 50, axis=0).repeat(3, axis=2)
    assert lit(ramp) is ramp
