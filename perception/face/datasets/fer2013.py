"""FER-2013 (Goodfellow et al. 2013, arXiv 1307.0414): 48 x 48 grey faces from the web, seven labels.

28,709 images to train on, 3,589 of the public and 3,589 of the private test. Three layouts are read:
a zip or a folder of `label/file.jpg` (the file's name begins with Training_, PublicTest_ or
PrivateTest_; folders above the label do not matter), and the original fer2013.csv:

    emotion,pixels,Usage
    0,70 80 82 72 58 58 60 63 54 …,Training

Labels are noisy: people agree with them in 65 +- 5 % (the paper). Some images stand in it twice, under
two labels, or in two splits; `same_images` and `conflicting` find them. No licence for single photos:
train and test with it, ship none.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import BadSignalError
from insideout.perception.face.datasets.labels import label_of
from insideout.perception.face.datasets.tables import rows
from insideout.perception.face.libraries import need
from insideout.perception.label_spaces import FER_2013

Split = Literal["train", "public", "private"]
SIDE = 48  # pixels
USAGES: dict[Split, str] = {"train": "Training", "public": "PublicTest", "private": "PrivateTest"}
COUNTS: dict[Split, int] = {"train": 28_709, "public": 3_589, "private": 3_589}  # as published
_COLUMNS = ("emotion", "pixels", "usage")
_PICTURES = frozenset({".jpg", ".jpeg", ".png"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FerSet:
    """images: (n, 48, 48), uint8 grey. labels: (n,), places in FER_2013. names: n, of the files."""

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)

    def only(self, which: NDArray[np.bool_]) -> "FerSet":
        """The images of a mask (n,)."""
        return FerSet(
            images=self.images[which],
            labels=self.labels[which],
            names=tuple(name for name, kept in zip(self.names, which, strict=True) if kept),
        )

    def splits(self) -> tuple[Split, ...]:
        """Which splits the names speak of, train first; empty where they do not say."""
        there = {_split_of(name) for name in self.names}
        return tuple(split for split in USAGES if split in there)

    def of(self, split: Split) -> "FerSet":
        """The images whose names say that they are of that split."""
        return self.only(
            np.array([_split_of(name) == split for name in self.names], dtype=np.bool_)
        )


def load_fer2013(path: Path, split: Split | None = None) -> FerSet:
    """The images of one split, or all there are; in the order of the file, folders by name.

    Raises BadSignalError where the path is none of the layouts, an image cannot be read or is not of
    48 x 48 pixels, or nothing of that split is there; UnknownLabelError for a label that is not one
    of the seven; PerceptionError where Pillow is not installed (fer2013.csv needs none).
    """
    if path.is_dir():
        found = list(_folder(path, split))
    elif path.suffix.lower() == ".csv":
        found = list(_csv(path, split))
    elif path.is_file():
        found = list(_zip(path, split))
    else:
        raise BadSignalError(
            f"there is nothing at {path}; expected FER-2013 as a zip or a folder of label/file.jpg, or "
            "as fer2013.csv"
        )
    if not found:
        raise BadSignalError(f"{path} holds no images{_told(split)}; expected label/file.jpg")
    return FerSet(
        images=np.stack([image for image, _, _ in found]),
        labels=np.array([label for _, label, _ in found], dtype=np.int64),
        names=tuple(name for _, _, name in found),
    )


def same_images(asked: FerSet, known: FerSet) -> NDArray[np.bool_]:
    """(n,) over `asked`: whether the very same pixels stand in `known` too, under whatever label."""
    seen = {image.tobytes() for image in known.images}
    return np.array([image.tobytes() in seen for image in asked.images], dtype=np.bool_)


def repeated(found: FerSet) -> NDArray[np.bool_]:
    """(n,): whether the same pixels stood in the set before."""
    seen: set[bytes] = set()
    before = []
    for image in found.images:
        key = image.tobytes()
        before.append(key in seen)
        seen.add(key)
    return np.array(before, dtype=np.bool_)


def conflicting(found: FerSet) -> NDArray[np.bool_]:
    """(n,): whether the same pixels stand in the set under another label too."""
    labels: dict[bytes, set[int]] = {}
    for image, label in zip(found.images, found.labels, strict=True):
        labels.setdefault(image.tobytes(), set()).add(int(label))
    return np.array([len(labels[image.tobytes()]) > 1 for image in found.images], dtype=np.bool_)


_Item = tuple[NDArray[np.uint8], int, str]


def _told(split: Split | None) -> str:
    return "" if split is None else f" of the {split} split (files named {USAGES[split]}_…)"


def _split_of(name: str) -> Split | None:
    usage = name.partition("_")[0]
    return next((split for split, known in USAGES.items() if known == usage), None)


def _folder(path: Path, split: Split | None) -> Iterator[_Item]:
    files = sorted(file for file in path.rglob("*") if file.suffix.lower() in _PICTURES)
    for file in _of_split([str(file) for file in files], split, path):
        with Path(file).open("rb") as stream:
            yield _picture(stream.read(), PurePosixPath(Path(file).as_posix()), path)


def _zip(path: Path, split: Split | None) -> Iterator[_Item]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if PurePosixPath(n).suffix.lower() in _PICTURES]
            for name in _of_split([n for n in names if not n.startswith("__MACOSX")], split, path):
                yield _picture(archive.read(name), PurePosixPath(name), path)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadSignalError(
            f"{path} cannot be read as a zip ({error}); expected FER-2013 as a zip or a folder of "
            "label/file.jpg, or as fer2013.csv"
        ) from error


def _of_split(names: Sequence[str], split: Split | None, path: Path) -> list[str]:
    """The names of that split; raises BadSignalError where the names do not say what they are of."""
    if split is None:
        return list(names)
    known = [(name, _split_of(PurePosixPath(Path(name).as_posix()).name)) for name in names]
    silent = next((name for name, found in known if found is None), None)
    if silent is not None:
        raise BadSignalError(
            f"{path}: the name of {PurePosixPath(silent).name} does not say which split it is of "
            f"({', '.join(f'{usage}_…' for usage in USAGES.values())}); leave --split out to take all"
        )
    return [name for name, found in known if found == split]


def _picture(content: bytes, name: PurePosixPath, path: Path) -> _Item:
    label = label_of(name.parent.name, FER_2013, f"{path}: {name.name}")
    return _decoded(content, f"{path}: {name.name}"), FER_2013.labels.index(label), name.name


def _decoded(content: bytes, where: str) -> NDArray[np.uint8]:
    images = need("PIL.Image")
    try:
        with images.open(io.BytesIO(content)) as picture:
            if picture.size != (SIDE, SIDE):
                width, height = picture.size
                raise BadSignalError(
                    f"{where} is {width} x {height} pixels; FER-2013 has {SIDE} x {SIDE}"
                )
            return np.asarray(picture.convert("L"), dtype=np.uint8)
    except (OSError, SyntaxError, ValueError) as error:
        raise BadSignalError(f"{where} cannot be read as a picture ({error})") from error


def _csv(path: Path, split: Split | None) -> Iterator[_Item]:
    for line, row in rows(path, _COLUMNS, "FER-2013"):
        if row["usage"] not in USAGES.values():
            raise BadSignalError(
                f"{path}, line {line}: Usage is {row['usage'][:40]!r}; expected "
                f"{', '.join(USAGES.values())}"
            )
        if split is None or row["usage"] == USAGES[split]:
            label = _place(row["emotion"], path, line)
            yield _pixels(row["pixels"], path, line), label, f"{row['usage']}_{line}"


def _place(cell: str, path: Path, line: int) -> int:
    if cell.strip() not in {str(place) for place in range(len(FER_2013.labels))}:
        raise BadSignalError(
            f"{path}, line {line}: emotion is {cell[:40]!r}; expected 0 to {len(FER_2013.labels) - 1}"
        )
    return int(cell)


def _pixels(cell: str, path: Path, line: int) -> NDArray[np.uint8]:
    try:
        values = np.array(cell.split(), dtype=np.int64)
    except (ValueError, OverflowError) as error:
        raise BadSignalError(f"{path}, line {line}: pixels are not numbers ({error})") from error
    if values.size != SIDE * SIDE or values.min() < 0 or values.max() > 255:
        raise BadSignalError(
            f"{path}, line {line} has {values.size} pixels; expected {SIDE * SIDE} of 0 to 255"
        )
    return values.astype(np.uint8).reshape(SIDE, SIDE)
