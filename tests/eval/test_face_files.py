"""Labelled photos and clips from the file to the report."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from insideout.eval.face_files import afew, photos
from insideout.eval.face_running import Asked

for library in ("sklearn", "cv2", "av", "PIL"):
    pytest.importorskip(library)


def _track(what: str, total: int) -> Callable[[int], None]:
    return lambda done: None


@pytest.fixture
def asked(shared: Path) -> Asked:
    model = shared / "models" / "fer_xception" / "fer2013_mini_xception_107_64.onnx"
    return Asked(model=str(model), track=_track)


def test_photos_are_found_read_and_judged(asked: Asked, shared: Path, tmp_path: Path) -> None:
    for name in ("faceapi_happy.jpg", "faceapi_surprised.jpg"):
        shutil.copy(shared / "signals" / "face" / "photos" / name, tmp_path)
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    (tmp_path / "labels.csv").write_text(
        "file,label,also_acceptable\nfaceapi_happy.jpg,happy,\n"
        "faceapi_surprised.jpg,angry,surprise;fear\nbroken.jpg,sad,\n"
    )
    found = photos(asked, tmp_path)
    assert (found["n"], found["failed"]) == (3, 1)
    assert found["metrics"]["top1"] == pytest.approx(1 / 3, abs=1e-4)
    assert found["metrics"]["lenient_top1"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["detector"] in ("yunet", "haar")


def _clips(folder: Path, shared: Path, *clips: tuple[str, str]) -> Path:
    for label, name in clips:
        (folder / label).mkdir()
        shutil.copy(shared / "signals" / "face" / "video" / name, folder / label)
    return folder


def test_clips_are_read_as_films(asked: Asked, shared: Path, tmp_path: Path) -> None:
    found = afew(asked, _clips(tmp_path, shared, ("Happy", "single_face.mp4")))
    assert (found["n"], found["metrics"]["top1"]) == (1, 1.0)


@pytest.mark.slow
def test_a_clip_without_a_face_is_not_guessed(asked: Asked, shared: Path, tmp_path: Path) -> None:
    found = afew(asked, _clips(tmp_path, shared, ("Sad", "no_face.mp4")))
    assert found["labels"]["confusion"][4][-1] == 1
    assert sum(found["unanswered"].values()) == 1
