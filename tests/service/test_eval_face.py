"""`insideout eval fer2013`, `affectnet`, `afew`, `abaw` and `photos`."""

import json
from pathlib import Path

import pytest
import typer
from tests.eval.face_samples import BrightnessRecogniser
from tests.perception.face.datasets.layouts import (
    abaw_faces,
    fer_face,
    write_abaw,
    write_affectnet_folder,
    write_fer_folder,
)
from typer.testing import CliRunner, Result

from insideout.eval import face_running
from insideout.perception.errors import InsideOutError
from insideout.perception.label_spaces import FER_2013
from insideout.service.cli import eval_face

for library in ("sklearn", "PIL", "matplotlib"):
    pytest.importorskip(library)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(face_running, "face_recogniser", lambda name: BrightnessRecogniser())
    rows = [(label, f"PublicTest_{label}", fer_face(label)) for label in FER_2013.labels]
    return write_fer_folder(tmp_path / "fer", rows)


def _run(*command: str) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    eval_face.register(app)
    return CliRunner().invoke(app, list(command))


def test_json_is_one_object_and_nothing_else(data: Path) -> None:
    found = json.loads(_run("fer2013", "--data", str(data), "--json").stdout)
    assert (found["task"], found["n"], found["metrics"]["top1"]) == ("face_fer2013", 7, 1.0)
    assert found["labels"]["names"] == list(FER_2013.labels)


def test_people_see_figures_intervals_and_confusion(data: Path) -> None:
    said = _run("fer2013", "--data", str(data), "--against", "another").stdout
    for words in ("macro_f1", "1.000 to 1.000", "surprise", "McNemar", "not looked for"):
        assert words in " ".join(said.split())


def test_the_confusion_is_drawn(data: Path, tmp_path: Path) -> None:
    picture = tmp_path / "confusion.png"
    assert _run("fer2013", "--data", str(data), "--plot", str(picture)).exit_code == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["nowhere/confusion.png", "confusion.nonsense"])
def test_a_picture_that_cannot_be_written_is_told(data: Path, tmp_path: Path, name: str) -> None:
    result = _run("fer2013", "--data", str(data), "--plot", str(tmp_path / name))
    assert isinstance(result.exception, InsideOutError)
    assert "--plot" in str(result.exception)


def test_ratings_alone_are_not_drawn(data: Path, tmp_path: Path) -> None:
    faces = abaw_faces("happiness", "sadness")
    lines = ["0.8,0.5", "-0.7,-0.4"]
    places = write_abaw(tmp_path / "abaw", {"v": lines}, "valence,arousal", faces)
    command = ["abaw", "--data", str(places[0]), "--pictures", str(places[1])]
    assert "mean_ccc" in _run(*command, "--against", "another").stdout
    result = _run(*command, "--plot", str(tmp_path / "c.png"))
    assert "ratings alone" in str(result.exception)


def test_affectnet_has_eight_labels_in_the_table(data: Path, tmp_path: Path) -> None:
    folder = write_affectnet_folder(tmp_path / "val_set", [(1, 0.8, 0.2), (2, -0.6, -0.3)])
    said = _run("affectnet", "--data", str(folder)).stdout
    assert "contempt" in said
    assert "valence_ccc" in said


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["fer2013", "--data", "/nowhere"], "there is nothing at /nowhere"),
        (["affectnet", "--data", "/nowhere"], "there is nothing at /nowhere"),
        (["afew", "--data", "/nowhere"], "not a folder"),
        (["abaw", "--data", "/nowhere", "--pictures", "/nowhere"], "holds no .txt"),
        (["photos", "--data", "/nowhere"], "labels.csv cannot be read"),
    ],
)
def test_data_that_are_not_there_are_a_clear_error(command: list[str], words: str) -> None:
    result = _run(*command)
    assert isinstance(result.exception, InsideOutError)
    assert words in str(result.exception)


def test_a_broken_run_says_how_to_go_on(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(self: BrightnessRecogniser, faces: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(BrightnessRecogniser, "recognise_cut", stop)
    out = str(tmp_path / "run")
    result = _run("fer2013", "--data", str(data), "--model", "any", "--out", out)
    assert "the same command goes on" in " ".join(result.stderr.split())
