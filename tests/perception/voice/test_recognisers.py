import pytest
from tests.perception.voice.speech import silence, sound, speaking

from insideout.perception.errors import BadSignalError, PerceptionError
from insideout.perception.voice.embedded import enrol
from insideout.perception.voice.readers import voice_reader
from insideout.perception.voice.recognisers import EMBEDDED, voice_recogniser

NEUTRAL = sound(silence(0.5), speaking(2.0), silence(1.2), speaking(2.0, seed=1), silence(0.5))


def test_the_embedded_one_is_the_default() -> None:
    recogniser = voice_recogniser()
    (expression,) = recogniser.recognise([sound(speaking(2.0))])
    assert set(expression.probabilities) <= set(recogniser.space.labels)
    assert sum(expression.probabilities.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("name", ["embeded", "hf", "hf:", ""])
def test_an_unknown_name_lists_the_known_ones(name: str) -> None:
    with pytest.raises(PerceptionError, match="Known: embedded, hf:REPO"):
        voice_recogniser(name)


def test_a_model_of_the_hub_takes_no_enrolment() -> None:
    with pytest.raises(PerceptionError, match="use embedded"):
        voice_recogniser("hf:some/model", enrol([NEUTRAL]))


def test_a_reader_without_a_neutral_recording_knows_nobody() -> None:
    assert not voice_reader().baseline.ready


def test_a_neutral_recording_makes_the_baseline_and_enrols_the_speaker() -> None:
    reader = voice_reader(EMBEDDED, neutral=NEUTRAL)
    assert reader.baseline.ready
    assert "enrolled" in reader.recogniser.name


def test_a_neutral_recording_without_speech_is_refused() -> None:
    with pytest.raises(BadSignalError, match="two sentences or more"):
        voice_reader(neutral=sound(silence(4.0)))
