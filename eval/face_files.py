"""Labelled photos and clips, read from the file on as `insideout perceive` reads them."""

from pathlib import Path
from typing import Any

import numpy as np

from insideout.eval.face_asking import Film
from insideout.eval.face_report import Question
from insideout.eval.face_running import BY_IMAGE, OTHERS, Asked, run_files
from insideout.perception.face.datasets.afew import load_clips
from insideout.perception.face.datasets.photos import load_photos
from insideout.perception.face.film import read_film
from insideout.perception.label_spaces import FER_2013

_CLIPS = (
    "a folder of clips, 7 labels, each read as a film: faces found and tracked, frames weighted by "
    f"attention; a clip without an answer counts as wrong; {OTHERS}; interval: bootstrap over clips, "
    "1,000 draws"
)
_PHOTOS = (
    "labelled photos, 7 labels, the largest face that is found; a photo without an answer counts as "
    f"wrong; lenient_top1: labels accepted beside the first count as right; {OTHERS}; {BY_IMAGE}"
)


def afew(asked: Asked, data: Path) -> dict[str, Any]:
    """The report on AFEW or another folder of label/clip."""
    found = load_clips(data)
    question = Question(
        labels=FER_2013.labels,
        emotions=FER_2013.canonical,
        gold=np.array([FER_2013.labels.index(clip.label) for clip in found], dtype=np.int64),
        groups=tuple(clip.name for clip in found),
    )
    items = [Film(name=clip.name, path=clip.path) for clip in found]
    return run_files(
        "face_afew",
        _CLIPS,
        question,
        items,
        lambda path, reader: read_film(path, reader).reading,
        asked,
    )


def photos(asked: Asked, data: Path) -> dict[str, Any]:
    """The report on a folder of photos with labels.csv."""
    found = load_photos(data)
    place = FER_2013.labels.index
    question = Question(
        labels=FER_2013.labels,
        emotions=FER_2013.canonical,
        gold=np.array([place(photo.label) for photo in found], dtype=np.int64),
        groups=tuple(photo.path.name for photo in found),
        also=tuple(frozenset(place(label) for label in photo.also) for photo in found),
    )
    items = [Film(name=photo.path.name, path=photo.path) for photo in found]
    return run_files(
        "face_photos", _PHOTOS, question, items, lambda path, reader: reader.read(path), asked
    )
