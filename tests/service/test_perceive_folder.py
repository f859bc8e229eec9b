import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.service.conftest import Cli, Ran
from tests.service.faces import DETECTOR, MODEL, PHOTOS

from insideout.agents.errors import BadInputError
from insideout.perception.weights import OVERRIDE_VARIABLE
from insideout.service.cli.photo_table import COLUMNS, PhotoTable

Perceive = Callable[..., Ran]


@pytest.fixture
def perceive(cli: Cli, shared: Path, monkeypatch: pytest.MonkeyPatch) -> Perceive:
    """`insideout perceive` with a small recogniser of the shared folder."""
    monkeypatch.setenv(OVERRIDE_VARIABLE, str(shared / DETECTOR))
    return lambda *args: cli("perceive", *args, "--face-model", str(shared / MODEL))


@pytest.fixture
def folder(shared: Path, tmp_path: Path) -> Path:
    """Three photos, one of them in a folder below, one broken, one hidden, one text."""
    photos = tmp_path / "photos"
    (photos / "below").mkdir(parents=True)
    shutil.copy(shared / PHOTOS / "faceapi_happy.jpg", photos / "a.jpg")
    shutil.copy(shared / PHOTOS / "pyfeat_multi_face.jpg", photos / "below" / "b.JPG")
    (photos / "broken.png").write_bytes(b"no picture")
    (photos / ".hidden.jpg").write_bytes(b"")
    (photos / "notes.txt").write_text("nothing")
    return photos


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_photo_is_a_row_and_a_broken_one_has_its_error(
    perceive: Perceive, folder: Path, tmp_path: Path
) -> None:
    ran = perceive(str(folder), "--out", str(tmp_path / "t.csv"))
    assert ran.code == 0
    assert "read 2, abstained 0, unreadable 1" in ran.out
    rows = _rows(tmp_path / "t.csv")
    assert [row["file"] for row in rows] == ["a.jpg", str(Path("below/b.JPG")), "broken.png"]
    assert [row["emotion"] for row in rows] == ["joy", "joy", ""]
    assert "broken.png" in rows[2]["error"]
    assert sum(float(rows[0][name]) for name in COLUMNS if name.startswith("p_")) == pytest.approx(
        1.0, abs=1e-3
    )


def test_every_face_is_a_row_on_request(perceive: Perceive, folder: Path, tmp_path: Path) -> None:
    perceive(str(folder), "--all-faces", "--out", str(tmp_path / "t.jsonl"))
    rows = [json.loads(line) for line in (tmp_path / "t.jsonl").read_text().splitlines()]
    assert [row.get("face") for row in rows] == [1, 1, 2, 3, 4, 5, None]


def test_a_run_that_was_stopped_goes_on(perceive: Perceive, folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    perceive(str(folder), "--out", str(table))
    whole = table.read_bytes()
    table.write_bytes(whole[: whole.index(b"broken.png") + 4])  # stopped in the middle of a line
    printed = perceive(str(folder), "--out", str(table), "--json").json
    assert (printed["photos"], printed["continued"], printed["unreadable"]) == (3, 2, 1)
    assert table.read_bytes() == whole


def test_parquet_holds_the_same(perceive: Perceive, folder: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    ran = perceive(str(folder), "--out", str(tmp_path / "t.parquet"))
    assert ran.code == 0
    rows = parquet.read_table(tmp_path / "t.parquet").to_pylist()
    assert [row["emotion"] for row in rows] == ["joy", "joy", None]
    assert rows[0]["width"] == 500
    assert not list(tmp_path.glob("*.jsonl"))


def test_another_model_does_not_go_on_with_a_table(
    perceive: Perceive, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "t.jsonl").write_text('{"file": "a.jpg", "model": "other"}\n')
    ran = perceive(str(folder), "--out", str(tmp_path / "t.jsonl"))
    assert ran.code == 2
    assert "holds what other says" in ran.err


def test_a_folder_of_broken_photos_is_an_error(perceive: Perceive, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"no picture")
    ran = perceive(str(tmp_path / "photos"), "--out", str(tmp_path / "t.csv"))
    assert ran.code == 2
    assert "not one of the 1 photos" in ran.err
    assert len(_rows(tmp_path / "t.csv")) == 1


def test_a_folder_without_photos_and_a_missing_table_are_told(
    perceive: Perceive, tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    assert "--out FILE.csv" in perceive(str(tmp_path / "photos")).err
    ran = perceive(str(tmp_path / "photos"), "--out", str(tmp_path / "t.csv"))
    assert ran.code == 2
    assert "holds no photo" in ran.err


@pytest.mark.parametrize("content", ["a;b\n1;2\n", "file\nx\n"])
def test_a_file_of_somebody_else_is_not_written_to(tmp_path: Path, content: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(content)
    with pytest.raises(BadInputError, match="no table of photos"):
        PhotoTable(path, "m")
    assert path.read_text() == content


def test_a_table_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"\.csv, \.jsonl, \.parquet"):
        PhotoTable(tmp_path / "t.xlsx", "m")
