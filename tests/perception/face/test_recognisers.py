from pathlib import Path

import pytest
from tests.perception.face.small_models import small_model

from insideout.perception.errors import PerceptionError, WeightsError
from insideout.perception.face.embedded import WEIGHTS, embedded_recogniser
from insideout.perception.face.recognisers import face_recogniser
from insideout.perception.weights import OVERRIDE_VARIABLE

pytest.importorskip("cv2")

CARD = """
name = "mine"
space = "fer_2013"
labels = ["happy", "sad"]
input = { size = 16 }
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "mine.toml").write_text(CARD, "utf-8")
    return small_model(tmp_path / "mine.onnx", outputs=2, size=16)


def test_a_path_is_a_recogniser(mine: Path) -> None:
    assert face_recogniser(str(mine)).name == "mine"


def test_names_joined_by_a_plus_are_averaged(mine: Path) -> None:
    assert face_recogniser(f"{mine} + {mine}").name == "mine+mine"


def test_a_plus_in_a_file_name_is_no_ensemble(mine: Path) -> None:
    other = mine.with_name("a+b.onnx")
    other.write_bytes(mine.read_bytes())
    other.with_suffix(".toml").write_text(CARD, "utf-8")
    assert face_recogniser(str(other)).name == "mine"


@pytest.mark.parametrize("name", ["embeded", "", "photo.jpg", "+"])
def test_an_unknown_name_lists_the_known(name: str) -> None:
    with pytest.raises(PerceptionError, match=r"Known: embedded, emotiefflib, .*PATH\.onnx"):
        face_recogniser(name)


def test_an_unknown_model_of_emotiefflib_lists_the_known() -> None:
    with pytest.raises(PerceptionError, match="enet_b0_8_va_mtl"):
        face_recogniser("emotiefflib:enet_b9")


def test_embedded_is_found_where_weights_are_put(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_model(tmp_path / WEIGHTS.name, outputs=7, size=48, channels=1)
    monkeypatch.setenv(OVERRIDE_VARIABLE, str(tmp_path))
    embedded_recogniser.cache_clear()
    found = embedded_recogniser()
    embedded_recogniser.cache_clear()
    assert (found.name, found.space.name) == ("face-embedded", "fer_2013")


def test_a_damaged_embedded_model_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / WEIGHTS.name).write_bytes(b"damaged")
    monkeypatch.setenv(OVERRIDE_VARIABLE, str(tmp_path))
    embedded_recogniser.cache_clear()
    with pytest.raises(WeightsError, match="no model that ONNX Runtime can run"):
        embedded_recogniser()
