"""Uploads: the files that a browser sent, taken out of Gradio's folder and gone once they are read."""

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from gradio.utils import get_upload_folder

from insideout.agents.errors import BadInputError
from insideout.service.cli.file_kinds import FILE_KINDS, HEART, FileKind, kind_of
from insideout.service.web.assistant.texts import AssistantTexts

MOST_FILES = 8
MOST_MEGABYTES = 64
_MEGABYTE = 1_000_000
_EMPTY_SECS = 600.0
_HEADER, _SAMPLES = ".hea", ".dat"
_KINDS = dict(
    zip((kind.name for kind in FILE_KINDS), ("heart", "picture", "film", "sound"), strict=True)
)


class UploadError(BadInputError):
    """A file that is not taken; the message is in the visitor's language."""


@contextmanager
def taken_over(sent: Sequence[str], texts: AssistantTexts) -> Iterator[list[Path]]:
    """The files in a folder of their own, which is gone afterwards; a WFDB record is its header alone.

    Raises UploadError for too many and for a path outside the folder into which browsers upload; what
    was sent is deleted then as well.
    """
    folder = Path(tempfile.mkdtemp(prefix="read-", dir=_upload_folder()))
    try:
        own = [_moved(path, folder, texts) for path in sent]
        if len(own) > MOST_FILES:
            raise UploadError(texts.too_many.format(found=len(own), limit=MOST_FILES))
        yield [path for path in own if not _is_half(path)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _sweep()


def checked(path: Path, texts: AssistantTexts) -> FileKind:
    """What kind of file it is; raises UploadError where it is not to be read."""
    try:
        kind = kind_of(path)
    except BadInputError:
        raise UploadError(texts.wrong_kind.format(name=path.name)) from None
    size = path.stat().st_size
    if size == 0:
        raise UploadError(texts.empty_file.format(name=path.name))
    if size > MOST_MEGABYTES * _MEGABYTE:
        found = f"{size / _MEGABYTE:.0f}"
        raise UploadError(texts.too_large.format(name=path.name, found=found, limit=MOST_MEGABYTES))
    if kind is HEART:
        _check_record(path, texts)
    return kind


def kind_name(kind: FileKind, texts: AssistantTexts) -> str:
    """The kind as the page calls it."""
    return texts.kinds[_KINDS[kind.name]]


def _upload_folder() -> Path:
    folder = Path(get_upload_folder()).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _sweep() -> None:
    """Gradio leaves an empty file behind for each upload; younger ones may be about to be filled."""
    oldest = time.time() - _EMPTY_SECS
    for path in _upload_folder().glob("tmp*"):
        with suppress(OSError):  # another visitor's page may sweep at the same time
            told = path.stat()
            if path.is_file() and not told.st_size and told.st_mtime < oldest:
                path.unlink()


def _moved(sent: str, folder: Path, texts: AssistantTexts) -> Path:
    """The file under its own name in the folder; a second of that name gets a number."""
    path = Path(sent)
    inside = path.resolve().is_relative_to(_upload_folder())
    if not inside or path.is_symlink() or not path.is_file():
        raise UploadError(texts.outside.format(name=path.name))
    goal = folder / path.name
    for number in range(2, MOST_FILES + 2):
        if not goal.exists():
            break
        goal = folder / f"{path.stem}-{number}{path.suffix}"
    path.replace(goal)
    if path.parent.resolve() != _upload_folder():
        shutil.rmtree(path.parent, ignore_errors=True)
    return goal


def _is_half(path: Path) -> bool:
    """Whether its header, which lies beside it, is read in its place."""
    return path.suffix.lower() == _SAMPLES and path.with_suffix(_HEADER).is_file()


def _check_record(path: Path, texts: AssistantTexts) -> None:
    """A WFDB header names the files of its signals: they have to be beside it and nowhere else."""
    suffix = path.suffix.lower()
    if suffix == _SAMPLES:
        raise UploadError(texts.incomplete.format(name=path.name))
    if suffix != _HEADER:
        return
    lines = path.read_text("utf-8", errors="replace").splitlines()
    told = [line.split() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    named = {words[0] for words in told[1:]}  # the first line is of the record itself
    if any(name != Path(name).name or ":" in name for name in named):
        raise UploadError(texts.outside.format(name=path.name))
    if not all((path.parent / name).is_file() for name in named):
        raise UploadError(texts.incomplete.format(name=path.name))
