import numpy as np
import pytest
from tests.perception.voice.synthetic import joined, silent, spoken

from insideout.perception.voice.level import frame_levels, speech_level
from insideout.perception.voice.sound import RATE_HZ, Sound


def test_the_level_is_that_of_the_speech_and_not_of_the_silence() -> None:
    alone = speech_level(spoken(level_db=-20.0))
    framed = speech_level(joined(silent(2.0), spoken(level_db=-20.0), silent(2.0)))
    assert alone is not None
    assert framed is not None
    assert framed.loudness_db == pytest.approx(alone.loudness_db, abs=0.3)
    assert framed.spoken_secs == pytest.approx(3.0, abs=0.1)


def test_a_sine_at_full_scale_is_at_minus_three_decibels() -> None:
    times = np.arange(RATE_HZ) / RATE_HZ
    levels = frame_levels(np.sin(2.0 * np.pi * 400.0 * times).astype(np.float32))
    assert levels == pytest.approx(-3.01, abs=0.05)


def test_a_constant_offset_is_not_heard() -> None:
    sound = spoken()
    moved = Sound(samples=sound.samples + np.float32(0.3))
    found, usual = speech_level(moved), speech_level(sound)
    assert found is not None
    assert usual is not None
    assert found.loudness_db == pytest.approx(usual.loudness_db, abs=1e-3)


def test_a_pause_counts_from_a_fifth_of_a_second_on() -> None:
    halves = spoken(secs=2.0), spoken(secs=2.0)
    paused = speech_level(joined(halves[0], silent(1.0), halves[1]))
    stopped = speech_level(joined(halves[0], silent(0.1), halves[1]))
    assert paused is not None
    assert stopped is not None
    assert paused.pause_share == pytest.approx(0.2, abs=0.02)
    assert stopped.pause_share == 0.0


@pytest.mark.parametrize("secs", [0.0, 0.01, 2.0])
def test_silence_has_no_level(secs: float) -> None:
    assert speech_level(silent(secs)) is None


def test_missing_samples_have_no_level() -> None:
    samples = spoken().samples.copy()
    samples[5000:5010] = np.nan
    assert speech_level(Sound(samples=samples)) is None
