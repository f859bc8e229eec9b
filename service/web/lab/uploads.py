"""Files that were dropped on the lab: checked, read in a folder of their own, deleted right after."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from insideout.agents.errors import BadInputError
from insideout.perception.policy import may_open, policy
from insideout.perception.reading import Modality
from insideout.service.cli.file_kinds import FILE_KINDS, FileKind
from insideout.service.web.lab.wordlist import Texts

MOST_FILES = 8
MOST_BYTES = 60_000_000  # below what the server takes in, so that the message is ours
_MEGA = 1_000_000
_HEADER, _SAMPLES = ".hea", ".dat"  # the two files of a WFDB record


@contextmanager
def taken(uploads: Sequence[str], folder: Path, texts: Texts) -> Iterator[list[Path]]:
    """The uploaded files, moved side by side; all of them are gone at the end, whatever happens.

    folder: where uploads lie. Raises BadInputError where one lies elsewhere, is empty or too large, or
    where there are too many.
    """
    # An upload that does not lie in the folder is somebody else's file, and is not deleted either.
    inside = [path for path in map(Path, uploads) if _is_inside(path, folder)]
    try:
        if len(inside) < len(uploads):
            raise BadInputError(texts.outside)
        if not may_open(Modality.FACE):
            raise BadInputError(texts.policy.format(policy=policy().value))
        if len(inside) > MOST_FILES:
            raise BadInputError(texts.too_many.format(most=MOST_FILES))
        for path in inside:
            _check_size(path, texts)
        with tempfile.TemporaryDirectory(dir=folder, prefix="read-") as own:
            yield _moved(inside, Path(own))
    finally:
        discard(uploads, folder)


def discard(uploads: Iterable[str], folder: Path) -> None:
    """Delete uploads that nobody will read, with the folders that held them."""
    for path in map(Path, uploads):
        if _is_inside(path, folder):
            path.unlink(missing_ok=True)
            if path.parent != folder:
                with suppress(OSError):  # another file of the same drop is still in it
                    path.parent.rmdir()


def _is_inside(path: Path, folder: Path) -> bool:
    return folder.resolve() in path.resolve().parents and not path.is_symlink()


def _check_size(path: Path, texts: Texts) -> None:
    if not path.is_file():
        raise BadInputError(texts.outside)
    size = path.stat().st_size
    if size == 0:
        raise BadInputError(texts.empty_file.format(name=path.name))
    if size > MOST_BYTES:
        raise BadInputError(
            texts.too_large.format(name=path.name, found=size / _MEGA, most=MOST_BYTES / _MEGA)
        )


def _moved(paths: Sequence[Path], folder: Path) -> list[Path]:
    """The files under their names, numbered where two have the same."""
    moved = []
    for number, path in enumerate(paths, start=1):
        target = folder / path.name
        if target.exists():
            target = folder / f"{path.stem} ({number}){path.suffix}"
        shutil.move(path, target)
        moved.append(target)
    return moved


def to_read(paths: Sequence[Path]) -> list[Path]:
    """Without the samples of a WFDB record, which are read through its header."""
    headers = any(path.suffix.lower() == _HEADER for path in paths)
    return [path for path in paths if not (headers and path.suffix.lower() == _SAMPLES)]


def kind_of(path: Path, texts: Texts) -> FileKind:
    """What the suffix says the file is; raises BadInputError in the language of the page."""
    suffix = path.suffix.lower()
    kind = next((kind for kind in FILE_KINDS if suffix in kind.suffixes), None)
    if kind is None:
        known = ", ".join(suffix for kind in FILE_KINDS for suffix in kind.suffixes)
        raise BadInputError(texts.unknown_kind.format(name=path.name, known=known))
    return kind
