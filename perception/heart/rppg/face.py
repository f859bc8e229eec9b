"""Where the face is, and the mean colour of its skin.

The skin is taken where a face is bare and far from eyes and mouth: forehead and cheeks, placed by the
box. No colour rule chooses it, for those work less well on dark skin.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from insideout.perception.face.detecting import YuNet
from insideout.perception.face.face import FaceBox as Box
from insideout.perception.face.face import FaceDetector, Picture
from insideout.perception.face.libraries import EXTRA

__all__ = ["EXTRA", "FaceBox", "FaceFinder", "Picture", "skin_mean"]

_SURE = 0.7
_WIDEST = 320  # pixels that the detector looks at; a face in a film is large
# Forehead, left cheek, right cheek: left, top, right, bottom as shares of the box.
_PATCHES = ((0.28, 0.08, 0.72, 0.24), (0.12, 0.50, 0.32, 0.74), (0.68, 0.50, 0.88, 0.74))


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceBox(Box):
    """A face's box that can be followed from frame to frame."""

    def blended(self, newer: "FaceBox", share: float) -> "FaceBox":
        """Between this one and a newer one."""
        return FaceBox(
            left=self.left + share * (newer.left - self.left),
            top=self.top + share * (newer.top - self.top),
            width=self.width + share * (newer.width - self.width),
            height=self.height + share * (newer.height - self.height),
        )

    def shifted(self, across: float, down: float) -> "FaceBox":
        """That many pixels to the right and down."""
        return FaceBox(
            left=self.left + across, top=self.top + down, width=self.width, height=self.height
        )

    def moved_from(self, other: "FaceBox") -> float:
        """How far the middles lie apart, in widths of the other box."""
        across = self.left + self.width / 2 - other.left - other.width / 2
        down = self.top + self.height / 2 - other.top - other.height / 2
        return float(np.hypot(across, down) / max(other.width, 1.0))


class FaceFinder:
    """Finds the largest face of one frame after another.

    model: YuNet's file, else it is fetched. detector: another one in its place, all of whose faces
    count. Raises PerceptionError where OpenCV or the model is missing.
    """

    def __init__(self, model: Path | None = None, detector: FaceDetector | None = None) -> None:
        self._sure = _SURE if detector is None else 0.0
        self._detector = YuNet(model, looks=(_WIDEST,)) if detector is None else detector

    def find(self, frame: Picture) -> FaceBox | None:
        """The largest face of an RGB frame (height, width, 3), or None."""
        for face in self._detector.detect(frame):
            if face.score >= self._sure:
                box = face.box
                return FaceBox(left=box.left, top=box.top, width=box.width, height=box.height)
        return None


def skin_mean(frame: Picture, box: FaceBox) -> NDArray[np.float64]:
    """Mean red, green and blue of forehead and cheeks, (3,); NaN where they lie outside the frame.

    Borders are taken at fractions of a pixel: a box that creeps must not make the colour jump.
    """
    total, area = np.zeros(3), 0.0
    for left, top, right, bottom in _PATCHES:
        sides = (box.left + left * box.width, box.left + right * box.width)
        ends = (box.top + top * box.height, box.top + bottom * box.height)
        across, down = _cover(*sides, frame.shape[1]), _cover(*ends, frame.shape[0])
        if across is None or down is None:
            return np.full(3, np.nan)
        (first, columns), (start, rows) = across, down
        patch = frame[start : start + len(rows), first : first + len(columns)].astype(np.float64)
        total += np.einsum("y,yxc,x->c", rows, patch, columns)
        area += float(rows.sum() * columns.sum())
    return np.asarray(total / area)


def _cover(low: float, high: float, size: int) -> tuple[int, NDArray[np.float64]] | None:
    """The first pixel and the share of each pixel in [low, high); None where that leaves the frame."""
    if low < 0.0 or high > size or high - low < 1.0:
        return None
    first, last = int(np.floor(low)), int(np.ceil(high))
    places = np.arange(first, last)
    return first, np.minimum(places + 1, high) - np.maximum(places, low)
