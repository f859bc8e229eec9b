"""What flows through the reading of voices: sound, stretches of it, what was heard in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from insideout.perception.expression import Expression
from insideout.perception.label_spaces import LabelSpace
from insideout.perception.reading import Reading

RATE_HZ = 16_000
"""The sampling rate that everything in this package works at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """One channel of sound at RATE_HZ.

    samples: (n,) float32 in [-1, 1]. start_secs: of the first sample, on the session's clock.
    """

    samples: NDArray[np.float32]
    start_secs: float = 0.0

    @property
    def secs(self) -> float:
        """How long it lasts."""
        return len(self.samples) / RATE_HZ

    @property
    def end_secs(self) -> float:
        """When it ends, on the session's clock."""
        return self.start_secs + self.secs

    def between(self, start_secs: float, end_secs: float) -> "Sound":
        """The part between two times of the session's clock, cut to what there is."""
        first = max(0, round((start_secs - self.start_secs) * RATE_HZ))
        last = max(first, round((end_secs - self.start_secs) * RATE_HZ))
        return Sound(samples=self.samples[first:last], start_secs=self.start_secs + first / RATE_HZ)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of speech, on the session's clock."""

    start_secs: float
    end_secs: float

    @property
    def secs(self) -> float:
        """How long it lasts."""
        return self.end_secs - self.start_secs


class VoiceRecogniser(Protocol):
    """Names the emotion of speech."""

    name: str
    space: LabelSpace

    def recognise(self, sounds: Sequence[Sound]) -> list[Expression]:
        """One Expression a sound, in the same order; each sound is one utterance."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedWord:
    """A word of a transcript, on the session's clock. probability: in [0, 1], None where unknown."""

    text: str
    start_secs: float
    end_secs: float
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What was said.

    language: as ISO 639-1, "en". model: id of the recogniser. rough: it is often wrong and must be
    shown as such.
    """

    text: str
    language: str
    model: str
    words: tuple[TimedWord, ...] = ()
    rough: bool = False


class Transcriber(Protocol):
    """Writes down speech."""

    name: str

    def transcribe(self, sound: Sound, language: str | None = None) -> Transcript:
        """The words of one utterance; language None: it is recognised."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Prosody:
    """How a stretch of speech sounds; None where it cannot be told.

    loudness: in dB relative to full scale, of the speech. pitch_hz: median of the voiced frames.
    pitch_range_semitones: between the 20th and the 80th percentile. rate_per_sec: syllables (peaks of
    loudness) a second, pauses left out. pause_share: of the stretch, in [0, 1]. jitter: local, a share.
    shimmer_db: local. hnr_db: harmonics to noise.
    """

    secs: float
    loudness_db: float | None = None
    pitch_hz: float | None = None
    pitch_range_semitones: float | None = None
    rate_per_sec: float | None = None
    pause_share: float | None = None
    jitter: float | None = None
    shimmer_db: float | None = None
    hnr_db: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardUtterance:
    """One utterance with its Reading, how it sounds, and its words where they were asked for."""

    stretch: Stretch
    reading: Reading
    prosody: Prosody
    transcript: Transcript | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceObservation:
    """What a recording says.

    reading: of the whole, utterances weighed by length and confidence; or the Reading that abstains.
    secs: of the recording. remarks: what is wrong with it ("the sound is clipped in 12 % of it").
    """

    reading: Reading
    utterances: tuple[HeardUtterance, ...] = ()
    secs: float = 0.0
    remarks: tuple[str, ...] = ()
