import numpy as np
import pytest
from tests.perception.voice.speech import silence, sound, speaking

from insideout.perception.voice.contour import BINS, PITCH_SECS, contour
from insideout.perception.voice.loading import pieces_of
from insideout.perception.voice.sound import Sound


def test_the_outline_holds_the_lowest_and_the_highest_sample_of_each_bin() -> None:
    samples = np.zeros(16_000, dtype=np.float32)
    samples[8_000], samples[8_001] = 0.5, -0.25
    found = contour([Sound(samples=samples)], 1.0)
    place = int(np.argmax(found.highest))
    assert found.times_secs[place] == pytest.approx(0.5, abs=0.02)
    assert (found.highest[place], found.lowest[place]) == (0.5, -0.25)


def test_pitch_is_that_of_the_voice_and_none_in_silence() -> None:
    whole = sound(silence(1.0), speaking(2.0, pitch_hz=200.0), silence(1.0))
    found = contour([whole], whole.secs)
    assert np.median(found.pitch_hz) == pytest.approx(200.0, rel=0.15)
    assert not np.any(found.pitch_secs < 0.8)


def test_a_long_recording_has_no_more_bins_than_fit_and_no_contour_of_pitch() -> None:
    whole = Sound(samples=np.zeros(round((PITCH_SECS + 60) * 16_000), dtype=np.float32))
    found = contour(pieces_of(whole), whole.secs)
    assert len(found.times_secs) <= BINS + 20
    assert not len(found.pitch_hz)


def test_the_clock_is_that_of_the_sound() -> None:
    found = contour([Sound(samples=silence(2.0), start_secs=30.0)], 2.0)
    assert 30.0 < found.times_secs[0] < 30.1
    assert 31.9 < found.times_secs[-1] < 32.0


def test_nothing_gives_an_empty_contour() -> None:
    assert not len(contour([], 0.0).times_secs)


def test_silence_is_not_infinitely_quiet() -> None:
    found = contour([Sound(samples=np.zeros(16_000, dtype=np.float32))], 1.0)
    assert np.isfinite(found.loudness_db).all()
