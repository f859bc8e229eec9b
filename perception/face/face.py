"""What flows through the reading of faces: pictures, where faces are in them, what was seen in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from insideout.perception.expression import Expression
from insideout.perception.label_spaces import LabelSpace
from insideout.perception.reading import Reading

Picture = NDArray[np.uint8]
"""RGB, (height, width, 3), 0 to 255, upright."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceBox:
    """In pixels of the picture: the left upper corner, width and height; may reach over the edge."""

    left: float
    top: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """In square pixels."""
        return self.width * self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedFace:
    """One face that a detector found.

    score: of the detector, in [0, 1]. landmarks: (5, 2), x and y in pixels of the picture, in the order
    of YuNet: the person's right eye, left eye, nose tip, right and left corner of the mouth; None where
    the detector gives none.
    """

    box: FaceBox
    score: float
    landmarks: NDArray[np.float32] | None = None


class FaceDetector(Protocol):
    """Finds the faces of a picture."""

    name: str

    def detect(self, picture: Picture) -> list[DetectedFace]:
        """The faces, the largest first; empty where there is none."""
        ...


class FaceRecogniser(Protocol):
    """Names the expressions of faces. It cuts and scales each face as its model needs it."""

    name: str
    space: LabelSpace

    def recognise(self, picture: Picture, faces: Sequence[DetectedFace]) -> list[Expression]:
        """One Expression a face, in the same order."""
        ...


class FaceCues(Protocol):
    """Says in words what is to be seen in one face, without naming a feeling."""

    def cues(self, picture: Picture, face: DetectedFace) -> tuple[str, ...]:
        """Short words, the strongest first: "lip corners pulled up (AU12)"; may be empty."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceQuality:
    """How well one face can be seen; each in [0, 1], 1 is perfect.

    size: of the face in pixels. sharpness: against blur. light: neither dark nor burnt out nor flat.
    pose: 1 is frontal. uncovered: against things in front of the face and against the picture's edge.
    """

    size: float
    sharpness: float
    light: float
    pose: float
    uncovered: float

    @property
    def overall(self) -> float:
        """The weakest of them: one fault is enough to spoil a face."""
        return min(self.size, self.sharpness, self.light, self.pose, self.uncovered)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFace:
    """One face with its Reading. number: which person of a film it is, from 1; None in a photo."""

    face: DetectedFace
    quality: FaceQuality
    reading: Reading
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceObservation:
    """What one picture shows.

    reading: of the face that counts, the largest; or the Reading that abstains where there is none.
    faces: all that were found, the largest first.
    """

    reading: Reading
    faces: tuple[SeenFace, ...] = ()
    width: int = 0
    height: int = 0
