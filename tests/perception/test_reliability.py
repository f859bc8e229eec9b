"""Reliabilities: kept as JSON, read back, refused where they are something else."""

import json
from pathlib import Path

import pytest

from insideout.perception.affect import Emotion
from insideout.perception.errors import WeightsError
from insideout.perception.reading import Modality
from insideout.perception.reliability import (
    PRIORS,
    load_reliabilities,
    shipped_reliabilities,
    to_json,
)


def test_base_rates_sum_to_one() -> None:
    assert all(abs(sum(one.base.values()) - 1.0) < 1e-9 for one in PRIORS.values())


def test_they_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "fusion.json"
    path.write_text(json.dumps(to_json(PRIORS)))
    assert to_json(load_reliabilities(path)) == to_json(PRIORS)


def test_a_modality_that_was_not_fitted_keeps_its_prior(tmp_path: Path) -> None:
    path = tmp_path / "fusion.json"
    path.write_text(json.dumps({"text": to_json(PRIORS)["text"]}))
    assert load_reliabilities(path)[Modality.HEART] == PRIORS[Modality.HEART]


@pytest.mark.parametrize("text", ["[]", "{", '{"smell": {}}', '{"face": {"base": {}}}'])
def test_another_file_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "fusion.json"
    path.write_text(text)
    with pytest.raises(WeightsError, match="holds no reliabilities"):
        load_reliabilities(path)


def test_a_base_rate_of_zero_is_refused(tmp_path: Path) -> None:
    record = to_json(PRIORS)
    record["face"]["base"][Emotion.JOY.value] = 0.0
    path = tmp_path / "fusion.json"
    path.write_text(json.dumps(record))
    with pytest.raises(WeightsError, match="base rate"):
        load_reliabilities(path)


@pytest.mark.parametrize(
    ("name", "value"), [("doubt", 1.0), ("doubt", -0.1), ("quality_power", -1)]
)
def test_a_doubt_or_a_power_out_of_range_is_refused(
    name: str, value: float, tmp_path: Path
) -> None:
    record = to_json(PRIORS)
    record["voice"][name] = value
    path = tmp_path / "fusion.json"
    path.write_text(json.dumps(record))
    with pytest.raises(WeightsError, match="a doubt is not in"):
        load_reliabilities(path)


def test_the_shipped_ones_are_fitted_and_leave_the_heart_its_prior() -> None:
    found = shipped_reliabilities()
    assert to_json(found)["heart"] == to_json(PRIORS)["heart"]
    assert found[Modality.FACE].doubt != PRIORS[Modality.FACE].doubt
    assert found[Modality.FACE].half_life_secs == PRIORS[Modality.FACE].half_life_secs
