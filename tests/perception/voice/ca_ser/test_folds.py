"""What of the training needs no torch: options, folds of speakers, the temperature, clear refusals."""

import sys
from pathlib import Path

import numpy as np
import pytest

from insideout.perception.errors import PerceptionError
from insideout.perception.voice.ca_ser.model import ca_ser_recogniser
from insideout.perception.voice.ca_ser.options import Options, Sizes
from insideout.perception.voice.ca_ser.run import fit_temperature, folds, train


def options(folder: Path, corpus: str = "ravdess") -> Options:
    return Options(corpus=corpus, data=folder, out=folder / "out", folds=3)


def test_without_torch_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(PerceptionError, match=r"insideout-emotions\[train\]"):
        train(options(tmp_path))


def test_an_unknown_data_set_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(PerceptionError, match="did you mean 'ravdess'"):
        train(options(tmp_path, "ravdes"))


def test_no_speaker_is_in_two_folds(tmp_path: Path) -> None:
    speakers = [f"{n % 7}" for n in range(50)]
    held = folds(speakers, options(tmp_path))
    whose = [{speakers[place] for place in places} for places in held]
    assert sum(len(places) for places in held) == 50
    assert sum(map(len, whose)) == len(set.union(*whose)) == 7


def test_a_speaker_alone_cannot_be_held_out(tmp_path: Path) -> None:
    with pytest.raises(PerceptionError, match="it needs two"):
        folds(["01"] * 9, options(tmp_path))


def test_a_temperature_undoes_overconfidence() -> None:
    draw = np.random.default_rng(0)
    gold = draw.integers(0, 3, 4000)
    logits = np.log(0.1 + 0.5 * np.eye(3))[
        np.where(draw.random(4000) < 0.857, gold, (gold + 1) % 3)
    ]
    assert fit_temperature(5.0 * logits, gold) > 2.0 * fit_temperature(logits, gold)


@pytest.mark.parametrize("given", [{"folds": 1}, {"epochs": 0}, {"batch": 0}, {"rate": 0.0}])
def test_options_out_of_range_are_refused(given: dict[str, int], tmp_path: Path) -> None:
    with pytest.raises(PerceptionError, match=f"{next(iter(given))} is .* expected"):
        Options(corpus="ravdess", data=tmp_path, out=tmp_path, **given)  # type: ignore[arg-type]


def test_heads_divide_the_width() -> None:
    with pytest.raises(PerceptionError, match="heads that divide the width"):
        Sizes(width=30, heads=4)


def test_reading_without_torch_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(PerceptionError, match=r"insideout-emotions\[local\]"):
        ca_ser_recogniser(tmp_path)
