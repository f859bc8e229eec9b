"""The same utterance as other microphones would bring it."""

import numpy as np
import pytest
from numpy.typing import NDArray

from insideout.perception.voice.sound import RATE_HZ, Sound
from insideout.perception.voice.train.augment import (
    VARIANTS,
    faster,
    over_telephone,
    trimmed,
    with_noise,
)


def _speech(secs: float = 1.0) -> NDArray[np.float32]:
    times = np.arange(round(secs * RATE_HZ)) / RATE_HZ
    return (0.3 * np.sin(2 * np.pi * 200.0 * times)).astype(np.float32)


def test_silence_around_speech_is_taken_off() -> None:
    silence = np.zeros(RATE_HZ, np.float32)
    found = trimmed(np.concatenate([silence, _speech(), silence]))
    assert len(found) / RATE_HZ == pytest.approx(1.2, abs=0.06)


def test_noise_has_the_ratio_that_was_asked_for() -> None:
    clean = _speech()
    noise = with_noise(clean, 10.0, 1.0, np.random.default_rng(0)) - clean
    ratio = 10.0 * np.log10((clean**2).mean() / (noise**2).mean())
    assert ratio == pytest.approx(10.0, abs=0.1)


def test_a_telephone_line_has_no_bass() -> None:
    assert (over_telephone(_speech()) ** 2).mean() < 0.01 * (_speech() ** 2).mean()


def test_faster_is_shorter() -> None:
    assert len(faster(_speech(), 1.1)) == pytest.approx(RATE_HZ / 1.1, abs=2)


@pytest.mark.parametrize("name", VARIANTS)
def test_the_same_seed_makes_the_same_variant(name: str) -> None:
    sound = Sound(samples=_speech())
    first, second = (VARIANTS[name].of(sound, 7).samples for _ in range(2))
    assert first.dtype == np.float32
    assert np.array_equal(first, second)
