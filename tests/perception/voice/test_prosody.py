import sys
from typing import Any

import numpy as np
import pytest
from tests.perception.voice.synthetic import joined, silent, spoken

from insideout.perception.errors import BadSignalError, PerceptionError
from insideout.perception.voice import prosody
from insideout.perception.voice.prosody import measure_prosody
from insideout.perception.voice.sound import RATE_HZ, Prosody, Sound

opensmile: Any = pytest.importorskip("opensmile", reason="needs the extra 'voice'")


def test_the_pitch_is_the_one_that_was_made() -> None:
    found = measure_prosody(spoken(pitch_hz=220.0))
    assert found.pitch_hz == pytest.approx(220.0, rel=0.03)


def test_a_pitch_that_swings_has_a_range() -> None:
    flat = measure_prosody(spoken(swing_semitones=0.3)).pitch_range_semitones
    lively = measure_prosody(spoken(swing_semitones=5.0)).pitch_range_semitones
    assert flat is not None
    assert lively is not None
    assert flat < 1.0 < 5.0 < lively


def test_the_rate_counts_the_syllables_and_not_the_silence() -> None:
    slow = measure_prosody(spoken(syllables_per_sec=3.0))
    fast = measure_prosody(joined(silent(1.0), spoken(syllables_per_sec=6.0), silent(1.0)))
    assert slow.rate_per_sec == pytest.approx(3.0, rel=0.2)
    assert fast.rate_per_sec == pytest.approx(6.0, rel=0.2)


def test_loudness_follows_the_level() -> None:
    loud, quiet = measure_prosody(spoken(level_db=-15.0)), measure_prosody(spoken(level_db=-35.0))
    assert loud.loudness_db is not None
    assert quiet.loudness_db is not None
    assert loud.loudness_db - quiet.loudness_db == pytest.approx(20.0, abs=0.2)


def test_noise_has_a_level_but_no_pitch() -> None:
    noise = np.random.default_rng(0).normal(0.0, 0.1, 32_000).astype(np.float32)
    found = measure_prosody(Sound(samples=noise))
    assert found.loudness_db == pytest.approx(-20.0, abs=0.5)
    assert found.pitch_hz is found.rate_per_sec is found.hnr_db is None


@pytest.mark.parametrize("secs", [0.0, 0.02, 0.05, 3.0])
def test_nothing_is_told_of_silence(secs: float) -> None:
    sound = silent(secs)
    assert measure_prosody(sound) == Prosody(secs=sound.secs)


def test_full_scale_does_not_turn_over() -> None:
    square = np.sign(spoken(pitch_hz=200.0).samples).astype(np.float32)
    found = measure_prosody(Sound(samples=square))
    assert found.pitch_hz == pytest.approx(200.0, rel=0.05)


@pytest.mark.parametrize("pitch_hz", [110.0, 260.0])
def test_the_figures_are_those_of_the_whole_set(pitch_hz: float) -> None:
    """The lean configuration must not drift from eGeMAPSv02."""
    sound = joined(spoken(pitch_hz=pitch_hz), silent(0.5), spoken(pitch_hz=0.8 * pitch_hz))
    whole = opensmile.Smile(
        opensmile.FeatureSet.eGeMAPSv02, opensmile.FeatureLevel.Functionals, num_workers=1
    )
    theirs = dict(zip(whole.feature_names, whole(sound.samples, RATE_HZ)[0, :, 0], strict=True))
    names = {
        "loudness_sma3_numPeaks": "loudnessPeaksPerSec",
        "F0semitoneFrom27.5Hz_sma3nz_numSegments": "VoicedSegmentsPerSec",
        "F0semitoneFrom27.5Hz_sma3nz_meanSegLen": "MeanVoicedSegmentLengthSec",
    }
    ours = prosody._functionals(sound)
    assert len(ours) == 10
    for name, value in ours.items():
        assert value == pytest.approx(theirs[names.get(name, name)], rel=1e-5), name


def test_missing_samples_are_named() -> None:
    samples = spoken().samples.copy()
    samples[100] = np.nan
    with pytest.raises(BadSignalError, match="samples are missing"):
        measure_prosody(Sound(samples=samples))


def test_without_opensmile_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    prosody._smile.cache_clear()
    monkeypatch.setitem(sys.modules, "opensmile", None)
    with pytest.raises(PerceptionError, match=r"insideout-emotions\[voice\]"):
        measure_prosody(spoken())
