"""Ring: how far a measurement is."""

from insideout.service.web.live.outbox import Message

_MOST_STEP_SECS = 0.5  # between two signals; over a longer gap nothing was measured
_TELL_SECS = 0.5


class Ring:
    """Counts the seconds in which something was measured, up to `of_secs`.

    measuring: whether it is under way. began_secs: when it first was, None before.
    """

    def __init__(self, of_secs: float) -> None:
        self.of_secs = of_secs
        self.measuring = False
        self.began_secs: float | None = None
        self._counted = 0.0
        self._ticked_secs = self._ended_secs = 0.0
        self._told_secs = -_TELL_SECS
        self._done = False

    def measure(self, on: bool, now_secs: float) -> None:
        """Begin, or go on, or pause."""
        if on and self.began_secs is None:
            self.began_secs = now_secs
        if self.measuring and not on:
            self._ended_secs = now_secs
        self.measuring, self._ticked_secs = on, now_secs

    def tick(self, now_secs: float, measured: bool) -> list[Message]:
        """A signal came. measured: it counts. What the page is told then."""
        if not self.measuring:
            return []
        step, self._ticked_secs = now_secs - self._ticked_secs, now_secs
        if measured:
            self._counted = min(self.of_secs, self._counted + min(step, _MOST_STEP_SECS))
        full = self._counted >= self.of_secs
        if self._done or (now_secs - self._told_secs < _TELL_SECS and not full):
            return []
        self._told_secs, self._done = now_secs, full
        progress = {"type": "progress", "secs": round(self._counted, 1), "of": self.of_secs}
        return [progress, {"type": "done"}] if full else [progress]

    def elapsed_secs(self, now_secs: float) -> float:
        """Since it began, until it was paused or now."""
        if self.began_secs is None:
            return 0.0
        return (now_secs if self.measuring else self._ended_secs) - self.began_secs
