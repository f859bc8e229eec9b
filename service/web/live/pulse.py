"""CameraPulse: the pulse in the colour of the face, counted while the camera looks on."""

from insideout.perception.face.face import DetectedFace, FaceBox, Picture
from insideout.perception.heart.rppg.estimate import PulseEstimate
from insideout.perception.heart.rppg.face import FaceFinder
from insideout.perception.heart.rppg.stream import PulseStream

_EVERY_SECS = 2.0
_FRESH_SECS = 0.6  # a box that old is still where the face is


class LastSeen:
    """A FaceDetector that looks at nothing: it gives the face that another one has just found."""

    name = "last seen"

    def __init__(self) -> None:
        self._box: FaceBox | None = None
        self._seen_secs = self._now_secs = 0.0

    def saw(self, box: FaceBox | None, secs: float) -> None:
        """The other one's newest find."""
        self._box, self._seen_secs = box, secs

    def asked(self, secs: float) -> None:
        """The next frame is of that second."""
        self._now_secs = secs

    def detect(self, picture: Picture) -> list[DetectedFace]:
        """The face, if it was seen a moment ago."""
        del picture
        if self._box is None or self._now_secs - self._seen_secs > _FRESH_SECS:
            return []
        return [DetectedFace(box=self._box, score=1.0)]


class CameraPulse:
    """Takes every frame and gives an estimate every two seconds; it keeps colours, and no picture.

    finder: looks for the face.
    """

    def __init__(self, finder: FaceFinder) -> None:
        self._stream = PulseStream(finder)
        self._fed_secs = self._told_secs = -_EVERY_SECS

    def feed(self, picture: Picture, secs: float) -> PulseEstimate | None:
        """The pulse of the last half minute, None where it is not yet time for one."""
        if secs <= self._fed_secs:  # two frames that came at once
            return None
        self._stream.feed(picture, secs)
        self._fed_secs = secs
        if secs - self._told_secs < _EVERY_SECS:
            return None
        self._told_secs = secs
        return self._stream.estimate()
