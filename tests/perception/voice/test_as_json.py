import json

import pytest
from tests.perception.voice.speech import Loudness, Scribe, silence, sound, speaking

from insideout.perception.reading import Reading
from insideout.perception.voice.as_json import observation_json
from insideout.perception.voice.reader import VoiceReader

SPOKEN = sound(silence(0.5), speaking(2.0), silence(0.5))


def test_a_recording_is_one_json_object() -> None:
    reader = VoiceReader(recogniser=Loudness(), transcriber=Scribe(rough=True))
    found = reader.observe(SPOKEN)
    printed = json.loads(json.dumps(observation_json(found)))
    (utterance,) = printed["utterances"]
    assert printed["secs"] == pytest.approx(SPOKEN.secs, abs=0.001)
    assert utterance["transcript"]["rough"] is True
    assert utterance["transcript"]["words"][0]["text"] == "I"
    assert Reading.from_json(utterance["reading"]).top()[0] == ("angry", 0.8)
    assert found.reading.top()[0][0] == "angry"


def test_silence_has_no_utterances() -> None:
    found = VoiceReader(recogniser=Loudness()).observe(sound(silence(2.0)))
    assert observation_json(found)["utterances"] == []


def test_figures_that_cannot_be_told_are_null() -> None:
    short = sound(silence(1.0), speaking(0.3), silence(1.0))
    for utterance in observation_json(VoiceReader(recogniser=Loudness()).observe(short))[
        "utterances"
    ]:
        assert set(utterance["prosody"]) >= {"secs", "pitch_hz", "loudness_db"}
