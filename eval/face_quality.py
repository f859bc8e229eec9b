"""What the quality of a face is worth: labelled photos made worse step by step, and still read or not.

    python -m insideout.eval.face_quality --photos FOLDER [--model NAME] [--json]

Each photo is scaled to a face of 128 pixels at most and damaged: made smaller, blurred, darkened,
burnt out, its mouth or eyes covered, cut off at an edge. Counted are the faces found, how many of those
were named rightly by a recogniser that must answer, and the same of those whose quality is enough. The
limits in `perception/face/quality.py` were read off this table. A label that a fair judge would also
take counts as right.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from insideout.eval.beats import wilson
from insideout.perception.face.datasets.labels import label_of
from insideout.perception.face.datasets.photos import LabelledPhoto, load_photos
from insideout.perception.face.detecting import face_detector
from insideout.perception.face.face import DetectedFace, FaceDetector, Picture
from insideout.perception.face.libraries import need
from insideout.perception.face.loading import load_picture
from insideout.perception.face.quality import LEAST, face_quality
from insideout.perception.face.recognisers import (
    EMBEDDED,
    CutFaceRecogniser,
    face_recogniser,
)
from insideout.perception.label_spaces import FER_2013

_WIDEST = 128  # pixels of a face before it is damaged
_NOISE = 2.0  # grey levels that a sensor adds in the dark
_SEED = 7
_GREY = 90
_PARTS = ("size", "sharpness", "light", "pose", "uncovered")

Damage = Callable[[Picture, DetectedFace], Picture]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became of the photos after one damage.

    photos: all of them. found: faces that the detector still found. right: of those, named rightly.
    read: of those, of enough quality. read_right: of those, named rightly. part, median: the part of
    the quality that fell lowest, and its median.
    """

    damage: str
    photos: int
    found: int
    right: int
    read: int
    read_right: int
    part: str
    median: float


def narrowed(pixels: float) -> Damage:
    """A face that many pixels wide."""

    def damage(picture: Picture, face: DetectedFace) -> Picture:
        cv: Any = need("cv2")
        scale = pixels / face.box.width
        size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
        small = cv.resize(
            picture, size, interpolation=cv.INTER_AREA if scale < 1 else cv.INTER_CUBIC
        )
        return np.asarray(small, dtype=np.uint8)

    return damage


def blurred(share: float) -> Damage:
    """Gaussian blur whose standard deviation is that share of the face's width."""

    def damage(picture: Picture, face: DetectedFace) -> Picture:
        return np.asarray(
            need("cv2").GaussianBlur(picture, (0, 0), share * face.box.width), dtype=np.uint8
        )

    return damage


def lit_by(factor: float) -> Damage:
    """That many times the light, with a sensor's noise, cut off at white."""

    def damage(picture: Picture, face: DetectedFace) -> Picture:
        del face
        noise = np.random.default_rng(_SEED).normal(0.0, _NOISE, picture.shape)
        return np.asarray(np.clip(np.rint(picture * factor) + noise, 0, 255), dtype=np.uint8)

    return damage


def covered(top: float, bottom: float) -> Damage:
    """A grey band over the face, from and to these shares of its height."""

    def damage(picture: Picture, face: DetectedFace) -> Picture:
        box, hidden = face.box, picture.copy()
        rows = slice(*(max(0, round(box.top + share * box.height)) for share in (top, bottom)))
        hidden[rows, max(0, round(box.left)) : round(box.left + box.width)] = _GREY
        return hidden

    return damage


def cut_off(share: float, *, left: bool) -> Damage:
    """A picture whose left or lower edge runs through the face, that share of it beyond."""

    def damage(picture: Picture, face: DetectedFace) -> Picture:
        box = face.box
        if left:
            return np.ascontiguousarray(picture[:, max(0, round(box.left + share * box.width)) :])
        return np.ascontiguousarray(picture[: round(box.top + (1.0 - share) * box.height)])

    return damage


DAMAGES: dict[str, Damage] = {
    "none": lambda picture, face: picture,
    **{f"{pixels} pixels across": narrowed(pixels) for pixels in (48, 32, 24, 20, 16, 12)},
    **{f"blurred by {share:.0%} of it": blurred(share) for share in (0.01, 0.02, 0.03, 0.04, 0.05)},
    **{f"{factor:g} of the light": lit_by(factor) for factor in (0.5, 0.2, 0.1, 0.05)},
    **{f"{factor:g} times the light": lit_by(factor) for factor in (1.5, 2.0, 3.0, 4.0)},
    "mouth covered": covered(0.6, 1.05),
    "eyes covered": covered(0.2, 0.45),
    **{f"left {share:.0%} cut off": cut_off(share, left=True) for share in (0.25, 0.4, 0.5)},
    **{f"lower {share:.0%} cut off": cut_off(share, left=False) for share in (0.25, 0.4, 0.5)},
}


def step(
    name: str,
    photos: Sequence[tuple[LabelledPhoto, Picture, DetectedFace]],
    detector: FaceDetector,
    recogniser: CutFaceRecogniser,
) -> Step:
    """One damage done to all photos."""
    rights, enough, parts = [], [], []
    for photo, picture, face in photos:
        damaged = DAMAGES[name](picture, face)
        if not (found := detector.detect(damaged)[:1]):
            continue
        quality = face_quality(damaged, found[0])
        told = recogniser.recognise(damaged, found)[0].probabilities
        label = label_of(max(told, key=lambda key: told[key]), FER_2013, recogniser.name)
        rights.append(label in (photo.label, *photo.also))
        enough.append(quality.overall >= LEAST)
        parts.append([float(getattr(quality, part)) for part in _PARTS])
    medians = np.median(parts, axis=0) if parts else np.zeros(len(_PARTS))
    weakest = int(np.argmin(medians))
    return Step(
        damage=name,
        photos=len(photos),
        found=len(rights),
        right=sum(rights),
        read=sum(enough),
        read_right=sum(right for right, seen in zip(rights, enough, strict=True) if seen),
        part=_PARTS[weakest],
        median=round(float(medians[weakest]), 2),
    )


def opened(
    photos: Sequence[LabelledPhoto], detector: FaceDetector
) -> list[tuple[LabelledPhoto, Picture, DetectedFace]]:
    """The photos in which a face is found, scaled to a face of 128 pixels at most."""
    ready = []
    for photo in photos:
        picture = load_picture(photo.path)
        for face in detector.detect(picture)[:1]:
            small = narrowed(min(face.box.width, _WIDEST))(picture, face)
            ready += [(photo, small, again) for again in detector.detect(small)[:1]]
    return ready


def main() -> None:
    """Prints the table; `--json` as one object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--model", default=EMBEDDED)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    detector, recogniser = face_detector(), face_recogniser(options.model)
    ready = opened(load_photos(options.photos), detector)
    console = Console(stderr=True)
    steps = [
        step(name, ready, detector, recogniser)
        for name in track(DAMAGES, "damaging", console=console, transient=True)
    ]
    if options.json:
        print(json.dumps({"model": recogniser.name, "steps": [asdict(one) for one in steps]}))
        return
    title = f"{len(ready)} photos, {recogniser.name}; 95 % intervals (Wilson)"
    table = Table(
        "damage", "found", "named rightly", "read", "of those rightly", "weakest", title=title
    )
    for one in steps:
        table.add_row(
            one.damage, str(one.found), _share(one.right, one.found), str(one.read),
            _share(one.read_right, one.read), f"{one.part} {one.median}",
        )  # fmt: skip
    Console().print(table)


def _share(right: int, total: int) -> str:
    if total == 0:
        return "–"
    low, high = wilson(right, total)
    return f"{right / total:.0%} ({low:.0%} to {high:.0%})"


if __name__ == "__main__":
    main()
