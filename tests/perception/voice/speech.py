"""Made-up speech: vowels with their formants, consonants of noise. Silero takes it for speech."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from insideout.perception.affect import Affect
from insideout.perception.expression import Expression
from insideout.perception.label_spaces import BROAD_FOUR, LabelSpace
from insideout.perception.voice.sound import RATE_HZ, Sound, TimedWord, Transcript

Row = NDArray[np.float64]

_FORMANTS_HZ = ((730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480))
_WIDTHS_HZ = (80, 90, 120)


def speaking(secs: float = 3.0, pitch_hz: float = 150.0, seed: int = 0) -> NDArray[np.float32]:
    """(n,) samples at RATE_HZ of somebody who speaks about that long without a pause."""
    chance = np.random.default_rng(seed)
    parts: list[Row] = []
    while sum(map(len, parts)) < secs * RATE_HZ:
        parts += [0.05 * np.diff(chance.normal(size=800)), _vowel(chance, pitch_hz)]
    return np.concatenate(parts).astype(np.float32)


def _vowel(chance: np.random.Generator, pitch_hz: float) -> Row:
    count = round(chance.uniform(0.12, 0.25) * RATE_HZ)
    slide = np.linspace(0.0, chance.normal(0.0, 3.0), count) + chance.normal(0.0, 1.5)
    cycles = np.cumsum(pitch_hz * 2.0 ** (slide / 12.0)) / RATE_HZ
    found = lfilter([1.0], [1.0, -0.95], np.diff(np.floor(cycles), prepend=0.0))
    found = found + 0.01 * chance.normal(size=count)
    formants = _FORMANTS_HZ[chance.integers(len(_FORMANTS_HZ))]
    for hz, width in zip(formants, _WIDTHS_HZ, strict=True):
        radius = np.exp(-np.pi * width / RATE_HZ)
        poles = [1.0, -2.0 * radius * np.cos(2.0 * np.pi * hz / RATE_HZ), radius**2]
        found = lfilter([sum(poles)], poles, found)
    found = (found - found.mean()) * np.hanning(count) ** 0.3
    return np.asarray(chance.uniform(0.3, 0.6) * found / np.abs(found).max())


def silence(secs: float) -> NDArray[np.float32]:
    """(n,) samples of a quiet room."""
    chance = np.random.default_rng(9)
    return (3e-4 * chance.normal(size=round(secs * RATE_HZ))).astype(np.float32)


def sound(*parts: NDArray[np.float32]) -> Sound:
    """One after another."""
    return Sound(samples=np.concatenate(parts))


class Loudness:
    """A recogniser: who is loud is angry, who is not is sad."""

    name = "loudness"
    space: LabelSpace = BROAD_FOUR

    def recognise(self, sounds: Sequence[Sound]) -> list[Expression]:
        return [Expression(probabilities=self._shares(sound)) for sound in sounds]

    def _shares(self, sound: Sound) -> dict[str, float]:
        angry = 0.8 if float(np.sqrt(np.mean(sound.samples**2))) > 0.05 else 0.1
        return {"angry": angry, "happy": 0.05, "neutral": 0.05, "sad": 0.9 - angry}


class Placed:
    """A recogniser of valence and arousal alone."""

    name = "placed"
    space: LabelSpace = BROAD_FOUR

    def recognise(self, sounds: Sequence[Sound]) -> list[Expression]:
        return [Expression(affect=Affect(valence=-0.4, arousal=0.3)) for _ in sounds]


class Scribe:
    """A transcriber that writes the same words whatever is said."""

    name = "scribe"

    def __init__(self, text: str = "I lost my job today", rough: bool = False) -> None:
        self.text, self.rough = text, rough

    def transcribe(self, sound: Sound, language: str | None = None) -> Transcript:
        words = tuple(
            TimedWord(text=word, start_secs=sound.start_secs, end_secs=sound.end_secs)
            for word in self.text.split()
        )
        return Transcript(
            text=self.text, language="en", model=self.name, words=words, rough=self.rough
        )
