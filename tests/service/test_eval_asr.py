import json
import sys
from pathlib import Path

import numpy as np
import pytest
from tests.perception.voice import tiny_whisper
from tests.perception.voice.sound_files import write
from tests.perception.voice.speech import speaking
from typer.testing import CliRunner

from insideout.eval.errors import DataSetError
from insideout.perception.errors import WeightsError
from insideout.service.cli.lazy import LazyCommand, lazy_app

APP = lazy_app(
    [
        LazyCommand(name="asr", module="insideout.service.cli.eval_asr", line=""),
        LazyCommand(name="other", module="insideout.service.cli.eval_asr", line=""),
    ]
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One clip with its transcript."""
    write(tmp_path / "a.wav", speaking(0.5)[np.newaxis], 16_000, "pcm_s16le")
    (tmp_path / "transcripts.csv").write_text("file,transcript\na.wav,w7 w8 w9 w10\n")
    return tmp_path


def test_a_model_is_measured_and_printed_as_json(folder: Path) -> None:
    model = tiny_whisper.write(folder / "tiny")
    done = CliRunner().invoke(
        APP, ["asr", "--data", str(folder), "--model", f"whisper:{model}", "--json"]
    )
    (found,) = json.loads(done.stdout)["models"]
    assert (found["model"], found["rough"]) == ("faster-whisper tiny", False)
    assert found["metrics"]["wer"] == 0.25


def test_a_model_that_was_asked_for_must_be_there(folder: Path) -> None:
    done = CliRunner().invoke(APP, ["asr", "--data", str(folder), "--model", "whisper:tiny"])
    assert isinstance(done.exception, WeightsError)


def test_data_that_are_not_there_are_named(tmp_path: Path) -> None:
    done = CliRunner().invoke(APP, ["asr", "--data", str(tmp_path)])
    assert isinstance(done.exception, DataSetError)


def test_what_is_not_here_is_left_out_with_its_reason(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = folder / "weights"
    tiny_whisper.write(weights / "faster-whisper-base")
    monkeypatch.setenv("INSIDEOUT_WEIGHTS_DIR", str(weights))
    monkeypatch.setitem(sys.modules, "pocketsphinx", None)
    done = CliRunner().invoke(APP, ["asr", "--data", str(folder)], env={"COLUMNS": "200"})
    assert "0.250" in done.stdout
    assert "faster-whisper base" in done.stdout
    assert "insideout-emotions[rough-asr]" in " ".join(done.stderr.split())
