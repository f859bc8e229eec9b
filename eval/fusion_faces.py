"""Faces for the simulation: images of FER-2013's public test, as they are and blurred in the dark."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.eval.fusion_said import EMOTIONS, Said, canonical_row, some_of_each
from insideout.perception.face.datasets.fer2013 import SIDE, conflicting, load_fer2013, repeated
from insideout.perception.face.face import DetectedFace, FaceBox, Picture
from insideout.perception.face.libraries import need
from insideout.perception.face.quality import LEAST, judged
from insideout.perception.face.recognisers import face_recogniser
from insideout.perception.label_spaces import FER_2013

_BLUR_PX = 2.0  # 4 % of the face's width; see perception/face/quality.py
_LIGHT = 0.2
_BATCH = 64


def faces_said(path: Path, track: Callable[[str, int], Callable[[], None]]) -> Said:
    """What the embedded recogniser says; images that stand in the set twice are left out."""
    whole = load_fer2013(path)
    found = whole.only(~repeated(whole) & ~conflicting(whole))
    gold = [EMOTIONS.index(FER_2013.canonical[FER_2013.labels[label]]) for label in found.labels]
    places = some_of_each(gold)
    pictures = [np.repeat(found.images[place][:, :, None], 3, axis=2) for place in places]
    changed = [spoilt_face(picture) for picture in pictures]
    tick = track("looking at faces", 2 * -(-len(pictures) // _BATCH))
    return Said(
        gold=np.array(gold, np.int64)[places],
        groups=np.array([found.names[place] for place in places]),
        clean=_rows(pictures, tick),
        spoilt=_rows(changed, tick),
        spoilt_quality=np.array([_quality(picture) for picture in changed]),
    )


def spoilt_face(picture: Picture) -> Picture:
    """Out of focus and in a fifth of the light."""
    cv: Any = need("cv2")
    return np.asarray(cv.GaussianBlur(picture, (0, 0), _BLUR_PX) * _LIGHT).astype(np.uint8)


def _rows(pictures: list[Picture], tick: Callable[[], None]) -> NDArray[np.float64]:
    recogniser = face_recogniser()
    rows = []
    for first in range(0, len(pictures), _BATCH):
        told = recogniser.recognise_cut(pictures[first : first + _BATCH])
        rows += [canonical_row(recogniser.space, one.probabilities) for one in told]
        tick()
    return np.array(rows)


def _quality(picture: Picture) -> float:
    """As FaceReader gives it for a face that fills the picture; 0 where it would abstain."""
    box = FaceBox(left=0.0, top=0.0, width=float(SIDE), height=float(SIDE))
    quality, drawn = judged(picture, DetectedFace(box=box, score=1.0))
    return 0.0 if drawn or quality.overall < LEAST else quality.overall
