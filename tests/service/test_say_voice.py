import json
from pathlib import Path

import numpy as np
import pytest
from jsonschema import Draft202012Validator
from tests.perception.voice.speech import Loudness, Scribe, silence, speaking
from tests.service.conftest import REPLY, Cli
from tests.service.test_perceive_voice import write
from tests.service.test_say_schema import SCHEMA

from insideout.agents.insideout import InsideOut
from insideout.perception.text.text_reader import TextReader
from insideout.perception.voice.reader import VoiceReader
from insideout.service.cli.hearing import hear


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    return write(tmp_path / "speech.wav", silence(0.5), speaking(2.0), silence(0.5))


@pytest.fixture(autouse=True)
def listener(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody says that they lost their job, and is angry where they say it loudly."""

    def reader(**options: object) -> VoiceReader:
        return VoiceReader(recogniser=Loudness(), **options)  # type: ignore[arg-type]

    monkeypatch.setattr("insideout.service.cli.hearing.voice_reader", reader)
    monkeypatch.setattr("insideout.service.cli.hearing.transcriber", Scribe)


def test_the_words_of_the_recording_are_the_message(cli: Cli, speech: Path) -> None:
    ran = cli("say", "--voice", str(speech), "--json")
    assert (ran.code, ran.json["text"], ran.json["reply"]) == (0, "I lost my job today", REPLY)
    Draft202012Validator(SCHEMA).validate(ran.json)


def test_people_are_told_what_was_heard(cli: Cli, speech: Path) -> None:
    assert "heard: I lost my job today" in cli("say", "--voice", str(speech)).err


def test_words_and_voice_make_the_state(cli: Cli, speech: Path) -> None:
    readings = cli("say", "--voice", str(speech), "--json").json["state"]["readings"]
    assert [reading["modality"] for reading in readings] == ["text", "voice"]
    assert readings[1]["probabilities"]["angry"] == pytest.approx(0.8)


def test_words_that_were_typed_are_the_message_and_the_voice_says_how(
    cli: Cli, speech: Path
) -> None:
    printed = cli("say", "I am fine.", "--voice", str(speech), "--json").json
    assert printed["text"] == "I am fine."
    modalities = {reading["modality"] for reading in printed["state"]["readings"]}
    assert modalities == {"text", "voice"}


def test_a_recording_without_words_is_refused_with_the_reason(cli: Cli, tmp_path: Path) -> None:
    nothing = write(tmp_path / "nothing.wav", silence(3.0))
    ran = cli("say", "--voice", str(nothing), "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "silence" in ran.err
    assert "expected a recording of somebody who speaks" in ran.err


def test_a_recording_that_is_not_there_is_said(cli: Cli) -> None:
    ran = cli("say", "--voice", "gone.wav")
    assert ran.code == 2
    assert "there is no file gone.wav" in ran.err


def test_a_crisis_that_is_spoken_is_answered_without_any_model(
    cli: Cli, speech: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "insideout.service.cli.hearing.transcriber", lambda: Scribe("I want to kill myself")
    )
    ran = cli("say", "--voice", str(speech))
    assert ran.code == 0
    assert "no model was asked" in ran.err


def test_what_was_said_before_in_the_session_is_read_with_it(
    cli: Cli, speech: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("insideout.service.cli.hearing.transcriber", lambda: Scribe("Yes."))
    alone = cli("say", "--voice", str(speech), "--json").json
    cli("say", "My dog died.", "--session", "ann")
    after = cli("say", "--voice", str(speech), "--session", "ann", "--json").json
    sad = [turn["state"]["readings"][0]["probabilities"]["sad"] for turn in (alone, after)]
    assert sad[1] > sad[0]


def test_the_agents_are_told_how_it_was_said(speech: Path) -> None:
    heard = hear(speech, None, TextReader())
    assert '- "I lost my job today": ' in heard.aside
    assert "angry (likely, 60-85%)" in heard.aside


def test_the_aside_reaches_the_model(speech: Path, tmp_path: Path) -> None:
    heard = hear(speech, None, TextReader())
    rule = {"task": "reply", "match": "sounded, measured from the sound", "reply": "I hear you."}
    (tmp_path / "answers.json").write_text(json.dumps({"rules": [rule]}))
    assistant = InsideOut(
        f"scripted:{tmp_path}/answers.json", sessions=":memory:", fallback=None, mode="gated"
    )
    turn = assistant.invoke(heard.text, state=heard.state, aside=heard.aside)
    assert turn.reply == "I hear you."


def test_a_clipped_recording_is_remarked_on(cli: Cli, tmp_path: Path) -> None:
    spoken = np.concatenate([silence(0.5), speaking(2.0), silence(0.5)])
    loud = write(tmp_path / "loud.wav", np.clip(2.5 * spoken, -0.6, 0.6).astype(np.float32))
    ran = cli("say", "--voice", str(loud))
    assert ran.code == 0
    assert "clipped" in ran.err
