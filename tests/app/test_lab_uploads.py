"""What is dropped on the lab: only what was uploaded is opened, and nothing of it stays."""

from pathlib import Path

import pytest

from insideout.agents.errors import BadInputError
from insideout.perception.policy import VARIABLE
from insideout.service.web.lab import uploads
from insideout.service.web.lab.english import ENGLISH
from insideout.service.web.lab.russian import RUSSIAN
from insideout.service.web.lab.uploads import MOST_FILES, discard, kind_of, taken, to_read
from insideout.service.web.lab.wordlist import Texts


def put(folder: Path, name: str, data: bytes = b"data") -> str:
    """An upload as Gradio lays it down: in a folder of its own."""
    own = folder / f"{len(list(folder.iterdir()))}"
    own.mkdir()
    (own / name).write_bytes(data)
    return str(own / name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "uploads"
    found.mkdir()
    return found


def test_files_lie_side_by_side_while_they_are_read(folder: Path) -> None:
    dropped = [put(folder, "100.hea"), put(folder, "100.dat")]
    with taken(dropped, folder, ENGLISH) as paths:
        assert [path.name for path in paths] == ["100.hea", "100.dat"]
        assert len({path.parent for path in paths}) == 1


def test_nothing_stays_when_they_are_read(folder: Path) -> None:
    with taken([put(folder, "a.jpg"), put(folder, "b.wav")], folder, ENGLISH):
        pass
    assert list(folder.iterdir()) == []


def test_nothing_stays_when_reading_breaks(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), taken([put(folder, "a.jpg")], folder, ENGLISH):
        _ = 1 / 0
    assert list(folder.iterdir()) == []


def test_two_of_one_name_are_both_read(folder: Path) -> None:
    dropped = [put(folder, "a.jpg", b"1"), put(folder, "a.jpg", b"2")]
    with taken(dropped, folder, ENGLISH) as paths:
        assert [path.read_bytes() for path in paths] == [b"1", b"2"]


def test_a_path_outside_the_folder_is_not_opened_and_not_deleted(
    folder: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("1,2,3")
    for path in (str(secret), str(folder / ".." / "secret.csv"), "/etc/passwd"):
        with (
            pytest.raises(BadInputError, match="not uploaded here"),
            taken([path], folder, ENGLISH),
        ):
            pass
    assert secret.read_text() == "1,2,3"


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("1,2,3")
    link = folder / "link.csv"
    link.symlink_to(secret)
    with pytest.raises(BadInputError), taken([str(link)], folder, ENGLISH):
        pass
    assert secret.exists()


@pytest.mark.parametrize(("texts", "says"), [(ENGLISH, "is empty"), (RUSSIAN, "пуст")])
def test_an_empty_file_is_refused_in_the_page_s_language(
    folder: Path, texts: Texts, says: str
) -> None:
    with (
        pytest.raises(BadInputError, match=says),
        taken([put(folder, "a.jpg", b"")], folder, texts),
    ):
        pass


def test_a_file_that_is_too_large_is_refused_and_deleted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 3)
    dropped = [put(folder, "a.jpg")]
    with pytest.raises(BadInputError, match=r"a\.jpg has"), taken(dropped, folder, ENGLISH):
        pass
    assert list(folder.iterdir()) == []


def test_too_many_files_are_refused(folder: Path) -> None:
    dropped = [put(folder, f"{n}.jpg") for n in range(MOST_FILES + 1)]
    with pytest.raises(BadInputError, match="At most"), taken(dropped, folder, ENGLISH):
        pass


def test_under_text_only_nothing_is_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "text-only")
    with (
        pytest.raises(BadInputError, match="text-only"),
        taken([put(folder, "a.jpg")], folder, ENGLISH),
    ):
        pass
    assert list(folder.iterdir()) == []


def test_what_nobody_will_read_is_deleted(folder: Path) -> None:
    discard([put(folder, "a.jpg"), str(folder / "gone.jpg")], folder)
    assert list(folder.iterdir()) == []


def test_the_samples_of_a_record_are_read_through_its_header() -> None:
    assert to_read([Path("a.dat"), Path("a.hea"), Path("b.jpg")]) == [Path("a.hea"), Path("b.jpg")]
    assert to_read([Path("a.dat")]) == [Path("a.dat")]


def test_an_unknown_kind_is_named_with_those_that_are_read() -> None:
    with pytest.raises(BadInputError, match=r"letter\.docx.*\.jpg.*\.wav"):
        kind_of(Path("letter.docx"), ENGLISH)
