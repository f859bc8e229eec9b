import numpy as np
import pytest
from tests.perception.voice.speech import Loudness, Placed, Scribe, silence, sound, speaking

from insideout.perception.affect import Emotion
from insideout.perception.errors import PerceptionError
from insideout.perception.fusion import fuse
from insideout.perception.reading import Modality
from insideout.perception.voice.reader import AFFECT_ALONE, VoiceReader
from insideout.perception.voice.sound import RATE_HZ, Sound


def reader(language: str = "en") -> VoiceReader:
    return VoiceReader(recogniser=Loudness(), language=language)


LOUD, QUIET = speaking(2.0), 0.1 * speaking(2.0, seed=1)
BOTH = sound(silence(0.5), LOUD, silence(1.5), QUIET, silence(0.5))


def test_each_utterance_is_read_on_its_own() -> None:
    found = reader().observe(BOTH)
    assert [u.reading.top()[0][0] for u in found.utterances] == ["angry", "sad"]
    assert found.utterances[1].stretch.start_secs == pytest.approx(4.0, abs=0.25)


def test_the_reading_pools_the_utterances_over_the_whole_recording() -> None:
    reading = reader().read(BOTH)
    assert reading.modality is Modality.VOICE
    assert reading.emotions[Emotion.ANGER] == pytest.approx(0.45, abs=0.1)
    assert reading.start_secs == 0.0
    assert reading.end_secs == pytest.approx(BOTH.secs)


def test_what_is_said_later_is_compared_with_what_was_said_before() -> None:
    listener = reader()
    for part in (LOUD, speaking(2.0, seed=2), speaking(2.0, seed=3)):
        listener.hear(sound(part))
    assert any("quieter" in cue for cue in listener.hear(sound(QUIET)).reading.cues)


def test_a_second_recording_is_compared_with_the_first() -> None:
    listener = reader()
    listener.read(sound(LOUD, silence(1.0), speaking(2.0, seed=2)))
    assert any("quieter" in cue for cue in listener.read(sound(QUIET, silence(0.5))).cues)


def test_cues_and_reasons_are_said_in_russian() -> None:
    listener = reader("ru")
    listener.read(sound(LOUD, silence(1.0), speaking(2.0, seed=2)))
    assert any("тише" in cue for cue in listener.read(sound(QUIET, silence(0.5))).cues)
    assert "тишина" in str(listener.read(Sound(samples=np.zeros(32_000, np.float32))).abstained)


def test_a_quiet_background_makes_a_better_signal_than_a_noisy_one() -> None:
    noise = np.random.default_rng(0).normal(0.0, 0.02, len(BOTH.samples)).astype(np.float32)
    noisy = reader().read(Sound(samples=BOTH.samples + noise))
    assert reader().read(BOTH).quality > 0.9 > noisy.quality


def test_valence_and_arousal_alone_make_a_reading_that_fuses() -> None:
    reading = VoiceReader(recogniser=Placed()).read(BOTH)
    assert (reading.emotions, reading.confidence) == ({}, AFFECT_ALONE)
    assert fuse([reading]).affect.valence == pytest.approx(-0.4)


def test_the_words_are_written_down_utterance_by_utterance() -> None:
    listener = VoiceReader(recogniser=Loudness(), transcriber=Scribe("I am fine"))
    heard = listener.observe(BOTH).utterances
    assert [u.transcript.text for u in heard if u.transcript] == ["I am fine"] * 2


def test_times_are_on_the_clock_of_the_sound() -> None:
    later = Sound(samples=BOTH.samples, start_secs=100.0)
    found = reader().observe(later)
    assert found.reading.start_secs == 100.0
    assert found.utterances[0].stretch.start_secs == pytest.approx(100.5, abs=0.15)
    assert found.utterances[0].reading.start_secs == found.utterances[0].stretch.start_secs


def test_utterances_too_short_for_a_feeling_leave_the_whole_without_one() -> None:
    short = sound(silence(1.0), speaking(0.2), silence(1.5), speaking(0.2, seed=1), silence(1.0))
    found = reader().observe(short)
    assert found.reading.abstained is not None
    assert all(u.reading.abstained for u in found.utterances)


def test_what_cannot_be_read_does_not_become_the_baseline() -> None:
    listener = reader()
    listener.read(Sound(samples=np.clip(40.0 * BOTH.samples, -1.0, 1.0)))
    assert listener.baseline.heard == ()


def test_samples_with_their_rate_are_read() -> None:
    stereo = np.stack([BOTH.samples, BOTH.samples])
    assert reader().read((stereo, RATE_HZ)).abstained is None


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(PerceptionError, match="unknown language 'de'"):
        reader("de")
