"""Glances: cheap looks at a picture, to tell whether it is worth reading and which face is which.

All sizes are far below what a recogniser sees, so that a glance costs next to nothing.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.face.face import FaceBox, Picture
from insideout.perception.face.libraries import need

Small = NDArray[np.float32]

CUT = (
    18.0  # mean change of a pixel, of 255; films move by up to 13 a frame, cuts change 27 and more
)
_CUT_AGAINST_BEFORE = 3.0
_WHOLE = (48, 27)
_FACE = 24
_USUAL = 0.8  # how much of the usual movement is kept from frame to frame


def whole(picture: Picture) -> Small:
    """The picture at 48x27, RGB, 0 to 255."""
    cv: Any = need("cv2")
    step = max(1, min(picture.shape[:2]) // (4 * _WHOLE[1]))
    small = cv.resize(picture[::step, ::step], _WHOLE, interpolation=cv.INTER_AREA)
    return np.asarray(small, dtype=np.float32)


def face(picture: Picture, box: FaceBox) -> Small:
    """The box in grey at 24x24, less its mean, of length 1: light and contrast do not matter.

    All zeros where the box lies outside the picture or holds a single shade.
    """
    cv: Any = need("cv2")
    top, left = max(0, round(box.top)), max(0, round(box.left))
    cut = picture[top : max(0, round(box.top + box.height)), left : round(box.left + box.width)]
    if cut.size == 0:
        return np.zeros((_FACE, _FACE), dtype=np.float32)
    small = cv.resize(cut, (_FACE, _FACE), interpolation=cv.INTER_AREA)
    grey = small.astype(np.float32).mean(axis=2)
    grey -= grey.mean()
    return np.asarray(grey / max(float(np.linalg.norm(grey)), 1e-6), dtype=np.float32)


def alike(one: Small, other: Small) -> float:
    """Correlation of two faces as `face` gives them, in [-1, 1]."""
    return float((one * other).sum())


class CutFinder:
    """Tells cuts by how much more a frame differs from the one before than frames did lately."""

    def __init__(self) -> None:
        self._before: Small | None = None
        self._usual = 0.0

    def look(self, small: Small) -> bool:
        """Whether the picture, as `whole` gives it, begins a new shot; the first frame does not."""
        if self._before is None:
            self._before = small
            return False
        change = float(np.abs(small - self._before).mean())
        self._before = small
        found = change > max(CUT, _CUT_AGAINST_BEFORE * self._usual)
        self._usual = max(change, _USUAL * self._usual)
        return found
