"""Smoothing: the Readings of one face, frame after frame, without the flicker of single frames.

Two kinds: the mean of the last moments (box), and a mean whose weights halve with age (exponential).
Both go by time and not by number of frames: faces are read more often while they change, and that must
not make the change count more.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from insideout.perception.affect import Affect, Emotion
from insideout.perception.reading import Reading

Row = NDArray[np.float64]


class Smoother(Protocol):
    """Keeps what it needs of the rows so far."""

    def feed(self, row: Row, secs: float) -> Row:
        """The mean at `secs`, this row included."""
        ...


class Smoothing(Protocol):
    """A way to smooth; complete in a few lines:

    @dataclass(frozen=True)
    class Unsmoothed:
        def start(self) -> Smoother:
            return self

        def feed(self, row: Row, secs: float) -> Row:
            return row
    """

    def start(self) -> Smoother:
        """A smoother for a new face."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ExponentialSmoothing:
    """A moment counts half as much `half_life_secs` later."""

    half_life_secs: float = 0.25

    def __post_init__(self) -> None:
        _check("half_life_secs", self.half_life_secs)

    def start(self) -> Smoother:
        """A smoother for a new face."""
        return _Exponential(self.half_life_secs)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxSmoothing:
    """The moments of the last `window_secs` count alike, older ones not at all."""

    window_secs: float = 0.6

    def __post_init__(self) -> None:
        _check("window_secs", self.window_secs)

    def start(self) -> Smoother:
        """A smoother for a new face."""
        return _Box(self.window_secs)


def _check(name: str, secs: float) -> None:
    if not secs > 0.0:
        raise ValueError(f"{name} is {secs}; it is above 0")


class _Exponential:
    def __init__(self, half_life_secs: float) -> None:
        self._half_life_secs = half_life_secs
        self._mean: Row | None = None
        self._secs = 0.0

    def feed(self, row: Row, secs: float) -> Row:
        """The mean at `secs`, this row included; a row stands for the time since the one before."""
        if self._mean is None:
            self._mean = row
        kept = 0.5 ** (max(0.0, secs - self._secs) / self._half_life_secs)
        self._mean = kept * self._mean + (1.0 - kept) * row
        self._secs = secs
        return np.asarray(self._mean)


class _Box:
    def __init__(self, window_secs: float) -> None:
        self._window_secs = window_secs
        self._rows: deque[tuple[float, Row]] = deque()

    def feed(self, row: Row, secs: float) -> Row:
        """The mean of the window up to `secs`, by the trapezoidal rule; one row alone is its own."""
        self._rows.append((secs, row))
        while secs - self._rows[0][0] > self._window_secs:
            self._rows.popleft()
        times = np.array([at for at, _ in self._rows])
        if times[-1] <= times[0]:
            return row
        rows = np.array([kept for _, kept in self._rows])
        areas = np.diff(times) @ (rows[1:] + rows[:-1]) / 2.0
        return np.asarray(areas / (times[-1] - times[0]))


class ReadingSmoother:
    """Smooths the Readings of one face; a Reading that abstains is passed on and leaves no trace.

    The probabilities, valence, arousal and quality are means. The confidence is the mean one, lowered
    where the frames disagree: by how much the winning label's mean falls short of the mean of each
    frame's own winner.
    """

    def __init__(self, smoothing: Smoothing) -> None:
        self._smoothing = smoothing
        self._smoother = smoothing.start()
        self._model: tuple[str, str] | None = None

    def feed(self, reading: Reading, secs: float) -> Reading:
        """The smoothed Reading at `secs`."""
        if reading.abstained is not None:
            return reading
        if self._model != (reading.model, reading.space):
            self._smoother = self._smoothing.start()
            self._model = (reading.model, reading.space)
        affect = reading.affect or Affect(valence=0.0, arousal=0.0)
        labels, emotions = list(reading.probabilities), list(reading.emotions)
        own_top = max(reading.probabilities.values(), default=1.0)
        row = np.array(
            [
                *(reading.probabilities[label] for label in labels),
                *(reading.emotions[emotion] for emotion in emotions),
                affect.valence,
                affect.arousal,
                reading.confidence,
                reading.quality,
                own_top,
            ]
        )
        mean = self._smoother.feed(row, secs)
        probabilities = _zipped(labels, mean)
        valence, arousal, confidence, quality, tops = mean[-5:].tolist()
        agreed = max(probabilities.values(), default=1.0) / max(tops, 1e-9)
        return replace(
            reading,
            probabilities=probabilities,
            emotions=_zipped_emotions(emotions, mean[len(labels) :]),
            affect=None
            if reading.affect is None
            else Affect(valence=valence, arousal=arousal, dominance=reading.affect.dominance),
            confidence=min(1.0, confidence * min(1.0, agreed)),
            quality=min(1.0, quality),
        )


def _zipped(labels: list[str], row: Row) -> Mapping[str, float]:
    return dict(zip(labels, row.tolist(), strict=False))


def _zipped_emotions(emotions: list[Emotion], row: Row) -> Mapping[Emotion, float]:
    return dict(zip(emotions, row.tolist(), strict=False))
