"""Augmentation: the same utterance as other microphones, rooms and lines would bring it.

What is learnt from is recorded in quiet rooms, with silence around each sentence; what is read comes
from a detector of speech, over telephones and in kitchens. Every change leaves the label as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insideout.perception.voice.sound import RATE_HZ, Sound

Samples = NDArray[np.float32]

_FRAME = 400  # samples, 25 ms
_QUIET_DB = 40.0  # below the loudest frame is silence
_MARGIN_SECS = 0.1
_LINE_HZ = (300.0, 3400.0)  # of a telephone line (ITU-T G.712)


def trimmed(samples: Samples, margin_secs: float = _MARGIN_SECS) -> Samples:
    """Without the silence before and after."""
    count = len(samples) // _FRAME
    if count < 2:
        return samples
    frames = samples[: count * _FRAME].reshape(count, _FRAME)
    level = 10.0 * np.log10((frames.astype(np.float64) ** 2).mean(axis=1) + 1e-12)
    loud = np.flatnonzero(level > level.max() - _QUIET_DB)
    margin = round(margin_secs * RATE_HZ)
    first = max(0, loud[0] * _FRAME - margin)
    return np.asarray(samples[first : (loud[-1] + 1) * _FRAME + margin], np.float32)


def with_noise(samples: Samples, snr_db: float, tilt: float, draw: np.random.Generator) -> Samples:
    """With noise whose power falls with frequency to that tilt: 0 is white, 1 pink, 2 brown."""
    spectrum = np.fft.rfft(draw.standard_normal(len(samples)))
    spectrum /= np.maximum(np.arange(len(spectrum)), 1.0) ** (tilt / 2.0)
    noise = np.fft.irfft(spectrum, len(samples))
    power = float((samples.astype(np.float64) ** 2).mean())
    scale = np.sqrt(power / (noise**2).mean() / 10.0 ** (snr_db / 10.0))
    return np.asarray(samples + scale * noise, np.float32)


def over_telephone(samples: Samples) -> Samples:
    """Only the band of a telephone line."""
    spectrum = np.fft.rfft(samples)
    hz = np.fft.rfftfreq(len(samples), 1.0 / RATE_HZ)
    spectrum[(hz < _LINE_HZ[0]) | (hz > _LINE_HZ[1])] = 0.0
    return np.asarray(np.fft.irfft(spectrum, len(samples)), np.float32)


def in_room(samples: Samples, decay_secs: float, draw: np.random.Generator) -> Samples:
    """In a room whose echo falls by 60 dB in that time; the direct sound carries half the energy."""
    times = np.arange(round(decay_secs * RATE_HZ)) / RATE_HZ
    echo = draw.standard_normal(len(times)) * np.exp(-np.log(1000.0) * times / decay_secs)
    echo /= np.sqrt((echo**2).sum())
    echo[0] += 1.0
    size = len(samples) + len(echo)
    heard = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(echo, size), size)
    return np.asarray(heard[: len(samples)], np.float32)


def faster(samples: Samples, factor: float) -> Samples:
    """Played faster by the factor, the pitch raised with it."""
    places = np.arange(0.0, len(samples) - 1, factor)
    return np.asarray(np.interp(places, np.arange(len(samples)), samples), np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way to change a clip. name: part of what features are kept under."""

    name: str
    change: Callable[[Samples, np.random.Generator], Samples]

    def of(self, sound: Sound, seed: int) -> Sound:
        """The changed sound; the same seed makes the same one."""
        changed = self.change(sound.samples, np.random.default_rng(seed))
        return Sound(samples=np.asarray(changed, np.float32))


def _noisy_room(samples: Samples, draw: np.random.Generator) -> Samples:
    echoed = in_room(trimmed(samples), draw.uniform(0.2, 0.6), draw)
    return with_noise(echoed, draw.uniform(8.0, 25.0), draw.uniform(0.0, 2.0), draw)


def _telephone(samples: Samples, draw: np.random.Generator) -> Samples:
    changed = faster(trimmed(samples), draw.uniform(0.9, 1.1))
    return over_telephone(with_noise(changed, draw.uniform(10.0, 30.0), 1.0, draw))


def _other_tempo(samples: Samples, draw: np.random.Generator) -> Samples:
    changed = faster(samples, draw.uniform(0.88, 1.12))
    return with_noise(changed, draw.uniform(15.0, 35.0), draw.uniform(0.0, 2.0), draw)


PLAIN = Variant(name="plain", change=lambda samples, draw: samples)
TRIMMED = Variant(name="trimmed", change=lambda samples, draw: trimmed(samples))
NOISY_ROOM = Variant(name="noisy-room", change=_noisy_room)
TELEPHONE = Variant(name="telephone", change=_telephone)
OTHER_TEMPO = Variant(name="other-tempo", change=_other_tempo)

VARIANTS: Mapping[str, Variant] = {
    variant.name: variant for variant in (PLAIN, TRIMMED, NOISY_ROOM, TELEPHONE, OTHER_TEMPO)
}
