from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.perception.face.frames import frame, steady, write_film
from tests.service.conftest import Cli, Ran
from tests.service.faces import DETECTOR, FILMS, MODEL
from tests.service.test_say_schema import SCHEMA

from insideout.perception.weights import OVERRIDE_VARIABLE
from insideout.service.cli import perceive_film

Perceive = Callable[..., Ran]


@pytest.fixture
def perceive(cli: Cli, shared: Path, monkeypatch: pytest.MonkeyPatch) -> Perceive:
    """`insideout perceive` with a small recogniser of the shared folder."""
    monkeypatch.setenv(OVERRIDE_VARIABLE, str(shared / DETECTOR))
    return lambda *args: cli("perceive", *args, "--face-model", str(shared / MODEL))


@pytest.fixture
def silent(shared: Path, tmp_path: Path) -> Path:
    """The film of a smile without its sound."""
    from insideout.perception.face.film_frames import Film

    return write_film(tmp_path / "silent.mp4", Film(shared / FILMS / "single_face.mp4"))  # type: ignore[arg-type]


def test_the_json_holds_the_state_and_the_course(perceive: Perceive, silent: Path) -> None:
    printed = perceive(str(silent), "--json").json
    state = Draft202012Validator({**SCHEMA["$defs"]["state"], "$defs": SCHEMA["$defs"]})
    state.validate(printed["state"])
    assert printed["state"]["emotion"] == "joy"
    (film,) = printed["film"]
    assert [episode["emotion"] for episode in film["episodes"]][:2] == ["neutral", "joy"]
    assert film["remarks"] == ["the film has no sound track"]
    assert film["descriptors"]["max"]["happy"] > 0.9


def test_people_see_the_course_as_a_ribbon(perceive: Perceive, silent: Path) -> None:
    ran = perceive(str(silent))
    assert ran.code == 0
    for shown in ("frames read", "████", "█ joy", "looks neutral for a moment, then happy for 2 s"):
        assert shown in ran.out


def test_a_film_is_drawn_and_annotated(perceive: Perceive, silent: Path, tmp_path: Path) -> None:
    to = (tmp_path / "out.png", tmp_path / "out.mp4")
    ran = perceive(str(silent), "--plot", str(to[0]), "--annotate", str(to[1]), "--lang", "ru")
    assert ran.code == 0
    assert all(path.stat().st_size > 20_000 for path in to)


def test_a_film_without_a_face_abstains(perceive: Perceive, tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mp4", [(n / 25, frame()) for n in range(10)])
    ran = perceive(str(path), "--json")
    assert ran.code == 0
    assert ran.json["state"]["readings"][0]["abstained"] == "no face in the film"


def test_face_and_voice_of_one_film_are_both_read(perceive: Perceive, shared: Path) -> None:
    printed = perceive(str(shared / FILMS / "single_face.mp4"), "--json").json
    assert [reading["modality"] for reading in printed["state"]["readings"]] == ["face", "voice"]
    assert len(printed["film"]) == len(printed["voice"]) == 1


def test_a_film_without_pictures_is_heard(perceive: Perceive, tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mp4", [], sound_secs=1.0)
    printed = perceive(str(path), "--json").json
    assert "film" not in printed
    assert "the film has no picture track" in printed["voice"][0]["remarks"]


def test_a_picture_that_cannot_be_drawn_is_told_at_once(perceive: Perceive, silent: Path) -> None:
    ran = perceive(str(silent), "--plot", "out.docx")
    assert ran.code == 2
    assert "expected a .png" in ran.err


def test_a_missing_library_of_voices_is_a_remark(
    perceive: Perceive, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(perceive_film, "VOICE", "nobody_has_this")
    film = str(shared / FILMS / "single_face.mp4")
    printed = perceive(film, "--json").json
    assert "voice" not in printed
    assert any("insideout-emotions[voice]" in remark for remark in printed["film"][0]["remarks"])
    assert perceive(film, "--transcribe").code == 2


def test_a_film_without_pictures_cannot_be_annotated(perceive: Perceive, tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mp4", [], sound_secs=0.5)
    ran = perceive(str(path), "--annotate", str(tmp_path / "out.mp4"))
    assert ran.code == 2
    assert "no picture track" in ran.err


@pytest.mark.parametrize("content", [b"", b"no film" * 50])
def test_what_is_no_film_is_an_error(perceive: Perceive, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(content)
    ran = perceive(str(path))
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be read as a film" in ran.err


def test_options_of_hearts_are_refused(perceive: Perceive, tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mp4", steady(0.2))
    ran = perceive(str(path), "--rate", "25")
    assert ran.code == 2
    assert "--rate is not meant" in ran.err
