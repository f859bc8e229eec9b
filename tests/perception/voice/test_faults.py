from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.perception.voice.sound_files import at_rate
from tests.perception.voice.speech import silence, sound, speaking

from insideout.perception.voice.activity import speech_stretches
from insideout.perception.voice.faults import (
    FaultMeter,
    SoundFaults,
    find_faults,
    without_offset,
)
from insideout.perception.voice.loading import load_sound, pieces_of
from insideout.perception.voice.sound import RATE_HZ, Sound, Stretch

SPOKEN = sound(silence(1.0), speaking(3.0), silence(1.0))
SPEECH = [Stretch(start_secs=1.0, end_secs=SPOKEN.secs - 1.0)]


def faults(samples: NDArray[np.float32]) -> SoundFaults:
    return find_faults(Sound(samples=samples.astype(np.float32)), SPEECH)


def chords(secs: float) -> NDArray[np.float32]:
    times = np.arange(round(secs * RATE_HZ)) / RATE_HZ
    tones = [np.sin(2.0 * np.pi * hz * n * times) / n for hz in (220, 277, 330) for n in (1, 2, 3)]
    return np.asarray(0.1 * np.sum(tones, axis=0), dtype=np.float32)


def noise(level: float) -> NDArray[np.float32]:
    return np.random.default_rng(1).normal(0.0, level, len(SPOKEN.samples)).astype(np.float32)


def test_clean_speech_has_no_fault() -> None:
    found = find_faults(SPOKEN, speech_stretches(SPOKEN))
    assert found.clipped is not None
    assert found.clipped < 0.005
    assert found.quality > 0.98


@pytest.mark.parametrize("share", [0.05, 0.2])
@pytest.mark.parametrize("rate_hz", [16_000, 48_000])
def test_clipping_is_seen_after_resampling_and_turning_down(share: float, rate_hz: int) -> None:
    spoken = at_rate(SPOKEN.samples, rate_hz)
    speech = spoken[rate_hz:-rate_hz]
    rail = np.quantile(np.abs(speech), 1.0 - share)
    clipped = (0.3 * np.clip(spoken / rail, -1.0, 1.0)).astype(np.float32)
    found = find_faults(load_sound((clipped, rate_hz)), SPEECH)
    assert found.clipped == pytest.approx(share, rel=0.4, abs=0.008)


def test_an_offset_is_measured_and_can_be_removed() -> None:
    shifted = Sound(samples=SPOKEN.samples + np.float32(0.2))
    assert find_faults(shifted, SPEECH).offset == pytest.approx(0.2, abs=0.01)
    assert find_faults(without_offset(shifted), SPEECH).offset == pytest.approx(0.0, abs=1e-4)


@pytest.mark.parametrize("level", [0.003, 0.03])
def test_noise_is_measured_between_the_speech(level: float) -> None:
    found = faults(SPOKEN.samples + noise(level))
    assert found.noise_db == pytest.approx(20.0 * np.log10(level), abs=1.5)


def test_a_door_that_slams_is_no_noise() -> None:
    samples = SPOKEN.samples.copy()
    samples[2_000:3_500:2] += 0.8
    samples[2_001:3_500:2] -= 0.8
    assert faults(samples).noise_db == pytest.approx(faults(SPOKEN.samples).noise_db, abs=2.0)


def test_music_stands_in_lines_and_noise_does_not() -> None:
    music = find_faults(Sound(samples=chords(3.0)), [])
    hiss = find_faults(Sound(samples=noise(0.1)), [])
    assert music.tonal is not None
    assert hiss.tonal is not None
    assert music.tonal > 0.7 > 0.1 > hiss.tonal


def test_quality_falls_with_noise_and_with_clipping() -> None:
    noisy = faults(SPOKEN.samples + noise(0.03)).quality
    clipped = faults(np.clip(4.0 * SPOKEN.samples, -1.0, 1.0)).quality
    assert 0.0 < noisy < 1.0
    assert 0.0 < clipped < 1.0


def test_quality_rises_with_the_logarithm_of_the_distance_from_noise() -> None:
    found = faults(SPOKEN.samples)
    assert found.noise_db is not None
    grades = [
        replace(found, speech_db=found.noise_db + distance).quality
        for distance in (-3.0, 1.0, 10.0, 20.0, 40.0)
    ]
    assert grades[:2] == [0.0, 0.0]
    assert grades[2] == pytest.approx(np.log(10.0) / np.log(20.0))
    assert grades[3:] == pytest.approx([1.0, 1.0], abs=0.01)


def test_pieces_measure_what_the_whole_measures() -> None:
    meter = FaultMeter()
    for piece in pieces_of(SPOKEN, 1.0):
        meter.add(piece, SPEECH)
    found, whole = meter.found(), find_faults(SPOKEN, SPEECH)
    assert found.secs == pytest.approx(whole.secs)
    assert found.speech_secs == pytest.approx(whole.speech_secs, abs=0.01)
    assert found.speech_db == pytest.approx(whole.speech_db, abs=0.2)


def test_of_no_samples_nothing_is_measured() -> None:
    found = find_faults(Sound(samples=np.zeros(0, np.float32)), [])
    assert (found.secs, found.speech_db, found.tonal, found.quality) == (0.0, None, None, 0.0)
