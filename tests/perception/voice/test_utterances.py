import pytest

from insideout.perception.voice.sound import Stretch
from insideout.perception.voice.utterances import END_OF_TURN_SECS, utterances


def spans(*times: tuple[float, float]) -> list[Stretch]:
    return [Stretch(start_secs=start, end_secs=end) for start, end in times]


def test_a_short_pause_does_not_end_an_utterance() -> None:
    assert utterances(spans((0.0, 1.0), (1.5, 2.0))) == spans((0.0, 2.0))


def test_a_pause_of_the_end_of_a_turn_does() -> None:
    pause = 1.0 + END_OF_TURN_SECS
    assert utterances(spans((0.0, 1.0), (pause, 3.0))) == spans((0.0, 1.0), (pause, 3.0))


def test_long_speech_is_parted_at_its_longest_pause() -> None:
    found = utterances(spans((0.0, 8.0), (8.2, 14.0), (14.6, 19.0)), most_secs=15.0)
    assert found == spans((0.0, 14.0), (14.6, 19.0))


def test_long_speech_without_a_pause_is_cut_into_equal_parts() -> None:
    assert utterances(spans((0.0, 25.0)), most_secs=10.0) == pytest.approx(
        utterances(spans((0.0, 25.0)), most_secs=10.0)
    )
    assert [round(u.secs, 3) for u in utterances(spans((0.0, 25.0)), most_secs=10.0)] == [8.333] * 3


def test_no_speech_has_no_utterances() -> None:
    assert utterances([]) == []
