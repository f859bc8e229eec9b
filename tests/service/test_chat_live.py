"""`insideout chat` with a camera and a microphone, /hear and /look, consent asked and kept."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.perception.face.frames import Square, SquareReader, frame
from tests.perception.voice.speech import Loudness, Scribe, silence, speaking
from tests.service.conftest import REPLY, Cli, Ran
from tests.service.test_live import WORDS, Line
from tests.service.test_perceive_voice import write
from tests.service.test_raw_signals import found, hearts, home, signals
from tests.service.test_say_signals import Smiles

from insideout.agents.memory import Sessions
from insideout.perception.errors import BadSignalError
from insideout.perception.face.loading import load_picture
from insideout.perception.policy import VARIABLE
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.sound_file import SoundFile
from insideout.service.cli import live_options
from insideout.service.cli.live import Live

__all__ = ["hearts", "home", "signals"]  # fixtures

Chat = Callable[..., Ran]


class Faces:
    """A camera that sends one face, and is unplugged then."""

    def __init__(self, which: str) -> None:
        self.which = which

    def __iter__(self) -> Any:
        yield 0.0, frame(Square())
        raise BadSignalError(f"camera {self.which} stopped sending pictures")


@pytest.fixture(autouse=True)
def devices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Red squares smile; who is loud is angry and says the same words always."""

    class Quiet(SquareReader):
        remarks = ()

    def listener(profile: object, scribe: Scribe | None, language: str) -> VoiceReader:
        return VoiceReader(recogniser=Loudness(), transcriber=scribe, language=language)

    monkeypatch.setattr(live_options, "Camera", Faces)
    monkeypatch.setattr(live_options, "Microphone", lambda device: Line(breaks=True))
    monkeypatch.setattr(live_options, "need", lambda library: None)
    monkeypatch.setattr(live_options, "watcher_for", lambda profile, language: Quiet())
    monkeypatch.setattr(live_options, "listener_for", listener)
    monkeypatch.setattr(live_options, "transcriber", lambda: Scribe(WORDS))
    monkeypatch.setattr("insideout.service.cli.hearing.listener_for", listener)
    monkeypatch.setattr("insideout.service.cli.hearing.transcriber", lambda: Scribe(WORDS))
    monkeypatch.setattr("insideout.service.cli.seeing.transcriber", lambda: Scribe(WORDS))
    monkeypatch.setattr("insideout.service.cli.seeing.FaceReader", Smiles)


@pytest.fixture
def chat(cli: Cli) -> Chat:
    """A conversation of session ann whose lines are piped in."""

    def run(*lines: str, options: tuple[str, ...] = ()) -> Ran:
        return cli("chat", "--session", "ann", *options, stdin="\n".join(lines))

    return run


def kept(tmp_path: Path) -> dict[str, Any]:
    sessions = Sessions(tmp_path / "sessions.sqlite")
    try:
        return sessions.export("ann")
    finally:
        sessions.close()


def spoke(turn: dict[str, Any]) -> set[str]:
    """The modalities that said something."""
    return {r["modality"] for r in turn["state"]["readings"] if r["abstained"] is None}


@pytest.fixture
def photo(tmp_path: Path) -> str:
    path = tmp_path / "face.png"
    Image.fromarray(frame(Square())).save(path)
    return str(path)


def test_what_the_camera_shows_joins_the_message(
    chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _wait_for_camera(monkeypatch)
    ran = chat("I am fine", "And now?", options=("--webcam", "--yes"))
    assert ran.out.count(REPLY) == 2
    assert "camera 0 stopped sending pictures; the conversation goes on" in ran.err
    first, second = kept(tmp_path)["turns"]
    assert spoke(first) == {"face", "text"}
    assert spoke(second) == {"text"}


def _wait_for_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    """The conversation begins when the camera has been read and is gone."""
    start = Live.__enter__

    def started(live: Live) -> Live:
        start(live)
        for thread in live._threads:
            thread.join()
        live._perception.settle(30.0)
        return live

    monkeypatch.setattr(Live, "__enter__", started)


def test_what_the_microphone_hears_is_noted_and_joins_the_message(
    chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _wait_for_camera(monkeypatch)
    ran = chat(WORDS, options=("--mic", "--yes"))
    assert f"heard: {WORDS}" in ran.err
    assert "the microphone is gone; the conversation goes on" in ran.err
    assert spoke(kept(tmp_path)["turns"][0]) == {"voice", "text"}


def test_consent_is_said_and_kept_with_the_session(chat: Chat, tmp_path: Path) -> None:
    ran = chat("Hello", "/consent", options=("--webcam", "--mic", "--yes"))
    assert "A machine will guess how you feel" in ran.err
    assert "Agreed to be read: text, face, voice" in ran.err
    consent = kept(tmp_path)["consent"]
    assert consent["modalities"] == ["text", "face", "voice"]
    assert consent["notice"].startswith("chat-en-")


def test_what_was_agreed_to_is_not_asked_again(chat: Chat) -> None:
    chat("Hello", options=("--webcam", "--yes"))
    ran = chat("Hello", options=("--webcam",))
    assert ran.code == 0
    assert "A machine will guess" not in ran.err


def test_where_nobody_can_be_asked_yes_is_needed(chat: Chat) -> None:
    ran = chat("Hello", options=("--webcam",))
    assert ran.code == 2
    assert "--yes" in ran.err


def test_consent_can_be_taken_back(chat: Chat, tmp_path: Path) -> None:
    ran = chat("Hello", "/consent no", "And now?", options=("--webcam", "--yes"))
    assert "taken back: the camera and the microphone are off" in ran.err
    record = kept(tmp_path)
    assert record["consent"]["modalities"] == ["text"]
    assert spoke(record["turns"][1]) == {"text"}


def test_consent_follows_into_the_session_after_forget(chat: Chat, tmp_path: Path) -> None:
    chat("/forget yes", "Hello", options=("--webcam", "--yes"))
    sessions = Sessions(tmp_path / "sessions.sqlite")
    (only,) = sessions.list()
    assert only.name != "ann"
    assert sessions.consent(only.name) is not None
    sessions.close()


@pytest.mark.parametrize(
    ("policy", "options", "told"),
    [
        ("text-only", ("--mic",), "opens no camera and no microphone"),
        ("workplace", ("--webcam",), "reads no feelings from faces"),
        ("open", ("--camera", "1"), "--webcam, which is missing"),
        ("open", ("--microphone", "1"), "--mic, which is missing"),
    ],
)
def test_what_is_forbidden_or_left_out_is_said(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, policy: str, options: tuple[str, ...], told: str
) -> None:
    monkeypatch.setenv(VARIABLE, policy)
    ran = chat("Hello", options=(*options, "--yes"))
    assert ran.code == 2
    assert told in ran.err


def test_a_missing_library_is_a_line(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(library: str) -> None:
        raise BadSignalError(f"{library} cannot be loaded")

    monkeypatch.setattr(live_options, "need", missing)
    ran = chat("Hello", options=("--mic", "--yes"))
    assert ran.code == 0
    assert "sounddevice cannot be loaded; the conversation goes on without it" in ran.err
    assert REPLY in ran.out


def test_hear_sends_the_words_of_a_recording(chat: Chat, tmp_path: Path) -> None:
    path = write(tmp_path / "said.wav", silence(0.5), speaking(2.0), silence(0.5))
    ran = chat(f"/hear {path}")
    assert f"you › {WORDS}" in ran.out
    (turn,) = kept(tmp_path)["turns"]
    assert spoke(turn) == {"voice", "text"}


def test_look_belongs_to_the_next_message(chat: Chat, photo: str, tmp_path: Path) -> None:
    ran = chat(f"/look {photo}", "I am fine", "And now?")
    assert "seen: happy 100%" in ran.err
    first, second = kept(tmp_path)["turns"]
    assert spoke(first) == {"face", "text"}
    assert spoke(second) == {"text"}


@pytest.mark.parametrize("command", ["/hear", "/look", "/hear nothing.wav", "/look nothing.png"])
def test_a_file_that_is_not_there_is_said_and_the_talk_goes_on(chat: Chat, command: str) -> None:
    ran = chat(command, "Hello")
    assert ran.code == 0
    assert REPLY in ran.out
    assert "nothing" in ran.err or "name a" in ran.err


def test_look_obeys_the_policy(chat: Chat, photo: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "workplace")
    assert "reads no feelings from faces" in chat(f"/look {photo}").err


def test_nothing_raw_is_written_by_a_live_conversation(
    cli: Cli, home: Path, signals: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = load_picture(signals["--face"])
    voice = SoundFile(signals["--voice"]).sound().samples

    class Photo(Faces):
        def __iter__(self) -> Any:
            yield 0.0, picture
            raise BadSignalError("gone")

    monkeypatch.setattr(live_options, "Camera", Photo)
    monkeypatch.setattr(live_options, "Microphone", lambda device: Line(voice, breaks=True))
    _wait_for_camera(monkeypatch)
    ran = cli("chat", "--webcam", "--mic", "--yes", "--session", "ann", stdin=WORDS)
    assert ran.code == 0, ran.err
    assert len(Sessions(home / "sessions.sqlite").export("ann")["messages"]) == 2
    assert found(home, signals) == []
