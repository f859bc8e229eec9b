"""Mixtures: two people who speak at once, made of clips of one; and the same clips alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insideout.perception.voice.datasets.clips import Clip
from insideout.perception.voice.level import frame_levels
from insideout.perception.voice.sound import RATE_HZ, Sound

MOST_DB = 6.0  # one voice louder than the other
NOISE_DB = (10.0, 35.0)  # of every second example: how far speech stands above added noise
_PEAKS = (0.1, 0.9)
_LOUD_DB = 30.0  # below the loudest frame; what is quieter at the ends is cut off
_STEP = RATE_HZ // 100

Samples = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """One example. speakers: one or two. noisy: noise was added."""

    sound: Sound
    speakers: tuple[str, ...]
    noisy: bool


def mixtures(clips: Sequence[Clip], count: int, seed: int) -> Iterator[Mixture]:
    """Examples, every second one of two people; alone and together come at the same levels."""
    chance = np.random.default_rng(seed)
    by_speaker: dict[str, list[Clip]] = {}
    for clip in clips:
        by_speaker.setdefault(clip.speaker, []).append(clip)
    for number in range(count):
        speakers = chance.choice(sorted(by_speaker), 1 + number % 2, replace=False)
        voices = [_voice(by_speaker, str(speaker), chance) for speaker in speakers]
        noisy = number // 2 % 2 == 1
        yield Mixture(
            sound=_sound(voices, noisy, chance), speakers=tuple(map(str, speakers)), noisy=noisy
        )


def _voice(
    by_speaker: Mapping[str, Sequence[Clip]], speaker: str, chance: np.random.Generator
) -> Samples:
    """The spoken part of one clip at a power of one."""
    clips = by_speaker[speaker]
    samples = clips[int(chance.integers(len(clips)))].load().samples
    levels = frame_levels(samples)
    loud = np.flatnonzero(levels > levels.max() - _LOUD_DB)
    spoken = samples[loud[0] * _STEP : (loud[-1] + 2) * _STEP].astype(np.float64)
    return np.asarray(spoken / np.sqrt(np.mean(spoken**2)))


def _sound(voices: Sequence[Samples], noisy: bool, chance: np.random.Generator) -> Sound:
    """The voices together for as long as both speak."""
    shortest = min(map(len, voices))
    mixed = voices[0][:shortest].copy()
    for other in voices[1:]:
        mixed += other[:shortest] * 10.0 ** (chance.uniform(-MOST_DB, MOST_DB) / 20.0)
    if noisy:
        power = np.mean(mixed**2) / 10.0 ** (chance.uniform(*NOISE_DB) / 10.0)
        mixed += chance.normal(0.0, np.sqrt(power), shortest)
    mixed *= chance.uniform(*_PEAKS) / np.abs(mixed).max()
    return Sound(samples=mixed.astype(np.float32))
