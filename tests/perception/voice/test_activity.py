import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.perception.voice.speech import silence, sound, speaking

from insideout.perception.voice.activity import (
    WINDOW,
    SpeechProbability,
    SpeechStream,
    pauses,
    speech_stretches,
    stretches_in,
)
from insideout.perception.voice.loading import load_sound, pieces_of
from insideout.perception.voice.sound import RATE_HZ, Sound, Stretch

TWO = sound(silence(1.0), speaking(2.0), silence(1.5), speaking(1.0, seed=1), silence(1.0))


def test_speech_is_found_where_it_is() -> None:
    one, two = speech_stretches(TWO)
    assert one.start_secs == pytest.approx(1.0, abs=0.15)
    assert one.end_secs == pytest.approx(3.1, abs=0.25)
    assert two.start_secs == pytest.approx(4.6, abs=0.25)


def test_times_are_on_the_clock_of_the_sound() -> None:
    later = Sound(samples=TWO.samples, start_secs=100.0)
    expected = [stretch.start_secs + 100.0 for stretch in speech_stretches(TWO)]
    assert [stretch.start_secs for stretch in speech_stretches(later)] == pytest.approx(expected)


def test_pauses_lie_between_the_stretches() -> None:
    (pause,) = pauses(speech_stretches(TWO))
    assert pause.secs == pytest.approx(1.5, abs=0.3)


@pytest.mark.parametrize("size", [100, 1_600, 50_000])
def test_chunks_of_any_size_give_what_the_whole_gives(size: int) -> None:
    stream = SpeechStream()
    found: list[Stretch] = []
    for at in range(0, len(TWO.samples), size):
        found += stream.feed(TWO.samples[at : at + size])
    assert found + stream.finish() == speech_stretches(TWO)


def test_pieces_give_what_the_whole_gives() -> None:
    assert stretches_in(pieces_of(TWO, 0.7)) == speech_stretches(TWO)


def test_speech_that_the_end_cuts_off_ends_there() -> None:
    cut = TWO.between(0.0, 2.0)
    assert speech_stretches(cut)[-1].end_secs <= cut.end_secs


def _tone(secs: float) -> NDArray[np.float32]:
    return (0.3 * np.sin(2.0 * np.pi * 440.0 * np.arange(round(secs * RATE_HZ)) / RATE_HZ)).astype(
        np.float32
    )


@pytest.mark.parametrize("level", [1.0, 0.01, 0.001])
def test_neither_silence_nor_noise_nor_a_tone_is_speech(level: float) -> None:
    noise = np.random.default_rng(0).normal(0.0, 0.1, 3 * RATE_HZ).astype(np.float32)
    for samples in (silence(3.0), noise, _tone(3.0), np.zeros(3 * RATE_HZ, np.float32)):
        assert speech_stretches(Sound(samples=np.float32(level) * samples)) == []


@pytest.mark.parametrize(("gain", "offset"), [(0.003, 0.0), (0.2, 0.6), (0.01, 0.3)])
def test_quiet_speech_and_speech_with_an_offset_are_heard(gain: float, offset: float) -> None:
    samples = (gain * TWO.samples + offset).astype(np.float32)
    found = speech_stretches(Sound(samples=samples))
    assert sum(stretch.secs for stretch in found) == pytest.approx(
        sum(stretch.secs for stretch in speech_stretches(TWO)), rel=0.25
    )


def test_no_samples_hold_no_speech() -> None:
    assert speech_stretches(Sound(samples=np.zeros(0, np.float32))) == []


def test_a_stretch_that_goes_on_can_be_cut_and_goes_on() -> None:
    stream = SpeechStream()
    assert stream.feed(speaking(1.0)) == []
    cut = stream.cut()
    assert cut is not None
    assert stream.speaking_since == pytest.approx(cut.end_secs)


def test_nothing_heavy_is_imported_for_it() -> None:
    code = (
        "import sys; from insideout.perception.voice.activity import SpeechProbability; "
        "SpeechProbability(); "
        "print(sorted({'torch', 'faster_whisper', 'av', 'ctranslate2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_minute_of_mixed_speech_is_judged_as_silero_judges_it(shared: Path) -> None:
    path = shared / "signals" / "voice" / "asr_clips" / "silero_vad_test_60s.flac"
    samples = load_sound(path).samples
    found = SpeechProbability().of(samples[: len(samples) // WINDOW * WINDOW])
    assert np.mean(found > 0.5) == pytest.approx(0.77, abs=0.03)
