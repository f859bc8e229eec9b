"""Passage: one recording gone through twice, once to find the speech, once to cut it out."""

from collections.abc import Iterator

import numpy as np

from insideout.perception.voice.activity import stretches_in
from insideout.perception.voice.faults import FaultMeter, SoundFaults
from insideout.perception.voice.loading import Source, open_sound, pieces_of
from insideout.perception.voice.sound import Sound, Stretch
from insideout.perception.voice.sound_file import Watch
from insideout.perception.voice.utterances import utterances

MOST_SECS = 12.0
"""Of an utterance whose feeling is named: few sentences are longer, and over several of them one
feeling gives way to the next. Recognisers are trained on clips of two to five seconds."""

_FINDING_SHARE = 0.2  # of the time that both takes


class Passage:
    """The utterances of a recording of any length; holds an utterance and a piece at a time.

    span: of the recording, on its clock. damage: as SoundFile tells it. Both, and the faults, are
    known once all utterances were taken.
    """

    def __init__(self, source: Source) -> None:
        self._file = None if isinstance(source, Sound | tuple) else open_sound(source)
        self._source = source
        self._meter = FaultMeter()
        self._start_secs: float | None = None
        self._end_secs = 0.0

    @property
    def span(self) -> Stretch:
        """From the first sample to the last."""
        return Stretch(start_secs=self._start_secs or 0.0, end_secs=self._end_secs)

    @property
    def damage(self) -> str | None:
        """ "cut" or "broken" where the file was."""
        return None if self._file is None else self._file.damage

    def faults(self) -> SoundFaults:
        """What is wrong with the recording."""
        return self._meter.found()

    def utterances(self, watch: Watch | None = None) -> Iterator[Sound]:
        """One after another, none longer than MOST_SECS; raises BadSignalError."""
        speech = stretches_in(self._pieces(_part(watch, 0.0, _FINDING_SHARE)))
        wanted = iter(utterances(speech, most_secs=MOST_SECS))
        next_ = next(wanted, None)
        held = Sound(samples=np.zeros(0, dtype=np.float32))
        for piece in self._pieces(_part(watch, _FINDING_SHARE, 1.0 - _FINDING_SHARE)):
            self._measure(piece, speech)
            held = _joined(held, piece)
            while next_ is not None and next_.end_secs <= held.end_secs:
                yield held.between(next_.start_secs, next_.end_secs)
                next_ = next(wanted, None)
            held = held.between(held.end_secs if next_ is None else next_.start_secs, held.end_secs)
        if next_ is not None:
            yield held.between(next_.start_secs, next_.end_secs)

    def _measure(self, piece: Sound, speech: list[Stretch]) -> None:
        self._start_secs = piece.start_secs if self._start_secs is None else self._start_secs
        self._end_secs = piece.end_secs
        start, end = piece.start_secs, piece.end_secs
        self._meter.add(piece, [s for s in speech if s.end_secs > start and s.start_secs < end])

    def _pieces(self, watch: Watch | None) -> Iterator[Sound]:
        if self._file is not None:
            return self._file.pieces(watch=watch)
        return pieces_of(self._source, watch=watch)


def _joined(held: Sound, piece: Sound) -> Sound:
    if not len(held.samples):
        return piece
    samples = np.concatenate([held.samples, piece.samples])
    return Sound(samples=samples, start_secs=held.start_secs)


def _part(watch: Watch | None, done: float, share: float) -> Watch | None:
    """Tells how far a part of the work is as how far all of it is, where the length is known."""
    if watch is None:
        return None

    def told(secs: float, total: float | None) -> None:
        watch(secs if total is None else done * total + share * secs, total)

    return told
