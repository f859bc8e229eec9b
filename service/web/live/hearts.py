"""Hearts: an ECG or a pulse wave, from a file or from a sensor that sends it as it is measured."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import BadSignalError
from insideout.perception.heart.beats import Beats
from insideout.perception.heart.loading import open_recording
from insideout.perception.heart.observation import Observation
from insideout.perception.heart.reader import HeartReader
from insideout.perception.heart.remarks import remarks
from insideout.perception.heart.signal import SignalKind, check_rate
from insideout.perception.heart.stream import HeartStream
from insideout.perception.heart.stress.model import load_stress
from insideout.perception.heart.vitals import vitals
from insideout.service.web.live.measured import Pulse, Stress
from insideout.service.web.live.texts import Language

REST_SECS = 90.0
"""Of the beginning, that the rest of a recording is compared with; the stress model asks for 80 s."""

_WINDOW_SECS, _STEP_SECS = 60.0, 30.0
_PULSE_SECS = 10.0  # over which a pulse is counted
_MOST_PULSES = 360  # of a recording, however long; an hour's has one every ten seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class HeartFound:
    """What a heart's signal says, with its course.

    rate: of the signal, in Hz. language: of the observation's words. pulses: every ten seconds; stress:
    every half minute, empty where the recording is too short. Both on the clock of the recording.
    """

    observation: Observation
    rate: float
    language: str
    pulses: tuple[Pulse, ...]
    stress: tuple[Stress, ...]

    def remarks(self, language: str) -> tuple[str, ...]:
        """What to know of the recording, in that language; empty where only the signal, which is not
        kept, could tell it anew.
        """
        told = self.observation
        if language == self.language:
            return told.remarks
        return tuple(remarks(told.beats, told.vitals, self.rate, language)) if self.pulses else ()

    def moved(self, secs: float) -> "HeartFound":
        """The same with its course later by so much."""
        return replace(
            self,
            pulses=tuple(replace(pulse, secs=pulse.secs + secs) for pulse in self.pulses),
            stress=tuple(replace(level, secs=level.secs + secs) for level in self.stress),
        )


def of_file(path: Path, language: str) -> HeartFound:
    """A recording, read at once; raises BadSignalError where it is none."""
    recording = open_recording(path)
    observation = HeartReader(language=language).observe_blocks(recording.blocks())
    return found(observation, recording.rate, language)


def found(observation: Observation, rate: float, language: str) -> HeartFound:
    """The observation with its course; without one where the signal is not believed."""
    bare = HeartFound(observation=observation, rate=rate, language=language, pulses=(), stress=())
    if observation.vitals.heart_rate.value is None:
        return bare
    beats = observation.beats
    return replace(bare, pulses=tuple(_pulses(beats)), stress=tuple(stress_of(beats)))


def _pulses(beats: Beats) -> list[Pulse]:
    step = max(_PULSE_SECS, beats.secs / _MOST_PULSES)
    ends = np.arange(beats.start_secs + _PULSE_SECS, beats.end_secs + 1e-6, step)
    return [pulse for end in ends if (pulse := pulse_at(beats, float(end))) is not None]


def pulse_at(beats: Beats, end_secs: float) -> Pulse | None:
    """The pulse of the ten seconds before; None where there are too few clean beats."""
    rate = vitals(beats.between(end_secs - _PULSE_SECS, end_secs)).heart_rate
    if rate.value is None:
        return None
    return Pulse(
        secs=end_secs, bpm=round(rate.value, 1), quality=rate.quality, source=beats.kind.value
    )


def stress_of(beats: Beats) -> list[Stress]:
    """Each minute after the first one and a half, compared with that beginning."""
    rest = beats.between(beats.start_secs, beats.start_secs + REST_SECS)
    first = beats.start_secs + REST_SECS + _WINDOW_SECS
    step = max(_STEP_SECS, beats.secs / _MOST_PULSES)
    levels = []
    for end in np.arange(first, beats.end_secs + 1e-6, step):
        minute = beats.between(float(end) - _WINDOW_SECS, float(end))
        level = load_stress().probability(minute, rest)
        if level is not None:
            levels.append(Stress(secs=float(end), level=round(level, 3)))
    return levels


class Sensor:
    """A HeartStream of the sensor that is connected; another kind or rate begins another."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._spoken = ""
        self._stream: HeartStream | None = None
        self._of: tuple[SignalKind, float] | None = None

    def feed(
        self, samples: NDArray[np.float64], kind: SignalKind, rate: float
    ) -> HeartFound | None:
        """What the last minutes say, every few seconds; raises BadSignalError."""
        language = self._language()
        if self._of != (kind, rate) or self._stream is None:
            check_rate(rate, kind)
            self._stream = HeartStream(rate, kind, HeartReader(language=language))
            self._of = (kind, rate)
        elif language != self._spoken:
            self._stream.translate(HeartReader(language=language))
        self._spoken = language
        if self._stream.feed(samples) is None or self._stream.observation is None:
            return None
        return found(self._stream.observation, rate, language)


def heart_samples(payload: bytes) -> NDArray[np.float64]:
    """float32, little-endian, to (n,) float64; raises BadSignalError where they are none."""
    if len(payload) % 4:
        raise BadSignalError(f"a chunk of {len(payload)} bytes; expected float32 samples")
    samples = np.frombuffer(payload, dtype="<f4").astype(np.float64)
    samples[~np.isfinite(samples)] = np.nan
    return samples
