"""Log-mel spectrum: what the embedded recogniser's encoder hears.

The front end of Whisper (Radford et al. 2022), in NumPy: the waveform with mean 0 and variance 1, so
that the level of the recording does not matter; a power spectrum every 10 ms of 25 ms (Hann); 80
triangular bands on Slaney's mel scale up to 8 kHz, each of the same area; the logarithm to base 10, at
most 8 below its maximum; then (x + 4) / 4.
"""

from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from insideout.perception.voice.sound import RATE_HZ, Sound

BANDS = 80
HOP = 160  # samples between two frames
_WINDOW = 400  # samples of a frame
_LINEAR_HZ, _LINEAR_STEP_HZ = 1000.0, 200.0 / 3.0  # Slaney's scale is linear below 1 kHz
_LOG_STEP = np.log(6.4) / 27.0
_FLOOR, _DYNAMIC_RANGE = 1e-10, 8.0
_LEAST_VARIANCE = 1e-7
_MOST_SECS = 8.0  # at once: as many places as the encoder knows
_LEAST_SECS = 0.5  # a shorter sound is filled up with silence


def spectra(sound: Sound) -> list[NDArray[np.float32]]:
    """The log-mel spectra of a sound, cut into equal parts of at most 8 s; each (BANDS, frames)."""
    missing = round(_LEAST_SECS * RATE_HZ) - len(sound.samples)
    samples = np.pad(sound.samples, (0, max(0, missing)))
    parts = int(np.ceil(len(samples) / (_MOST_SECS * RATE_HZ)))
    return [log_mel(part) for part in np.array_split(samples, parts)]


def log_mel(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n,) at RATE_HZ to (BANDS, frames), frames an even number: n // HOP, less one where odd.

    At least 25 ms are needed.
    """
    level = (samples - samples.mean()) / np.sqrt(samples.var() + _LEAST_VARIANCE)
    padded = np.pad(level.astype(np.float32), _WINDOW // 2, mode="reflect")
    frames = sliding_window_view(padded, _WINDOW)[::HOP]
    frames = frames[: len(samples) // HOP // 2 * 2]
    power = np.abs(np.fft.rfft(frames * _hann(), axis=-1)) ** 2
    bands = np.log10(np.maximum(_FLOOR, _filters() @ power.T))
    return np.asarray((np.maximum(bands, bands.max() - _DYNAMIC_RANGE) + 4.0) / 4.0, np.float32)


@lru_cache(maxsize=1)
def _hann() -> NDArray[np.float32]:
    return np.hanning(_WINDOW + 1)[:-1].astype(np.float32)


@lru_cache(maxsize=1)
def _filters() -> NDArray[np.float32]:
    """(BANDS, bins): triangles between the neighbours' centres, of unit area over frequency."""
    edges = _hz(np.linspace(0.0, _mel(RATE_HZ / 2), BANDS + 2))
    bins = np.linspace(0.0, RATE_HZ / 2, _WINDOW // 2 + 1)
    rising = (bins - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - bins) / np.diff(edges)[1:, None]
    height = 2.0 / (edges[2:] - edges[:-2])
    return (np.maximum(0.0, np.minimum(rising, falling)) * height[:, None]).astype(np.float32)


def _mel(hz: float) -> float:
    """Slaney's mel of a frequency above 1 kHz."""
    return float(_LINEAR_HZ / _LINEAR_STEP_HZ + np.log(hz / _LINEAR_HZ) / _LOG_STEP)


def _hz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    knee = _LINEAR_HZ / _LINEAR_STEP_HZ
    curved = _LINEAR_HZ * np.exp(_LOG_STEP * (mels - knee))
    return np.asarray(np.where(mels < knee, mels * _LINEAR_STEP_HZ, curved), np.float64)
