"""ABAW's annotations of Aff-Wild2 (Kollias and Zafeiriou 2019): each frame of a film labelled.

A folder with a text file a film, one line a frame, the first frame first. Expressions, -1 where a frame
was not labelled (`EXPR_Recognition_Challenge/Validation_Set/10-60-1280x720.txt`):

    Neutral,Anger,Disgust,Fear,Happiness,Sadness,Surprise,Other
    0
    -1

or valence and arousal, -5 where not rated (`VA_Estimation_Challenge/Validation_Set/…`):

    valence,arousal
    0.2,-0.134

or one file of all frames, of the multi-task challenge; what follows the expression is not read:

    image,valence,arousal,expression,aus
    10-60-1280x720/00001.jpg,0.2,-0.134,0,0,0,1,0,0,0,0,0,0,0,0,0

The pictures are `cropped_aligned/10-60-1280x720/00001.jpg`, the number of the frame from 1; a frame in
which no face was found has none. For research only; get it from its authors.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from insideout.perception.affect import Affect, Emotion
from insideout.perception.errors import BadSignalError
from insideout.perception.face.datasets.labelled import LabelledFace

OTHER = "other"  # none of the others; no recogniser here has it
LABELS = ("neutral", "anger", "disgust", "fear", "happiness", "sadness", "surprise", OTHER)
EMOTIONS: dict[str, Emotion] = {
    "neutral": Emotion.NEUTRAL,
    "anger": Emotion.ANGER,
    "disgust": Emotion.DISGUST,
    "fear": Emotion.FEAR,
    "happiness": Emotion.JOY,
    "sadness": Emotion.SADNESS,
    "surprise": Emotion.SURPRISE,
}
_EXPRESSIONS = ",".join(LABELS)
_AFFECT = "valence,arousal"
_TOGETHER = "image,valence,arousal,expression"
_NOT_LABELLED, _NOT_RATED = -1, -5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """faces: the frames with a label or a rating, film by film. left_out: how many had neither."""

    faces: tuple[LabelledFace, ...]
    left_out: int


def load_abaw(annotations: Path, pictures: Path) -> Frames:
    """The frames of a folder of annotations, or of the one file of the multi-task challenge.

    pictures: the folder cropped_aligned. Raises BadSignalError where there are no annotations, one of
    them is of another layout, or a film has no pictures at all.
    """
    if annotations.is_file() and _head(annotations).startswith(_TOGETHER):
        found = list(_together(annotations, pictures))
    else:
        found = [face for file in _files(annotations) for face in _film(file, pictures)]
    if not found:
        raise BadSignalError(f"{annotations} annotates no frames")
    faces = tuple(face for face in found if face.label is not None or face.affect is not None)
    if not faces:
        raise BadSignalError(f"{annotations}: none of {len(found)} frames has a label or a rating")
    _check_pictures(faces, pictures)
    return Frames(faces=faces, left_out=len(found) - len(faces))


def _files(annotations: Path) -> list[Path]:
    if annotations.is_file():
        return [annotations]
    files = sorted(annotations.glob("*.txt"))
    if not files:
        raise BadSignalError(
            f"{annotations} holds no .txt; expected a folder of ABAW's annotations, a file a film"
        )
    return files


def _lines(file: Path) -> list[str]:
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSignalError(f"{file} cannot be read as text ({error})") from error
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines:
        raise BadSignalError(f"{file} is empty")
    return lines


def _plain(line: str) -> str:
    return "".join(line.lower().split())


def _head(file: Path) -> str:
    return _plain(_lines(file)[0])


def _film(file: Path, pictures: Path) -> Iterator[LabelledFace]:
    head, *lines = _lines(file)
    if _plain(head) not in (_EXPRESSIONS, _AFFECT):
        raise BadSignalError(
            f"{file} begins with {head[:60]!r}; expected {_EXPRESSIONS!r} or {_AFFECT!r} (action units "
            "are not read)"
        )
    labelled = _plain(head) == _EXPRESSIONS
    shots = _shots(pictures / file.stem)
    for frame, line in enumerate(lines, start=1):
        where = f"{file}, line {frame + 1}"
        yield LabelledFace(
            name=f"{file.stem}/{frame:05d}",
            path=shots.get(frame),
            label=_label(line, where) if labelled else None,
            affect=None if labelled else _affect(line.split(","), where),
            film=file.stem,
        )


def _together(file: Path, pictures: Path) -> Iterator[LabelledFace]:
    for place, line in enumerate(_lines(file)[1:], start=2):
        where = f"{file}, line {place}"
        cells = [cell.strip() for cell in line.split(",")]
        if len(cells) < 4 or "/" not in cells[0]:
            raise BadSignalError(f"{where} is {line[:60]!r}; expected {_TOGETHER}, film/number.jpg")
        picture = pictures / cells[0]
        yield LabelledFace(
            name=cells[0],
            path=picture if picture.is_file() else None,
            label=_label(cells[3], where),
            affect=_affect(cells[1:3], where),
            film=cells[0].rpartition("/")[0],
        )


def _shots(folder: Path) -> dict[int, Path]:
    """Frame number to picture."""
    if not folder.is_dir():
        return {}
    return {int(file.stem): file for file in folder.iterdir() if file.stem.isdecimal()}


def _label(cell: str, where: str) -> str | None:
    known = {str(place): name for place, name in enumerate(LABELS)}
    if cell.strip() == str(_NOT_LABELLED):
        return None
    if cell.strip() not in known:
        raise BadSignalError(
            f"{where}: the expression is {cell[:40]!r}; expected 0 to {len(LABELS) - 1}, or "
            f"{_NOT_LABELLED} where it was not labelled"
        )
    return known[cell.strip()]


def _affect(cells: list[str], where: str) -> Affect | None:
    try:
        valence, arousal = (float(cell) for cell in cells)
    except ValueError as error:
        raise BadSignalError(
            f"{where}: {','.join(cells)[:40]!r}; expected valence and arousal"
        ) from error
    if _NOT_RATED in (valence, arousal):
        return None
    if not (-1.0 <= valence <= 1.0 and -1.0 <= arousal <= 1.0):
        raise BadSignalError(
            f"{where}: valence {valence:g}, arousal {arousal:g}; expected -1 to 1, or {_NOT_RATED:g} "
            "where it was not rated"
        )
    return Affect(valence=valence, arousal=arousal)


def _check_pictures(faces: tuple[LabelledFace, ...], pictures: Path) -> None:
    films = {face.film for face in faces}
    bare = sorted(films - {face.film for face in faces if face.path is not None})
    if bare:
        raise BadSignalError(
            f"{len(bare)} of {len(films)} annotated films have no pictures in {pictures}, the first of "
            f"them {bare[0]}; expected {pictures / bare[0] / '00001.jpg'}"
        )
