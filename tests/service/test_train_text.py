from pathlib import Path

import pytest

from insideout.agents.errors import BadInputError
from insideout.perception.errors import PerceptionError
from insideout.service.cli import train_text
from insideout.service.cli.train_text_encoder import Training, plan_of


def test_the_table_has_a_row_a_metric_with_its_interval() -> None:
    report = {
        "task": "ed",
        "n": 10,
        "protocol": "toy",
        "metrics": {"top1": 0.5, "ece": 0.1},
        "interval95": {"top1": [0.4, 0.6]},
    }
    rows = train_text.table([report]).splitlines()[2:]
    assert rows == [
        "| ed | 10 | top1 | 0.5 | 0.400 to 0.600 | toy |",
        "| ed | 10 | ece | 0.1 |  |  |",
    ]


def test_a_missing_folder_of_data_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(PerceptionError, match="--data"):
        train_text.train_text(data=tmp_path / "none")


def test_there_is_no_russian_encoder_and_it_says_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="--model linear --language ru"):
        train_text.train_text(
            model=train_text.Model.ENCODER, language=train_text.Tongue.RU, data=tmp_path
        )


@pytest.mark.torch
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("epoch = 2", "did you mean 'epochs'"),
        ("rate = 'fast'", "rate is 'fast'; expected float"),
        ("rate = ", "cannot be read as TOML"),
    ],
)
def test_a_wrong_setting_of_the_plan_is_named(tmp_path: Path, text: str, said: str) -> None:
    pytest.importorskip("torch")
    config = tmp_path / "plan.toml"
    config.write_text(text)
    with pytest.raises(BadInputError, match=said):
        plan_of(Training(seeds=1, jobs=1, base=None, config=config, runs=tmp_path))
