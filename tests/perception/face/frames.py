"""Made-up frames: bright squares are faces; how red and wide-mouthed they are is how happy they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from insideout.perception.face.face import (
    DetectedFace,
    FaceBox,
    FaceCues,
    FaceQuality,
    Picture,
    SeenFace,
)
from insideout.perception.label_spaces import FER_2013
from insideout.perception.reading import Modality, Reading

WIDTH, HEIGHT = 320, 180
_GREEN = 200  # of every face; the rest of the picture is darker
_PERFECT = FaceQuality(size=1.0, sharpness=1.0, light=1.0, pose=1.0, uncovered=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One face. happy: in [0, 1]. person: whose pattern it wears."""

    left: int = 40
    top: int = 50
    size: int = 60
    happy: float = 1.0
    person: int = 1


def frame(*squares: Square, background: int = 30) -> Picture:
    """A picture of these faces."""
    picture = np.full((HEIGHT, WIDTH, 3), background, dtype=np.uint8)
    for square in squares:
        pattern = np.random.default_rng(square.person).integers(0, 50, (6, 6))
        large = cv2.resize(pattern.astype(np.uint8), (square.size, square.size))
        face = np.stack([np.full_like(large, round(255 * square.happy)), large + _GREEN, large], 2)
        mouth = round(square.happy * square.size)
        face[-square.size // 5 :, :mouth, 2] += 60
        picture[square.top : square.top + square.size, square.left : square.left + square.size] = (
            face
        )
    return picture


class SquareDetector:
    """Finds the squares."""

    name = "squares"

    def detect(self, picture: Picture) -> list[DetectedFace]:
        """The largest first."""
        mask = (picture[:, :, 1] > _GREEN - 30).astype(np.uint8)
        count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
        boxes = [tuple(int(value) for value in stats[i][:5]) for i in range(1, count)]
        return [
            DetectedFace(box=FaceBox(left=x, top=y, width=w, height=h), score=1.0)
            for x, y, w, h, area in sorted(boxes, key=lambda box: -box[4])
            if area > 100
        ]


@dataclass(slots=True)
class SquareReader:
    """Reads the redness; counts how many faces it was shown."""

    cues: FaceCues | None = None
    detector: SquareDetector = field(default_factory=SquareDetector)
    shown: int = 0

    def seen(
        self, picture: Picture, faces: Sequence[DetectedFace], at_secs: float = 0.0
    ) -> tuple[SeenFace, ...]:
        """Each face with its Reading; a square under 20 pixels abstains."""
        self.shown += len(faces)
        return tuple(
            SeenFace(face=face, quality=_PERFECT, reading=self._read(picture, face, at_secs))
            for face in faces
        )

    def _read(self, picture: Picture, face: DetectedFace, at_secs: float) -> Reading:
        box = face.box
        if box.width < 20:
            return Reading(modality=Modality.FACE, model="squares", abstained="too small")
        top, left = int(box.top + box.height / 2), int(box.left + box.width / 2)
        happy = float(picture[top - 3 : top + 3, left - 3 : left + 3, 0].mean() / 255.0)
        said = reading(happy, at_secs)
        return said if self.cues is None else replace(said, cues=self.cues.cues(picture, face))


def reading(happy: float, at_secs: float = 0.0) -> Reading:
    """A Reading of so much joy; the rest is sadness."""
    shares = dict.fromkeys(FER_2013.labels, 0.0) | {"happy": happy, "sad": 1.0 - happy}
    return Reading(
        modality=Modality.FACE,
        model="squares",
        space=FER_2013.name,
        probabilities=shares,
        emotions=FER_2013.emotions(shares),
        affect=FER_2013.affect(shares),
        confidence=max(happy, 1.0 - happy),
        start_secs=at_secs,
        end_secs=at_secs,
    )


def nothing() -> Reading:
    """A Reading that abstains."""
    return Reading(modality=Modality.FACE, model="squares", abstained="too dark")


def write_film(
    path: Path,
    frames: Iterator[tuple[float, Picture]] | Sequence[tuple[float, Picture]],
    *,
    sound_secs: float = 0.0,
) -> Path:
    """A film of frames at these seconds, with a tone of that length."""
    tick = Fraction(1, 1000)
    with av.open(str(path), "w") as container:
        stream = None
        sound = container.add_stream("aac", rate=16_000) if sound_secs else None
        for secs, picture in frames:
            if stream is None:
                stream = container.add_stream("mpeg4", rate=25)
                stream.height, stream.width = picture.shape[:2]
                stream.pix_fmt = "yuv420p"
                stream.bit_rate = 4_000_000
                stream.codec_context.time_base = tick
            image = av.VideoFrame.from_ndarray(picture, format="rgb24")
            image.pts, image.time_base = round(secs * 1000), tick
            container.mux(stream.encode(image))
        if stream is not None:
            container.mux(stream.encode(None))
        if sound is not None:
            times = np.arange(round(sound_secs * 16_000)) / 16_000
            wave = (0.3 * np.sin(2 * np.pi * 220.0 * times)).astype(np.float32)[None, :]
            tone = av.AudioFrame.from_ndarray(wave, format="fltp", layout="mono")
            tone.sample_rate = 16_000
            container.mux(sound.encode(tone))
            container.mux(sound.encode(None))
    return path


def steady(secs: float, *squares: Square, rate: float = 25.0) -> list[tuple[float, Picture]]:
    """The same picture for so many seconds."""
    picture = frame(*squares)
    return [(n / rate, picture) for n in range(round(secs * rate))]
