import time
from pathlib import Path

import numpy as np
import pytest

from insideout.perception.errors import PerceptionError, WeightsError
from insideout.perception.face import detecting
from insideout.perception.face.detecting import Cascade, YuNet, face_detector
from insideout.perception.face.face import Picture
from insideout.perception.face.loading import load_picture
from insideout.perception.fetched import RemoteFile

pytest.importorskip("cv2")


@pytest.fixture
def happy(photos: Path) -> Picture:
    return load_picture(photos / "faceapi_happy.jpg")


@pytest.fixture
def group(photos: Path) -> Picture:
    return load_picture(photos / "pyfeat_multi_face.jpg")


def test_yunet_finds_a_face_with_its_landmarks(yunet: Path, happy: Picture) -> None:
    (face,) = YuNet(yunet).detect(happy)
    assert face.score > 0.8
    assert face.landmarks is not None
    right, left, nose, *mouth = face.landmarks
    assert right[0] < nose[0] < left[0]
    assert max(right[1], left[1]) < nose[1] < min(corner[1] for corner in mouth)


def test_the_largest_of_a_group_comes_first(yunet: Path, group: Picture) -> None:
    faces = YuNet(yunet).detect(group)
    assert len(faces) == 5
    assert [face.box.area for face in faces] == sorted((f.box.area for f in faces), reverse=True)


def test_a_small_face_is_looked_for_closely(yunet: Path, photos: Path) -> None:
    small = load_picture(photos / "human_stock-models-5.jpg")
    quick, close = YuNet(yunet, looks=(160,)), YuNet(yunet)
    assert (len(quick.detect(small)), len(close.detect(small))) == (0, 1)


def test_boxes_are_in_pixels_of_the_picture(yunet: Path, happy: Picture) -> None:
    large = np.repeat(np.repeat(happy, 3, axis=0), 3, axis=1)
    (one,), (other,) = YuNet(yunet).detect(happy), YuNet(yunet).detect(large)
    assert other.box.left == pytest.approx(3 * one.box.left, rel=0.1)
    assert other.box.width == pytest.approx(3 * one.box.width, rel=0.1)


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (7, 3), (30, 4000)])
def test_odd_sizes_hold_no_face(yunet: Path, size: tuple[int, int]) -> None:
    assert YuNet(yunet).detect(np.zeros((*size, 3), dtype=np.uint8)) == []
    assert Cascade().detect(np.zeros((*size, 3), dtype=np.uint8)) == []


def test_a_view_that_runs_backwards_is_taken_too(yunet: Path, happy: Picture) -> None:
    assert len(YuNet(yunet).detect(happy[:, ::-1])) == 1
    assert len(Cascade().detect(happy[:, ::-1])) == 1


def test_the_cascade_finds_the_same_face(yunet: Path, happy: Picture) -> None:
    (one,), (other,) = YuNet(yunet).detect(happy), Cascade().detect(happy)
    assert other.box.left == pytest.approx(one.box.left, abs=0.2 * one.box.width)
    assert other.box.width == pytest.approx(one.box.width, rel=0.25)
    assert other.landmarks is None


def test_auto_is_yunet_where_its_file_is(yunet: Path) -> None:
    del yunet
    assert face_detector().name == "yunet"


def _published_at(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = RemoteFile(name="yunet.onnx", url=url, sha256="0", licence="")
    monkeypatch.setattr(detecting, "DETECTOR", nowhere)
    detecting.why_without_yunet.cache_clear()


def test_offline_the_cascade_takes_over_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    _published_at("http://127.0.0.1:9/yunet.onnx", monkeypatch)
    detector = face_detector()
    detecting.why_without_yunet.cache_clear()
    assert isinstance(detector, Cascade)
    assert "cannot be had" in str(detector.remark)


def test_whatever_goes_wrong_the_cascade_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(file: RemoteFile) -> Path:
        raise RuntimeError(f"no way to {file.url}")

    _published_at("http://127.0.0.1:9/yunet.onnx", monkeypatch)
    monkeypatch.setattr(detecting, "fetched", breaks)
    detector = face_detector()
    detecting.why_without_yunet.cache_clear()
    assert "no way to" in str(getattr(detector, "remark", None))


def test_a_server_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    _published_at("http://127.0.0.1:9/yunet.onnx", monkeypatch)
    monkeypatch.setattr(detecting, "_PATIENCE_SECS", 0.01)
    monkeypatch.setattr(detecting, "fetched", lambda file: time.sleep(0.5))
    detector = face_detector()
    detecting.why_without_yunet.cache_clear()
    assert "does not answer" in str(getattr(detector, "remark", None))


def test_a_file_that_is_not_yunet_is_told_of(tmp_path: Path, happy: Picture) -> None:
    wrong = tmp_path / "wrong.onnx"
    wrong.write_bytes(b"nothing")
    with pytest.raises(WeightsError, match="is not the YuNet face detector"):
        YuNet(wrong).detect(happy)


def test_an_unknown_detector_lists_the_known() -> None:
    with pytest.raises(PerceptionError, match="Known: auto, yunet, haar"):
        face_detector("yolo")
