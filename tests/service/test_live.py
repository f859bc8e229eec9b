"""A camera and a microphone beside a conversation: made-up faces, made-up speech."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.perception.face.frames import Square, SquareReader, frame
from tests.perception.voice.speech import Loudness, Scribe, silence, speaking

from insideout.perception.affect import Emotion
from insideout.perception.errors import BadSignalError
from insideout.perception.face.face import Picture
from insideout.perception.policy import VARIABLE, Consent
from insideout.perception.reading import Modality
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.sound import RATE_HZ
from insideout.service.cli.live import Listening, Live, Watching

BOTH = Consent.to([Modality.FACE, Modality.VOICE], "2026-01-31T10:00:00+01:00", "1")
WORDS = "I lost my job today"
SPOKEN = np.concatenate([silence(0.5), speaking(2.0), silence(1.5)])


@dataclass(slots=True)
class Shown:
    """A camera: it sends a picture whenever one is shown, until it is unplugged."""

    ready: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    pictures: list[Picture | None] = field(default_factory=list)

    def show(self, picture: Picture | None) -> None:
        """None unplugs it."""
        self.pictures.append(picture)
        self.ready.release()

    def __iter__(self) -> Iterator[tuple[float, Picture]]:
        while True:
            self.ready.acquire()
            picture = self.pictures.pop(0)
            if picture is None:
                raise BadSignalError("camera 0 stopped sending pictures")
            yield 0.0, picture


class Line:
    """A microphone at the end of a line that says this and is quiet then, or breaks."""

    rate_hz = RATE_HZ

    def __init__(self, samples: NDArray[np.float32] = SPOKEN, *, breaks: bool = False) -> None:
        self.samples, self.breaks = samples, breaks
        self.left, self.open = threading.Event(), False

    def __enter__(self) -> Self:
        self.open = True
        return self

    def __exit__(self, *error: Any) -> None:
        self.open = False

    def __iter__(self) -> Iterator[NDArray[np.float32]]:
        yield from np.array_split(self.samples, max(1, len(self.samples) // 1600))
        if self.breaks:
            raise BadSignalError("the microphone is gone")
        while not self.left.wait(0.01):
            yield silence(0.1)


@dataclass(slots=True)
class Talking:
    """What a Live told, and its words; `wait` blocks until something is there."""

    told: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    came: threading.Condition = field(default_factory=threading.Condition)

    def tell(self, text: str) -> None:
        with self.came:
            self.told.append(text)
            self.came.notify_all()

    def hear(self, text: str) -> None:
        with self.came:
            self.words.append(text)
            self.came.notify_all()

    def wait(self, until: Callable[[], object]) -> None:
        with self.came:
            assert self.came.wait_for(until, timeout=30.0)


@pytest.fixture
def talking() -> Talking:
    return Talking()


def listening(line: Line, scribe: Scribe | None = None) -> Listening:
    reader = VoiceReader(recogniser=Loudness(), transcriber=scribe or Scribe(WORDS))
    return Listening(open=lambda: line, reader=reader)


def live(talking: Talking, consent: Consent = BOTH, **parts: Any) -> Live:
    return Live(consent, tell=talking.tell, on_words=talking.hear, **parts)


def seen(camera: Shown, one: Live, picture: Picture) -> None:
    """Show a picture, and wait until it was read."""
    before = one.state().readings
    camera.show(picture)
    for _ in range(3000):
        if one.state().readings != before:
            return
        threading.Event().wait(0.01)
    raise AssertionError("the picture was not read")


def test_a_turn_has_the_face_since_the_last_one(talking: Talking) -> None:
    camera = Shown()
    with live(talking, watching=Watching(source=camera, reader=SquareReader())) as one:
        seen(camera, one, frame(Square()))
        first = one.turn("I am fine")
        second = one.turn("I am fine")
    assert first.state is not None
    (reading,) = first.state.readings
    assert (reading.modality, first.state.top) == (Modality.FACE, Emotion.JOY)
    assert reading.cues == ("looks happy",)
    assert second.state is None


def test_a_camera_without_a_face_says_why(talking: Talking) -> None:
    camera = Shown()
    with live(talking, watching=Watching(source=camera, reader=SquareReader())) as one:
        seen(camera, one, frame())
        state = one.turn("I am fine").state
    assert state is not None
    assert (state.confidence, [r.abstained for r in state.readings]) == (0.0, ["no face in sight"])


def test_what_is_said_comes_as_words_and_as_a_voice(talking: Talking) -> None:
    line = Line()
    with live(talking, listening=listening(line)) as one:
        talking.wait(lambda: talking.words)
        beside = one.turn(WORDS)
    assert talking.words == [WORDS]
    assert beside.state is not None
    assert beside.state.top is Emotion.ANGER
    assert f'"{WORDS}"' in beside.aside
    assert not line.open


def test_words_that_the_person_deleted_are_told_to_nobody(talking: Talking) -> None:
    with live(talking, listening=listening(Line())) as one:
        talking.wait(lambda: talking.words)
        assert one.turn("Hello").aside == ""


def test_a_camera_that_vanishes_is_a_line_and_the_rest_goes_on(talking: Talking) -> None:
    camera = Shown()
    watching = Watching(source=camera, reader=SquareReader())
    with live(talking, watching=watching, listening=listening(Line())) as one:
        camera.show(None)
        talking.wait(lambda: talking.told and talking.words)
        assert one.turn(WORDS).state is not None
    (told,) = talking.told
    assert told.startswith("camera 0 stopped sending pictures; the conversation goes on")


def test_a_microphone_that_vanishes_is_a_line(talking: Talking) -> None:
    with live(talking, listening=listening(Line(breaks=True))):
        talking.wait(lambda: talking.told)
    assert talking.told == ["the microphone is gone; the conversation goes on without it"]


def test_a_microphone_that_is_not_there_is_a_line(talking: Talking) -> None:
    def nothing() -> Line:
        raise BadSignalError("a microphone is not to be found")

    reader = VoiceReader(recogniser=Loudness())
    with live(talking, listening=Listening(open=nothing, reader=reader)):
        talking.wait(lambda: talking.told)
    assert talking.told[0].startswith("a microphone is not to be found")


def test_a_reader_that_breaks_is_told_once(talking: Talking) -> None:
    class Broken(SquareReader):
        def seen(self, *args: Any, **more: Any) -> Any:
            raise RuntimeError("no such tensor")

    camera = Shown()
    with live(talking, watching=Watching(source=camera, reader=Broken())) as one:
        seen(camera, one, frame(Square()))
        one.turn("one")
        one.turn("two")
    assert talking.told == ["the reader of the face failed: RuntimeError: no such tensor"]


def test_what_was_not_agreed_to_is_not_read(talking: Talking) -> None:
    words = Consent.to([], "2026-01-31T10:00:00+01:00", "1")
    camera = Shown()
    watching = Watching(source=camera, reader=SquareReader())
    with live(talking, words, watching=watching) as one:
        seen(camera, one, frame(Square()))
        assert one.turn("one").state is None
        (reading,) = one.state().readings
    assert reading.abstained == "the person did not agree to it"


def test_at_a_workplace_speech_is_written_down_and_not_read(
    talking: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "workplace")
    with live(talking, listening=listening(Line())) as one:
        talking.wait(lambda: talking.words)
        beside = one.turn(WORDS)
    assert talking.words == [WORDS]
    assert (beside.state, beside.aside) == (None, "")


def test_two_utterances_make_one_reading(talking: Talking) -> None:
    said = np.concatenate([SPOKEN, speaking(1.5, seed=1), silence(1.5)])
    with live(talking, listening=listening(Line(said))) as one:
        talking.wait(lambda: len(talking.words) == 2)
        state = one.turn(WORDS).state
    assert state is not None
    assert [reading.modality for reading in state.readings] == [Modality.VOICE]
