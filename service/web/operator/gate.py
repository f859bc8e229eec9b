"""Gate: whether a password is the operator's, without letting anybody try many."""

import hmac
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from pydantic import SecretStr

TRIES = 5
WAIT_SECS = 60.0
_MOST_PLACES = (
    1_000  # that are remembered; the longest forgotten is the one that tried least lately
)


class Answer(Enum):
    """What the gate says."""

    OPEN = "open"
    WRONG = "wrong"
    WAIT = "wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try. wait_secs: until the next one is looked at; 0 where it may come at once."""

    answer: Answer
    wait_secs: float = 0.0


class Gate:
    """After TRIES wrong passwords within WAIT_SECS from one place, a place has to wait.

    None of what is tried there meanwhile is looked at, the right password neither: otherwise the gate
    would tell which one it was. clock: seconds that only rise.
    """

    def __init__(self, password: SecretStr, clock: Callable[[], float] = time.monotonic) -> None:
        self._password = password.get_secret_value().encode()
        self._clock = clock
        self._wrong: dict[str, deque[float]] = {}

    def try_(self, password: str, place: str) -> Try:
        """Whether it opens. place: whence the try comes, an address."""
        now = self._clock()
        wrong = self._wrong.get(place, deque())
        while wrong and now - wrong[0] >= WAIT_SECS:
            wrong.popleft()
        if len(wrong) >= TRIES:
            return Try(answer=Answer.WAIT, wait_secs=WAIT_SECS - (now - wrong[0]))
        if hmac.compare_digest(password.encode("utf-8", "replace"), self._password):
            self._wrong.pop(place, None)
            return Try(answer=Answer.OPEN)
        wrong.append(now)
        self._remember(place, wrong)
        return Try(answer=Answer.WRONG)

    def _remember(self, place: str, wrong: deque[float]) -> None:
        self._wrong.pop(place, None)
        self._wrong[place] = wrong
        while len(self._wrong) > _MOST_PLACES:
            del self._wrong[next(iter(self._wrong))]
