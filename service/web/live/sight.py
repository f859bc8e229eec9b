"""Sight: the face in the camera's picture, what it shows, and what the visitor could do better."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from insideout.perception.affect import Emotion
from insideout.perception.face.face import FaceBox, Picture
from insideout.perception.face.stream import FaceMoment, FaceStream

# Of the picture's height, of a face's box; between them a face is 60 to 320 pixels high at 480 x 360.
_NEAREST, _FARTHEST = 0.9, 0.17
_SECOND = 0.5  # of the larger face's area, from which another one counts as a second person
_DIM, _GLARING = 60.0, 205.0  # mean grey level of the face
_POOR_LIGHT = 0.5  # of the quality, below which light is worth a word
_STILL = 0.35  # widths of the face that its middle may move in a second
_RATE_SECS = 2.0  # over which frames a second are counted


class Hint(StrEnum):
    """What the visitor could do better; BRIGHTER means that more light is wanted."""

    OK = "ok"
    NO_FACE = "no_face"
    CLOSER = "closer"
    FARTHER = "farther"
    DARKER = "darker"
    BRIGHTER = "brighter"
    ONE_PERSON = "one_person"
    HOLD_STILL = "hold_still"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """One frame that was looked at.

    box: in pixels, None where there is no face. shares: the same as left, top, width and height in
    shares of the picture. emotion, share: the likeliest one and its probability, None where the face
    was not read. fps: frames that are looked at in a second.
    """

    secs: float
    box: FaceBox | None
    shares: tuple[float, float, float, float] | None
    hint: Hint
    emotion: Emotion | None
    share: float | None
    fps: float

    def to_json(self) -> dict[str, object]:
        """The message of the socket."""
        return {
            "type": "face",
            "box": None if self.shares is None else [round(side, 4) for side in self.shares],
            "hint": self.hint.value,
            "emotion": None if self.emotion is None else self.emotion.value,
            "share": None if self.share is None else round(self.share, 3),
            "fps": round(self.fps, 1),
        }


class Rate:
    """How many things a second happen, over the last two seconds."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()

    def count(self, secs: float) -> float:
        """One more at that second; how many a second there are now."""
        self._times.append(secs)
        while secs - self._times[0] > _RATE_SECS:
            self._times.popleft()
        span = secs - self._times[0]
        return (len(self._times) - 1) / span if span > 0.0 else 0.0


class Watch:
    """A FaceStream that tells what is in sight; senses.frames takes it as one.

    stream: the FaceStream. seen: is told each frame that was looked at, on the thread that looks.
    latest: the newest of them.
    """

    def __init__(self, stream: FaceStream, seen: Callable[[Sight], None]) -> None:
        self.latest: Sight | None = None
        self.stream, self._seen = stream, seen
        self._rate = Rate()

    def feed(self, picture: Picture, secs: float) -> FaceMoment | None:
        """The moment of this frame, as FaceStream gives it."""
        moment = self.stream.feed(picture, secs)
        if moment is not None:
            self.latest = self._sight(picture, moment)
            self._seen(self.latest)
        return moment

    def _sight(self, picture: Picture, moment: FaceMoment) -> Sight:
        fps = self._rate.count(time.monotonic())
        front = next((one for one in moment.faces if one.number == moment.number), None)
        reads = moment.reading.abstained is None and bool(moment.reading.emotions)
        top = max(moment.reading.emotions.items(), key=lambda item: item[1]) if reads else None
        box = None if front is None else front.face.box
        light = 1.0 if front is None else front.quality.light
        return Sight(
            secs=moment.secs,
            box=box,
            shares=None if box is None else shares(box, picture),
            hint=hint_of(picture, box, self.latest, moment.secs, light, moment.count),
            emotion=None if top is None else top[0],
            share=None if top is None else top[1],
            fps=fps,
        )


def shares(box: FaceBox, picture: Picture) -> tuple[float, float, float, float]:
    """Left, top, width and height of a box as shares of the picture."""
    height, width = picture.shape[:2]
    return (box.left / width, box.top / height, box.width / width, box.height / height)


def hint_of(
    picture: Picture,
    box: FaceBox | None,
    before: Sight | None,
    secs: float,
    light: float = 1.0,
    count: int = 1,
) -> Hint:
    """What to say to the visitor. light: quality of it, in [0, 1]; count: faces in the picture."""
    if box is None:
        return Hint.NO_FACE
    if count > 1:
        return Hint.ONE_PERSON
    share = box.height / picture.shape[0]
    if share < _FARTHEST:
        return Hint.CLOSER
    if share > _NEAREST:
        return Hint.FARTHER
    grey = _grey(picture, box)
    if grey < _DIM or (light < _POOR_LIGHT and grey < (_DIM + _GLARING) / 2.0):
        return Hint.BRIGHTER
    if grey > _GLARING or light < _POOR_LIGHT:
        return Hint.DARKER
    return Hint.HOLD_STILL if _moves(box, before, secs) else Hint.OK


def _grey(picture: Picture, box: FaceBox) -> float:
    height, width = picture.shape[:2]
    rows = slice(max(0, int(box.top)), min(height, int(box.top + box.height) + 1))
    columns = slice(max(0, int(box.left)), min(width, int(box.left + box.width) + 1))
    face = picture[rows, columns][::4, ::4]
    return float(face.mean()) if face.size else 0.0


def _moves(box: FaceBox, before: Sight | None, secs: float) -> bool:
    if before is None or before.box is None or not 0.0 < secs - before.secs < 1.0:
        return False
    old = before.box
    across = box.left + box.width / 2 - old.left - old.width / 2
    down = box.top + box.height / 2 - old.top - old.height / 2
    speed = float(np.hypot(across, down)) / max(old.width, 1.0) / (secs - before.secs)
    # A detector's box jitters from frame to frame; that much in one step is no movement.
    return speed > _STILL and float(np.hypot(across, down)) > 0.08 * old.width
