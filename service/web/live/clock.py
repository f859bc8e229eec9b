"""Clock: a browser's seconds as seconds of the measurement."""

_MOST_OFF_SECS = 2.0  # past it the page was reloaded, or the machine slept


class Clock:
    """Carries the seconds of one browser over; they never run ahead of ours, and never back.

    Frames and sound are stamped in the browser, so that a network that stutters does not bend the
    times that a pulse is counted by.
    """

    def __init__(self) -> None:
        self._ahead: float | None = None
        self._last = 0.0

    def here(self, theirs: float, now: float) -> float:
        """Their seconds on our clock, which shows `now`.

        >>> Clock().here(1000.0, 3.0)
        3.0
        """
        if self._ahead is None or abs(theirs + self._ahead - now) > _MOST_OFF_SECS:
            self._ahead = now - theirs
        # The quickest packet so far is the one that shows how far the clocks are apart.
        self._ahead = min(self._ahead, now - theirs)
        self._last = max(self._last, min(theirs + self._ahead, now))
        return self._last
