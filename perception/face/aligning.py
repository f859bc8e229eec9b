"""A face cut out of its picture, upright and square, at the size a model needs."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.face.face import DetectedFace, Picture
from insideout.perception.face.libraries import need

Floats = NDArray[np.float64]

_SHRINK_BY_AREA = 2.0


def tilt_degrees(face: DetectedFace) -> float:
    """How far the line of the eyes is turned clockwise in the picture; 0 without landmarks."""
    if face.landmarks is None:
        return 0.0
    across, down = face.landmarks[1] - face.landmarks[0]
    return float(np.degrees(np.arctan2(down, across)))


def cut(
    picture: Picture,
    face: DetectedFace,
    size: int,
    margin: float = 1.0,
    *,
    upright: bool = True,
    stretched: bool = False,
) -> Picture:
    """The face's square, (size, size, 3).

    margin: the square's side, in longer sides of the box. upright: turned by the line of the eyes where
    there are landmarks. stretched: both sides of the box times the margin, made a square. What lies
    beyond the picture repeats its border.
    """
    cv: Any = need("cv2")
    box = face.box
    sides = (
        np.array([box.width, box.height]) if stretched else np.full(2, max(box.width, box.height))
    )
    sides = np.maximum(margin * sides, 1.0)
    middle = np.array([box.left + box.width / 2.0, box.top + box.height / 2.0])
    angle = tilt_degrees(face) if upright else 0.0
    source, middle, sides = _nearby(cv, picture, middle, sides, size, turned=angle != 0.0)
    return np.asarray(
        cv.warpAffine(
            source, _fit(middle, sides, size, angle), (size, size),
            flags=cv.INTER_LINEAR, borderMode=cv.BORDER_REPLICATE,
        ),
        dtype=np.uint8,
    )  # fmt: skip


def _fit(middle: Floats, sides: Floats, size: int, angle: float) -> Floats:
    """The affine map, (2, 3), that lays the turned rectangle of the picture on (size, size)."""
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    turn = (size / sides)[:, None] * np.array([[cos, sin], [-sin, cos]])
    # Pixels have their middles at whole numbers, squares their borders at halves.
    shift = (size - 1) / 2.0 - turn @ (middle - 0.5)
    return np.column_stack([turn, shift])


def _nearby(
    cv: Any, picture: Picture, middle: Floats, sides: Floats, size: int, *, turned: bool
) -> tuple[Picture, Floats, Floats]:
    """The part of the picture around the face, made smaller by area where it is far too large.

    Linear interpolation alone would skip most pixels of a large face, and see noise and moiré.
    """
    reach = float(sides.max()) * (0.71 if turned else 0.5) + 1.0
    height, width = picture.shape[:2]
    left, right = _span(middle[0], reach, width)
    top, bottom = _span(middle[1], reach, height)
    part, moved = picture[top:bottom, left:right], middle - (left, top)
    shrink = float(sides.min()) / size
    if shrink < _SHRINK_BY_AREA:
        return part, moved, sides
    smaller = tuple(max(1, round(length / shrink)) for length in (right - left, bottom - top))
    scales = np.array([smaller[0] / (right - left), smaller[1] / (bottom - top)])
    small = cv.resize(part, smaller, interpolation=cv.INTER_AREA)
    return small, moved * scales, sides * scales


def _span(middle: float, reach: float, length: int) -> tuple[int, int]:
    """The pixels within reach, at least one of the picture's."""
    first = min(max(0, int(middle - reach)), length - 1)
    return first, max(first + 1, min(length, int(middle + reach) + 1))
