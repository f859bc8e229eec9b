import numpy as np
import pytest
from tests.perception.voice.speech import silence, sound, speaking

from insideout.perception.voice.passage import MOST_SECS, Passage
from insideout.perception.voice.sound import Sound


def test_utterances_come_one_after_another_without_what_lies_between() -> None:
    whole = sound(silence(1.0), speaking(2.0), silence(1.5), speaking(1.0, seed=1), silence(0.5))
    found = list(Passage(whole).utterances())
    assert [round(part.secs) for part in found] == [2, 1]
    assert found[1].start_secs == pytest.approx(4.5, abs=0.3)


def test_an_utterance_over_the_edge_of_a_piece_is_whole() -> None:
    whole = sound(silence(28.0), speaking(5.0), silence(1.0))
    (found,) = Passage(whole).utterances()
    first = round(found.start_secs * 16_000)
    np.testing.assert_array_equal(found.samples, whole.samples[first : first + len(found.samples)])
    assert found.secs == pytest.approx(5.0, abs=0.5)


def test_long_speech_is_parted() -> None:
    found = list(Passage(sound(speaking(40.0))).utterances())
    assert sum(part.secs for part in found) == pytest.approx(40.0, abs=1.0)
    assert max(part.secs for part in found) <= MOST_SECS + 0.1


def test_the_faults_are_those_of_the_whole() -> None:
    passage = Passage(sound(silence(1.0), speaking(2.0), silence(1.0)))
    assert len(list(passage.utterances())) == 1
    faults = passage.faults()
    assert faults.speech_secs == pytest.approx(2.1, abs=0.3)
    assert faults.snr_db is not None
    assert faults.snr_db > 30.0


def test_how_far_it_is_never_goes_back() -> None:
    told: list[float] = []
    whole = Sound(samples=np.tile(silence(10.0), 4))
    list(Passage(whole).utterances(lambda secs, total: told.append(secs / (total or 1.0))))
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


def test_the_span_is_that_of_the_recording() -> None:
    passage = Passage(Sound(samples=silence(40.0), start_secs=5.0))
    assert list(passage.utterances()) == []
    assert (passage.span.start_secs, passage.span.end_secs) == (5.0, 45.0)
