"""Live: a camera and a microphone beside a conversation, and what they show since the last turn."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import PerceptionError
from insideout.perception.face.attention import FrameAttention
from insideout.perception.face.stream import FaceStream, PictureReader, StreamOptions
from insideout.perception.face.webcam import FrameSource, newest
from insideout.perception.face.wording import expression_cue
from insideout.perception.fusion import fuse
from insideout.perception.perceiving import Perception, Sense
from insideout.perception.policy import Consent, refusal
from insideout.perception.reading import EmotionState, Modality, Reading
from insideout.perception.senses import frames, speech
from insideout.perception.voice.passage import MOST_SECS
from insideout.perception.voice.pooling import pool_readings
from insideout.perception.voice.sound import HeardUtterance
from insideout.perception.voice.stream import Hearer, VoiceStream
from insideout.perception.voice.stream import StreamOptions as VoiceOptions
from insideout.perception.voice.words import how_said

_SETTLE_SECS = 0.5  # what is being read when a message is sent may take so long
_LONGEST_SECS = 1.0  # a face read less often than this was not seen in between
_JOIN_SECS = 1.0

Tell = Callable[[str], None]


class LiveSound(Protocol):
    """Where chunks of sound come from while they are spoken; a Microphone is one."""

    rate_hz: int

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: Any) -> None: ...

    def __iter__(self) -> Iterator[NDArray[np.float32]]:
        """Chunks as VoiceStream takes them; raises BadSignalError where no more come."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """A camera and what reads its frames."""

    source: FrameSource
    reader: PictureReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """A microphone, opened when listening begins, and what reads its utterances."""

    open: Callable[[], LiveSound]
    reader: Hearer


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What was seen and heard beside a message: fields of agents.turn.Request."""

    state: EmotionState | None = None
    aside: str = ""


@dataclass(slots=True)
class _Since:
    """What came since the last turn; the sums of faces do not grow."""

    start_secs: float = 0.0
    end_secs: float = 0.0
    face: FrameAttention = field(default_factory=FrameAttention)
    silent: Reading | None = None
    heard: list[HeardUtterance] = field(default_factory=list)


class Live:
    """Reads a camera and a microphone on threads of their own until it is closed.

    A `Perception` reads what they send; nothing raw is kept. One that cannot be opened or that vanishes
    is told in a line, and the rest goes on.

    consent: what the person agreed to; nothing else is read. tell: takes such lines, from any thread.
    on_words: takes the words of each utterance.

        with Live(consent, tell=print, watching=Watching(source=Camera(), reader=FaceReader())) as live:
            beside = live.turn("I am fine")
    """

    def __init__(
        self,
        consent: Consent,
        *,
        tell: Tell,
        watching: Watching | None = None,
        listening: Listening | None = None,
        on_words: Callable[[str], None] = lambda words: None,
        language: str = "en",
    ) -> None:
        self.consent = consent
        self._tell, self._on_words, self._language = tell, on_words, language
        self._watching, self._listening = watching, listening
        self._stream: VoiceStream | None = None
        self._lock, self._left = threading.Lock(), threading.Event()
        self._since = _Since()
        self._told: set[str] = set()
        self._perception = Perception(list(self._senses()), consent=consent)
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        for name, work, there in (
            ("camera", self._watch, self._watching),
            ("microphone", self._listen, self._listening),
        ):
            if there is not None:
                thread = threading.Thread(target=work, daemon=True, name=f"insideout-{name}")
                thread.start()
                self._threads.append(thread)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Switch both off, and forget what was seen and heard."""
        self._left.set()
        for thread in self._threads:
            thread.join(_JOIN_SECS)
        self._perception.close()
        with self._lock:
            self._since = _Since()

    def state(self) -> EmotionState:
        """What face and voice say now, with the newest Reading of each."""
        state = self._perception.state()
        newest = {reading.modality: reading for reading in state.readings}
        return replace(state, readings=tuple(newest.values()))

    def turn(self, text: str) -> Beside:
        """What was seen and heard since the last turn; the next turn begins here.

        text: the message. How it was said is told of those utterances alone whose words are in it: what
        the person has deleted is told to nobody.
        """
        self._perception.settle(_SETTLE_SECS)
        self._tell_failures()
        with self._lock:
            since = self._since
            self._since = _Since(start_secs=since.end_secs, end_secs=since.end_secs)
        # What may only be written down has said all it may by its words.
        heard = since.heard if refusal(Modality.VOICE) is None else []
        readings = [*self._face(since), *_voice(heard)]
        said = [one for one in heard if _words(one) and _words(one) in text]
        return Beside(
            state=fuse(readings) if readings else None, aside=how_said(said, self._language)
        )

    def _tell_failures(self) -> None:
        """Each of them once; the reader goes on trying."""
        for modality, why in self._perception.failures.items():
            if why not in self._told:
                self._told.add(why)
                self._tell(f"the reader of the {modality.value} failed: {why}")

    def _face(self, since: _Since) -> Sequence[Reading]:
        found = since.face.reading(since.start_secs, since.end_secs)
        if found is None:
            return () if since.silent is None else (since.silent,)
        return (replace(found, cues=(expression_cue(found.emotions, self._language),)),)

    def _senses(self) -> Iterator[Sense]:
        if self._watching is not None:
            options = StreamOptions(language=self._language)
            yield self._noting(frames(FaceStream(self._watching.reader, options)))
        if self._listening is not None:
            self._stream = VoiceStream(self._listening.reader, VoiceOptions(most_secs=MOST_SECS))
            yield speech(self._stream, self._hear)

    def _noting(self, sense: Sense) -> Sense:
        def take(signal: Any, secs: float) -> Sequence[Reading]:
            readings = sense.take(signal, secs)
            for reading in readings:
                self._see(reading, secs)
            return readings

        return replace(sense, take=take)

    def _see(self, reading: Reading, secs: float) -> None:
        with self._lock:
            gone = min(_LONGEST_SECS, max(secs - self._since.end_secs, 1e-3))
            self._since.face.add(reading, gone)
            self._since.end_secs = secs
            self._since.silent = reading if reading.abstained is not None else None

    def _hear(self, utterance: HeardUtterance) -> None:
        with self._lock:
            self._since.heard.append(utterance)
        words = _words(utterance)
        if words and not self._left.is_set():
            self._on_words(words)

    def _watch(self) -> None:
        """Until the camera stops or the conversation ends."""
        assert self._watching is not None
        try:
            with closing(newest(self._watching.source)) as pictures:
                for _, picture in pictures:
                    if self._left.is_set():
                        return
                    self._perception.feed(Modality.FACE, picture)
            self._end("the camera sends no more pictures")
        except PerceptionError as error:
            self._end(str(error))

    def _listen(self) -> None:
        """Until the microphone stops or the conversation ends."""
        assert self._listening is not None
        try:
            with self._listening.open() as sound:
                for chunk in sound:
                    if self._left.is_set():
                        return
                    self._take(chunk, sound.rate_hz)
            self._end("the microphone sends no more sound")
        except PerceptionError as error:
            self._end(str(error))

    def _take(self, chunk: NDArray[np.float32], rate_hz: int) -> None:
        if refusal(Modality.VOICE) is None:
            self._perception.feed(Modality.VOICE, (chunk, rate_hz))
            return
        assert self._stream is not None  # what may not be read may still be written down
        for utterance in self._stream.feed(chunk, rate_hz):
            self._hear(utterance)

    def _end(self, why: str) -> None:
        if not self._left.is_set():
            self._tell(f"{why}; the conversation goes on without it")


def _voice(heard: Sequence[HeardUtterance]) -> Sequence[Reading]:
    """The utterances as one Reading; the last one where none of them speaks."""
    readings = [utterance.reading for utterance in heard]
    if any(reading.abstained is None for reading in readings):
        cues = dict.fromkeys(cue for reading in readings for cue in reading.cues)
        return (pool_readings(readings, tuple(cues)),)
    return readings[-1:]


def _words(utterance: HeardUtterance) -> str:
    text = utterance.transcript.text if utterance.transcript else ""
    return " ".join(text.split())
