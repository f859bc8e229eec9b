"""What is wrong with a sound: no speech, noise, music, clipping, an offset, too quiet, too short."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insideout.perception.voice.sound import RATE_HZ, Sound, Stretch

Samples = NDArray[np.float32]

_NEAR_PEAK = 0.9  # of the highest or lowest sample of a piece: clipped samples gather there
_OVERSHOOT = 0.999
_SURELY_CLIPPED = 0.02  # clean speech: 0.004 in the median, 0.016 at most
_FRAME, _HOP = 1024, 2048  # a spectrum of 64 ms every 128 ms
_AT_ONCE = 256  # spectra, so that a long silence needs no more memory than a short one
_LOWEST_BIN, _HIGHEST_BIN = 3, 450  # 47 to 7,030 Hz
_AROUND = 31  # bins, 0.5 kHz: whose median a spectral line stands out from
_STANDS_OUT = 15.0  # times the median; in white noise 1 bin in 30,000 does
_BLOCK = 512  # samples, 32 ms, whose loudness is one value of the background's
_FLOOR_DB = -120
_LEAST_GAPS = round(0.3 * RATE_HZ)  # samples between speech, to tell the background's loudness
# Quality rises with the logarithm from 1 dB on, as the skill does that pink noise leaves a recogniser
# (`insideout eval fusion` prints how often it is right by quality).
_GOOD_SNR_DB = 20.0
_WORST_CLIPPED = 0.3
_HEARD = 1e-4  # of the loudest frame's energy, 40 dB: quieter frames say nothing about tones


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundFaults:
    """What was measured of a sound; figures are None where there was nothing to measure.

    peak: the loudest sample's distance from the middle, full scale is 1. offset: of the middle from
    zero. clipped: share of the speech within 10 % of its highest or lowest sample: little more than the
    share that was clipped, also where the sound was resampled or turned down since (clean speech of
    RAVDESS, EMO-DB and LibriVox: 0.0005 in the median, 0.005 at most). speech_db: loudness of speech;
    noise_db: median loudness of what lies between; both in dB of full scale. tonal: share of the energy
    between speech that stands in spectral lines: music is above 0.6, noise below 0.2.
    """

    secs: float
    speech_secs: float
    peak: float
    offset: float
    clipped: float | None
    speech_db: float | None
    noise_db: float | None
    tonal: float | None

    @property
    def snr_db(self) -> float | None:
        """How far speech stands out from what lies between it."""
        if self.speech_db is None or self.noise_db is None:
            return None
        return self.speech_db - self.noise_db

    @property
    def quality(self) -> float:
        """How usable its speech is, in [0, 1]: by noise (full at 20 dB) and clipping (none at 30 %)."""
        quiet = 1.0 if self.snr_db is None else _kept(self.snr_db)
        whole = 1.0 - (self.clipped or 0.0) / _WORST_CLIPPED
        return max(0.0, min(1.0, quiet, whole)) if self.speech_secs else 0.0


class FaultMeter:
    """Measures a sound piece by piece; memory does not grow."""

    def __init__(self) -> None:
        self._samples = self._speech = self._gaps = 0
        self._sum = self._speech_energy = 0.0
        self._levels = np.zeros(-_FLOOR_DB + 1, dtype=np.int64)  # blocks of each loudness, in dB
        self._clipped = self._tonal_energy = self._heard_energy = 0.0
        self._peak = 0.0

    def add(self, sound: Sound, speech: Sequence[Stretch]) -> None:
        """One piece and the stretches of speech in it."""
        if not len(sound.samples):
            return
        mask = speech_mask(sound, speech)
        centred = without_offset(sound).samples
        self._samples += len(centred)
        self._sum += float(sound.samples.sum(dtype=np.float64))
        self._peak = max(self._peak, float(np.abs(centred).max()))
        spoken, gaps = centred[mask], centred[~mask]
        self._speech += len(spoken)
        self._speech_energy += _energy(spoken)
        self._clipped += _near_peak(spoken)
        self._gaps += len(gaps)
        self._levels += _levels(gaps)
        tonal, heard = _tones(gaps)
        self._tonal_energy += tonal
        self._heard_energy += heard

    def found(self) -> SoundFaults:
        """What was measured so far."""
        return SoundFaults(
            secs=self._samples / RATE_HZ,
            speech_secs=self._speech / RATE_HZ,
            peak=self._peak,
            offset=self._sum / max(1, self._samples),
            clipped=self._clipped / self._speech if self._speech else None,
            speech_db=_decibels(self._speech_energy, self._speech),
            noise_db=self._noise_db(),
            tonal=self._tonal_energy / self._heard_energy if self._heard_energy else None,
        )

    def _noise_db(self) -> float | None:
        """Median, so that a door that slams does not count as noise."""
        if self._gaps < _LEAST_GAPS:
            return None
        counts = np.cumsum(self._levels)
        return float(np.searchsorted(counts, counts[-1] / 2) + _FLOOR_DB)


def find_faults(sound: Sound, speech: Iterable[Stretch]) -> SoundFaults:
    """What is wrong with a sound in which `speech` was found."""
    meter = FaultMeter()
    meter.add(sound, tuple(speech))
    return meter.found()


def without_offset(sound: Sound) -> Sound:
    """The sound around zero: a cheap sound card adds a constant to every sample."""
    if not len(sound.samples):
        return sound
    middle = np.float32(sound.samples.mean(dtype=np.float64))
    return Sound(samples=sound.samples - middle, start_secs=sound.start_secs)


def speech_mask(sound: Sound, speech: Iterable[Stretch]) -> NDArray[np.bool_]:
    """(n,): which samples lie in a stretch of speech."""
    mask = np.zeros(len(sound.samples), dtype=bool)
    for stretch in speech:
        first = max(0, round((stretch.start_secs - sound.start_secs) * RATE_HZ))
        mask[first : max(first, round((stretch.end_secs - sound.start_secs) * RATE_HZ))] = True
    return mask


def _kept(snr_db: float) -> float:
    """The share of a recogniser's skill that noise leaves."""
    return float(np.log(max(snr_db, 1.0)) / np.log(_GOOD_SNR_DB))


def _energy(samples: Samples) -> float:
    return float(np.dot(samples, samples))


def _decibels(energy: float, count: int) -> float | None:
    return 10.0 * float(np.log10(energy / count)) if count and energy > 0.0 else None


def _levels(samples: Samples) -> NDArray[np.int64]:
    """How many blocks there are of each loudness, from _FLOOR_DB to 0 dB."""
    blocks = samples[: len(samples) // _BLOCK * _BLOCK].reshape(-1, _BLOCK).astype(np.float64)
    power = np.maximum((blocks**2).mean(axis=1), 10.0 ** (_FLOOR_DB / 10))
    decibels = np.clip(np.rint(10.0 * np.log10(power)), _FLOOR_DB, 0).astype(np.int64)
    return np.bincount(decibels - _FLOOR_DB, minlength=-_FLOOR_DB + 1)


def _near_peak(samples: Samples) -> int:
    """How many samples lie near the highest or the lowest one.

    Where resampling has rounded the corners of heavily clipped speech, single samples overshoot; then
    the place that one sample in a thousand exceeds stands for the highest.
    """
    if not len(samples):
        return 0
    rounded = _beyond(samples, *np.quantile(samples, [1.0 - _OVERSHOOT, _OVERSHOOT]))
    if rounded > _SURELY_CLIPPED * len(samples):
        return rounded
    return _beyond(samples, float(samples.min()), float(samples.max()))


def _beyond(samples: Samples, low: float, high: float) -> int:
    return int(np.count_nonzero((samples > _NEAR_PEAK * high) | (samples < _NEAR_PEAK * low)))


def _tones(samples: Samples) -> tuple[float, float]:
    """Energy in spectral lines, and energy of all frames that can be heard."""
    if len(samples) < _FRAME:
        return 0.0, 0.0
    frames = np.lib.stride_tricks.sliding_window_view(samples, _FRAME)[::_HOP]
    found = [_lines(frames[at : at + _AT_ONCE]) for at in range(0, len(frames), _AT_ONCE)]
    return sum(lines for lines, _ in found), sum(heard for _, heard in found)


def _lines(frames: Samples) -> tuple[float, float]:
    power = np.abs(np.fft.rfft(frames * np.hanning(_FRAME), axis=1)) ** 2
    power = power[:, _LOWEST_BIN:_HIGHEST_BIN]
    total = power.sum(axis=1)
    power = power[total > _HEARD * total.max()]
    if not len(power):
        return 0.0, 0.0
    padded = np.pad(power, ((0, 0), (_AROUND // 2, _AROUND // 2)), mode="edge")
    around = np.median(np.lib.stride_tricks.sliding_window_view(padded, _AROUND, axis=1), axis=2)
    return float(power[power > _STANDS_OUT * around].sum()), float(power.sum())
