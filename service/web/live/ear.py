"""Ear: the visitor's voice, utterance by utterance, and what they say while they hold the button."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insideout.perception.reading import Reading
from insideout.perception.text.language import detect_language
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.sound import (
    RATE_HZ,
    HeardUtterance,
    Sound,
    VoiceObservation,
    VoiceRecogniser,
)
from insideout.perception.voice.stream import VoiceStream
from insideout.perception.voice.words import how_said, message
from insideout.service.web.live.models import Scribe
from insideout.service.web.live.texts import TEXTS, Language

MOST_HELD_SECS = 60.0
"""Of one press of the button; what is said later is not kept."""

_QUIETEST_DB, _LOUDEST_DB = -55.0, -12.0  # the two ends of the meter on the page
_CUES = 4
_LEVEL_EVERY = 2  # chunks of a tenth of a second

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was said while the button was held.

    text: the words. rough: they are often wrong and must be shown as such. how: cues, in the visitor's
    language. aside: the same for the agents' prompts. reading: what the voice says.
    """

    text: str
    rough: bool
    how: str
    aside: str
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """No words came of it. why: in the visitor's language; reading: of the voice, if there is one."""

    why: str
    reading: Reading | None = None


class Ear:
    """Hears chunks of sound: goes by pauses, or by the button while that is held.

    recogniser, scribe: shared among visitors; scribe gives None where nothing here writes down speech.
    language: is asked whenever something is heard.
    To be used from one thread, in the order in which things happened.
    """

    def __init__(
        self,
        recogniser: VoiceRecogniser,
        scribe: Callable[[], Scribe | None],
        language: Language,
    ) -> None:
        self._reader = VoiceReader(recogniser=recogniser, language=language())
        self._stream = VoiceStream(self._reader)
        self._scribe, self._language = scribe, language
        self._held: list[Samples] | None = None
        self._held_samples = 0
        self._chunks = 0

    def hold(self) -> None:
        """The button is pressed: from now on everything belongs together."""
        self._held, self._held_samples = [], 0

    def drop(self) -> None:
        """The button is held no longer, and nothing comes of it."""
        self._held = None

    def feed(self, samples: Samples) -> list[HeardUtterance]:
        """The utterances that are over; none while the button is held."""
        if self._held is None:
            self._reader.language = self._language()
            return self._stream.feed(samples)
        if self._held_samples < MOST_HELD_SECS * RATE_HZ:
            self._held.append(samples)
            self._held_samples += len(samples)
        return []

    def level(self, samples: Samples) -> dict[str, object] | None:
        """The message for the meter on the page, for every second chunk."""
        self._chunks += 1
        if self._chunks % _LEVEL_EVERY:
            return None
        power = float(np.mean(samples.astype(np.float64) ** 2)) if len(samples) else 0.0
        decibels = 10.0 * np.log10(max(power, 1e-10))
        share = (decibels - _QUIETEST_DB) / (_LOUDEST_DB - _QUIETEST_DB)
        level = round(float(np.clip(share, 0.0, 1.0)), 2)
        return {"type": "level", "level": level, "speaking": self._stream.speaking}

    def release(self) -> Heard | Unheard:
        """The button is let go: what was said meanwhile. Takes as long as writing it down does."""
        chunks, self._held = self._held, None
        language = self._language()
        texts = TEXTS[language]
        if not chunks:
            return Unheard(why=texts.no_microphone)
        sound = Sound(samples=np.concatenate(chunks))
        scribe = self._scribe()
        if scribe is None or (scribe.english_alone and language != "en"):
            why = texts.no_transcriber if scribe is None else texts.rough_russian
            return Unheard(why=why, reading=self._listen(sound, None).reading)
        return self._said(self._listen(sound, scribe))

    def _listen(self, sound: Sound, scribe: Scribe | None) -> VoiceObservation:
        """What was said, by whoever can write it down; its baseline is that of the stream."""
        listener = VoiceReader(
            recogniser=self._reader.recogniser,
            transcriber=scribe,
            language=self._language(),
            baseline=self._reader.baseline,
        )
        observation = listener.observe(sound)
        self._reader.baseline = listener.baseline
        return observation

    def _said(self, observation: VoiceObservation) -> Heard | Unheard:
        texts, heard = TEXTS[self._language()], observation.utterances
        if not heard:
            return Unheard(why=texts.not_heard, reading=observation.reading)
        text = " ".join(message(heard).split())
        if not text:
            return Unheard(why=texts.no_words, reading=observation.reading)
        return Heard(
            text=text,
            rough=any(one.transcript is not None and one.transcript.rough for one in heard),
            how=", ".join(observation.reading.cues[:_CUES]),
            aside=how_said(heard, detect_language(text)),
            reading=observation.reading,
        )


def samples_of(pcm: bytes) -> Samples:
    """Signed 16 bits, little-endian, to (n,) float32 in [-1, 1]; an odd byte at the end is left out."""
    whole = len(pcm) // 2 * 2
    return (np.frombuffer(pcm[:whole], dtype="<i2").astype(np.float32)) / 32_768.0
