from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.perception.voice.sound_files import at_rate
from tests.perception.voice.speech import silence, sound, speaking

from insideout.perception.errors import BadSignalError
from insideout.perception.reading import Modality, Reading
from insideout.perception.voice.activity import speech_stretches
from insideout.perception.voice.sound import RATE_HZ, HeardUtterance, Prosody, Sound, Stretch
from insideout.perception.voice.stream import StreamOptions, VoiceStream
from insideout.perception.voice.utterances import utterances

TWO = sound(silence(1.0), speaking(2.0), silence(1.5), speaking(1.5, seed=1), silence(1.0))


class Listener:
    """Says of each utterance where it was, and keeps its sound."""

    def __init__(self) -> None:
        self.sounds: list[Sound] = []

    def hear(self, sound: Sound) -> HeardUtterance:
        self.sounds.append(sound)
        return HeardUtterance(
            stretch=Stretch(start_secs=sound.start_secs, end_secs=sound.end_secs),
            reading=Reading(modality=Modality.VOICE, model="listener", abstained="only listens"),
            prosody=Prosody(secs=sound.secs),
        )


def heard(
    samples: NDArray[np.float32], size: int, rate_hz: int = RATE_HZ, most_secs: float = 30.0
) -> list[Stretch]:
    stream = VoiceStream(Listener(), StreamOptions(most_secs=most_secs))
    found: list[HeardUtterance] = []
    for at in range(0, len(samples), size):
        found += stream.feed(samples[at : at + size], rate_hz)
    return [each.stretch for each in found + stream.finish()]


@pytest.mark.parametrize("size", [160, 4_800, 200_000])
def test_each_utterance_is_heard_whatever_the_chunks(size: int) -> None:
    expected = utterances(speech_stretches(TWO))
    assert len(expected) == 2
    for found, one in zip(heard(TWO.samples, size), expected, strict=True):
        assert found.start_secs == pytest.approx(one.start_secs, abs=0.001)
        assert found.end_secs == pytest.approx(one.end_secs, abs=0.001)


def test_an_utterance_comes_once_the_silence_after_it_is_long_enough() -> None:
    stream = VoiceStream(Listener())
    assert stream.feed(np.concatenate([speaking(2.0), silence(0.5)])) == []
    assert len(stream.feed(silence(0.8))) == 1
    assert not stream.speaking


def test_the_reader_gets_the_samples_of_the_utterance() -> None:
    listener = Listener()
    stream = VoiceStream(listener)
    stream.feed(TWO.samples)
    (first, *_) = listener.sounds
    expected = TWO.between(first.start_secs, first.end_secs)
    assert np.array_equal(first.samples, expected.samples)


def test_stereo_at_another_rate_is_the_same_speech() -> None:
    other = at_rate(TWO.samples, 48_000)
    found = heard(np.stack([other, other], axis=1), 4_800, 48_000)
    expected = utterances(speech_stretches(TWO))
    assert [each.start_secs for each in found] == pytest.approx(
        [each.start_secs for each in expected], abs=0.15
    )


def test_a_microphone_that_changes_its_rate_is_heard_on() -> None:
    stream = VoiceStream(Listener())
    found = stream.feed(at_rate(TWO.between(0.0, 4.0).samples, 48_000), 48_000)
    found += stream.feed(TWO.between(4.0, TWO.secs).samples)
    assert len(found + stream.finish()) == 2


def test_speech_without_end_is_parted_so_that_memory_does_not_grow() -> None:
    found = heard(speaking(12.0), 1_600, most_secs=4.0)
    assert len(found) >= 3
    assert max(each.secs for each in found) < 4.3
    assert all(one.end_secs <= two.start_secs for one, two in pairwise(found))


def test_silence_is_not_kept() -> None:
    stream = VoiceStream(Listener())
    for _ in range(4):
        stream.feed(silence(3.0))
    assert sum(len(block) for block in stream._blocks) <= 2 * RATE_HZ


def test_speech_that_the_end_cuts_off_is_heard() -> None:
    assert len(heard(speaking(2.0), 1_600)) == 1


def test_an_empty_chunk_is_nothing() -> None:
    assert VoiceStream(Listener()).feed(np.zeros((0, 2), np.float32), 48_000) == []


def test_a_chunk_of_wrong_numbers_is_refused() -> None:
    with pytest.raises(BadSignalError, match="divide them"):
        VoiceStream(Listener()).feed(np.full(100, 20_000.0))
