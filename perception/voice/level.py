"""How loud speech is and where it pauses, from its level frame by frame."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insideout.perception.voice.sound import RATE_HZ, Sound

_FRAME = RATE_HZ * 25 // 1000
_STEP = RATE_HZ * 10 // 1000
_STEP_SECS = _STEP / RATE_HZ
_SILENT_DB = 25.0  # below the loud frames; the threshold of Praat's "To TextGrid (silences)"
_LOUD_PERCENTILE = 95.0  # a click lasts less than a twentieth of an utterance
_PAUSE_SECS = 0.2  # shorter ones are stops inside words (Goldman-Eisler 1968 takes 0.25)
_SILENCE_DB = -70.0  # below it there is nothing: 16-bit sound has its own noise at -98
_TINY = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechLevel:
    """Where a sound is loud enough to be speech.

    loudness_db: of those frames, relative to full scale (a sine at full scale is -3). spoken_secs:
    between the first and the last of them, less the pauses. pause_share: of the time between the first
    and the last, in pauses of 0.2 s and more, in [0, 1].
    """

    loudness_db: float
    spoken_secs: float
    pause_share: float


def speech_level(sound: Sound) -> SpeechLevel | None:
    """The level of the speech; None where all is silent, missing or shorter than a frame of 25 ms."""
    decibels = frame_levels(sound.samples)
    if not len(decibels):
        return None
    loud = float(np.percentile(decibels, _LOUD_PERCENTILE))
    if not loud >= _SILENCE_DB:  # nor where samples are missing
        return None
    spoken = decibels >= loud - _SILENT_DB
    first, last = np.flatnonzero(spoken)[[0, -1]]
    between = spoken[first : last + 1]
    paused = _pause_frames(between)
    return SpeechLevel(
        loudness_db=float(10.0 * np.log10(np.mean(10.0 ** (decibels[spoken] / 10.0)))),
        spoken_secs=(len(between) - paused) * _STEP_SECS,
        pause_share=paused / len(between),
    )


def frame_levels(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """(n,) samples to the level of each frame of 25 ms, every 10 ms, in dB relative to full scale.

    The mean is taken out first, so that a constant offset of the microphone is not heard as loud.
    """
    if len(samples) < _FRAME:
        return np.zeros(0)
    centred = samples.astype(np.float64) - float(samples.mean())
    sums = np.concatenate([[0.0], np.cumsum(centred**2)])
    starts = np.arange(0, len(samples) - _FRAME + 1, _STEP)
    power = (sums[starts + _FRAME] - sums[starts]) / _FRAME
    return np.asarray(10.0 * np.log10(np.maximum(power, _TINY)))


def _pause_frames(spoken: NDArray[np.bool_]) -> int:
    """How many frames lie in silences of 0.2 s and more; the first and the last frame are speech."""
    edges = np.flatnonzero(np.diff(spoken.astype(np.int8)))
    silences = np.diff(edges)[::2]
    return int(silences[silences * _STEP_SECS >= _PAUSE_SECS].sum())
