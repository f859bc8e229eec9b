"""FaceTracker: where the face is in each frame, without the jitter and the lag of a detector.

The detector looks five times a second. From frame to frame the face's own pattern is followed by phase
correlation (Kuglin and Hines 1975), to a pixel or so between two looks: skin patches that slide over a
cheek would make the colour swing at the rate of the movement.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.heart.libraries import need
from insideout.perception.heart.rppg.face import EXTRA, FaceBox, FaceFinder, Picture

_LOOK_SECS = 0.2
_BLEND = 0.15  # how fast the followed box is drawn to the detector's, which jitters
_MOST_OFF = 0.2  # of the face's width between both: past it the face jumped, or is another one
_FASTEST = 1.0  # face widths a second: past it the head turns, or the picture blurs
_LOST_SECS = 1.0  # without a face, after which its old box counts no longer
_WIDEST = 96  # pixels of the pattern that is followed
_LEAST_MATCH = 0.1  # of the correlation's peak; below it the pattern did not shift but change


class FaceTracker:
    """Follows one face; `finder` looks for it."""

    def __init__(self, finder: FaceFinder) -> None:
        self._finder = finder
        self._box: FaceBox | None = None
        self._pattern: tuple[FaceBox, NDArray[np.float32]] | None = None
        self._looked_secs = self._seen_secs = self._last_secs = -np.inf
        self._in_sight = False

    def follow(self, frame: Picture, t: float) -> tuple[FaceBox | None, bool]:
        """The box in this frame, None where the face is out of sight; False where it jumped."""
        still = self._shift(frame, t)
        if t - self._looked_secs >= _LOOK_SECS - 1e-6:
            self._looked_secs = t
            still &= self._look(frame, t)
        self._last_secs = t
        self._pattern = None if self._box is None else (self._box, _pattern(frame, self._box))
        return (self._box if self._in_sight else None), still

    def _shift(self, frame: Picture, t: float) -> bool:
        """Move the box as its pattern moved; False where that was too fast."""
        if self._box is None or self._pattern is None:
            return True
        at, before = self._pattern
        cv: Any = need("cv2", EXTRA)
        now = _pattern(frame, at)
        window = cv.createHanningWindow((before.shape[1], before.shape[0]), cv.CV_32F)
        (across, down), match = cv.phaseCorrelate(before, now, window)
        if match < _LEAST_MATCH:
            return True
        scale = at.width / before.shape[1]
        across, down = across * scale, down * scale
        self._box = self._box.shifted(across, down)
        secs = max(t - self._last_secs, 1e-3)
        return bool(np.hypot(across, down) <= _FASTEST * secs * at.width)

    def _look(self, frame: Picture, t: float) -> bool:
        """Draw the box to where the detector sees the face; False where that is elsewhere."""
        found = self._finder.find(frame)
        self._in_sight = found is not None
        if found is None:
            if t - self._seen_secs > _LOST_SECS:
                self._box = None
            return True
        self._seen_secs = t
        if self._box is None:
            self._box = found
        elif found.moved_from(self._box) > _MOST_OFF:
            self._box = found
            return False
        else:
            self._box = self._box.blended(found, _BLEND)
        return True


def _pattern(frame: Picture, box: FaceBox) -> NDArray[np.float32]:
    """The box in grey, at most 96 pixels wide; what lies outside the frame repeats its border."""
    cv: Any = need("cv2", EXTRA)
    scale = min(1.0, _WIDEST / box.width)
    size = tuple(_side(round(side * scale)) for side in (box.width, box.height))
    across, down = size[0] / box.width, size[1] / box.height
    fit = np.array([[across, 0.0, -box.left * across], [0.0, down, -box.top * down]])
    grey = cv.cvtColor(frame, cv.COLOR_RGB2GRAY)
    return np.asarray(
        cv.warpAffine(grey, fit, size, flags=cv.INTER_LINEAR, borderMode=cv.BORDER_REPLICATE),
        dtype=np.float32,
    )


def _side(pixels: int) -> int:
    """The next even length that a Fourier transform needs no padding for.

    OpenCV's phase correlation pads other lengths, and is half a pixel off where that makes them odd.
    """
    cv: Any = need("cv2", EXTRA)
    side = max(8, pixels)
    while side % 2 or cv.getOptimalDFTSize(side) != side:
        side += 1
    return side
