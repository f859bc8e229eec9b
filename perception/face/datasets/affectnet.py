"""AffectNet (Mollahosseini et al. 2017): photos from the web, eight labels, valence and arousal.

Three layouts are read.

A list of the first release, `Manually_Annotated_file_lists/validation.csv`, its pictures in
`Manually_Annotated_Images` beside the list's folder or the list:

    subDirectory_filePath,face_x,face_y,face_width,face_height,facial_landmarks,expression,valence,arousal
    689/737db2483489148d.jpg,134,134,899,899,181.64;530.91;…,1,0.785714,-0.055556

A folder of the second release, `val_set`: `images/12.jpg` with `annotations/12_exp.npy`, `12_val.npy`
and `12_aro.npy`; the pictures are cut to the face. A folder of label/picture, the label a name or a
number; cut to the face as well. Numbers: 0 neutral, 1 happiness, 2 sadness, 3 surprise, 4 fear,
5 disgust, 6 anger, 7 contempt; 8 none, 9 uncertain and 10 no face are left out and counted. -2 stands
for a valence or arousal that was not rated. For research only; get it from its authors.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from insideout.perception.affect import Affect
from insideout.perception.errors import BadSignalError
from insideout.perception.face.datasets.labelled import LabelledFace
from insideout.perception.face.datasets.labels import label_of
from insideout.perception.face.datasets.tables import Row, number, rows
from insideout.perception.face.face import FaceBox
from insideout.perception.label_spaces import AFFECTNET

NUMBERS = ("neutral", "happiness", "sadness", "surprise", "fear", "disgust", "anger", "contempt")
_LAST_NUMBER = 10  # 8 to 10: none, uncertain, no face
_NOT_RATED = -2.0
_BOX = ("face_x", "face_y", "face_width", "face_height")
_COLUMNS = ("subdirectory_filepath", *_BOX, "expression", "valence", "arousal")
_IMAGES = "Manually_Annotated_Images"
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectNet:
    """faces: with one of the eight labels. left_out: how many had none, were uncertain or no face."""

    faces: tuple[LabelledFace, ...]
    left_out: int


def load_affectnet(path: Path, images: Path | None = None) -> AffectNet:
    """The labelled faces; pictures are not opened.

    images: the folder of a list's pictures, where it is not beside it. Raises BadSignalError where the
    path is none of the layouts, a value is none of the layout's, or nothing is labelled.
    """
    if path.is_file():
        found = list(_list(path, _images(path, images)))
    elif (path / "annotations").is_dir():
        found = list(_annotated(path))
    elif path.is_dir():
        found = list(_folders(path))
    else:
        raise BadSignalError(
            f"there is nothing at {path}; expected AffectNet's validation.csv, or a folder with images "
            "and annotations, or a folder of label/picture"
        )
    faces = tuple(face for face in found if face is not None)
    if not faces:
        raise BadSignalError(f"{path} holds no face with one of the labels {', '.join(NUMBERS)}")
    return AffectNet(faces=faces, left_out=len(found) - len(faces))


def _images(path: Path, images: Path | None) -> Path:
    if images is not None:
        return images
    near = (path.parent / _IMAGES, path.parent.parent / _IMAGES)
    return next((folder for folder in near if folder.is_dir()), path.parent)


def _list(path: Path, images: Path) -> Iterator[LabelledFace | None]:
    missing = 0
    for line, row in rows(path, _COLUMNS, "AffectNet"):
        face = _listed(path, line, row, images)
        if face is not None and face.path is not None and not face.path.is_file():
            missing += 1
            if missing == 1:
                first = face.path
        yield face
    if missing:
        raise BadSignalError(
            f"{missing} of the pictures in {path} are not there, the first of them {first}; name their "
            "folder with --images"
        )


def _listed(path: Path, line: int, row: Row, images: Path) -> LabelledFace | None:
    label = _numbered(number(path, line, row, "expression"), f"{path}, line {line}: expression")
    if label is None:
        return None
    left, top, width, height = (number(path, line, row, name) for name in _BOX)
    if width <= 0 or height <= 0:
        raise BadSignalError(f"{path}, line {line}: the face is {width:g} x {height:g} pixels")
    name = row["subdirectory_filepath"]
    return LabelledFace(
        name=name,
        path=images / name,
        box=FaceBox(left=left, top=top, width=width, height=height),
        label=label,
        affect=_affect(
            number(path, line, row, "valence"),
            number(path, line, row, "arousal"),
            f"{path}, line {line}",
        ),
    )


def _numbered(value: float, where: str) -> str | None:
    """The label of a number; None for those that are left out."""
    if value not in range(_LAST_NUMBER + 1):
        raise BadSignalError(f"{where} is {value:g}; expected a whole number, 0 to {_LAST_NUMBER}")
    return NUMBERS[int(value)] if value < len(NUMBERS) else None


def _affect(valence: float, arousal: float, where: str) -> Affect | None:
    if _NOT_RATED in (valence, arousal):
        return None
    if not (-1.0 <= valence <= 1.0 and -1.0 <= arousal <= 1.0):
        raise BadSignalError(
            f"{where}: valence {valence:g}, arousal {arousal:g}; expected -1 to 1, or {_NOT_RATED:g} "
            "where it was not rated"
        )
    return Affect(valence=valence, arousal=arousal)


def _annotated(path: Path) -> Iterator[LabelledFace | None]:
    for file in sorted((path / "annotations").glob("*_exp.npy")):
        name = file.name.removesuffix("_exp.npy")
        label = _numbered(_value(file), f"{file}: the expression")
        if label is None:
            yield None
            continue
        rated = tuple(file.with_name(f"{name}_{part}.npy") for part in ("val", "aro"))
        affect = None
        if all(part.is_file() for part in rated):
            affect = _affect(_value(rated[0]), _value(rated[1]), str(rated[0]))
        yield LabelledFace(
            name=name, path=_picture_of(path / "images", name), label=label, affect=affect
        )


def _value(file: Path) -> float:
    try:
        return float(np.load(file, allow_pickle=False).item())
    except (OSError, ValueError, EOFError) as error:
        raise BadSignalError(f"{file} does not hold one number ({error})") from error


def _picture_of(folder: Path, name: str) -> Path:
    for suffix in _PICTURES:
        if (path := folder / f"{name}{suffix}").is_file():
            return path
    raise BadSignalError(f"{folder} has no picture {name}.jpg, but there is an annotation of it")


def _folders(path: Path) -> Iterator[LabelledFace | None]:
    for file in sorted(path.rglob("*")):
        if file.suffix.lower() not in _PICTURES or not file.is_file():
            continue
        word = file.parent.name
        if word.isdecimal():
            label = _numbered(float(word), f"the folder of {file}")
        else:
            label = label_of(word, AFFECTNET, file)
        name = file.relative_to(path).as_posix()
        yield None if label is None else LabelledFace(name=name, path=file, label=label)
