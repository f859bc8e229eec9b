"""Outbox: what a measurement tells the page, until the page has taken it."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

Message = dict[str, Any]
# Of these only the newest counts.
_LATEST = ("face", "progress", "pulse", "level")
_MOST = 32  # others that wait while the page is away


class Outbox:
    """Messages from any thread; memory does not grow where nobody takes them.

    ready: called from any thread when there is something to take or the outbox is closed.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: dict[str, Message] = {}
        self._others: deque[Message] = deque(maxlen=_MOST)
        self.closed = False
        self.ready: Callable[[], None] | None = None

    def put(self, message: Message) -> None:
        """Leave a message; one of a kind that changes all the time takes its predecessor's place."""
        with self._lock:
            if self.closed:
                return
            if message["type"] in _LATEST:
                self._latest[message["type"]] = message
            else:
                self._others.append(message)
        self._tell()

    def take(self) -> list[Message]:
        """Everything that waits."""
        with self._lock:
            waiting = [*self._latest.values(), *self._others]
            self._latest.clear()
            self._others.clear()
        return waiting

    def close(self) -> None:
        """Nothing more will come."""
        with self._lock:
            self.closed = True
        self._tell()

    def _tell(self) -> None:
        ready = self.ready
        if ready is not None:
            ready()


def pulse_message(bpm: float, quality: float) -> Message:
    """What the page is told of the pulse."""
    return {"type": "pulse", "bpm": round(bpm), "quality": round(quality, 2)}
