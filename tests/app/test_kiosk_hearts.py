"""A recording that a visitor brought: read once, and gone whatever becomes of it."""

from pathlib import Path

import pytest

from insideout.perception.errors import BadSignalError
from insideout.service.web.kiosk.hearts import read_heart


class Reader:
    """Notes which files lay before it."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.beside: list[str] = []

    def feed_heart(self, path: Path) -> None:
        """Look at the folder."""
        self.path = path
        self.beside = sorted(file.name for file in path.parent.iterdir())


class Refusing:
    """Reads nothing."""

    def feed_heart(self, path: Path) -> None:
        """Say so."""
        raise BadSignalError(f"{path} is none")


def uploaded(folder: Path, *names: str) -> list[str]:
    """Files as the server keeps them, each in a folder of its own."""
    paths = [folder / str(i) / name for i, name in enumerate(names)]
    for path in paths:
        path.parent.mkdir()
        path.write_text("1\n2\n")
    return [str(path) for path in paths]


def left(folder: Path) -> list[Path]:
    """Everything that is still there."""
    return list(folder.rglob("*"))


def test_a_recording_is_read_and_deleted(tmp_path: Path) -> None:
    reader = Reader()
    read_heart(reader, uploaded(tmp_path, "pulse.csv"))
    assert reader.beside == ["pulse.csv"]
    assert left(tmp_path) == []
    assert reader.path is not None
    assert not reader.path.exists()


def test_the_files_of_one_record_lie_together(tmp_path: Path) -> None:
    reader = Reader()
    read_heart(reader, uploaded(tmp_path, "100.dat", "100.hea"))
    assert reader.beside == ["100.dat", "100.hea"]
    assert reader.path is not None
    assert reader.path.name == "100.hea"


def test_a_recording_that_cannot_be_read_is_deleted_too(tmp_path: Path) -> None:
    with pytest.raises(BadSignalError):
        read_heart(Refusing(), uploaded(tmp_path, "holiday.jpg", "notes.txt"))
    assert left(tmp_path) == []


def test_an_upload_that_is_gone_leaves_nothing_behind(tmp_path: Path) -> None:
    uploads = uploaded(tmp_path, "a.csv", "b.csv")
    Path(uploads[0]).unlink()
    with pytest.raises(FileNotFoundError):
        read_heart(Reader(), uploads)
    assert [path for path in left(tmp_path) if path.is_file()] == []
