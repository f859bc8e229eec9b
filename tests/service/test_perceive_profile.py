"""`insideout perceive --profile`: files of a person who is known."""

from pathlib import Path

import numpy as np
import pytest
from tests.perception.voice.speech import silence, speaking
from tests.service.conftest import Cli
from tests.service.test_perceive_voice import write

from insideout.perception.heart.beats import Beats
from insideout.perception.heart.own import rest_json
from insideout.perception.person import Profile
from insideout.perception.profiles import save_profile


@pytest.fixture(autouse=True)
def anna() -> None:
    """Her voice is shifted by nothing; her heart beats 75 times a minute at rest."""
    shifts = {"voice-embedded-1": {"neutral": 0.0}}
    rest = {"heart": rest_json(Beats.at(np.arange(0.0, 300.0, 0.8))), "voice": {}}
    save_profile(
        Profile(name="anna", made_at="2026-01-01T10:00:00+01:00", shifts=shifts, rest=rest)
    )


def test_a_voice_is_read_as_hers(cli: Cli, tmp_path: Path) -> None:
    path = write(tmp_path / "voice.wav", silence(0.5), speaking(3.0), silence(0.5))
    ran = cli("perceive", str(path), "--profile", "anna", "--json")
    assert ran.json["state"]["readings"][0]["model"] == "voice-embedded-1, adapted"


def test_a_name_that_is_not_kept_is_said(cli: Cli, tmp_path: Path) -> None:
    path = write(tmp_path / "voice.wav", silence(0.5), speaking(3.0), silence(0.5))
    ran = cli("perceive", str(path), "--profile", "ana")
    assert ran.code == 2
    assert "did you mean 'anna'" in ran.err


def test_words_have_no_profile(cli: Cli) -> None:
    ran = cli("perceive", "--text", "Hello", "--profile", "anna")
    assert ran.code == 2
    assert "--profile" in ran.err
