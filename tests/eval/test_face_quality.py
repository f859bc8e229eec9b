import json
import sys
from pathlib import Path

import pytest

from insideout.eval import face_quality
from insideout.eval.face_quality import DAMAGES, narrowed, opened, step
from insideout.perception.face.datasets.photos import load_photos
from insideout.perception.face.detecting import DETECTOR, YuNet
from insideout.perception.face.recognisers import face_recogniser
from insideout.perception.weights import OVERRIDE_VARIABLE

pytest.importorskip("cv2")
pytest.importorskip("PIL.Image")

MODEL = "models/fer_xception/fer2013_mini_xception_119_48.onnx"


@pytest.fixture
def detector(shared: Path) -> YuNet:
    return YuNet(shared / "models" / "yunet" / DETECTOR.name)


@pytest.fixture
def three(tmp_path: Path, shared: Path) -> Path:
    """A folder of three of the photos."""
    names = ("faceapi_happy.jpg", "faceapi_angry.jpg", "faceapi_neutral.jpg")
    for name in names:
        (tmp_path / name).symlink_to(shared / "signals" / "face" / "photos" / name)
    rows = [f"{name},{name[8:-4]}" for name in names]
    (tmp_path / "labels.csv").write_text("\n".join(["file,label", *rows]) + "\n", "utf-8")
    return tmp_path


def test_damage_is_counted(three: Path, shared: Path, detector: YuNet) -> None:
    ready = opened(load_photos(three), detector)
    recogniser = face_recogniser(str(shared / MODEL))
    whole = step("none", ready, detector, recogniser)
    tiny = step("12 pixels across", ready, detector, recogniser)
    assert (whole.photos, whole.found, whole.read) == (3, 3, 3)
    assert tiny.read == 0


def test_a_face_is_made_as_wide_as_asked(three: Path, detector: YuNet) -> None:
    _, picture, face = opened(load_photos(three), detector)[0]
    found = detector.detect(narrowed(40.0)(picture, face))[0]
    assert found.box.width == pytest.approx(40.0, rel=0.2)


def test_the_command_prints_one_object(
    three: Path,
    shared: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(OVERRIDE_VARIABLE, str(shared / "models" / "yunet"))
    monkeypatch.setattr(face_quality, "DAMAGES", {"none": DAMAGES["none"]})
    given = ["face_quality", "--photos", str(three), "--model", str(shared / MODEL), "--json"]
    monkeypatch.setattr(sys, "argv", given)
    face_quality.main()
    said = json.loads(capsys.readouterr().out)
    assert said["model"] == "mini-xception-48"
    assert said["steps"][0]["found"] == 3
