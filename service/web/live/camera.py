"""Camera: frames of a browser, read for the face ten times a second and all of them for the pulse."""

import time
from collections.abc import Callable

from insideout.perception.face.face import DetectedFace, Picture
from insideout.perception.face.frame_rate import EVERY_FRAME
from insideout.perception.face.reader import FaceReader
from insideout.perception.face.stream import FaceMoment, FaceStream, StreamOptions
from insideout.perception.heart.rppg.estimate import PulseEstimate
from insideout.perception.heart.rppg.face import FaceFinder
from insideout.service.web.live import models
from insideout.service.web.live.pictures import decoded
from insideout.service.web.live.pulse import CameraPulse, LastSeen
from insideout.service.web.live.sight import Rate, Sight, Watch, hint_of, shares
from insideout.service.web.live.texts import Language

READ_EVERY_SECS = 0.1


class FaceFrames:
    """Reads faces; senses.frames takes it as a stream. Its models are loaded for the first frame."""

    def __init__(self, language: Language, seen: Callable[[Sight], None]) -> None:
        self._language, self._seen = language, seen
        self._watch: Watch | None = None
        self._spoken = ""

    def feed(self, picture: Picture, secs: float) -> FaceMoment | None:
        """The moment of this frame; raises PerceptionError where a model cannot be had."""
        watch, language = self._watch, self._language()
        if watch is None:
            options = StreamOptions(rate=EVERY_FRAME, language=language)
            watch = self._watch = Watch(FaceStream(_reader(language), options), self._seen)
        elif language != self._spoken:
            watch.stream.translate(_reader(language), language)
        self._spoken = language
        return watch.feed(picture, secs)

    def forget(self) -> None:
        """Let go of what is known of the face."""
        self._watch = None


def _reader(language: str) -> FaceReader:
    return FaceReader(detector=models.detector(), recogniser=models.faces(), language=language)


class Glances:
    """A FaceDetector that tells where the face is, for those whose face is looked at but not read."""

    name = "glances"

    def __init__(self, seen: Callable[[Sight], None]) -> None:
        self._detector = models.detector()
        self._seen, self._rate = seen, Rate()
        self._before: Sight | None = None

    def detect(self, picture: Picture) -> list[DetectedFace]:
        """The faces, the largest first."""
        found = self._detector.detect(picture)
        box, now = (found[0].box if found else None), time.monotonic()
        self._before = Sight(
            secs=now,
            box=box,
            shares=None if box is None else shares(box, picture),
            hint=hint_of(picture, box, self._before, now, count=len(found)),
            emotion=None,
            share=None,
            fps=self._rate.count(now),
        )
        self._seen(self._before)
        return found


class Camera:
    """Takes JPEGs on one thread, in their order.

    read: takes the frames whose face is to be read, None where it is not. seen: is told what is in
    sight then. counted: takes the estimates of the pulse, None where it is not counted.
    """

    def __init__(
        self,
        read: Callable[[Picture, float], None] | None,
        seen: Callable[[Sight], None],
        counted: Callable[[PulseEstimate], None] | None,
    ) -> None:
        self._read, self._seen, self._counted = read, seen, counted
        self._last_seen = LastSeen()
        self._pulse: CameraPulse | None = None
        self._due_secs = self._last_secs = -1.0

    def saw(self, sight: Sight) -> None:
        """The face reader's newest find; the pulse follows it."""
        self._last_seen.saw(sight.box, sight.secs)

    def frame(self, jpeg: bytes, secs: float) -> None:
        """One frame; raises BadSignalError where it is none, PerceptionError without the libraries."""
        picture = decoded(jpeg)
        if secs <= self._last_secs:  # two frames that came in one moment
            return
        self._last_secs = secs
        if self._read is not None and secs >= self._due_secs:
            # What is due follows the plan and not the frame, or 15 frames a second would give 7.5 reads.
            self._due_secs = max(self._due_secs + READ_EVERY_SECS, secs)
            self._read(picture, secs)
        if self._counted is not None:
            self._count(picture, secs, self._counted)

    def _count(
        self, picture: Picture, secs: float, counted: Callable[[PulseEstimate], None]
    ) -> None:
        if self._pulse is None:
            looks = self._last_seen if self._read is not None else Glances(self._seen)
            self._pulse = CameraPulse(FaceFinder(detector=looks))
        self._last_seen.asked(secs)
        estimate = self._pulse.feed(picture, secs)
        if estimate is not None:
            counted(estimate)
