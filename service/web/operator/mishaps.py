"""Mishaps: how often which part of the program logged an error of late, and nothing of what it said.

A message may hold somebody's words, so that only the logger's name and the kind of the exception are
kept.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

LATELY_SECS = 3600.0
_MOST = 1_000
# The server's own logger passes nothing on to the root one.
_LOGGERS = ("", "uvicorn.error")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mishap:
    """Errors of one kind. ago_secs: since the last one."""

    name: str
    count: int
    ago_secs: float


class Mishaps(logging.Handler):
    """Counts the errors that are logged while it listens. clock: seconds that only rise."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(logging.ERROR)
        self._clock = clock
        self._seen: deque[tuple[float, str]] = deque(maxlen=_MOST)
        self._guard = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        """Take one record."""
        kind = record.exc_info[0] if record.exc_info else None
        name = f"{record.name}: {kind.__name__}" if kind else record.name
        with self._guard:
            self._seen.append((self._clock(), name))

    @property
    def lately(self) -> tuple[Mishap, ...]:
        """Those of the last hour, the most frequent first."""
        now = self._clock()
        with self._guard:
            seen = [(at, name) for at, name in self._seen if now - at <= LATELY_SECS]
        names = [name for _, name in seen]
        last = {name: at for at, name in seen}
        found = (Mishap(name=n, count=names.count(n), ago_secs=now - last[n]) for n in last)
        return tuple(sorted(found, key=lambda mishap: -mishap.count))

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Count what is logged meanwhile."""
        for name in _LOGGERS:
            logging.getLogger(name).addHandler(self)
        try:
            yield
        finally:
            for name in _LOGGERS:
                logging.getLogger(name).removeHandler(self)


MISHAPS = Mishaps()
"""Those of this program; there is one log, too."""
