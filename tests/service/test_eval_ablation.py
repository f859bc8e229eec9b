"""`insideout eval ablation`."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from insideout.eval.errors import DataSetError
from insideout.eval.openai_server import OpenAIServer
from insideout.service.cli import eval_ablation

THINK = {"appraisal": "They are sad.", "reply": "Oh.", "urgency": 0.5, "confidence": 0.5}


@pytest.fixture(autouse=True)
def no_learned_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge takes seconds to fit and the encoder to load, where they are there."""
    monkeypatch.setattr(eval_ablation, "_judge", lambda datasets: None)
    monkeypatch.setattr(eval_ablation, "_encoder", lambda name: None)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [
        {
            "conv_id": f"hit:{number}_conv:{number}",
            "emotion": "devastated",
            "situation": "I lost my job.",
            "turns": [
                {"speaker": 0, "text": "I lost my job today."},
                {"speaker": 1, "text": "I am so sorry."},
            ],
        }
        for number in range(3)
    ]
    path = tmp_path / "valid.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def model(tmp_path: Path) -> str:
    script = tmp_path / "model.json"
    rules = [
        {"task": "think", "reply": THINK},
        {"task": "reply", "match": "Signs", "reply": "I am sorry, that is sad."},
        {"task": "reply", "reply": "I see."},
    ]
    script.write_text(json.dumps({"rules": rules}))
    return f"scripted:{script}"


def _run(*command: str) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    eval_ablation.register(app)
    return CliRunner().invoke(app, ["ablation", *command])


def test_json_is_one_object_and_nothing_else(data: Path, model: str) -> None:
    found = json.loads(_run("--data", str(data), "--model", model, "--json").stdout)
    assert (found["task"], found["n"], found["reads"]) == ("ablation", 3, "states")
    assert list(found["shows"]) == ["none", "label", "distribution", "cues", "all"]


def test_only_some_amounts_are_asked_for(data: Path, model: str) -> None:
    found = json.loads(
        _run("--data", str(data), "--model", model, "--show", "all", "--json").stdout
    )
    assert (list(found["shows"]), found["difference"]) == (["all"], {})


def test_people_see_two_tables(data: Path, model: str) -> None:
    said = " ".join(_run("--data", str(data), "--model", model).stdout.split())
    for words in ("Replies by what is told", "Less those with nothing told", "told_tokens"):
        assert words in said


def test_a_run_is_kept(data: Path, model: str, tmp_path: Path) -> None:
    arguments = ["--data", str(data), "--model", model, "--out", str(tmp_path / "run"), "--json"]
    first = json.loads(_run(*arguments).stdout)
    kept = (tmp_path / "run" / "replies.jsonl").read_text()
    assert json.loads(_run(*arguments).stdout) == first
    assert (tmp_path / "run" / "replies.jsonl").read_text() == kept


def test_what_is_there_so_far_is_counted_and_nobody_is_asked(
    data: Path, model: str, tmp_path: Path
) -> None:
    arguments = ["--data", str(data), "--model", model, "--out", str(tmp_path / "run"), "--json"]
    _run(*arguments)
    kept = tmp_path / "run" / "replies.jsonl"
    kept.write_text("".join(kept.read_text().splitlines(keepends=True)[:7]))
    assert json.loads(_run(*arguments, "--so-far").stdout)["n"] == 1
    assert len(kept.read_text().splitlines()) == 7


def test_a_server_is_told_more_the_more_is_shown(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OpenAIServer() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "none")
        arguments = ["--model", "openai:fake-chat", "--limit", "1", "--json"]
        found = json.loads(_run("--data", str(data), *arguments).stdout)
    asked = {name: one["metrics"]["prompt_tokens"] for name, one in found["shows"].items()}
    assert asked["none"] < asked["label"] < asked["distribution"] < asked["all"]
    assert found["reads"] == "prompts"


def test_data_of_another_kind_say_what_was_expected(tmp_path: Path, model: str) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"text": "hello"}\n')
    result = _run("--data", str(other), "--model", model)
    assert isinstance(result.exception, DataSetError)
