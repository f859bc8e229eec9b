"""The people of the ablation: how a conversation opens, what its listener answered, and a face.

The words are the opening turns of EmpatheticDialogues, the answers those of its listeners. Where faces
are given, beside the words stands a stranger's face from FER-2013 that was labelled with the emotion of
the conversation, read as any face is: a simulation, since words and face are of two people.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from insideout.eval import lm_items
from insideout.eval.ed_data import load_data
from insideout.eval.errors import DataSetError
from insideout.perception.affect import Emotion
from insideout.perception.expression import Expression
from insideout.perception.face.cut_faces import CutFaceRecogniser
from insideout.perception.face.datasets.fer2013 import (
    FerSet,
    conflicting,
    load_fer2013,
    repeated,
)
from insideout.perception.face.face import DetectedFace, FaceBox, Picture
from insideout.perception.face.reader import FaceReader
from insideout.perception.face.recognisers import face_recogniser
from insideout.perception.label_spaces import EMPATHETIC_DIALOGUES, FER_2013, LabelSpace
from insideout.perception.reading import Reading

_SEED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What one person says first. target: what the listener answered. face: what their face says."""

    conversation: str
    text: str
    target: str
    emotion: Emotion
    face: Reading | None = None


def load(path: Path, limit: int | None = None) -> list[Opening]:
    """One opening a conversation, some from all over the file where there is a limit.

    Raises DataSetError where there are none.
    """
    labels = {
        (item.conversation, item.dialogue.last): EMPATHETIC_DIALOGUES.canonical[item.emotion]
        for item in load_data(path).items
        if len(item.dialogue.turns) == 1
    }
    found: dict[str, Opening] = {}
    for one in lm_items.load(path):
        said = one.dialogue.last
        if len(one.dialogue.turns) == 1 and (one.conversation, said) in labels:
            opening = Opening(
                conversation=one.conversation,
                text=said,
                target=one.target,
                emotion=labels[one.conversation, said],
            )
            found.setdefault(one.conversation, opening)
    if not found:
        raise DataSetError(
            f"{path} has no conversation that opens with the speaker and goes on with an answer; "
            "expected EmpatheticDialogues as JSON lines of `turns`, or of `context` and `target`"
        )
    openings = list(found.values())
    return openings if limit is None else openings[:: max(1, len(openings) // limit)][:limit]


def with_faces(
    openings: Sequence[Opening], fer: Path, tick: Callable[[], None] = lambda: None
) -> list[Opening]:
    """The same people with a face each, drawn at random among those of their emotion.

    Raises BadSignalError where `fer` is no FER-2013, DataSetError where an emotion has no face there.
    """
    faces = _by_emotion(load_fer2013(fer))
    reader = FaceReader(detector=_WholePicture(), recogniser=_Cut(face_recogniser()))
    draw = np.random.default_rng(_SEED)
    found = []
    for one in openings:
        if not (there := faces.get(one.emotion)):
            raise DataSetError(f"{fer} has no face that is labelled {one.emotion}")
        found.append(replace(one, face=reader.read(there[int(draw.integers(len(there)))])))
        tick()
    return found


def _by_emotion(whole: FerSet) -> Mapping[Emotion, list[Picture]]:
    """Pictures by emotion; images that stand in the set twice are left out."""
    clean = whole.only(~repeated(whole) & ~conflicting(whole))
    found: dict[Emotion, list[Picture]] = {}
    for image, label in zip(clean.images, clean.labels, strict=True):
        emotion = FER_2013.canonical[FER_2013.labels[int(label)]]
        found.setdefault(emotion, []).append(np.repeat(image[:, :, None], 3, axis=2))
    return found


class _WholePicture:
    """Pictures that are one face and nothing else."""

    name = "whole picture"

    def detect(self, picture: Picture) -> list[DetectedFace]:
        height, width = picture.shape[:2]
        box = FaceBox(left=0.0, top=0.0, width=float(width), height=float(height))
        return [DetectedFace(box=box, score=1.0)]


class _Cut:
    """The recogniser, for such pictures."""

    def __init__(self, recogniser: CutFaceRecogniser) -> None:
        self._recogniser = recogniser
        self.name: str = recogniser.name
        self.space: LabelSpace = recogniser.space

    def recognise(self, picture: Picture, faces: Sequence[DetectedFace]) -> list[Expression]:
        return self._recogniser.recognise_cut([picture] * len(faces))
