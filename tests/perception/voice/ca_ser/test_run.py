"""End to end: folders as RAVDESS has them, a tiny wav2vec 2.0 made on the spot, a trained recogniser."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.perception.voice.synthetic import spoken
from tests.perception.voice.tiny_models import backbone

from insideout.eval.ca_ser import report
from insideout.perception.errors import PerceptionError, WeightsError
from insideout.perception.label_spaces import RAVDESS
from insideout.perception.voice.ca_ser.model import WEIGHTS, ca_ser_recogniser
from insideout.perception.voice.ca_ser.options import Options, Sizes
from insideout.perception.voice.ca_ser.run import Trained, train
from insideout.perception.voice.sound import RATE_HZ

SIZES = Sizes(width=16, heads=2, layers=1, dropout=0.1)
PITCHES = {
    "03": 320.0,
    "04": 110.0,
    "05": 210.0,
}  # happy, sad and angry voices, told by their pitch


def options(data: Path, out: Path, base: Path | str = "any") -> Options:
    return Options(
        corpus="ravdess", data=data, out=out, base=str(base), sizes=SIZES, folds=3, epochs=12,
        batch=8, rate=5e-3, threads=1,
    )  # fmt: skip


pytest.importorskip("torch", reason="needs the extra 'train'")
pytest.importorskip("transformers", reason="needs the extra 'train'")
soundfile = pytest.importorskip("soundfile", reason="needs the extra 'voice'")

pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ravdess")
    for actor in range(1, 5):
        place = folder / f"Actor_{actor:02}"
        place.mkdir()
        for emotion, pitch in PITCHES.items():
            for take in (1, 2):
                sound = spoken(secs=0.6, pitch_hz=pitch * (1 + 0.02 * actor), level_db=-20 - take)
                name = f"03-01-{emotion}-01-01-{take:02}-{actor:02}.wav"
                soundfile.write(place / name, sound.samples, RATE_HZ)
    return folder


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return backbone(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def trained(data: Path, base: Path, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    return train(options(data, tmp_path_factory.mktemp("out"), base))


@pytest.mark.slow
def test_speakers_that_were_held_out_are_read(trained: Trained) -> None:
    found = report(trained)
    assert found["n"] == 24
    assert found["speakers"] == 4
    assert found["metrics"]["uar"] > 0.8  # a third is chance
    assert set(found["recall"]) == {"happy", "sad", "angry"}


@pytest.mark.slow
def test_the_folder_is_a_recogniser(trained: Trained) -> None:
    model = ca_ser_recogniser(trained.folder)
    low, high = model.recognise([spoken(pitch_hz=112.0), spoken(pitch_hz=325.0)])
    assert model.space is RAVDESS
    assert sum(low.probabilities.values()) == pytest.approx(1.0)
    assert max(low.probabilities, key=low.probabilities.__getitem__) == "sad"
    assert max(high.probabilities, key=high.probabilities.__getitem__) == "happy"
    assert model.recognise([]) == []


@pytest.mark.slow
def test_the_same_command_again_trains_nothing_anew(
    trained: Trained, data: Path, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "insideout.perception.voice.ca_ser.fit.fit", lambda *_: pytest.fail("trained again")
    )
    again = train(options(data, trained.folder, base))
    assert np.array_equal(again.probabilities, trained.probabilities)


@pytest.mark.slow
def test_a_fold_that_is_missing_is_trained_alone(trained: Trained, data: Path, base: Path) -> None:
    (trained.folder / "fold-2.npy").unlink()
    told: list[str] = []
    again = train(options(data, trained.folder, base), lambda what, done, of: told.append(what))
    assert set(told) == {"frames", "fold 2 of 3"}
    assert np.allclose(again.probabilities, trained.probabilities, atol=1e-4)


@pytest.mark.slow
def test_a_broken_file_of_frames_is_made_anew(trained: Trained, data: Path, base: Path) -> None:
    broken = next((trained.folder / "frames").glob("*.npz"))
    broken.write_bytes(broken.read_bytes()[:50])
    train(options(data, trained.folder, base))
    assert broken.stat().st_size > 50


@pytest.mark.slow
def test_other_options_need_another_folder(trained: Trained, data: Path, base: Path) -> None:
    with pytest.raises(PerceptionError, match="begun with another epochs"):
        train(replace(options(data, trained.folder, base), epochs=3))


@pytest.mark.slow
def test_a_layer_that_is_not_there_is_named(data: Path, base: Path, tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="no layer 9; expected 0 to 2"):
        train(replace(options(data, tmp_path, base), layer=9))


@pytest.mark.slow
def test_a_base_that_is_nowhere_says_which_files_to_put_where(data: Path, tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="without network"):
        train(options(data, tmp_path, "no/one"))


@pytest.mark.slow
def test_weights_that_were_changed_are_refused(trained: Trained, tmp_path: Path) -> None:
    import shutil

    folder = Path(shutil.copytree(trained.folder, tmp_path / "copy"))
    (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes()[:-1])
    with pytest.raises(WeightsError, match="damaged or was changed"):
        ca_ser_recogniser(folder)


def test_a_folder_without_a_model_says_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="train voice --model ca-ser"):
        ca_ser_recogniser(tmp_path)


@pytest.mark.slow
def test_the_licence_of_the_data_stands_beside_the_weights(trained: Trained) -> None:
    about = json.loads((trained.folder / "ca_ser.json").read_text())
    assert about["licence"] == "CC BY-NC-SA 4.0"
    assert about["temperature"] == trained.temperature
