"""On small files of the same inputs and outputs; the real ones are fetched and not shipped."""

from pathlib import Path

import numpy as np
import pytest
from tests.perception.face.small_models import small_model

from insideout.perception import fetched
from insideout.perception.errors import PerceptionError, WeightsError
from insideout.perception.face import emotiefflib_recogniser as module
from insideout.perception.face.emotiefflib_recogniser import (
    MODELS,
    emotiefflib_recogniser,
    model_card,
    remote_file,
)
from insideout.perception.face.onnx_recogniser import OnnxRecogniser
from insideout.perception.weights import OVERRIDE_VARIABLE, sha256

pytest.importorskip("cv2")


@pytest.mark.parametrize("name", MODELS)
def test_every_model_runs_as_its_card_says(name: str, tmp_path: Path) -> None:
    card = model_card(name)
    outputs = len(card.labels) + (2 if name.endswith("_mtl") else 0)
    path = small_model(tmp_path / f"{name}.onnx", outputs=outputs, size=card.input.size)
    one = OnnxRecogniser(path, card).recognise_cut([np.zeros((50, 40, 3), dtype=np.uint8)])[0]
    assert len(one.probabilities) == (7 if "_7" in name else 8)
    assert (one.affect is not None) == name.endswith("_mtl")


def test_pixels_are_normalised_as_the_library_does(tmp_path: Path) -> None:
    card = model_card("enet_b0_8_va_mtl")
    weights = [[0.0] * 8 + [1.0, 0.0], [0.0] * 8 + [0.0, 1.0], [0.0] * 10]
    path = small_model(tmp_path / "m.onnx", outputs=10, size=224, weights=weights)
    grey = np.full((30, 30, 3), 128, dtype=np.uint8)
    found = OnnxRecogniser(path, card).recognise_cut([grey])[0].affect
    assert found is not None
    assert found.valence == pytest.approx((128 / 255 - 0.485) / 0.229, abs=1e-4)
    assert found.arousal == pytest.approx((128 / 255 - 0.456) / 0.224, abs=1e-4)


def test_seven_emotions_leave_out_contempt() -> None:
    assert "contempt" not in model_card("enet_b2_7").labels
    assert model_card("enet_b2_8").labels[1] == "contempt"


def test_a_file_put_by_hand_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = small_model(tmp_path / "enet_b2_8.onnx", outputs=8, size=260)
    known = module.EffModel(sha256=sha256(path), size=260)
    monkeypatch.setattr(module, "MODELS", {"enet_b2_8": known})
    monkeypatch.setenv(OVERRIDE_VARIABLE, str(tmp_path))
    assert emotiefflib_recogniser("enet_b2_8").name == "emotiefflib-enet_b2_8"


def test_another_file_of_that_name_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "enet_b2_8.onnx").write_bytes(b"something else")
    monkeypatch.setenv(OVERRIDE_VARIABLE, str(tmp_path))
    with pytest.raises(WeightsError, match="is not the published"):
        emotiefflib_recogniser("enet_b2_8")


def test_offline_it_says_which_file_to_put_where(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(file: fetched.RemoteFile) -> Path:
        nowhere = fetched.RemoteFile(
            name=file.name, url="http://127.0.0.1:9/m.onnx", sha256=file.sha256, licence=""
        )
        return fetched.fetched(nowhere)

    monkeypatch.setattr(module, "fetched", unreachable)
    with pytest.raises(
        WeightsError, match=r"enet_b0_8_va_mtl\.onnx is not here.*INSIDEOUT_WEIGHTS"
    ):
        emotiefflib_recogniser()


def test_an_unknown_model_lists_the_known() -> None:
    with pytest.raises(PerceptionError, match=r"did you mean 'enet_b2_8'\?"):
        remote_file("enet_b2_9")
