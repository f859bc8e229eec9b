"""ABAW's frame annotations."""

from pathlib import Path

import pytest
from tests.perception.face.datasets.layouts import abaw_faces, write_abaw

from insideout.perception.affect import Affect
from insideout.perception.errors import BadSignalError
from insideout.perception.face.datasets.abaw import load_abaw

EXPRESSIONS = "Neutral,Anger,Disgust,Fear,Happiness,Sadness,Surprise,Other"
FACES = abaw_faces("neutral", "happiness", "anger")


def test_each_frame_has_its_label_and_picture(tmp_path: Path) -> None:
    places = write_abaw(tmp_path, {"v1": ["0", "4", "-1", "7"]}, EXPRESSIONS, FACES)
    found = load_abaw(*places)
    assert [one.label for one in found.faces] == ["neutral", "happiness", "other"]
    assert found.left_out == 1
    assert [None if one.path is None else one.path.stem for one in found.faces] == [
        "00001",
        "00002",
        None,
    ]


def test_ratings_of_minus_five_are_left_out(tmp_path: Path) -> None:
    lines = ["0.25,-0.5", "-5,-5", "1,1"]
    found = load_abaw(*write_abaw(tmp_path, {"v1": lines}, "valence,arousal", FACES))
    assert found.faces[0].affect == Affect(valence=0.25, arousal=-0.5)
    assert (len(found.faces), found.left_out) == (2, 1)


def test_the_multi_task_file_has_everything(tmp_path: Path) -> None:
    _, pictures = write_abaw(tmp_path, {"v1": ["0"]}, EXPRESSIONS, FACES)
    table = tmp_path / "validation_set_annotations.txt"
    table.write_text(
        "image,valence,arousal,expression,aus\n"
        "v1/00001.png,0.2,-0.1,0,1,0,0,0,0,0,0,0,0,0,0,0\n"
        "v1/00002.png,-5,-5,4,1,0,0,0,0,0,0,0,0,0,0,0\n"
        "v1/00003.png,-5,-5,-1,1,0,0,0,0,0,0,0,0,0,0,0\n"
    )
    found = load_abaw(table, pictures)
    assert [(one.label, one.affect is not None, one.film) for one in found.faces] == [
        ("neutral", True, "v1"),
        ("happiness", False, "v1"),
    ]
    assert found.left_out == 1


@pytest.mark.parametrize(
    ("head", "line", "words"),
    [
        ("AU1,AU2", "0,1", "action units are not read"),
        (EXPRESSIONS, "8", "line 2: the expression is '8'"),
        (EXPRESSIONS, "", "line 2: the expression is ''"),
        ("valence,arousal", "0.1", "expected valence and arousal"),
        ("valence,arousal", "0.1,2", "expected -1 to 1"),
    ],
)
def test_what_is_of_another_layout_is_refused(
    tmp_path: Path, head: str, line: str, words: str
) -> None:
    with pytest.raises(BadSignalError, match=words):
        load_abaw(*write_abaw(tmp_path, {"v1": [line, line or "0"]}, head, FACES))


def test_a_film_without_any_picture_is_told(tmp_path: Path) -> None:
    annotations, _ = write_abaw(tmp_path, {"v1": ["0"]}, EXPRESSIONS, FACES)
    with pytest.raises(BadSignalError, match="1 of 1 annotated films have no pictures"):
        load_abaw(annotations, tmp_path / "nowhere")


def test_no_annotations_no_labels_no_text_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadSignalError, match=r"holds no \.txt"):
        load_abaw(tmp_path, tmp_path)
    places = write_abaw(tmp_path / "a", {"v1": ["-1"]}, EXPRESSIONS, FACES)
    with pytest.raises(BadSignalError, match="none of 1 frames"):
        load_abaw(*places)
    (tmp_path / "v2.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSignalError, match="cannot be read as text"):
        load_abaw(tmp_path, tmp_path)
    (tmp_path / "v2.txt").write_text("\n")
    with pytest.raises(BadSignalError, match="is empty"):
        load_abaw(tmp_path, tmp_path)
