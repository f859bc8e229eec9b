"""`insideout eval lm`: its messages and its table."""

import json
from pathlib import Path

import pytest

from insideout.agents.embedded.model import load_model
from insideout.eval import lm
from insideout.eval.errors import DataSetError, EvalError
from insideout.eval.kept_lines import RUN
from insideout.perception.errors import InsideOutError, PerceptionError, WeightsError
from insideout.service.cli.eval_lm import _table, eval_lm

ROW = {"context": ["I failed my exam."], "target": "Oh no!", "conv_id": "a"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    try:
        load_model()
    except WeightsError as error:
        pytest.skip(str(error))
    path = tmp_path / "items.jsonl"
    path.write_text(json.dumps(ROW) + "\n")
    return path


def test_a_missing_file_is_named(data: Path) -> None:
    with pytest.raises(PerceptionError, match="no file"):
        eval_lm(data=data.with_name("none.jsonl"))


def test_an_empty_file_says_what_was_expected(data: Path) -> None:
    data.write_text("")
    with pytest.raises(DataSetError, match="no listener turns"):
        eval_lm(data=data)


def test_an_encoder_that_was_asked_for_must_be_there(data: Path, tmp_path: Path) -> None:
    with pytest.raises(InsideOutError, match=r"encoder|transformers"):
        eval_lm(data=data, datasets=tmp_path, similarity_model="/there/is/none")


def test_one_object_is_printed_and_the_notes_go_to_stderr(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    eval_lm(data=data, datasets=tmp_path / "none", json_=True, out=tmp_path / "run", threads=2)
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert found["n"] == 1
    assert found["metrics"]["ppl_word"] > 1
    assert found["metrics"]["control_accuracy"] is None
    assert "control_accuracy is null" in printed.err
    assert (tmp_path / "run" / RUN).exists()


def test_the_run_of_other_data_is_refused(data: Path, tmp_path: Path) -> None:
    eval_lm(data=data, datasets=tmp_path / "none", out=tmp_path / "run", threads=2)
    data.write_text(json.dumps({**ROW, "target": "Never mind."}) + "\n")
    with pytest.raises(EvalError, match="its data is"):
        eval_lm(data=data, datasets=tmp_path / "none", out=tmp_path / "run", threads=2)


def test_the_table_shows_both_modes_and_what_the_voices_add() -> None:
    own = {"metrics": {"bleu2": 8.0}, "interval95": {"bleu2": [7.0, 9.0]}}
    found = {
        "n": 2,
        "protocol": "toy",
        "metrics": {"similarity_f1": None},
        "interval95": {},
        "modes": {"without": own, "with": own},
        "difference": {**own, "replies_changed": 0.25},
    }
    text = _table(found)
    assert "replies with the voices" in text
    assert "[7.0, 9.0]" in text
    assert "25.0%" in text


def test_modes_are_named_as_they_are_typed() -> None:
    assert [mode.value for mode in lm.Modes] == ["without", "with", "both"]
