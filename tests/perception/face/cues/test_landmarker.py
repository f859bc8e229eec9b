import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from insideout.perception.errors import PerceptionError, WeightsError
from insideout.perception.face.cues.blendshapes import BlendshapeCues
from insideout.perception.face.cues.landmarker import BUNDLE, FaceLandmarker
from insideout.perception.face.cues.names import BLENDSHAPES
from insideout.perception.face.face import DetectedFace, FaceBox, Picture
from insideout.perception.weights import sha256

# Where YuNet finds the faces of the photos: left, top, width, height.
HAPPY = (260.0, 37.0, 142.0, 196.0)
NEUTRAL = (247.0, 43.0, 126.0, 176.0)
SURPRISED = (183.0, 56.0, 146.0, 224.0)


def _face(left: float, top: float, width: float, height: float) -> DetectedFace:
    return DetectedFace(
        box=FaceBox(left=left, top=top, width=width, height=height), score=0.9
    )  # fmt: skip


@pytest.fixture(scope="module")
def bundle(shared: Path) -> Path:
    pytest.importorskip("ai_edge_litert", reason="the extra `blendshapes` is not installed")
    return shared / "models" / "mediapipe_face_landmarker" / BUNDLE.name


@pytest.fixture(scope="module")
def landmarker(bundle: Path) -> FaceLandmarker:
    return FaceLandmarker(bundle)


def _photo(shared: Path, name: str) -> Picture:
    images = pytest.importorskip("PIL.Image")
    path = shared / "signals" / "face" / "photos" / f"faceapi_{name}.jpg"
    return np.asarray(images.open(path).convert("RGB"))


def test_without_litert_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ai_edge_litert.interpreter", None)
    with pytest.raises(PerceptionError, match=r'pip install "insideout-emotions\[blendshapes\]"'):
        BlendshapeCues()


def test_the_bundle_is_the_published_one(bundle: Path) -> None:
    assert sha256(bundle) == BUNDLE.sha256


def test_the_scores_are_those_of_mediapipe(shared: Path, landmarker: FaceLandmarker) -> None:
    # mediapipe 1.2.2 on the same photo; its own detector places the face a little otherwise.
    expected = {
        "mouthSmileLeft": 0.92,
        "mouthSmileRight": 0.88,
        "mouthUpperUpLeft": 0.74,
        "mouthUpperUpRight": 0.70,
        "jawOpen": 0.06,
    }
    found = landmarker.blendshapes(_photo(shared, "happy"), _face(*HAPPY))
    assert found is not None
    assert list(found) == list(BLENDSHAPES)
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=0.1)


def test_a_turned_face_scores_as_the_upright_one(shared: Path, landmarker: FaceLandmarker) -> None:
    upright = _photo(shared, "happy")
    left, top, width, height = HAPPY
    turned = np.ascontiguousarray(np.rot90(upright))  # a quarter to the left
    face = DetectedFace(
        box=FaceBox(left=top, top=upright.shape[1] - left - width, width=height, height=width),
        score=0.9,
        landmarks=np.array([[90, 210], [90, 130], [120, 170], [160, 200], [160, 140]], np.float32),
    )
    found = landmarker.blendshapes(turned, face)
    assert found is not None
    assert found["mouthSmileLeft"] == pytest.approx(0.92, abs=0.1)


def test_the_cues_say_what_is_to_be_seen(shared: Path, landmarker: FaceLandmarker) -> None:
    cues = BlendshapeCues(landmarker=landmarker)
    happy = cues.cues(_photo(shared, "happy"), _face(*HAPPY))
    surprised = cues.cues(_photo(shared, "surprised"), _face(*SURPRISED))
    assert (happy[0], surprised[0]) == ("lip corners pulled up (AU12)", "jaw dropped (AU26)")


def test_the_cues_come_in_russian(shared: Path, landmarker: FaceLandmarker) -> None:
    cues = BlendshapeCues(landmarker=landmarker, language="ru")
    assert cues.cues(_photo(shared, "happy"), _face(*HAPPY))[0] == "уголки губ подняты (AU12)"


def test_a_language_without_words_is_refused_at_once(landmarker: FaceLandmarker) -> None:
    with pytest.raises(PerceptionError, match="unknown language of cues 'de'"):
        BlendshapeCues(landmarker=landmarker, language="de")


def test_a_still_face_has_no_cues(shared: Path, landmarker: FaceLandmarker) -> None:
    cues = BlendshapeCues(landmarker=landmarker)
    assert cues.cues(_photo(shared, "neutral"), _face(*NEUTRAL)) == ()


def test_where_there_is_no_face_there_are_no_cues(landmarker: FaceLandmarker) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (200, 200, 3)).astype(np.uint8)
    assert BlendshapeCues(landmarker=landmarker).cues(noise, _face(50, 50, 100, 100)) == ()


def test_a_face_beyond_the_picture_has_no_cues(landmarker: FaceLandmarker) -> None:
    grey = np.full((60, 60, 3), 128, dtype=np.uint8)
    assert BlendshapeCues(landmarker=landmarker).cues(grey, _face(500, 500, 0, 0)) == ()


@pytest.mark.parametrize("content", [b"", b"no bundle", b"PK\x03\x04"])
def test_a_file_that_is_no_bundle_is_told(content: bytes, tmp_path: Path, bundle: Path) -> None:
    broken = tmp_path / "broken.task"
    broken.write_bytes(content)
    picture = np.zeros((60, 60, 3), dtype=np.uint8)
    with pytest.raises(WeightsError, match="not MediaPipe's face landmarker bundle"):
        FaceLandmarker(broken).blendshapes(picture, _face(0, 0, 60, 60))


def test_a_bundle_of_something_else_is_told(tmp_path: Path, bundle: Path) -> None:
    other = tmp_path / "hands.task"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("hand_landmarks.tflite", b"")
    with pytest.raises(WeightsError, match=r"hands\.task is not MediaPipe's"):
        FaceLandmarker(other).blendshapes(np.zeros((60, 60, 3), np.uint8), _face(0, 0, 60, 60))
