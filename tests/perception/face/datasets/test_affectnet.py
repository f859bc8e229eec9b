"""AffectNet in its layouts."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.perception.face.datasets.layouts import (
    face,
    png,
    write_affectnet_folder,
    write_affectnet_list,
)

from insideout.perception.affect import Affect, Emotion
from insideout.perception.errors import BadSignalError, UnknownLabelError
from insideout.perception.face.datasets.affectnet import load_affectnet
from insideout.perception.face.face import FaceBox

ROWS = [(1, 0.75, -0.25), (6, -0.5, 0.5), (9, -2.0, -2.0)]


Write = Callable[[Path, Sequence[tuple[int, float, float]]], Path]


@pytest.mark.parametrize("write", [write_affectnet_list, write_affectnet_folder])
def test_labels_and_ratings_are_read_and_the_uncertain_left_out(
    tmp_path: Path, write: Write
) -> None:
    found = load_affectnet(write(tmp_path / "set", ROWS))
    assert [one.label for one in found.faces] == ["happiness", "anger"]
    assert found.faces[0].affect == Affect(valence=0.75, arousal=-0.25)
    assert all(one.path is not None and one.path.is_file() for one in found.faces)
    assert found.left_out == 1


def test_a_list_says_where_the_face_is(tmp_path: Path) -> None:
    found = load_affectnet(write_affectnet_list(tmp_path, ROWS))
    assert found.faces[0].box == FaceBox(left=6, top=6, width=48, height=48)


def test_the_pictures_of_a_list_may_lie_elsewhere(tmp_path: Path) -> None:
    path = write_affectnet_list(tmp_path, ROWS)
    moved = tmp_path / "Manually_Annotated_Images"
    moved.rename(tmp_path / "elsewhere")
    with pytest.raises(BadSignalError, match=r"2 of the pictures.*--images"):
        load_affectnet(path)
    assert len(load_affectnet(path, tmp_path / "elsewhere").faces) == 2


@pytest.mark.parametrize(("folder", "label"), [("3", "surprise"), ("Fearful", "fear")])
def test_folders_are_labels_by_number_or_name(tmp_path: Path, folder: str, label: str) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "a.png").write_bytes(png(face(Emotion.JOY)))
    assert [one.label for one in load_affectnet(tmp_path).faces] == [label]


def test_an_unknown_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bored").mkdir()
    (tmp_path / "bored" / "a.png").write_bytes(png(face(Emotion.JOY)))
    with pytest.raises(UnknownLabelError, match="'bored'"):
        load_affectnet(tmp_path)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((12, 0.0, 0.0), "expression is 12"),
        ((1, 3.0, 0.0), "valence 3"),
        ((1, float("nan"), 0.0), "valence nan"),
    ],
)
def test_a_wrong_value_is_told_with_its_line(
    tmp_path: Path, row: tuple[int, float, float], words: str
) -> None:
    path = write_affectnet_list(tmp_path, [row])
    with pytest.raises(BadSignalError, match=f"line 2.*{words}"):
        load_affectnet(path)


def test_a_list_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "validation.csv"
    path.write_text("file,label\na.jpg,1\n")
    with pytest.raises(BadSignalError, match="face_x"):
        load_affectnet(path)


def test_an_annotation_without_its_picture_is_refused(tmp_path: Path) -> None:
    folder = write_affectnet_folder(tmp_path / "val_set", ROWS)
    (folder / "images" / "1.png").unlink()
    with pytest.raises(BadSignalError, match=r"no picture 1\.jpg"):
        load_affectnet(folder)


def test_an_annotation_that_is_no_number_is_refused(tmp_path: Path) -> None:
    folder = write_affectnet_folder(tmp_path / "val_set", ROWS)
    np.save(folder / "annotations" / "0_exp.npy", np.array(["happy", "sad"]))
    with pytest.raises(BadSignalError, match="one number"):
        load_affectnet(folder)


def test_nothing_there_or_nothing_labelled_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSignalError, match="there is nothing at"):
        load_affectnet(tmp_path / "nowhere")
    with pytest.raises(BadSignalError, match="no face with one of the labels"):
        load_affectnet(write_affectnet_folder(tmp_path / "val_set", [(10, -2.0, -2.0)]))
