"""VoiceStream: a voice that arrives in chunks, heard utterance by utterance."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from insideout.perception.voice.activity import WINDOW, ActivityOptions, SpeechStream
from insideout.perception.voice.array_sound import Resampler, check_rate, planes_of
from insideout.perception.voice.mixing import Mixer
from insideout.perception.voice.sound import RATE_HZ, HeardUtterance, Sound, Stretch
from insideout.perception.voice.utterances import END_OF_TURN_SECS, MOST_SECS, longest_pause

_STEP = 4 * WINDOW  # 0.13 s, judged at a time, so that the size of the chunks changes nothing
_KEPT_SECS = 1.0  # of silence, so that the start of speech is there when it is noticed


class Hearer(Protocol):
    """Reads one utterance; VoiceReader is one."""

    def hear(self, sound: Sound) -> HeardUtterance:
        """How it is said, and its words where they are asked for."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamOptions:
    """How a stream is parted.

    end_of_turn_secs: silence after speech that ends an utterance. most_secs: of an utterance; longer
    speech is parted at its longest pause, or cut where it has none.
    """

    end_of_turn_secs: float = END_OF_TURN_SECS
    most_secs: float = MOST_SECS
    activity: ActivityOptions = field(default_factory=ActivityOptions)


class VoiceStream:
    """Reads chunks of sound and gives each utterance when it is over.

    It keeps the samples of the utterance that is going on, `most_secs` at most, and one second of
    silence: memory does not grow. An utterance comes `end_of_turn_secs` after its last word.

        stream = VoiceStream(VoiceReader())
        for chunk in microphone:                      # (n,) or (n, channels)
            for heard in stream.feed(chunk, 48_000):
                ...
        stream.finish()                               # what the end cut off

    speaking: somebody speaks now. heard_secs: up to where the sound was judged.
    """

    def __init__(
        self, reader: Hearer, options: StreamOptions | None = None, start_secs: float = 0.0
    ) -> None:
        self._reader, self._options = reader, options or StreamOptions()
        self._speech = SpeechStream(start_secs, self._options.activity)
        self._start_secs = start_secs
        self._rate_hz, self._channels = 0, 0
        self._mixer = Mixer()
        self._resampler: Resampler | None = None
        self._waiting: NDArray[np.float32] = np.zeros(0, dtype=np.float32)
        self._blocks: deque[NDArray[np.float32]] = deque()
        self._first = self._next = 0  # number of the first kept sample, and of the next one
        self._turn: list[Stretch] = []

    @property
    def speaking(self) -> bool:
        """Somebody speaks now."""
        return self._speech.speaking_since is not None

    @property
    def heard_secs(self) -> float:
        """Up to where the sound was judged."""
        return self._speech.heard_secs

    def feed(self, chunk: NDArray[Any], rate_hz: int = RATE_HZ) -> list[HeardUtterance]:
        """The utterances that are over now. Samples as load_sound takes them; raises BadSignalError."""
        check_rate(rate_hz)
        planes = planes_of(np.asarray(chunk))
        if not planes.size:
            return []
        if (rate_hz, len(planes)) != (self._rate_hz, self._channels):
            self._held_back()
            self._rate_hz, self._channels, self._mixer = rate_hz, len(planes), Mixer()
            self._resampler = None if rate_hz == RATE_HZ else Resampler(rate_hz)
        mono = self._mixer.mix(planes)
        if self._resampler is not None:
            mono = self._resampler.feed(mono)
        self._waiting = np.concatenate([self._waiting, np.clip(mono, -1.0, 1.0)])
        found: list[HeardUtterance] = []
        while len(self._waiting) >= _STEP:
            block, self._waiting = self._waiting[:_STEP], self._waiting[_STEP:]
            found += self._step(block)
        return found

    def finish(self) -> list[HeardUtterance]:
        """What was going on when the sound ended; the stream cannot be fed any more."""
        self._held_back()
        self._keep(self._waiting)
        ended = self._speech.feed(self._waiting) + self._speech.finish()
        self._waiting = self._waiting[:0]
        return self._joined(ended) + self._heard(len(self._turn))

    def _held_back(self) -> None:
        if self._resampler is not None:
            rest = np.clip(self._resampler.finish(), -1.0, 1.0)
            self._waiting = np.concatenate([self._waiting, rest])
            self._resampler = None

    def _step(self, block: NDArray[np.float32]) -> list[HeardUtterance]:
        self._keep(block)
        found = self._joined(self._speech.feed(block))
        found += self._parted()
        if self._turn and not self.speaking and self._silent_secs() >= self._end_secs:
            found += self._heard(len(self._turn))
        self._forget()
        return found

    @property
    def _end_secs(self) -> float:
        return self._options.end_of_turn_secs

    def _silent_secs(self) -> float:
        return self.heard_secs - self._turn[-1].end_secs

    def _joined(self, ended: list[Stretch]) -> list[HeardUtterance]:
        """Takes stretches into the turn; the one before is over where the pause was long enough."""
        found: list[HeardUtterance] = []
        for stretch in ended:
            if self._turn and stretch.start_secs - self._turn[-1].end_secs >= self._end_secs:
                found += self._heard(len(self._turn))
            self._turn.append(stretch)
        return found

    def _parted(self) -> list[HeardUtterance]:
        """The first part of a turn that has become too long."""
        since = self._turn[0].start_secs if self._turn else self._speech.speaking_since
        if since is None or self.heard_secs - since < self._options.most_secs:
            return []
        going_on = self._speech.speaking_since
        if not self._turn and (cut := self._speech.cut()) is not None:
            self._turn.append(cut)
            return self._heard(1)
        last = [] if going_on is None else [Stretch(start_secs=going_on, end_secs=self.heard_secs)]
        whole = self._turn + last
        return self._heard(longest_pause(whole) if len(whole) > 1 else len(self._turn))

    def _heard(self, count: int) -> list[HeardUtterance]:
        """The first stretches of the turn as one utterance."""
        if not count:
            return []
        done, self._turn = self._turn[:count], self._turn[count:]
        return [self._reader.hear(self._sound(done[0].start_secs, done[-1].end_secs))]

    def _sound(self, start_secs: float, end_secs: float) -> Sound:
        kept = Sound(
            samples=np.concatenate(list(self._blocks)),
            start_secs=self._start_secs + self._first / RATE_HZ,
        )
        return kept.between(start_secs, end_secs)

    def _keep(self, block: NDArray[np.float32]) -> None:
        self._blocks.append(block)
        self._next += len(block)

    def _forget(self) -> None:
        """Drop the blocks that no later utterance holds."""
        since = self._turn[0].start_secs if self._turn else self._speech.speaking_since
        oldest = self.heard_secs - _KEPT_SECS if since is None else since - WINDOW / RATE_HZ
        first = (oldest - self._start_secs) * RATE_HZ
        while self._blocks and self._first + len(self._blocks[0]) <= first:
            self._first += len(self._blocks.popleft())
