"""Lane: work that is done one after another on a thread of its own, and not without end."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

log = logging.getLogger(__name__)


class Lane:
    """One thread. What waits beyond `most` is given up, the newest first."""

    def __init__(self, name: str, most: int) -> None:
        self._most, self._waiting = most, 0
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"insideout-{name}")

    def put(self, work: Callable[[], None]) -> None:
        """Do it when its turn comes, unless too much waits; what it raises is logged."""
        with self._lock:
            if self._waiting >= self._most:
                return
            self._waiting += 1

        def task() -> None:
            with self._lock:
                self._waiting -= 1
            try:
                work()
            except Exception:
                log.exception("live: a signal could not be read")

        try:
            self._thread.submit(task)
        except RuntimeError:  # closed meanwhile
            return

    def run(self, work: Callable[[], T]) -> Future[T]:
        """The same with its outcome, and it is never given up; raises RuntimeError once closed."""
        return self._thread.submit(work)

    def settle(self, deadline_secs: float) -> bool:
        """Wait until what waits now is done; False where that takes longer."""
        try:
            self._thread.submit(int).result(max(0.0, deadline_secs))
        except TimeoutError:
            return False
        except RuntimeError:  # closed: nothing waits
            return True
        return True

    def close(self) -> None:
        """Give up what waits; returns at once."""
        self._thread.shutdown(wait=False, cancel_futures=True)
