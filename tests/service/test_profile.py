"""`insideout profile`, and what `say --profile` makes of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import neurokit2
import numpy as np
import pytest
from PIL import Image
from tests.perception.face.frames import Square, frame, write_film
from tests.perception.voice.speech import silence, speaking
from tests.service.conftest import Cli, Ran
from tests.service.test_perceive_voice import write
from tests.service.test_say_signals import Smiles

from insideout.perception.policy import VARIABLE
from insideout.service.cli import profile_make

Make = Callable[..., Ran]
WORDS = "I lost my job today"


class Faces(Smiles):
    """A FaceReader of squares."""

    def __init__(self, language: str = "en") -> None:
        super().__init__(language)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Ten seconds of speech, a photo, a film of four seconds, two minutes of a calm heart."""
    folder = tmp_path_factory.mktemp("rest")
    write(folder / "voice.wav", silence(0.5), speaking(12.0), silence(1.0), speaking(3.0, seed=1))
    write(folder / "moment.wav", silence(0.5), speaking(2.0, pitch_hz=220.0, seed=2), silence(0.5))
    Image.fromarray(frame(Square(happy=0.3))).save(folder / "face.png")
    write_film(folder / "film.mp4", [(n / 5, frame(Square(happy=0.3))) for n in range(21)])
    heart = neurokit2.ecg_simulate(duration=120, sampling_rate=250, heart_rate=62, random_state=3)
    np.savetxt(folder / "ecg.csv", heart, "%.5f", header="ECG", comments="")
    return {path.stem: str(path) for path in folder.iterdir()}


@pytest.fixture
def make(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Make:
    """`insideout profile make anna --yes --json` with these options."""
    monkeypatch.setattr(profile_make, "FaceReader", Faces)
    monkeypatch.setattr(profile_make, "others_at_rest", lambda modality, model: None)
    return lambda *options: cli("profile", "make", "anna", *options, "--yes", "--json")


def at(tmp_path: Path) -> dict[str, Any]:
    """The file."""
    path = tmp_path / "data" / "insideout" / "profiles" / "anna.json"
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def test_a_profile_knows_face_voice_and_heart(
    make: Make, files: dict[str, str], tmp_path: Path
) -> None:
    ran = make("--face", files["film"], "--voice", files["voice"], "--ecg", files["ecg"],
               "--rate", "250", "--moment", f"joy={files['moment']}")  # fmt: skip
    assert ran.code == 0, ran.err
    rest = at(tmp_path)["rest"]
    assert list(rest) == ["face", "voice", "heart"]
    assert 3 <= rest["face"]["readings"] <= 5
    assert rest["voice"]["moments"] == {"joy": 1}
    assert len(rest["voice"]["heard"]) == rest["voice"]["readings"] >= 4
    assert 110 < len(rest["heart"]["times_secs"]) < 140
    assert "heard" not in ran.json["rest"]["voice"]


def test_it_says_what_is_kept_and_where(make: Make, files: dict[str, str]) -> None:
    err = " ".join(make("--voice", files["voice"]).err.split())
    assert "No picture, no sound and no signal is kept" in err
    assert "profiles/anna.json" in err
    assert "insideout profile delete anna" in err


def test_without_yes_nothing_is_made_where_nobody_can_be_asked(
    cli: Cli, files: dict[str, str]
) -> None:
    ran = cli("profile", "make", "anna", "--voice", files["voice"])
    assert ran.code == 2
    assert "--yes" in ran.err
    assert cli("profile", "list", "--json").json == []


def test_profiles_are_listed_shown_and_deleted(cli: Cli, make: Make, files: dict[str, str]) -> None:
    make("--voice", files["voice"])
    (row,) = cli("profile", "list", "--json").json
    assert (row["name"], row["knows"]) == ("anna", ["voice"])
    assert "pieces of speech at rest" in cli("profile", "show", "anna").out
    assert cli("profile", "show", "anna", "--json").json["rest"]["voice"]["heard"]
    assert cli("profile", "delete", "anna").code == 2
    assert cli("profile", "delete", "anna", "--yes", "--json").json == {"deleted": "anna"}
    assert "no profile is kept" in cli("profile", "list").err


def test_a_damaged_profile_is_listed_as_such_and_can_be_made_again(
    cli: Cli, make: Make, files: dict[str, str], tmp_path: Path
) -> None:
    make("--ecg", files["ecg"], "--rate", "250")
    path = tmp_path / "data" / "insideout" / "profiles" / "anna.json"
    path.write_text("{")
    assert "cannot be read as a profile" in cli("profile", "list").err
    assert make("--ecg", files["ecg"], "--rate", "250").code == 0
    assert cli("profile", "show", "anna").code == 0


def test_an_unknown_profile_names_the_closest(cli: Cli, make: Make, files: dict[str, str]) -> None:
    make("--ecg", files["ecg"], "--rate", "250")
    for command in ("show", "delete"):
        ran = cli("profile", command, "ana")
        assert ran.code == 2
        assert "did you mean 'anna'" in ran.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "there is nothing to make a profile of"),
        (("--face", "VOICE"), "voice.wav is a sound; expected a picture or a film"),
        (("--voice", "FACE"), "face.png is a picture; expected a sound or a film"),
        (("--ecg", "VOICE"), "expected a heart recording"),
        (("--moment", "joy"), "expected EMOTION=FILE"),
        (("--moment", "glee=FACE"), "unknown emotion 'glee'"),
        (("--moment", "contempt=FACE"), "no label for contempt"),
        (("--rate", "250"), "--moment emotion=FILE"),
        (("--face", "gone.png"), "there is no file gone.png"),
        (("--face", "FACE"), "only 1 usable Readings of rest"),
        (("--voice", "QUIET"), "expected 20 to 60 seconds of plain speech"),
        (("--ecg", "SHORT", "--rate", "250"), "expected 80 quiet seconds"),
    ],
)
def test_what_cannot_be_used_is_said(
    make: Make, files: dict[str, str], tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    write(tmp_path / "quiet.wav", silence(3.0))
    short = Path(files["ecg"]).read_text().splitlines()[: 30 * 250]
    (tmp_path / "short.csv").write_text("\n".join(short))
    places = {name.upper(): path for name, path in files.items()}
    places |= {"QUIET": str(tmp_path / "quiet.wav"), "SHORT": str(tmp_path / "short.csv")}
    given = [
        option.replace(option.rpartition("=")[2], places[option.rpartition("=")[2]])
        if option.rpartition("=")[2] in places
        else option
        for option in options
    ]
    ran = make(*given)
    assert ran.code == 2
    assert told in ran.err
    assert not (tmp_path / "data" / "insideout" / "profiles" / "anna.json").exists()


@pytest.mark.parametrize("policy", ["workplace", "text-only"])
def test_the_policy_forbids_profiles(
    make: Make, files: dict[str, str], policy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, policy)
    ran = make("--voice", files["voice"])
    assert ran.code == 2
    assert "so no profile of them is made" in ran.err


def test_say_reads_a_voice_and_a_heart_as_the_persons(
    cli: Cli, make: Make, files: dict[str, str]
) -> None:
    make("--voice", files["voice"], "--ecg", files["ecg"], "--rate", "250")
    given = ("--voice", files["moment"], "--ecg", files["ecg"], "--rate", "250", "--json")
    stranger = cli("say", WORDS, *given).json["state"]["readings"]
    known = cli("say", WORDS, *given, "--profile", "anna").json["state"]["readings"]
    models = {reading["modality"]: reading["model"] for reading in known}
    assert models["voice"].endswith(", adapted")
    assert next(r for r in stranger if r["modality"] == "heart")["abstained"]
    assert not next(r for r in known if r["modality"] == "heart")["abstained"]


def test_say_tells_what_the_profile_does_not_know(
    cli: Cli, make: Make, files: dict[str, str]
) -> None:
    make("--ecg", files["ecg"], "--rate", "250")
    ran = cli("say", WORDS, "--voice", files["moment"], "--profile", "anna", "--json")
    assert "the profile 'anna' does not know the voice" in ran.err
    assert ran.code == 0


def test_say_needs_a_signal_and_a_known_name(cli: Cli, files: dict[str, str]) -> None:
    assert "none was given" in cli("say", WORDS, "--profile", "anna").err
    ran = cli("say", WORDS, "--voice", files["moment"], "--profile", "anna")
    assert ran.code == 2
    assert "there is no profile 'anna'" in ran.err
