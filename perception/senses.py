"""Senses: the readers of the four modalities as ways into `Perception`.

What each takes as its signal: words a string or a Dialogue; faces one RGB frame (height, width, 3);
a voice a chunk (samples, rate in Hz); a heart a chunk of samples of the one channel and rate that the
sense was made for.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol

from insideout.perception.heart.stream import HeartStream
from insideout.perception.perceiving import Sense
from insideout.perception.reader import Reader
from insideout.perception.reading import Modality, Reading
from insideout.perception.text.dialogue import Dialogue, Speaker, Utterance
from insideout.perception.text.text_reader import TextReader


class _Moment(Protocol):
    @property
    def reading(self) -> Reading: ...


class Frames(Protocol):
    """What a sense of faces needs of a FaceStream."""

    def feed(self, picture: Any, secs: float) -> _Moment | None:
        """The moment of this frame, None where it was not read."""
        ...


class Chunks(Protocol):
    """What a sense of voices needs of a VoiceStream."""

    def feed(self, chunk: Any, rate_hz: int) -> Sequence[_Moment]:
        """The utterances that are over now."""
        ...


def words(reader: Reader[Dialogue] | None = None) -> Sense:
    """Reads each message, or the newest turns of each dialogue."""
    chosen = reader or TextReader()

    def take(signal: str | Dialogue, secs: float) -> Sequence[Reading]:
        if isinstance(signal, str):
            signal = Dialogue((Utterance(speaker=Speaker.PERSON, text=signal),))
        return [replace(chosen.read(signal), start_secs=secs, end_secs=secs)]

    return Sense(modality=Modality.TEXT, take=take)


def frames(stream: Frames) -> Sense:
    """Reads the newest frame that waits; older ones are given up."""

    def take(signal: Any, secs: float) -> Sequence[Reading]:
        moment = stream.feed(signal, secs)
        return [] if moment is None else [moment.reading]

    return Sense(modality=Modality.FACE, take=take, latest_only=True)


def speech(stream: Chunks, heard: Callable[[Any], None] = lambda utterance: None) -> Sense:
    """Reads every chunk; a Reading comes with each utterance that is over.

    heard: is told each utterance, with its words where they are written down.
    """

    def take(signal: tuple[Any, int], secs: float) -> Sequence[Reading]:
        chunk, rate_hz = signal
        utterances = stream.feed(chunk, rate_hz)
        for utterance in utterances:
            heard(utterance)
        return [utterance.reading for utterance in utterances]

    return Sense(modality=Modality.VOICE, take=take, own_clock=True)


def pulse(stream: HeartStream) -> Sense:
    """Reads every chunk of samples; a Reading comes every few seconds."""

    def take(signal: Any, secs: float) -> Sequence[Reading]:
        reading = stream.feed(signal)
        return [] if reading is None else [reading]

    return Sense(modality=Modality.HEART, take=take, own_clock=True)
