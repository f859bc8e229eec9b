"""Uploads: only what a browser sent is opened, bad files are refused in words, nothing is left."""

import os
import time
from pathlib import Path

import pytest

pytest.importorskip("gradio", reason="gradio is not installed (pip install -e '.[app]')")

from insideout.service.web.assistant.texts import ASSISTANT_TEXTS  # needs gradio
from insideout.service.web.assistant.uploads import MOST_FILES, UploadError, checked, taken_over

TEXTS = ASSISTANT_TEXTS["en"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where browsers upload to."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "up"))
    (tmp_path / "up").mkdir()
    return tmp_path / "up"


def sent(folder: Path, name: str, content: bytes = b"x") -> str:
    """A file as Gradio puts it there: in a folder of its own."""
    own = folder / f"hash-{name}"
    own.mkdir()
    (own / name).write_bytes(content)
    return str(own / name)


def test_what_was_sent_is_gone_once_it_is_read(folder: Path) -> None:
    with taken_over([sent(folder, "a.jpg"), sent(folder, "b.wav")], TEXTS) as paths:
        assert [path.name for path in paths] == ["a.jpg", "b.wav"]
        assert all(path.is_file() for path in paths)
    assert list(folder.iterdir()) == []


def test_a_reader_that_breaks_leaves_nothing_either(folder: Path) -> None:
    with pytest.raises(ValueError, match="broke"), taken_over([sent(folder, "a.jpg")], TEXTS):
        raise ValueError("broke")
    assert list(folder.iterdir()) == []


def test_a_path_outside_the_folder_is_not_opened(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mine")
    for path in (str(secret), str(folder / ".." / "secret.txt"), "/etc/passwd"):
        with pytest.raises(UploadError, match="did not come through"), taken_over([path], TEXTS):
            pass
    assert secret.read_text() == "mine"


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("mine")
    link = folder / "a.txt"
    link.symlink_to(tmp_path / "secret.txt")
    with pytest.raises(UploadError), taken_over([str(link)], TEXTS):
        pass


def test_two_files_of_one_name_are_kept_apart(folder: Path) -> None:
    (folder / "one").mkdir()
    (folder / "one" / "a.jpg").write_bytes(b"1")
    with taken_over([str(folder / "one" / "a.jpg"), sent(folder, "a.jpg")], TEXTS) as paths:
        assert [path.name for path in paths] == ["a.jpg", "a-2.jpg"]


def test_too_many_files_are_refused(folder: Path) -> None:
    many = [sent(folder, f"{number}.jpg") for number in range(MOST_FILES + 1)]
    with pytest.raises(UploadError, match=f"{MOST_FILES + 1} files"), taken_over(many, TEXTS):
        pass
    assert list(folder.iterdir()) == []


def test_an_old_empty_file_of_gradios_is_swept_and_a_young_one_stays(folder: Path) -> None:
    for name, age_secs in (("tmpold", 3600), ("tmpyoung", 0)):
        (folder / name).touch()
        then = time.time() - age_secs
        os.utime(folder / name, (then, then))
    with taken_over([], TEXTS):
        pass
    assert [path.name for path in folder.iterdir()] == ["tmpyoung"]


@pytest.mark.parametrize("language", ASSISTANT_TEXTS)
@pytest.mark.parametrize("name", ["letter.docx", "none", "song.mid"])
def test_a_wrong_kind_is_named_with_what_is_read(tmp_path: Path, name: str, language: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UploadError, match=r"WAV, MP3"):
        checked(tmp_path / name, ASSISTANT_TEXTS[language])


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    with pytest.raises(UploadError, match=r"a\.wav is empty"):
        checked(tmp_path / "a.wav", TEXTS)


def test_a_large_file_is_told_its_size_and_the_limit(tmp_path: Path) -> None:
    with (tmp_path / "a.mp4").open("wb") as file:
        file.truncate(65_000_000)
    with pytest.raises(UploadError, match="65 MB; I take files of up to 64 MB"):
        checked(tmp_path / "a.mp4", TEXTS)


def test_the_two_files_of_a_record_are_read_by_the_header(folder: Path) -> None:
    header = b"# of a stranger\nr 1 100 3\nr.dat 16 200 12 0 0 0 0 ECG\n"
    given = [sent(folder, "r.dat"), sent(folder, "r.hea", header)]
    with taken_over(given, TEXTS) as paths:
        assert [path.name for path in paths] == ["r.hea"]
        assert checked(paths[0], TEXTS).name == "a heart recording"


def test_half_a_record_asks_for_the_other_half(folder: Path) -> None:
    header = b"r 1 100 3\nr.dat 16 200 12 0 0 0 0 ECG\n"
    for half in (sent(folder, "r.dat"), sent(folder, "r.hea", header)):
        with taken_over([half], TEXTS) as paths, pytest.raises(UploadError, match=r"\.hea and"):
            checked(paths[0], TEXTS)


@pytest.mark.parametrize("name", ["../../secret.txt", "/etc/passwd", "http://evil/x"])
def test_a_header_cannot_point_elsewhere(folder: Path, name: str) -> None:
    header = f"r 1 100 3\n{name} 16 200 12 0 0 0 0 ECG\n".encode()
    with (
        taken_over([sent(folder, "r.hea", header)], TEXTS) as paths,
        pytest.raises(UploadError, match="did not come through"),
    ):
        checked(paths[0], TEXTS)
