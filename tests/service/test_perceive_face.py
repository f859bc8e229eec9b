from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from jsonschema import Draft202012Validator
from PIL import Image
from tests.service.conftest import Cli, Ran
from tests.service.faces import DETECTOR, MODEL, PHOTOS
from tests.service.test_say_schema import SCHEMA

from insideout.perception.weights import OVERRIDE_VARIABLE

Perceive = Callable[..., Ran]


@pytest.fixture
def perceive(cli: Cli, shared: Path, monkeypatch: pytest.MonkeyPatch) -> Perceive:
    """`insideout perceive` with a small recogniser of the shared folder."""
    monkeypatch.setenv(OVERRIDE_VARIABLE, str(shared / DETECTOR))
    return lambda *args: cli("perceive", *args, "--face-model", str(shared / MODEL))


def test_the_json_holds_the_state_and_the_face(perceive: Perceive, shared: Path) -> None:
    printed = perceive(str(shared / PHOTOS / "faceapi_happy.jpg"), "--json").json
    state = Draft202012Validator({**SCHEMA["$defs"]["state"], "$defs": SCHEMA["$defs"]})
    state.validate(printed["state"])
    assert printed["state"]["emotion"] == "joy"
    (photo,) = printed["face"]
    assert (photo["width"], photo["height"], len(photo["faces"])) == (500, 282, 1)
    assert photo["faces"][0]["quality"]["overall"] > 0.5
    assert printed["note"] == "expressions are cues, not facts about what a person feels"


def test_people_see_bars_and_cues(perceive: Perceive, shared: Path) -> None:
    ran = perceive(str(shared / PHOTOS / "faceapi_happy.jpg"))
    assert ran.code == 0
    for shown in ("1 face", "happy", "█", "valence +0.8", "looks happy", "not facts"):
        assert shown in ran.out


def test_all_faces_are_read_on_request(perceive: Perceive, shared: Path) -> None:
    path = str(shared / PHOTOS / "pyfeat_multi_face.jpg")
    (photo,) = perceive(path, "--all-faces", "--json").json["face"]
    assert len(photo["faces"]) == 5
    assert all(face["reading"]["abstained"] is None for face in photo["faces"])
    assert "face 5" in perceive(path, "--all-faces").out


def test_the_largest_alone_is_read_otherwise(perceive: Perceive, shared: Path) -> None:
    ran = perceive(str(shared / PHOTOS / "pyfeat_multi_face.jpg"), "--json")
    assert len(ran.json["face"][0]["faces"]) == 1


def test_two_photos_and_words_make_one_state(perceive: Perceive, shared: Path) -> None:
    paths = [str(shared / PHOTOS / f"faceapi_{name}.jpg") for name in ("happy", "sad")]
    printed = perceive(*paths, "--text", "I am fine", "--json").json
    modalities = [reading["modality"] for reading in printed["state"]["readings"]]
    assert modalities == ["text", "face", "face"]
    assert len(printed["face"]) == 2


def test_faces_are_marked_in_a_copy(perceive: Perceive, shared: Path, tmp_path: Path) -> None:
    to = tmp_path / "out.png"
    ran = perceive(str(shared / PHOTOS / "faceapi_happy.jpg"), "--annotate", str(to))
    assert ran.code == 0
    with Image.open(to) as image:
        assert image.size == (500, 282)


def test_age_and_gender_are_told_only_when_asked_for(perceive: Perceive, shared: Path) -> None:
    path = str(shared / PHOTOS / "faceapi_happy.jpg")
    model = str(shared / MODEL.with_name("gender_mini_xception_21_64.onnx"))
    (asked,) = perceive(path, "--age-gender", model, "--json").json["face"]
    assert set(asked["faces"][0]["age_gender"]["gender"]) == {"woman", "man"}
    (photo,) = perceive(path, "--json").json["face"]
    assert "age_gender" not in photo["faces"][0]


def test_no_face_is_no_error_and_no_guess(perceive: Perceive, tmp_path: Path) -> None:
    path = tmp_path / "grey.png"
    Image.fromarray(np.full((200, 300, 3), 90, dtype=np.uint8)).save(path)
    ran = perceive(str(path), "--json")
    assert ran.code == 0
    assert ran.json["face"][0]["faces"] == []
    assert ran.json["state"]["readings"][0]["abstained"]
    assert ran.json["state"]["confidence"] == 0.0


def test_what_is_no_picture_is_an_error(perceive: Perceive, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"no picture")
    ran = perceive(str(path))
    assert (ran.code, ran.out) == (2, "")
    assert "a.jpg" in ran.err


def test_an_unknown_model_lists_the_known(cli: Cli, shared: Path) -> None:
    ran = cli("perceive", str(shared / PHOTOS / "faceapi_happy.jpg"), "--face-model", "embeded")
    assert ran.code == 2
    assert "did you mean 'embedded'" in ran.err
