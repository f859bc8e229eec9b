"""`insideout train voice` and `insideout eval ravdess …`."""

import json
from pathlib import Path

import pytest
import typer
from tests.perception.voice.layouts import ravdess
from typer.testing import CliRunner

from insideout.perception.errors import InsideOutError
from insideout.perception.voice.datasets.corpora import CORPORA
from insideout.perception.voice.embedded import load_embedded
from insideout.service.cli import eval_voice, train_voice


def run(module: object, *words: str) -> str:
    """What the command prints on stdout; its errors are raised."""
    app = typer.Typer()
    module.register(app)  # type: ignore[attr-defined]
    app.callback()(lambda: None)
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(module: object, *words: str) -> str:
    """The error of a command that is refused."""
    with pytest.raises(InsideOutError) as caught:
        run(module, *words)
    return str(caught.value)


def strangers(folder: Path) -> Path:
    """Two actors that the shipped model has not heard."""
    ravdess(folder)
    for path in sorted(folder.rglob("*.wav")):
        actor = int(path.stem[-2:]) + 20
        path.rename(path.with_stem(f"{path.stem[:-2]}{actor}"))
    return folder


def test_the_shipped_model_is_asked_about_strangers(tmp_path: Path) -> None:
    words = ("ravdess", "--data", str(strangers(tmp_path)), "--model", "embedded", "--json")
    found = json.loads(run(eval_voice, *words))
    assert (found["n"], found["speakers"]) == (18, 2)
    assert found["n_by_way"] == {"plain": 18, "enrolled": 14}
    assert found["model"] == load_embedded().name
    assert 0.0 <= found["metrics"]["enrolled_uar"] <= 1.0


def test_the_summary_is_for_people(tmp_path: Path) -> None:
    told = run(eval_voice, "ravdess", "--data", str(strangers(tmp_path)), "--model", "embedded")
    assert "voice_ravdess: 18 clips, 2 speakers" in told
    assert "recall of calm" in told


def test_speakers_it_was_trained_on_are_not_asked(tmp_path: Path) -> None:
    words = ("ravdess", "--data", str(ravdess(tmp_path)), "--model", "embedded")
    assert "was trained on every speaker" in refused(eval_voice, *words)


def test_a_model_as_it_is_takes_no_training_data(tmp_path: Path) -> None:
    words = ("--data", str(ravdess(tmp_path)), "--model", "embedded", "--train-on", "ravdess")
    assert "--train-on is for models that are fitted" in refused(eval_voice, "ravdess", *words)


def test_a_data_set_that_is_not_here_is_asked_for() -> None:
    assert "get it from its authors" in refused(eval_voice, "iemocap")


def test_an_unknown_data_set_names_the_known_ones(tmp_path: Path) -> None:
    words = ("--data", str(ravdess(tmp_path)), "--train-on", "ravdes")
    assert "did you mean 'ravdess'?" in refused(eval_voice, "ravdess", *words)


def test_every_data_set_has_its_command() -> None:
    app = typer.Typer()
    eval_voice.register(app)
    assert {command.name for command in app.registered_commands} == set(CORPORA)


def test_training_says_where_the_encoder_comes_from(tmp_path: Path) -> None:
    words = ("voice", "--data", f"ravdess={ravdess(tmp_path)}", "--out", str(tmp_path / "out"))
    pytest.importorskip("onnx", reason="needs the extra 'train'")
    wrong = tmp_path / "other.onnx"
    wrong.write_bytes(b"another")
    told = refused(train_voice, *words, "--backbone", str(wrong))
    assert "is not the published smart-turn-v3.2" in told
    assert "pip download --no-deps pipecat-ai==1.14.0" in told


def test_the_embedded_model_learns_only_from_sets_with_its_labels(tmp_path: Path) -> None:
    told = refused(train_voice, "voice", "--data", f"dusha={tmp_path}")
    assert "dusha is not one of them" in told


@pytest.mark.parametrize(
    ("words", "option"),
    [(("--base", "x"), "--base"), (("--model", "ca-ser", "--backbone", "x"), "--backbone")],
)
def test_an_option_that_would_do_nothing_is_refused(words: tuple[str, ...], option: str) -> None:
    assert f"{option} changes nothing" in refused(train_voice, "voice", *words)
