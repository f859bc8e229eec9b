"""Adaptive frame rate: which frames of a film are worth reading.

After Savchenko 2023 (Facial Expression Recognition with Adaptive Frame Rate based on Multiple Testing
Correction, ICML): few frames are read where the decision is reliable, more where it is not, and what is
reliable is told by the procedure of Benjamini and Hochberg (1995), with the rate of false decisions as
the one parameter. There a short clip is read again at higher and higher rates until the decision is
reliable; here a stream goes by once, so the rate follows the latest decisions: the pause until the next
read doubles while they are reliable and nothing moves, and falls to the shortest when something does.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from insideout.perception.reading import Reading

_LATEST = 8  # decisions that are tested together
_MOVED = 0.25  # total variation between two reads; a flicker of an unsure recogniser lies below


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRate:
    """How often a stream is read.

    shortest_secs, longest_secs: of the pause between two reads; 0.08 s is twelve reads a second, and
    expressions last from half a second to four (Ekman 2003). unsure_secs: the longest pause while
    decisions are not reliable. false_rate: the share of wrong ones among those taken as reliable.
    """

    shortest_secs: float = 0.08
    unsure_secs: float = 0.16
    longest_secs: float = 0.64
    false_rate: float = 0.3

    def __post_init__(self) -> None:
        if not 0.0 <= self.shortest_secs <= self.unsure_secs <= self.longest_secs:
            raise ValueError(
                f"the pauses are {self.shortest_secs}, {self.unsure_secs} and {self.longest_secs} s; "
                "expected shortest <= unsure <= longest, from 0"
            )


EVERY_FRAME = FrameRate(shortest_secs=0.0, unsure_secs=0.0, longest_secs=0.0)


def reliable(errors: Sequence[float], false_rate: float) -> bool:
    """Whether the newest decision is among those that Benjamini and Hochberg's procedure accepts.

    errors: the probability that each decision is wrong, the newest last; what calibration leaves of 1
    after the confidence.

    >>> reliable([0.05, 0.1, 0.02], 0.2), reliable([0.05, 0.1, 0.6], 0.2)
    (True, False)
    """
    if not errors:
        return False
    ordered = np.sort(np.asarray(errors, dtype=np.float64))
    allowed = false_rate * np.arange(1, len(ordered) + 1) / len(ordered)
    passed = np.flatnonzero(ordered <= allowed)
    return bool(len(passed)) and errors[-1] <= float(ordered[passed[-1]])


class Pace:
    """The pause until the next read of one stream."""

    def __init__(self, rate: FrameRate) -> None:
        self._rate = rate
        self._errors: deque[float] = deque(maxlen=_LATEST)
        self._before: Reading | None = None
        self.pause_secs = rate.shortest_secs

    def after(self, reading: Reading) -> None:
        """Set the pause by the newest read of the face in front."""
        if reading.abstained is not None:
            settled = self._before is not None and self._before.abstained is not None
            self._errors.append(1.0)
        else:
            settled = self._before is not None and shift(self._before, reading) < _MOVED
            self._errors.append(1.0 - reading.confidence)
        self._before = reading
        if not settled:
            self.hurry()
            return
        sure = reading.abstained is not None or reliable(list(self._errors), self._rate.false_rate)
        most = self._rate.longest_secs if sure else self._rate.unsure_secs
        self.pause_secs = min(most, 2.0 * max(self.pause_secs, self._rate.shortest_secs))

    def hurry(self) -> None:
        """Read as often as allowed: something moved."""
        self.pause_secs = self._rate.shortest_secs


def shift(before: Reading, now: Reading) -> float:
    """Total variation distance between the labels of two Readings, in [0, 1]; 1 where one abstains."""
    if (before.abstained is None) != (now.abstained is None):
        return 1.0
    labels = before.probabilities.keys() | now.probabilities.keys()
    return 0.5 * sum(
        abs(before.probabilities.get(k, 0.0) - now.probabilities.get(k, 0.0)) for k in labels
    )
