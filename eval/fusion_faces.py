"""Faces for the simulation: images of FER-2013's public test, as they are and damaged."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.eval.fusion_said import EMOTIONS, Damage, Said, canonical_row, some_of_each
from insideout.perception.face.datasets.fer2013 import SIDE, conflicting, load_fer2013, repeated
from insideout.perception.face.face import DetectedFace, FaceBox, Picture
from insideout.perception.face.libraries import need
from insideout.perception.face.quality import LEAST, judged
from insideout.perception.face.recognisers import face_recogniser
from insideout.perception.label_spaces import FER_2013

_BATCH = 64
_BLUR_PX, _LIGHT = 2.0, 0.2  # 2 pixels are 4 % of the face's width; see perception/face/quality.py
_BLURS_PX, _LIGHTS = (0.5, 2.0), (0.15, 1.0)
_SMALL_PX = 16


def graded_face(picture: Picture, draw: np.random.Generator) -> Picture:
    """Out of focus by 1 to 4 % of its width, in 15 % of the light and more."""
    return _dim(_blurred(picture, draw.uniform(*_BLURS_PX)), draw.uniform(*_LIGHTS))


def noisy_face(picture: Picture, draw: np.random.Generator) -> Picture:
    """Out of focus by 4 % of its width, in a fifth of the light."""
    del draw
    return _dim(_blurred(picture, _BLUR_PX), _LIGHT)


def other_face(picture: Picture, draw: np.random.Generator) -> Picture:
    """Seen from far away: enlarged from 16 pixels."""
    del draw
    cv: Any = need("cv2")
    small = cv.resize(picture, (_SMALL_PX, _SMALL_PX), interpolation=cv.INTER_AREA)
    return np.asarray(cv.resize(small, (SIDE, SIDE), interpolation=cv.INTER_LINEAR), np.uint8)


def _as_it_is(picture: Picture, draw: np.random.Generator) -> Picture:
    del draw
    return picture


DAMAGES: Mapping[Damage, Callable[[Picture, np.random.Generator], Picture]] = {
    Damage.NONE: _as_it_is,
    Damage.GRADED: graded_face,
    Damage.NOISY: noisy_face,
    Damage.OTHER: other_face,
}


def faces_said(path: Path, track: Callable[[str, int], Callable[[], None]]) -> Said:
    """What the embedded recogniser says; images that stand in the set twice are left out."""
    whole = load_fer2013(path)
    found = whole.only(~repeated(whole) & ~conflicting(whole))
    gold = [EMOTIONS.index(FER_2013.canonical[FER_2013.labels[label]]) for label in found.labels]
    places = some_of_each(gold)
    pictures = [np.repeat(found.images[place][:, :, None], 3, axis=2) for place in places]
    draw = np.random.default_rng(0)
    damaged = {
        damage: [np.ascontiguousarray(change(picture, draw)) for picture in pictures]
        for damage, change in DAMAGES.items()
    }
    tick = track("looking at faces", len(DAMAGES) * -(-len(pictures) // _BATCH))
    return Said(
        gold=np.array(gold, np.int64)[places],
        groups=np.array([found.names[place] for place in places]),
        rows={damage: _rows(shown, tick) for damage, shown in damaged.items()},
        qualities={
            damage: np.array([_quality(picture) for picture in shown])
            for damage, shown in damaged.items()
        },
    )


def _blurred(picture: Picture, pixels: float) -> Picture:
    cv: Any = need("cv2")
    return np.asarray(cv.GaussianBlur(picture, (0, 0), pixels), np.uint8)


def _dim(picture: Picture, light: float) -> Picture:
    return np.asarray(picture * light).astype(np.uint8)


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
