"""The face detector, which is fetched in life, taken from the shared folder where that is there."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from insideout.perception.face import detecting
from insideout.perception.face.detecting import DETECTOR
from insideout.perception.face.face import DetectedFace, FaceBox, Picture
from insideout.perception.weights import OVERRIDE_VARIABLE


@pytest.fixture
def yunet(shared: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """YuNet's file, which FaceReader and its kind then find."""
    path = shared / "models" / "yunet" / DETECTOR.name
    monkeypatch.setenv(OVERRIDE_VARIABLE, str(path.parent))
    detecting.why_without_yunet.cache_clear()
    yield path
    detecting.why_without_yunet.cache_clear()


@pytest.fixture
def photos(shared: Path) -> Path:
    """The folder of labelled photos."""
    return shared / "signals" / "face" / "photos"


@pytest.fixture
def scene() -> Picture:
    """Soft noise of many sizes, 200 wide and 160 high, grey 60 to 200."""
    cv2 = pytest.importorskip("cv2")
    noise = np.random.default_rng(1).uniform(60, 200, (160, 200, 3)).astype(np.uint8)
    return np.asarray(cv2.GaussianBlur(noise, (0, 0), 1.0), dtype=np.uint8)


@pytest.fixture
def middle_face() -> DetectedFace:
    """An upright, frontal face 60 wide and 80 high in the middle of the scene."""
    landmarks = np.array([[85, 70], [115, 70], [100, 86], [88, 100], [112, 100]], dtype=np.float32)
    return DetectedFace(
        box=FaceBox(left=70.0, top=40.0, width=60.0, height=80.0), score=0.9, landmarks=landmarks
    )
