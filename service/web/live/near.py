"""NearDetector: a slow face detector made quick, by looking first where the face was."""

from typing import Any

import numpy as np

from insideout.perception.face.detecting import shrunk
from insideout.perception.face.face import DetectedFace, FaceBox, FaceDetector, Picture
from insideout.perception.face.libraries import need

_ROUND = 2.0  # widths and heights of the face that are searched around it
_CLOSE_PX, _WHOLE_PX = 80, 240  # longer sides of what is searched
_WHOLE_EVERY = 8  # looks, of which one goes over the whole picture: somebody else may have come


class NearDetector:
    """Another detector, on a small part of the picture while the face stays where it is.

    OpenCV's cascade takes 80 ms of a core for a frame of 480 x 270, and 6 ms for the part around the
    face. Not to be shared between streams, since it remembers where the face was.
    """

    def __init__(self, detector: FaceDetector) -> None:
        self.name = detector.name
        self._detector = detector
        self._cv: Any = need("cv2")
        self._before: list[DetectedFace] = []
        self._looks = 0

    def detect(self, picture: Picture) -> list[DetectedFace]:
        """The faces, the largest first; those beside it are told by the latest look over all."""
        self._looks += 1
        found: list[DetectedFace] = []
        if self._before and self._looks % _WHOLE_EVERY:
            found = self._look(picture, *_around(self._before[0].box, picture), _CLOSE_PX)[:1]
            found += self._before[1:] if found else []
        if not found:
            height, width = picture.shape[:2]
            found = self._look(picture, 0, 0, width, height, _WHOLE_PX)
        self._before = found
        return found

    def _look(
        self, picture: Picture, left: int, top: int, right: int, bottom: int, widest: int
    ) -> list[DetectedFace]:
        part = picture[top:bottom, left:right]
        if min(part.shape[:2]) < 1:
            return []
        small, scale = shrunk(self._cv, np.ascontiguousarray(part), widest)
        return [_moved(face, left, top, scale) for face in self._detector.detect(small)]


def _around(box: FaceBox, picture: Picture) -> tuple[int, int, int, int]:
    across, down = box.left + box.width / 2, box.top + box.height / 2
    wide, high = _ROUND * box.width / 2, _ROUND * box.height / 2
    height, width = picture.shape[:2]
    return (
        int(np.clip(across - wide, 0, width)),
        int(np.clip(down - high, 0, height)),
        int(np.clip(across + wide, 0, width)),
        int(np.clip(down + high, 0, height)),
    )


def _moved(face: DetectedFace, left: float, top: float, scale: float) -> DetectedFace:
    box = face.box
    return DetectedFace(
        box=FaceBox(
            left=left + box.left / scale,
            top=top + box.top / scale,
            width=box.width / scale,
            height=box.height / scale,
        ),
        score=face.score,
        landmarks=None
        if face.landmarks is None
        else (face.landmarks / scale + np.array([left, top])).astype(np.float32),
    )
