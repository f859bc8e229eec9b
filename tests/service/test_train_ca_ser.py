"""`insideout train voice --model ca-ser`, end to end on two speakers and a tiny wav2vec 2.0."""

import json
from pathlib import Path

import pytest
import typer
from tests.perception.voice.synthetic import spoken
from tests.perception.voice.tiny_models import backbone
from typer.testing import CliRunner

from insideout.perception.voice.ca_ser.model import ca_ser_recogniser
from insideout.perception.voice.sound import RATE_HZ
from insideout.service.cli.train_voice import register

pytest.importorskip("torch", reason="needs the extra 'train'")
pytest.importorskip("transformers", reason="needs the extra 'train'")
soundfile = pytest.importorskip("soundfile", reason="needs the extra 'voice'")

pytestmark = pytest.mark.torch


@pytest.mark.slow
def test_the_figures_stand_beside_the_model(tmp_path: Path) -> None:
    for speaker in ("03", "08"):
        for letter, pitch in (("T", 110.0), ("F", 300.0)):
            name = f"{speaker}a01{letter}a.wav"
            soundfile.write(tmp_path / name, spoken(secs=0.5, pitch_hz=pitch).samples, RATE_HZ)
    base, out = backbone(tmp_path / "base"), tmp_path / "out"
    app = typer.Typer()
    register(app)
    words = ["--model", "ca-ser", "--data", f"emodb={tmp_path}", "--out", str(out)]
    result = CliRunner().invoke(app, [*words, "--base", str(base), "--epochs", "2"])
    assert result.exit_code == 0, result.output
    (found,) = json.loads((out / "figures.json").read_text("utf-8"))
    assert (found["n"], found["speakers"]) == (4, 2)
    assert ca_ser_recogniser(out).space.name == "emo_db"
