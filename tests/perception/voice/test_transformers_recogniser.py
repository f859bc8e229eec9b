"""The whole path on tiny random models of the same classes, through the files that the hub holds."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.perception.voice.synthetic import joined, spoken
from tests.perception.voice.tiny_models import backbone, categorical, pooled

from insideout.perception.errors import UnknownLabelError, WeightsError
from insideout.perception.label_spaces import RAVDESS
from insideout.perception.voice.sound import RATE_HZ, Sound
from insideout.perception.voice.transformers_recogniser import transformers_recogniser

FOUR = ("neu", "hap", "ang", "sad")
DIMENSIONS = ("arousal", "dominance", "valence")


torch: Any = pytest.importorskip("torch", reason="needs the extra 'local'")
pytest.importorskip("transformers", reason="needs the extra 'local'")

pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return categorical("Wav2Vec2", FOUR, tmp_path_factory.mktemp("four"))


@pytest.fixture(scope="module")
def dimensions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pooled("Wav2Vec2", DIMENSIONS, tmp_path_factory.mktemp("dimensions"))


@pytest.mark.parametrize("kind", ["Wav2Vec2", "Hubert", "WavLM"])
def test_a_model_of_labels_gives_probabilities(kind: str, tmp_path: Path) -> None:
    model = transformers_recogniser(f"hf:{categorical(kind, RAVDESS.labels, tmp_path)}")
    loud, quiet = model.recognise([spoken(), spoken(pitch_hz=300.0, secs=1.0)])
    assert model.space is RAVDESS
    assert tuple(loud.probabilities) == RAVDESS.labels
    assert sum(loud.probabilities.values()) == pytest.approx(1.0)
    assert loud.probabilities != quiet.probabilities


@pytest.mark.parametrize("kind", ["Wav2Vec2", "Hubert", "WavLM"])
def test_a_model_of_dimensions_gives_an_affect(kind: str, tmp_path: Path) -> None:
    model = transformers_recogniser(str(pooled(kind, DIMENSIONS, tmp_path)))
    (found,) = model.recognise([spoken()])
    assert not found.probabilities
    assert found.affect is not None
    assert found.affect.dominance is not None


def test_the_pooled_head_is_the_published_one(dimensions: Path) -> None:
    """Mean over frames, linear, tanh, linear; 0 to 1 becomes -1 to 1 (Wagner et al. 2023)."""
    import transformers
    from safetensors.torch import load_file

    (found,) = transformers_recogniser(str(dimensions)).recognise([spoken()])
    weights = load_file(dimensions / "model.safetensors")
    frames = transformers.Wav2Vec2Model.from_pretrained(dimensions).eval()
    samples = transformers.Wav2Vec2FeatureExtractor(do_normalize=True)(
        spoken().samples, sampling_rate=RATE_HZ, return_tensors="pt"
    )
    with torch.inference_mode():
        mean = frames(samples.input_values).last_hidden_state.mean(dim=1)[0]
    dense = weights["classifier.dense.weight"] @ mean + weights["classifier.dense.bias"]
    out = weights["classifier.out_proj.weight"] @ torch.tanh(dense)
    out = (out + weights["classifier.out_proj.bias"]).tolist()
    assert found.affect is not None
    assert found.affect.arousal == pytest.approx(np.clip(2.0 * out[0] - 1.0, -1, 1), abs=1e-5)
    assert found.affect.valence == pytest.approx(np.clip(2.0 * out[2] - 1.0, -1, 1), abs=1e-5)


def test_a_pooled_head_of_labels_is_read_though_its_config_names_a_stock_class(
    tmp_path: Path,
) -> None:
    folder = pooled("Wav2Vec2", FOUR, tmp_path)
    config = json.loads((folder / "config.json").read_text())
    config["architectures"] = ["Wav2Vec2ForSequenceClassification"]
    (folder / "config.json").write_text(json.dumps(config))
    (found,) = transformers_recogniser(str(folder)).recognise([spoken()])
    assert set(found.probabilities) == {"neutral", "happy", "angry", "sad"}


def test_weights_written_by_older_versions_are_read(dimensions: Path, tmp_path: Path) -> None:
    """audeering's file holds the convolution of positions under its names before torch 2."""
    import shutil

    shutil.copytree(dimensions, tmp_path / "old")
    weights = torch.load(_as_bin(dimensions, tmp_path / "old"), weights_only=True)
    assert any(key.endswith("conv.weight_g") for key in weights)
    new, old = transformers_recogniser(str(dimensions)), transformers_recogniser(f"{tmp_path}/old")
    assert new.recognise([spoken()]) == old.recognise([spoken()])


def _as_bin(source: Path, folder: Path) -> Path:
    from safetensors.torch import load_file

    renamed = {
        key.replace("parametrizations.weight.original0", "weight_g").replace(
            "parametrizations.weight.original1", "weight_v"
        ): value
        for key, value in load_file(source / "model.safetensors").items()
    }
    (folder / "model.safetensors").unlink()
    torch.save(renamed, folder / "pytorch_model.bin")
    return folder / "pytorch_model.bin"


def test_a_class_that_names_no_emotion_is_shared_out(tmp_path: Path) -> None:
    labels = ("neutral", "angry", "positive", "sad", "other")
    model = transformers_recogniser(str(categorical("Hubert", labels, tmp_path)))
    (found,) = model.recognise([spoken()])
    assert "other" not in found.probabilities
    assert sum(found.probabilities.values()) == pytest.approx(1.0)


def test_a_folder_may_have_an_at_in_its_name(four: Path, tmp_path: Path) -> None:
    import shutil

    folder = Path(shutil.copytree(four, tmp_path / "me@home"))
    assert transformers_recogniser(f"hf:{folder}").name == f"hf:{folder}"


def test_a_temperature_flattens(four: Path) -> None:
    (sharp,) = transformers_recogniser(str(four), temperature=0.05).recognise([spoken()])
    (flat,) = transformers_recogniser(str(four), temperature=20.0).recognise([spoken()])
    assert max(flat.probabilities.values()) < max(sharp.probabilities.values())


@pytest.mark.parametrize("samples", [1, 100, 800])
def test_the_shortest_sounds_are_read(four: Path, samples: int) -> None:
    (found,) = transformers_recogniser(str(four)).recognise(
        [Sound(samples=np.full(samples, 0.1, dtype=np.float32))]
    )
    assert sum(found.probabilities.values()) == pytest.approx(1.0)


def test_a_long_sound_is_read_in_parts(four: Path) -> None:
    model = transformers_recogniser(str(four))
    half = spoken(secs=15.0)
    (twice,), (once,) = model.recognise([joined(half, half)]), model.recognise([half])
    for label, probability in once.probabilities.items():
        assert twice.probabilities[label] == pytest.approx(probability, abs=1e-5)


def test_a_model_that_is_nowhere_says_which_files_to_put_where() -> None:
    with pytest.raises(
        WeightsError, match=r"config\.json.*without network.*huggingface\.co/no/one"
    ):
        transformers_recogniser("hf:no/one")


def test_a_model_without_a_head_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="lacks weights of a stock head"):
        transformers_recogniser(str(backbone(tmp_path)))


def test_a_damaged_file_is_named(four: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(four, tmp_path / "cut")
    whole = (four / "model.safetensors").read_bytes()
    (tmp_path / "cut/model.safetensors").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(WeightsError, match="cannot be loaded"):
        transformers_recogniser(str(tmp_path / "cut"))


def test_labels_without_a_meaning_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownLabelError, match="label 0"):
        transformers_recogniser(str(categorical("Wav2Vec2", ("LABEL_0", "LABEL_1"), tmp_path)))


def test_another_sampling_rate_is_refused(four: Path, tmp_path: Path) -> None:
    import shutil

    folder = Path(shutil.copytree(four, tmp_path / "other"))
    path = folder / "preprocessor_config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"sampling_rate": 8000}))
    with pytest.raises(WeightsError, match="takes sound at 8000 Hz"):
        transformers_recogniser(str(folder))


@pytest.mark.parametrize(("norm", "normalised"), [("group", False), ("layer", True)])
def test_a_model_without_a_feature_extractor_takes_that_of_its_pretraining(
    norm: str, normalised: bool, tmp_path: Path
) -> None:
    folder = categorical("Hubert", FOUR, tmp_path, feat_extract_norm=norm)
    (folder / "preprocessor_config.json").unlink()
    model: Any = transformers_recogniser(str(folder))
    assert model.network.extractor.do_normalize is normalised
    (found,) = model.recognise([spoken()])
    assert sum(found.probabilities.values()) == pytest.approx(1.0)
