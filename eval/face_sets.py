"""AffectNet and ABAW: labels, valence and arousal of faces whose place is known."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from insideout.eval.face_asking import FaceFile
from insideout.eval.face_report import Question
from insideout.eval.face_running import BY_IMAGE, Asked, run_faces
from insideout.perception.affect import Emotion
from insideout.perception.face.datasets import abaw
from insideout.perception.face.datasets.affectnet import load_affectnet
from insideout.perception.face.datasets.labelled import LabelledFace
from insideout.perception.label_spaces import AFFECTNET

_NAN = float("nan")
_AFFECTNET = (
    "AffectNet, 8 labels, faces as the data set places them; top1_without_contempt: the items of the "
    f"other labels, contempt still a possible answer; {BY_IMAGE}"
)
_ABAW = (
    "ABAW frame annotations, each frame by itself, its cut picture is the face; 'other' is never "
    "answered and counts, top1_without_other leaves its frames out; a frame without a picture is wrong, "
    "its valence and arousal 0; interval: bootstrap over films, 1,000 draws"
)


def affectnet(asked: Asked, data: Path, images: Path | None = None) -> dict[str, Any]:
    """The report on AffectNet. images: the folder of a list's pictures."""
    found = load_affectnet(data, images)
    question = _question(found.faces, AFFECTNET.labels, AFFECTNET.canonical, "contempt")
    items = [FaceFile(face=face) for face in found.faces]
    result = run_faces("face_affectnet", _AFFECTNET, question, items, asked)
    return {**result, "left_out": found.left_out}


def abaw_frames(asked: Asked, data: Path, pictures: Path) -> dict[str, Any]:
    """The report on ABAW's annotated frames: expressions, valence and arousal, or both."""
    found = abaw.load_abaw(data, pictures)
    question = _question(found.faces, abaw.LABELS, abaw.EMOTIONS, abaw.OTHER)
    items = [FaceFile(face=face) for face in found.faces]
    result = run_faces("face_abaw", _ABAW, question, items, asked)
    return {**result, "films": len(set(question.groups)), "left_out": found.left_out}


def _question(
    faces: Sequence[LabelledFace],
    labels: tuple[str, ...],
    emotions: Mapping[str, Emotion],
    eighth: str,
) -> Question:
    """eighth: the label whose items are left out of one more figure, where it and others are there."""
    gold = np.array([labels.index(f.label) if f.label else -1 for f in faces], dtype=np.int64)
    question = Question(
        labels=labels,
        emotions=emotions,
        gold=gold,
        groups=tuple(face.film or face.name for face in faces),
        affect=np.array(
            [(f.affect.valence, f.affect.arousal) if f.affect else (_NAN, _NAN) for f in faces]
        ),
    )
    others = (gold >= 0) & (gold != labels.index(eighth))
    if 0 < others.sum() < (gold >= 0).sum():
        return replace(question, parts={f"without_{eighth}": others})
    return question
