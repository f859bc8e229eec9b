"""Voices that are made up: a buzz at a pitch that moves, one swell a syllable."""

import numpy as np

from insideout.perception.voice.sound import RATE_HZ, Sound


def spoken(
    secs: float = 3.0,
    pitch_hz: float = 150.0,
    swing_semitones: float = 3.0,
    syllables_per_sec: float = 5.0,
    level_db: float = -20.0,
) -> Sound:
    """Somebody speaking at that pitch, which swings up and down by so much, at that level."""
    times = np.arange(round(secs * RATE_HZ)) / RATE_HZ
    pitch = pitch_hz * 2.0 ** (swing_semitones * np.sin(2.0 * np.pi * 0.7 * times) / 12.0)
    phase = 2.0 * np.pi * np.cumsum(pitch) / RATE_HZ
    buzz = sum(np.sin(n * phase) / n for n in range(1, 15))
    swell = np.abs(np.sin(np.pi * syllables_per_sec * times)) ** 1.5 + 0.02
    voice = buzz * swell
    voice *= 10.0 ** (level_db / 20.0) / np.sqrt(np.mean(voice**2))
    return Sound(samples=voice.astype(np.float32))


def silent(secs: float) -> Sound:
    """Nothing but the last bit of a 16-bit recorder."""
    noise = np.random.default_rng(0).integers(-1, 2, round(secs * RATE_HZ)) / 32768.0
    return Sound(samples=noise.astype(np.float32))


def joined(*sounds: Sound) -> Sound:
    """One after another."""
    return Sound(samples=np.concatenate([sound.samples for sound in sounds]))
