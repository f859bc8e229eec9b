"""Microphone: the sound of a browser on its way to the ear, and what is made of the words."""

import logging
from collections.abc import Callable
from concurrent.futures import Future

from insideout.perception.errors import InsideOutError
from insideout.perception.reading import Reading
from insideout.service.web.live import models
from insideout.service.web.live.ear import Ear, Heard, Unheard, samples_of
from insideout.service.web.live.lane import Lane
from insideout.service.web.live.outbox import Message
from insideout.service.web.live.texts import TEXTS, Language

log = logging.getLogger(__name__)

_MOST_CHUNKS = 256  # 26 s of sound that wait, while a long utterance is written down
_MOST_ASIDES = 12


class Microphone:
    """Chunks and presses of the button, in their order on one thread; its models are loaded there.

    tell: takes messages for the page. read: takes each Reading and the second at which it ended, None
    for now. heard: is called after each chunk. failed: is told that a model or a library is missing.
    lane: the thread.
    """

    def __init__(
        self,
        language: Language,
        tell: Callable[[Message], None],
        read: Callable[[Reading, float | None], None],
        heard: Callable[[], None],
        failed: Callable[[InsideOutError], None],
    ) -> None:
        self._language = language
        self._tell, self._read, self._heard, self._failed = tell, read, heard, failed
        self.lane = Lane("sound", _MOST_CHUNKS)
        self._ear: Ear | None = None
        self._said: list[Heard] = []

    def feed(self, pcm: bytes, secs: float) -> None:
        """Samples of 16 bits at 16 kHz, mono, little-endian, that ended at that second."""
        self.lane.put(lambda: self._chunk(pcm, secs))

    def press(self, on: bool) -> Future[Heard | None] | None:
        """The button is pressed, or let go; None once it is closed."""
        try:
            return self.lane.run(self._hold if on else self._release)
        except RuntimeError:  # closed meanwhile
            return None

    def drop(self) -> None:
        """What was held is let go of, and nothing comes of it."""
        self.lane.put(lambda: None if self._ear is None else self._ear.drop())

    def aside(self) -> str:
        """How everything was said since this was asked for last."""
        said, self._said = self._said, []
        return "\n".join(heard.aside for heard in said if heard.aside)

    def close(self) -> None:
        """Let go of all sound and words."""
        self.lane.close()
        self._ear = None
        self._said = []

    def _listening(self) -> Ear:
        if self._ear is None:
            self._ear = Ear(models.voices(), models.scribe, self._language)
        return self._ear

    def _chunk(self, pcm: bytes, secs: float) -> None:
        try:
            ear, samples = self._listening(), samples_of(pcm)
            level = ear.level(samples)
            for utterance in ear.feed(samples):
                self._read(utterance.reading, secs)
        except InsideOutError as error:
            self._failed(error)
            return
        if level is not None:
            self._tell(level)
        self._heard()

    def _hold(self) -> None:
        try:
            self._listening().hold()
        except InsideOutError as error:
            self._failed(error)

    def _release(self) -> Heard | None:
        try:
            told = self._listening().release()
        except InsideOutError as error:
            log.warning("live: speech was not heard: %s", error)
            told = Unheard(why=TEXTS[self._language()].no_transcriber)
        if told.reading is not None:
            self._read(told.reading, None)
        if isinstance(told, Unheard):
            self._tell({"type": "unheard", "why": told.why})
            return None
        self._said = [*self._said, told][-_MOST_ASIDES:]
        self._tell({"type": "heard", "text": told.text, "rough": told.rough, "how": told.how})
        return told
