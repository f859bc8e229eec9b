import json
import wave
from pathlib import Path

import numpy as np
import pytest
from jsonschema import Draft202012Validator
from numpy.typing import NDArray
from tests.perception.voice.speech import Scribe, silence, speaking
from tests.service.conftest import Cli
from tests.service.test_say_schema import SCHEMA

from insideout.perception.voice.sound import RATE_HZ

TRANSCRIBER = "insideout.service.cli.perceive_voice.transcriber"


def write(path: Path, *parts: NDArray[np.float32]) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(np.round(32_767 * np.concatenate(parts)).astype("<i2").tobytes())
    return path


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two utterances with a pause between them."""
    folder = tmp_path_factory.mktemp("voice")
    first, second = speaking(2.0), speaking(1.5, seed=1)
    return write(folder / "speech.wav", silence(0.5), first, silence(1.2), second, silence(0.5))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody says that they lost their job."""
    monkeypatch.setattr(TRANSCRIBER, Scribe)


def test_the_json_holds_the_state_and_each_utterance(cli: Cli, speech: Path) -> None:
    printed = cli("perceive", str(speech), "--json").json
    state = Draft202012Validator({**SCHEMA["$defs"]["state"], "$defs": SCHEMA["$defs"]})
    state.validate(printed["state"])
    (voice,) = printed["voice"]
    assert [reading["modality"] for reading in printed["state"]["readings"]] == ["voice"]
    assert len(voice["utterances"]) == 2
    assert voice["utterances"][0]["prosody"]["pitch_hz"] == pytest.approx(150.0, rel=0.2)
    assert (voice["words"], voice["utterances"][0]["transcript"]) == (None, None)


def test_people_see_when_it_was_said_and_how(cli: Cli, speech: Path) -> None:
    ran = cli("perceive", str(speech))
    assert ran.code == 0
    for shown in ("speech.wav: 0:06 min, 2 utterances", "0:00-0:0", "in all", "█"):
        assert shown in ran.out


@pytest.mark.usefixtures("written")
def test_words_are_shown_and_read(cli: Cli, speech: Path) -> None:
    ran = cli("perceive", str(speech), "--transcribe")
    assert "“I lost my job today”" in ran.out
    printed = cli("perceive", str(speech), "--transcribe", "--json").json
    (voice,) = printed["voice"]
    assert voice["words"]["modality"] == "text"
    assert voice["utterances"][1]["transcript"]["text"] == "I lost my job today"


def test_words_and_a_voice_make_one_state(cli: Cli, speech: Path) -> None:
    printed = cli("perceive", str(speech), "--text", "I lost my job", "--json").json
    assert [reading["modality"] for reading in printed["state"]["readings"]] == ["text", "voice"]


def test_a_picture_is_drawn(cli: Cli, speech: Path, tmp_path: Path) -> None:
    assert cli("perceive", str(speech), "--plot", str(tmp_path / "out.png")).code == 0
    assert (tmp_path / "out.png").stat().st_size > 20_000


def test_a_picture_that_cannot_be_written_is_said(cli: Cli, speech: Path, tmp_path: Path) -> None:
    ran = cli("perceive", str(speech), "--plot", str(tmp_path / "out.docx"))
    assert ran.code == 2
    assert "name a .png or .pdf" in ran.err


def test_a_neutral_recording_makes_the_cues_relative(
    cli: Cli, speech: Path, tmp_path: Path
) -> None:
    quiet = write(tmp_path / "quiet.wav", silence(0.5), 0.1 * speaking(2.0), silence(0.5))
    ran = cli("perceive", str(quiet), "--baseline", str(speech))
    assert ran.code == 0
    assert "quieter" in ran.out


def test_a_neutral_recording_without_speech_is_refused(
    cli: Cli, speech: Path, tmp_path: Path
) -> None:
    nothing = write(tmp_path / "nothing.wav", silence(5.0))
    ran = cli("perceive", str(speech), "--baseline", str(nothing))
    assert ran.code == 2
    assert "cannot be used: silence" in ran.err


def test_silence_is_no_error_and_the_reason_is_given(cli: Cli, tmp_path: Path) -> None:
    nothing = write(tmp_path / "nothing.wav", silence(3.0))
    ran = cli("perceive", str(nothing), "--lang", "ru")
    assert ran.code == 0
    assert "тишина" in ran.out


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "is empty"), (b"no sound at all " * 99, "cannot be read as sound")],
    ids=["empty", "words"],
)
def test_what_is_no_sound_is_said_in_one_line(
    cli: Cli, tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "speech.mp3"
    path.write_bytes(content)
    ran = cli("perceive", str(path), "--json")
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_an_unknown_model_is_said(cli: Cli, speech: Path) -> None:
    ran = cli("perceive", str(speech), "--voice-model", "embeded")
    assert ran.code == 2
    assert "did you mean 'embedded'" in ran.err


def test_an_option_that_sounds_do_not_have_is_refused(cli: Cli, speech: Path) -> None:
    ran = cli("perceive", str(speech), "--pulse")
    assert ran.code == 2
    assert "--pulse is not meant" in ran.err


def test_every_figure_of_the_json_is_finite(cli: Cli, speech: Path) -> None:
    text = cli("perceive", str(speech), "--json").out
    assert "NaN" not in text
    assert json.loads(text)["note"]
