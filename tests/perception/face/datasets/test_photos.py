"""A folder of labelled photos."""

from pathlib import Path

import pytest

from insideout.perception.errors import BadSignalError, UnknownLabelError
from insideout.perception.face.datasets.photos import load_photos


def _write(folder: Path, *lines: str, head: str = "file,label,also_acceptable") -> Path:
    (folder / "a.jpg").write_bytes(b"")
    (folder / "labels.csv").write_text("\n".join([head, *lines]) + "\n")
    return folder


def test_labels_and_what_is_accepted_beside_them(tmp_path: Path) -> None:
    (photo,) = load_photos(_write(tmp_path, "a.jpg,sad,disgust;angry"))
    assert (photo.label, photo.also) == ("sad", ("disgust", "angry"))


def test_the_column_of_others_may_be_missing(tmp_path: Path) -> None:
    (photo,) = load_photos(_write(tmp_path, "a.jpg,happiness", head="file,label"))
    assert (photo.label, photo.also) == ("happy", ())


@pytest.mark.parametrize(
    ("line", "head", "error", "words"),
    [
        ("b.jpg,sad,", "file,label,also_acceptable", BadSignalError, "line 2: there is no"),
        ("a.jpg,bored,", "file,label,also_acceptable", UnknownLabelError, "line 2: .*'bored'"),
        ("a.jpg,sad,bored", "file,label,also_acceptable", UnknownLabelError, "'bored'"),
        ("a.jpg,sad", "file,emotion", BadSignalError, "label is not there"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, line: str, head: str, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        load_photos(_write(tmp_path, line, head=head))


def test_a_folder_without_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSignalError, match=r"labels\.csv cannot be read"):
        load_photos(tmp_path)


def test_the_shared_photos_can_be_read(shared: Path) -> None:
    assert len(load_photos(shared / "signals" / "face" / "photos")) == 35
