"""Region: the square, turned upright, that is cut out around one face."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.face.face import DetectedFace, Picture

# Of MediaPipe's face_landmarks_detector_graph.cc: a square of one and a half times the longer side.
MARGIN = 1.5
_RIGHT_EYE, _LEFT_EYE = 0, 1  # places in the landmarks of a DetectedFace
_OUTER_RIGHT, _OUTER_LEFT = 33, 263  # outer corners of the eyes among the 478 landmarks


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A square of the picture. side: in pixels. angle: of the eyes' line, in radians, clockwise."""

    middle: tuple[float, float]
    side: float
    angle: float

    @classmethod
    def around(cls, face: DetectedFace) -> "Region":
        """Around a detected face, upright by the eyes where the detector gives them."""
        box = face.box
        eyes = None if face.landmarks is None else face.landmarks[[_RIGHT_EYE, _LEFT_EYE]]
        return cls(
            middle=(box.left + box.width / 2, box.top + box.height / 2),
            side=max(1.0, MARGIN * max(box.width, box.height)),
            angle=0.0 if eyes is None else _angle(eyes[0], eyes[1]),
        )

    @classmethod
    def of_landmarks(cls, places: NDArray[np.float32]) -> "Region":
        """Around the (478, 2) landmarks, upright by the outer corners of the eyes."""
        low, high = places.min(axis=0), places.max(axis=0)
        return cls(
            middle=(float(low[0] + high[0]) / 2, float(low[1] + high[1]) / 2),
            side=max(1.0, MARGIN * float(np.max(high - low))),
            angle=_angle(places[_OUTER_RIGHT], places[_OUTER_LEFT]),
        )

    def cut(self, cv: Any, picture: Picture, pixels: int) -> Picture:
        """The square at (pixels, pixels, 3); black where it reaches over the picture's edge."""
        found: Picture = cv.warpAffine(
            picture, self._onto_crop(pixels), (pixels, pixels), flags=cv.INTER_LINEAR
        )
        return found

    def in_picture(self, places: NDArray[np.float32], pixels: int) -> NDArray[np.float32]:
        """(N, 2) places of a crop of that many pixels, in pixels of the picture."""
        scaled = (places - pixels / 2) * (self.side / pixels)
        found: NDArray[np.float32] = (scaled @ self._turn().T + self.middle).astype(np.float32)
        return found

    def _turn(self) -> NDArray[np.float64]:
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        return np.array([[cos, -sin], [sin, cos]])

    def _onto_crop(self, pixels: int) -> NDArray[np.float64]:
        turn = self._turn().T * (pixels / self.side)
        # Pixels have their middles at whole numbers, squares their borders at halves.
        shift = (pixels - 1) / 2 - turn @ (np.asarray(self.middle) - 0.5)
        return np.hstack([turn, shift[:, None]])


def _angle(right_eye: Sequence[float], left_eye: Sequence[float]) -> float:
    across, down = left_eye[0] - right_eye[0], left_eye[1] - right_eye[1]
    return float(np.arctan2(down, across))
