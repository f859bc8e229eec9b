"""Samples in memory, of any rate, type and number of channels, as Sound."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import BadSignalError
from insideout.perception.voice.libraries import need
from insideout.perception.voice.mixing import Mixer, Planes
from insideout.perception.voice.sound import RATE_HZ, Sound

LEAST_RATE_HZ = 4_000  # below it speech has lost what tells its sounds apart
MOST_RATE_HZ = 768_000
MOST_CHANNELS = 64
_LOUDEST = 8.0  # decoders overshoot full scale by less; beyond it the samples are not in [-1, 1]
_SCALES = {"uint8": 128.0, "int8": 128.0, "int16": 32_768.0, "int32": 2_147_483_648.0}


def sound_of_array(samples: NDArray[Any], rate_hz: int) -> Sound:
    """Samples of shape (n,), (n, channels) or (channels, n) at `rate_hz` as one channel at RATE_HZ.

    int16 and int32 are signed, uint8 has its zero at 128 as in wav files, floats lie in [-1, 1].
    Raises BadSignalError for anything else.
    """
    check_rate(rate_hz)
    mono = Mixer().mix(planes_of(np.asarray(samples)))
    if rate_hz != RATE_HZ:
        resampler = Resampler(rate_hz)
        mono = np.concatenate([resampler.feed(mono), resampler.finish()])
    return Sound(samples=np.clip(mono, -1.0, 1.0))


def check_rate(rate_hz: float) -> None:
    """Raises BadSignalError for a rate at which no speech is recorded."""
    if not LEAST_RATE_HZ <= rate_hz <= MOST_RATE_HZ:
        raise BadSignalError(
            f"the sampling rate is {rate_hz} Hz; expected {LEAST_RATE_HZ} to {MOST_RATE_HZ}, "
            "such as 16000 or 44100"
        )


def planes_of(samples: NDArray[Any]) -> Planes:
    """(channels, n) float32 of samples of any layout and type; raises BadSignalError."""
    if samples.ndim == 1 or not samples.size:
        samples = samples.reshape(1, -1)
    if samples.ndim != 2 or min(samples.shape) > MOST_CHANNELS:
        raise BadSignalError(
            f"the samples have the shape {samples.shape}; expected (samples,) or "
            f"(samples, channels) with at most {MOST_CHANNELS} channels"
        )
    if samples.size and samples.shape[0] > samples.shape[1]:
        samples = samples.T
    return in_range(samples)


def in_range(samples: NDArray[Any]) -> Planes:
    """Integers scaled to [-1, 1], floats checked; raises BadSignalError."""
    name = samples.dtype.name
    if name in _SCALES:
        zero = 128.0 if name == "uint8" else 0.0
        return (samples.astype(np.float32) - np.float32(zero)) / np.float32(_SCALES[name])
    if samples.dtype.kind != "f":
        raise BadSignalError(
            f"the samples are {name}; expected floats in [-1, 1] or {', '.join(_SCALES)}"
        )
    planes = samples.astype(np.float32, copy=False)
    if not samples.size:
        return planes
    peak = float(np.abs(planes).max())
    if not np.isfinite(peak):
        wrong = int(np.count_nonzero(~np.isfinite(planes)))
        raise BadSignalError(
            f"{wrong} of {planes.size} samples are no numbers; repair or leave out that part"
        )
    if peak > _LOUDEST:
        raise BadSignalError(
            f"the samples reach {peak:g}; expected floats in [-1, 1]: divide them by their full "
            "scale (32768 for 16 bit), or hand them over as int16"
        )
    return planes


class Resampler:
    """One channel from `rate_hz` to RATE_HZ, chunk by chunk, by FFmpeg's swresample."""

    def __init__(self, rate_hz: int) -> None:
        self._av = need("av")
        self._rate_hz = rate_hz
        self._inner = self._av.AudioResampler(format="flt", layout="mono", rate=RATE_HZ)

    def feed(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n,) samples in, as many as are ready out; a few are held back until more come."""
        if not len(samples):
            return np.zeros(0, dtype=np.float32)
        flat = np.ascontiguousarray(samples[np.newaxis], dtype=np.float32)
        frame = self._av.AudioFrame.from_ndarray(flat, format="flt", layout="mono")
        frame.sample_rate = self._rate_hz
        return _joined(self._inner.resample(frame))

    def finish(self) -> NDArray[np.float32]:
        """What was held back; the resampler cannot be fed any more."""
        return _joined(self._inner.resample(None))


def _joined(frames: list[Any]) -> NDArray[np.float32]:
    parts = [frame.to_ndarray().reshape(-1) for frame in frames]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)
