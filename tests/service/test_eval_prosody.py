import json
from pathlib import Path

import pytest
import typer
from tests.perception.voice.synthetic import spoken
from typer.testing import CliRunner

from insideout.perception.voice.sound import RATE_HZ
from insideout.service.cli.eval_prosody import register

soundfile = pytest.importorskip("soundfile", reason="needs the extra 'voice'")
pytest.importorskip("opensmile", reason="needs the extra 'voice'")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two actors, three neutral clips and an angry one each."""
    folder = tmp_path_factory.mktemp("ravdess")
    for actor in ("01", "02"):
        for emotion, take, level in (
            ("01", 1, -30),
            ("01", 2, -30),
            ("01", 3, -30),
            ("05", 1, -10),
        ):
            name = f"03-01-{emotion}-01-01-{take:02}-{actor}.wav"
            soundfile.write(folder / name, spoken(secs=1.0, level_db=level).samples, RATE_HZ)
    return folder


def asked(*words: str) -> "tuple[int, str]":
    app = typer.Typer()
    register(app)
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout


def test_it_prints_one_json_object(data: Path) -> None:
    code, printed = asked("--data", str(data), "--json")
    found = json.loads(printed)
    assert code == 0
    assert found["n"] == 8
    assert found["own_usual"]["labels"]["angry"]["loudness_db+"] == 1.0


def test_it_shows_a_table(data: Path) -> None:
    code, printed = asked("--data", str(data))
    assert code == 0
    assert "against one's own usual" in printed


def test_an_unknown_set_lists_the_known(data: Path) -> None:
    code, _ = asked("--data", str(data), "--set", "ravdes")
    assert code == 1
