"""The front end of the embedded recogniser."""

import numpy as np
import pytest
from numpy.typing import NDArray

from insideout.perception.voice.log_mel import BANDS, log_mel, spectra
from insideout.perception.voice.sound import RATE_HZ, Sound


def _tone(hz: float, secs: float = 1.0) -> NDArray[np.float32]:
    return np.sin(2 * np.pi * hz * np.arange(round(secs * RATE_HZ)) / RATE_HZ).astype(np.float32)


def test_a_second_makes_a_hundred_frames() -> None:
    assert log_mel(_tone(440.0)).shape == (BANDS, 100)


def test_the_level_of_a_recording_does_not_matter() -> None:
    assert np.allclose(log_mel(_tone(440.0)), log_mel(_tone(440.0) * np.float32(0.01)), atol=1e-3)


def test_a_higher_tone_lies_in_a_higher_band() -> None:
    low, high = (int(log_mel(_tone(hz)).mean(axis=1).argmax()) for hz in (300.0, 3000.0))
    assert low < high


def test_values_span_two_at_most() -> None:
    found = log_mel(_tone(440.0))
    assert found.max() - found.min() <= 2.0 + 1e-5


@pytest.mark.parametrize(("secs", "parts"), [(0.01, 1), (3.0, 1), (8.0, 1), (8.5, 2), (30.0, 4)])
def test_long_sounds_are_cut_into_equal_parts(secs: float, parts: int) -> None:
    found = spectra(Sound(samples=_tone(440.0, secs)))
    assert len(found) == parts
    assert all(part.shape[1] % 2 == 0 and 50 <= part.shape[1] <= 800 for part in found)
