"""Guests: who is at the pages now, and what is held of them, in memory alone."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from insideout.perception.policy import Consent
from insideout.service.web.live.measured import Measured
from insideout.service.web.visit import Visit, new_visit


class Step(StrEnum):
    """Where a visitor of the kiosk stands."""

    WELCOME = "welcome"
    CONSENT = "consent"
    MEASURE = "measure"
    TALK = "talk"
    RESULT = "result"


class Measuring(Protocol):
    """A live measurement; live.Live is one."""

    def measured(self) -> Measured:
        """What is known so far; after `close` too."""
        ...

    def close(self) -> None:
        """Stop reading and let go of everything raw."""
        ...


@dataclass(slots=True, kw_only=True, eq=False)
class Guest:
    """One person at a page, as far as the server knows them; gone when they leave.

    token: the name under which their own browser, and nobody else, reaches it. page: the page they are
    at. active_secs: time.monotonic() of their last sign of life. live: their measurement, None before
    they agreed to one. result: key under which a saved result may be fetched by a phone, None where
    nothing was saved.
    """

    token: str
    page: str
    language: str
    active_secs: float
    visit: Visit = field(default_factory=new_visit)
    step: Step = Step.WELCOME
    consent: Consent | None = None
    live: Measuring | None = None
    result: str | None = None


class Guests:
    """All guests by token. `on_leave` is called with each one who goes, to wipe what lies elsewhere.

    clock: seconds that only rise.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._by_token: dict[str, Guest] = {}
        self.on_leave: list[Callable[[Guest], None]] = []

    def welcome(self, page: str, language: str) -> Guest:
        """A new guest under a token that nobody can guess."""
        guest = Guest(
            token=secrets.token_urlsafe(24), page=page, language=language, active_secs=self._clock()
        )
        with self._lock:
            self._by_token[guest.token] = guest
        return guest

    def find(self, token: str | None) -> Guest | None:
        """The guest of that token; being asked for is a sign of life."""
        with self._lock:
            guest = self._by_token.get(token or "")
            if guest is not None:
                guest.active_secs = self._clock()
        return guest

    @property
    def present(self) -> list[Guest]:
        """Everyone who is there, the longest first."""
        with self._lock:
            return list(self._by_token.values())

    def idle_secs(self, guest: Guest) -> float:
        """Since their last sign of life."""
        return self._clock() - guest.active_secs

    def leave(self, token: str | None) -> None:
        """Let a guest go, with everything held of them; nothing happens for an unknown token."""
        with self._lock:
            guest = self._by_token.pop(token or "", None)
        if guest is None:
            return
        if guest.live is not None:
            guest.live.close()
        for wipe in self.on_leave:
            wipe(guest)

    def leave_idle(self, longest_secs: float) -> list[Guest]:
        """Let those go who gave no sign of life for that long; who they were."""
        gone = [guest for guest in self.present if self.idle_secs(guest) > longest_secs]
        for guest in gone:
            self.leave(guest.token)
        return gone
