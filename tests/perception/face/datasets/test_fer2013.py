"""FER-2013 in its three layouts."""

import zipfile
from pathlib import Path

import numpy as np
import pytest
from tests.perception.face.datasets.layouts import (
    fer_face,
    png,
    write_fer_csv,
    write_fer_folder,
    write_fer_zip,
)

from insideout.perception.errors import BadSignalError, UnknownLabelError
from insideout.perception.face.datasets.fer2013 import (
    COUNTS,
    FerSet,
    conflicting,
    load_fer2013,
    repeated,
    same_images,
)
from insideout.perception.label_spaces import FER_2013

ROWS = [
    ("angry", "Training_1", fer_face("angry")),
    ("happy", "Training_2", fer_face("happy")),
    ("happy", "PublicTest_3", fer_face("happy")),
    ("sad", "PrivateTest_4", fer_face("sad")),
]
CSV_ROWS = [(label, name.partition("_")[0], picture) for label, name, picture in ROWS]


@pytest.fixture(params=["folder", "zip", "csv"])
def data(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "folder":
        return write_fer_folder(tmp_path / "fer", ROWS)
    if request.param == "zip":
        return write_fer_zip(tmp_path / "fer.zip", ROWS)
    return write_fer_csv(tmp_path / "fer2013.csv", CSV_ROWS)


def _labels(found: FerSet) -> list[str]:
    return sorted(FER_2013.labels[place] for place in found.labels)


def test_every_layout_holds_the_same(data: Path) -> None:
    found = load_fer2013(data)
    assert _labels(found) == ["angry", "happy", "happy", "sad"]
    assert found.images.shape == (4, 48, 48)
    assert found.images.dtype == np.uint8
    assert found.splits() == ("train", "public", "private")


def test_a_split_is_told_by_names(data: Path) -> None:
    assert _labels(load_fer2013(data, "train")) == ["angry", "happy"]
    assert _labels(load_fer2013(data, "public")) == ["happy"]
    assert _labels(load_fer2013(data).of("private")) == ["sad"]


def test_pixels_stay_as_they_are(data: Path) -> None:
    found = load_fer2013(data, "private")
    assert (found.images[0] == fer_face("sad")).all()


def test_images_of_the_other_set_are_found(data: Path) -> None:
    test, train = load_fer2013(data, "public"), load_fer2013(data, "train")
    assert same_images(test, train).tolist() == [True]
    assert same_images(train, test).sum() == 1


def test_repeated_and_conflicting_images_are_found(tmp_path: Path) -> None:
    same = fer_face("fear")
    rows = [("fear", "a", same), ("sad", "b", same), ("sad", "c", fer_face("sad"))]
    found = load_fer2013(write_fer_folder(tmp_path, rows))
    assert repeated(found).sum() == 1
    assert conflicting(found).tolist() == [True, True, False]


def test_folders_above_the_label_and_other_words_for_it_do_not_matter(tmp_path: Path) -> None:
    write_fer_folder(tmp_path / "test", [("Happiness", "x", fer_face("happy"))])
    assert _labels(load_fer2013(tmp_path)) == ["happy"]


def test_names_without_a_split_are_taken_whole_or_not_at_all(tmp_path: Path) -> None:
    write_fer_folder(tmp_path, [("happy", "im1", fer_face("happy"))])
    assert load_fer2013(tmp_path).splits() == ()
    with pytest.raises(BadSignalError, match="does not say which split"):
        load_fer2013(tmp_path, "public")


def test_an_unknown_label_is_named_with_the_known_ones(tmp_path: Path) -> None:
    write_fer_folder(tmp_path, [("bored", "x", fer_face("happy"))])
    with pytest.raises(UnknownLabelError, match=r"x\.png.*'bored'.*Known: angry"):
        load_fer2013(tmp_path)


def test_an_image_of_another_size_is_refused(tmp_path: Path) -> None:
    write_fer_folder(tmp_path, [("happy", "big", np.zeros((50, 40), dtype=np.uint8))])
    with pytest.raises(BadSignalError, match=r"big\.png is 40 x 50 pixels"):
        load_fer2013(tmp_path)


def test_a_broken_image_is_named(tmp_path: Path) -> None:
    (tmp_path / "happy").mkdir()
    (tmp_path / "happy" / "cut.png").write_bytes(png(fer_face("happy"))[:40])
    with pytest.raises(BadSignalError, match=r"cut\.png cannot be read as a picture"):
        load_fer2013(tmp_path)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("7,1 2,Training", "emotion is '7'"),
        ("0,1 2,Training", "has 2 pixels"),
        ("0,,Training", "has 0 pixels"),
        ("0,a b,Training", "not numbers"),
        (f"0,{' '.join(['300'] * 2304)},Training", "of 0 to 255"),
        ("0,1 2,Test", "Usage is 'Test'"),
        ("0,1 2", "cut off"),
    ],
)
def test_a_wrong_row_of_the_csv_is_told_with_its_line(
    tmp_path: Path, line: str, words: str
) -> None:
    path = tmp_path / "fer2013.csv"
    path.write_text(f"emotion,pixels,Usage\n{line}\n")
    with pytest.raises(BadSignalError, match=f"line 2.*{words}"):
        load_fer2013(path)


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "fer2013.csv"
    path.write_text("emotion,image\n0,1\n")
    with pytest.raises(BadSignalError, match="pixels, usage is not there"):
        load_fer2013(path)


def test_what_is_no_data_set_is_refused(tmp_path: Path) -> None:
    (tmp_path / "not.zip").write_bytes(b"PK nothing")
    (tmp_path / "empty.csv").write_text("emotion,pixels,Usage\n")
    (tmp_path / "nothing").mkdir()
    with zipfile.ZipFile(tmp_path / "hollow.zip", "w"):
        pass
    for name, words in (
        ("not.zip", "cannot be read as a zip"),
        ("empty.csv", "no rows"),
        ("nothing", "no images"),
        ("hollow.zip", "no images"),
        ("nowhere", "there is nothing at"),
    ):
        with pytest.raises(BadSignalError, match=words):
            load_fer2013(tmp_path / name)


@pytest.mark.slow
def test_the_real_sets_have_the_published_counts_and_share_images(shared: Path) -> None:
    folder = shared / "signals" / "face" / "fer2013"
    train = load_fer2013(folder / "train.zip", "train")
    test = load_fer2013(folder / "public_test.zip", "public")
    assert (len(train), len(test)) == (COUNTS["train"], COUNTS["public"])
    assert same_images(test, train).sum() == 280
