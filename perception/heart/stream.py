"""HeartStream: a signal that arrives in chunks, read as it comes."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import BadSignalError
from insideout.perception.heart.beats import BeatFinder, Beats
from insideout.perception.heart.doubts import guess_kind
from insideout.perception.heart.observation import Observation
from insideout.perception.heart.pieces import CONTEXT_SECS, Piece
from insideout.perception.heart.quality import merged
from insideout.perception.heart.reader import LATEST_SECS, HeartReader
from insideout.perception.heart.remarks import other_kind
from insideout.perception.heart.signal import HeartSignal, SignalKind, check_rate
from insideout.perception.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamOptions:
    """How a stream is read.

    step_secs: how much new signal makes a new Reading. window_secs: how far back it looks.
    """

    step_secs: float = 5.0
    window_secs: float = LATEST_SECS


class HeartStream:
    """Reads chunks of one channel and gives a Reading every few seconds.

    It keeps the samples of the last step with ten seconds on either side, and the beats of the window:
    memory does not grow. The newest ten seconds are not yet searched, because the quality of a beat
    is judged from both sides; a Reading is that much behind.

        stream = HeartStream(rate=130.0, kind=SignalKind.ECG, reader=HeartReader(baseline=rest))
        for chunk in sensor:
            reading = stream.feed(chunk)
            if reading is not None:
                ...
    """

    def __init__(
        self,
        rate: float,
        kind: SignalKind,
        reader: HeartReader | None = None,
        options: StreamOptions | None = None,
    ) -> None:
        check_rate(rate, kind)
        self.observation: Observation | None = None
        self._rate, self._kind = rate, kind
        self._reader, self._options = reader or HeartReader(), options or StreamOptions()
        self._finder = BeatFinder()
        self._samples: NDArray[np.float64] = np.zeros(0)
        self._first = 0  # number of the first kept sample
        self._done = 0  # number of the first sample that was not searched
        self._found: list[Beats] = []

    def translate(self, reader: HeartReader) -> None:
        """From now on the words of this reader; the beats stay."""
        self._reader = reader

    def feed(self, chunk: NDArray[np.float64]) -> Reading | None:
        """The new Reading, None until another step of signal has come. Raises BadSignalError."""
        if chunk.ndim != 1:
            raise BadSignalError(
                f"the chunk has the shape {chunk.shape}; expected one row of samples of one channel"
            )
        self._samples = np.concatenate([self._samples, np.asarray(chunk, dtype=np.float64)])
        step = round(self._options.step_secs * self._rate)
        context = round(CONTEXT_SECS * self._rate)
        ready = (self._first + len(self._samples) - context - self._done) // step * step
        if ready <= 0:
            return None
        self._search(self._done + ready)
        self._forget(context)
        self.observation = self._reader.conclude(self._window(), self._doubt(), self._rate)
        return self.observation.reading

    def _search(self, end: int) -> None:
        signal = HeartSignal(
            samples=self._samples,
            rate=self._rate,
            kind=self._kind,
            start_secs=self._first / self._rate,
        )
        piece = Piece(signal=signal, start_secs=self._done / self._rate, end_secs=end / self._rate)
        self._found.append(self._finder.find(piece))
        self._done = end

    def _forget(self, context: int) -> None:
        """Drop the samples and the beats that no later step looks at."""
        spare = max(0, self._done - context - self._first)
        self._samples = self._samples[spare:].copy()
        self._first += spare
        oldest = self._done / self._rate - self._options.window_secs
        self._found = [beats for beats in self._found if beats.end_secs > oldest]

    def _window(self) -> Beats:
        return replace(
            self._found[-1],
            times_secs=np.concatenate([beats.times_secs for beats in self._found]),
            quality=np.concatenate([beats.quality for beats in self._found]),
            start_secs=self._found[0].start_secs,
            spoilt=merged([part for beats in self._found for part in beats.spoilt]),
        )

    def _doubt(self) -> str | None:
        looks = guess_kind(self._samples, self._rate)
        if looks is None or looks is self._kind:
            return None
        return other_kind(looks, self._kind, self._reader.language)
