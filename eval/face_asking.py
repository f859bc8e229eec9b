"""How a recogniser or a reader is asked about what a data set holds: cut faces, boxes, photos, clips."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from insideout.eval.face_answers import Answer
from insideout.perception.errors import BadSignalError
from insideout.perception.expression import Expression
from insideout.perception.face.datasets.labelled import LabelledFace
from insideout.perception.face.face import DetectedFace, FaceBox, Picture
from insideout.perception.face.loading import load_picture
from insideout.perception.face.recognisers import CutFaceRecogniser
from insideout.perception.reading import Reading

NO_PICTURE = "the data set has no picture of the face"


class Look(Protocol):
    """An item that has one face."""

    @property
    def name(self) -> str:
        """Of the item."""
        ...

    def look(self) -> tuple[Picture, FaceBox | None]:
        """The picture, and where the face is in it; None where the picture is the face."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CutFace:
    """A face of (side, side), uint8 grey."""

    name: str
    grey: NDArray[np.uint8]

    def look(self) -> tuple[Picture, FaceBox | None]:
        """In three equal channels."""
        return np.repeat(self.grey[:, :, None], 3, axis=2), None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceFile:
    """A labelled face on disk; raises BadSignalError where there is no picture of it."""

    face: LabelledFace

    @property
    def name(self) -> str:
        """Of the face in its data set."""
        return self.face.name

    def look(self) -> tuple[Picture, FaceBox | None]:
        """Read from disk."""
        if self.face.path is None:
            raise BadSignalError(NO_PICTURE)
        return load_picture(self.face.path), self.face.box


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A photo or a clip, read whole."""

    name: str
    path: Path


def asks(recogniser: CutFaceRecogniser) -> Callable[[Sequence[Look]], list[Answer]]:
    """Asks about faces whose place is known; all that are cut already in one batch."""

    def ask(items: Sequence[Look]) -> list[Answer]:
        told: dict[str, Expression | BadSignalError] = {}
        cut: dict[str, Picture] = {}
        for item in items:
            try:
                picture, box = item.look()
                if box is None:
                    cut[item.name] = picture
                else:
                    found = [DetectedFace(box=box, score=1.0)]
                    told[item.name] = recogniser.recognise(picture, found)[0]
            except BadSignalError as error:
                told[item.name] = error
        if cut:
            told |= zip(cut, recogniser.recognise_cut(list(cut.values())), strict=True)
        return [Answer.of(item.name, told[item.name]) for item in items]

    return ask


def reads(read: Callable[[Path], Reading]) -> Callable[[Sequence[Film]], list[Answer]]:
    """Asks a reader of files, one by one; a file that cannot be read is an answer that failed."""

    def ask(items: Sequence[Film]) -> list[Answer]:
        return [Answer.of(item.name, _read(read, item.path)) for item in items]

    return ask


def _read(read: Callable[[Path], Reading], path: Path) -> Reading | BadSignalError:
    try:
        return read(path)
    except BadSignalError as error:
        return error
