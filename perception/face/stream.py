"""FaceStream: frames that come one after another, of a film or a camera, read as they come."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from insideout.perception.errors import BadSignalError
from insideout.perception.face.face import (
    DetectedFace,
    FaceCues,
    FaceDetector,
    Picture,
    SeenFace,
)
from insideout.perception.face.film_wording import check_language, says
from insideout.perception.face.frame_rate import FrameRate, Pace
from insideout.perception.face.glance import CutFinder, Small, alike, face, whole
from insideout.perception.face.smoothing import ExponentialSmoothing, ReadingSmoother, Smoothing
from insideout.perception.face.tracking import FORGOTTEN_SECS, FaceTracker
from insideout.perception.reading import Modality, Reading

_STILL_FACE = 0.9  # correlation with the face at its last read, below which something moved
_STILL_PICTURE = 3.0  # mean change of a pixel, of 255, where there is no face
_LARGER = 1.5  # times the area by which another face must stand out to become the one in front
_TREND = 0.3  # change of valence or arousal that is worth a word
_NOBODY = "face"  # the model's name where none spoke


class PictureReader(Protocol):
    """What a stream needs of a FaceReader."""

    @property
    def cues(self) -> FaceCues | None:
        """Says what the face does; None where the cues follow from the recogniser."""
        ...

    @property
    def detector(self) -> FaceDetector:
        """Finds the faces."""
        ...

    def seen(
        self, picture: Picture, faces: Sequence[DetectedFace], at_secs: float = 0.0
    ) -> tuple[SeenFace, ...]:
        """Each face with its Reading, in the same order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamOptions:
    """How a stream is read.

    smoothing: of each face's Readings. rate: how often frames are read. trend_secs: how far back the
    trend looks. all_faces: read every face, and not the one in front alone. language: "en" or "ru".
    """

    smoothing: Smoothing = field(default_factory=ExponentialSmoothing)
    rate: FrameRate = field(default_factory=FrameRate)
    trend_secs: float = 5.0
    all_faces: bool = False
    language: str = "en"

    def __post_init__(self) -> None:
        check_language(self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceTrend:
    """How far valence and arousal moved over the last `secs`, by the line of least squares."""

    valence: float = 0.0
    arousal: float = 0.0
    secs: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceMoment:
    """What one frame that was read shows.

    reading: of the face in front, smoothed; it abstains where there is none. raw: the same of this
    frame alone. number: of the face in front, from 1; None where there is none. faces: those that were
    read, with their numbers and smoothed Readings, the largest first. count: how many faces were found.
    cut: whether a new shot began since the last moment.
    """

    secs: float
    reading: Reading
    raw: Reading
    number: int | None = None
    faces: tuple[SeenFace, ...] = ()
    count: int = 0
    trend: FaceTrend = FaceTrend()
    cut: bool = False


class FaceStream:
    """Reads frames as they come, and only those that are worth it; its memory does not grow.

        for moment in FaceStream(FaceReader()).moments(newest(Camera("0"))):
            print(moment.reading.top())

    moment: the newest, in force until the next. fed, read: how many frames came and were read.
    """

    def __init__(self, reader: PictureReader, options: StreamOptions | None = None) -> None:
        self.moment: FaceMoment | None = None
        self.fed = self.read = 0
        self._reader, self._options = reader, options or StreamOptions()
        self._pace = Pace(self._options.rate)
        self._tracker, self._cuts = FaceTracker(), CutFinder()
        self._smoothers: dict[int, tuple[float, ReadingSmoother]] = {}
        self._course: deque[tuple[float, float, float]] = deque()
        self._small: Small | None = None
        self._front: tuple[DetectedFace, Small] | None = None
        self._fed_secs = self._read_secs = -np.inf
        self._cut = False

    def translate(self, reader: PictureReader, language: str) -> None:
        """From now on the words of this reader, in that language; what is known of the faces stays."""
        self._reader, self._options = reader, replace(self._options, language=language)

    def moments(self, frames: Iterable[tuple[float, Picture]]) -> Iterator[FaceMoment]:
        """The moments of frames that come with their seconds; those that are not read give none."""
        for secs, picture in frames:
            moment = self.feed(picture, secs)
            if moment is not None:
                yield moment

    def feed(self, picture: Picture, secs: float) -> FaceMoment | None:
        """The moment of this frame, None where it was not read; raises BadSignalError.

        secs: when it was taken, on the session's clock; it rises from frame to frame.
        """
        self._check(picture, secs)
        self._fed_secs = secs
        self.fed += 1
        small = whole(picture)
        self._cut |= self._cuts.look(small)
        if not self._due(picture, small, secs):
            return None
        self.moment = self._look(picture, secs)
        self._small, self._read_secs, self._cut = small, secs, False
        self.read += 1
        return self.moment

    def _check(self, picture: Picture, secs: float) -> None:
        if picture.ndim != 3 or picture.shape[2] != 3 or picture.dtype != np.uint8:
            raise BadSignalError(
                f"a frame of shape {picture.shape} and {picture.dtype}; expected "
                "(height, width, 3), uint8, RGB"
            )
        if not secs > self._fed_secs:
            raise BadSignalError(
                f"a frame at {secs:g} s after one at {self._fed_secs:g} s; time must rise"
            )

    def _due(self, picture: Picture, small: Small, secs: float) -> bool:
        """Whether the frame is to be read: a new shot, the pause is over, or something moved."""
        if self._small is None or self._cut:
            return True
        gone = secs - self._read_secs + 1e-6
        if gone >= self._pace.pause_secs:
            return True
        if gone < self._options.rate.shortest_secs or not self._moved(picture, small):
            return False
        self._pace.hurry()
        return True

    def _moved(self, picture: Picture, small: Small) -> bool:
        if self._front is not None:
            found, looks = self._front
            return alike(face(picture, found.box), looks) < _STILL_FACE
        return self._small is not None and bool(np.abs(small - self._small).mean() > _STILL_PICTURE)

    def _look(self, picture: Picture, secs: float) -> FaceMoment:
        faces = self._reader.detector.detect(picture)
        numbers = self._tracker.follow(picture, faces, secs, cut=self._cut)
        front = self._in_front(faces, numbers)
        if front is None:
            return self._nobody(secs)
        chosen = range(len(faces)) if self._options.all_faces else [front]
        seen = self._reader.seen(picture, [faces[i] for i in chosen], secs)
        raw = seen[chosen.index(front)].reading
        self._front = (faces[front], face(picture, faces[front].box))
        self._pace.after(raw)
        smoothed = tuple(
            self._smoothed(one, numbers[i], secs) for i, one in zip(chosen, seen, strict=True)
        )
        reading = smoothed[chosen.index(front)].reading
        trend = self._trend(reading, numbers[front], secs)
        return FaceMoment(
            secs=secs,
            reading=self._with_words(reading, trend),
            raw=raw,
            number=numbers[front],
            faces=smoothed,
            count=len(faces),
            trend=trend,
            cut=self._cut,
        )

    def _nobody(self, secs: float) -> FaceMoment:
        reading = Reading(
            modality=Modality.FACE,
            model=_NOBODY,
            quality=0.0,
            start_secs=secs,
            end_secs=secs,
            abstained=says(self._options.language, "no_face"),
        )
        self._front = None
        self._pace.after(reading)
        return FaceMoment(secs=secs, reading=reading, raw=reading, cut=self._cut)

    def _in_front(self, faces: Sequence[DetectedFace], numbers: Sequence[int]) -> int | None:
        """The one that was in front, while it is there and no other is much larger; else the largest."""
        if not faces:
            return None
        largest = max(range(len(faces)), key=lambda i: faces[i].box.area)
        before = None if self.moment is None else self.moment.number
        if before in numbers:
            same = numbers.index(before)
            if faces[largest].box.area < _LARGER * faces[same].box.area:
                return same
        return largest

    def _smoothed(self, seen: SeenFace, number: int, secs: float) -> SeenFace:
        old = [n for n, (at, _) in self._smoothers.items() if secs - at > FORGOTTEN_SECS]
        for gone in old:
            del self._smoothers[gone]
        _, smoother = self._smoothers.get(number, (secs, None))
        smoother = smoother or ReadingSmoother(self._options.smoothing)
        self._smoothers[number] = (secs, smoother)
        return replace(seen, number=number, reading=smoother.feed(seen.reading, secs))

    def _trend(self, reading: Reading, number: int, secs: float) -> FaceTrend:
        if self.moment is not None and self.moment.number != number:
            self._course.clear()
        if reading.affect is not None:
            self._course.append((secs, reading.affect.valence, reading.affect.arousal))
        while self._course and secs - self._course[0][0] > self._options.trend_secs:
            self._course.popleft()
        return _trend(self._course)

    def _with_words(self, reading: Reading, trend: FaceTrend) -> Reading:
        """The Reading with a word on where it is going, once that has been watched for a while."""
        if reading.abstained is not None or trend.secs < self._options.trend_secs / 2.0:
            return reading
        words = tuple(says(self._options.language, what) for what in _going(trend))
        return replace(reading, cues=reading.cues + words)


def _trend(course: Sequence[tuple[float, float, float]]) -> FaceTrend:
    if len(course) < 3:
        return FaceTrend()
    secs, valence, arousal = np.array(course).T
    span = float(secs[-1] - secs[0])
    spread = float(((secs - secs.mean()) ** 2).sum())
    place = (secs - secs.mean()) / spread * span
    return FaceTrend(
        valence=float(place @ (valence - valence.mean())),
        arousal=float(place @ (arousal - arousal.mean())),
        secs=span,
    )


def _going(trend: FaceTrend) -> list[str]:
    words = []
    if abs(trend.valence) >= _TREND:
        words.append("brighter" if trend.valence > 0.0 else "darker")
    if abs(trend.arousal) >= _TREND:
        words.append("livelier" if trend.arousal > 0.0 else "calmer")
    return words
