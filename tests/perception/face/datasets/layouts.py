"""Writes files of the layouts of FER-2013, AffectNet, AFEW, ABAW and labelled photos.

The brightness of a face is the place of its emotion among the canonical eight, 30 grey levels each, so
that a recogniser of brightness can be right or wrong on purpose.
"""

import csv
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from insideout.perception.affect import Emotion
from insideout.perception.face.datasets.abaw import EMOTIONS as ABAW_EMOTIONS
from insideout.perception.face.datasets.affectnet import NUMBERS
from insideout.perception.label_spaces import AFFECTNET, FER_2013

STEP = 30
Grey = NDArray[np.uint8]


def face(emotion: Emotion, side: int = 48, change: int = 0) -> Grey:
    """A flat picture whose brightness says the emotion; `change` makes another one of the same."""
    picture = np.full((side, side), STEP * list(Emotion).index(emotion) + 10, dtype=np.uint8)
    picture[0, 0] += change
    return picture


def png(picture: Grey) -> bytes:
    """The picture as a PNG file."""
    content = BytesIO()
    Image.fromarray(picture).save(content, "png")
    return content.getvalue()


def fer_face(label: str, change: int = 0) -> Grey:
    """A face of FER-2013's label."""
    return face(FER_2013.canonical[label], change=change)


def write_fer_folder(folder: Path, rows: Sequence[tuple[str, str, Grey]]) -> Path:
    """label/name.png of (label, name, picture)."""
    for label, name, picture in rows:
        (folder / label).mkdir(parents=True, exist_ok=True)
        (folder / label / f"{name}.png").write_bytes(png(picture))
    return folder


def write_fer_zip(path: Path, rows: Sequence[tuple[str, str, Grey]]) -> Path:
    """The same in a zip."""
    with zipfile.ZipFile(path, "w") as archive:
        for label, name, picture in rows:
            archive.writestr(f"{label}/{name}.png", png(picture))
    return path


def write_fer_csv(path: Path, rows: Sequence[tuple[str, str, Grey]]) -> Path:
    """fer2013.csv of (label, usage, picture)."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["emotion", "pixels", "Usage"])
        for label, usage, picture in rows:
            pixels = " ".join(str(value) for value in picture.ravel())
            writer.writerow([FER_2013.labels.index(label), pixels, usage])
    return path


def write_affectnet_list(folder: Path, rows: Sequence[tuple[int, float, float]]) -> Path:
    """validation.csv of (expression, valence, arousal), with pictures of 60 x 60 and the face inside."""
    lists, images = folder / "Manually_Annotated_file_lists", folder / "Manually_Annotated_Images"
    lists.mkdir(parents=True)
    (images / "7").mkdir(parents=True)
    box = "face_x,face_y,face_width,face_height"
    lines = [f"subDirectory_filePath,{box},facial_landmarks,expression,valence,arousal"]
    for i, (expression, valence, arousal) in enumerate(rows):
        picture = np.zeros((60, 60), dtype=np.uint8)
        if expression < len(NUMBERS):
            picture[6:54, 6:54] = face(AFFECTNET.canonical[NUMBERS[expression]])
        (images / "7" / f"{i}.png").write_bytes(png(picture))
        lines.append(f"7/{i}.png,6,6,48,48,1.0;2.0,{expression},{valence},{arousal}")
    (lists / "validation.csv").write_text("\n".join(lines) + "\n")
    return lists / "validation.csv"


def write_affectnet_folder(folder: Path, rows: Sequence[tuple[int, float, float]]) -> Path:
    """images/0.png and annotations/0_exp.npy … of (expression, valence, arousal)."""
    (folder / "images").mkdir(parents=True)
    (folder / "annotations").mkdir()
    for i, values in enumerate(rows):
        emotion = AFFECTNET.canonical[NUMBERS[min(values[0], 7)]]
        (folder / "images" / f"{i}.png").write_bytes(png(face(emotion)))
        for name, value in zip(("exp", "val", "aro"), values, strict=True):
            np.save(folder / "annotations" / f"{i}_{name}.npy", np.array(str(value)))
    return folder


def write_abaw(
    folder: Path, films: dict[str, Sequence[str]], head: str, faces: Sequence[Emotion]
) -> tuple[Path, Path]:
    """Annotations and cropped_aligned; every film has pictures of `faces`, frame by frame."""
    annotations, pictures = folder / "annotations", folder / "cropped_aligned"
    annotations.mkdir(parents=True)
    for film, lines in films.items():
        (annotations / f"{film}.txt").write_text("\n".join([head, *lines]) + "\n")
        (pictures / film).mkdir(parents=True)
        for frame, emotion in enumerate(faces, start=1):
            (pictures / film / f"{frame:05d}.png").write_bytes(png(face(emotion)))
    return annotations, pictures


def abaw_faces(*labels: str) -> list[Emotion]:
    """The emotions of ABAW's labels."""
    return [ABAW_EMOTIONS[label] for label in labels]
