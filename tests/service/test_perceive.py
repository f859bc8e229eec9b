from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.service.conftest import Cli
from tests.service.test_say_schema import SCHEMA

from insideout.service.cli.file_kinds import FILE_KINDS, FOLDER_TAKES, MIC_TAKES, WEBCAM_TAKES
from insideout.service.cli.perceived import Asked


def test_the_json_is_the_state_of_the_documented_contract(cli: Cli) -> None:
    printed = cli("perceive", "--text", "I lost my job", "--json").json
    Draft202012Validator({**SCHEMA["$defs"]["state"], "$defs": SCHEMA["$defs"]}).validate(printed)
    assert printed["emotion"] == "sadness"


def test_people_see_bars_labels_and_valence(cli: Cli) -> None:
    ran = cli("perceive", "--text", "I lost my job")
    for shown in ("█", "text", "unpleasant", "valence"):
        assert shown in ran.out


def test_words_may_be_piped_in(cli: Cli) -> None:
    assert "радость" not in cli("perceive", stdin="I am happy").out
    assert "неприятно" in cli("perceive", "--text", "-", stdin="Мне очень грустно").out


@pytest.mark.parametrize("name", ["face.jpg", "film.mp4", "ecg.csv"])
def test_a_file_that_is_not_there_is_told(cli: Cli, name: str) -> None:
    ran = cli("perceive", name)
    assert ran.code == 2
    assert name in ran.err or "insideout-emotions[" in ran.err


def test_an_unknown_suffix_says_what_is_read(cli: Cli) -> None:
    ran = cli("perceive", "notes.docx")
    assert ran.code == 2
    for kind in FILE_KINDS:
        assert kind.name in ran.err


def test_options_of_files_need_a_file(cli: Cli) -> None:
    ran = cli("perceive", "--text", "hello", "--rate", "250", "--all-faces")
    assert ran.code == 2
    assert "--rate, --all-faces: for files, and no file was given" in ran.err


def test_every_option_belongs_to_some_kind_of_input() -> None:
    taken = {*FOLDER_TAKES, *MIC_TAKES, *WEBCAM_TAKES}
    taken.update(name for kind in FILE_KINDS for name in kind.takes)
    every = Asked(
        rate=1.0,
        kind="ecg",
        column="a",
        baseline=Path("a"),
        plot=Path("a"),
        pulse=True,
        annotate=Path("a"),
        all_faces=True,
        face_model="a",
        face_cues=True,
        age_gender=Path("a"),
        transcribe=True,
        voice_model="a",
        profile="a",
        out=Path("a"),
        camera="0",
        secs=1.0,
        json_=True,
    )
    assert set(every.given) == taken


def test_a_pulse_is_looked_for_in_films_alone(cli: Cli) -> None:
    ran = cli("perceive", "gone.mp4", "--pulse")
    assert ran.code == 2
    assert "gone.mp4" in ran.err or "insideout-emotions[" in ran.err
    assert "for its pulse alone" in cli("perceive", "gone.mp4", "--pulse", "--plot", "a.png").err
    assert "--pulse is not meant" in cli("perceive", "gone.jpg", "--pulse").err


def test_live_doors_stand_alone(cli: Cli) -> None:
    for args in (["--mic"], ["a.jpg"], ["--text", "hello"]):
        ran = cli("perceive", "--webcam", *args)
        assert ran.code == 2
        assert "stand alone" in ran.err


def test_live_doors_refuse_options_of_files(cli: Cli) -> None:
    ran = cli("perceive", "--webcam", "--plot", "out.png")
    assert ran.code == 2
    assert "--plot is not meant" in ran.err


def test_a_folder_is_read_alone(cli: Cli, tmp_path: Path) -> None:
    ran = cli("perceive", str(tmp_path), "a.jpg", "--out", "t.csv")
    assert ran.code == 2
    assert "read alone" in ran.err


def test_an_annotated_file_is_made_of_one(cli: Cli) -> None:
    ran = cli("perceive", "a.jpg", "b.jpg", "--annotate", "out.jpg")
    assert ran.code == 2
    assert "--annotate draws one recording" in ran.err


@pytest.mark.parametrize("asked", [["--webcam"], ["--mic"], ["face.jpg"]])
def test_under_text_only_nothing_else_is_opened(
    asked: list[str], cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSIDEOUT_POLICY", "text-only")
    ran = cli("perceive", *asked)
    assert ran.code == 2
    assert "the policy 'text-only' opens no camera" in ran.err
