"""Results that visitors saved, in memory alone, each under a key that nobody can guess, for a while."""

import math
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from insideout.perception.policy import refusal
from insideout.perception.reading import Modality
from insideout.service.web.guests import Guest, Guests
from insideout.service.web.live.measured import Measured
from insideout.service.web.result.content import Content, content
from insideout.service.web.result.texts import RESULT_TEXTS
from insideout.service.web.site import Site

# Results at a time; one more makes the oldest go. As many as come in the time for which they are kept,
# at a visitor every twelve seconds: 75 in fifteen minutes.
LEAST_CAPACITY = 75
_APART_SECS = 12.0
_MINUTE_SECS = 60.0


def _passed_secs() -> float:
    """Seconds that only rise; where the system tells, also those in which the machine slept."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A result and when its time is up, on the shelf's clock."""

    result: Content
    until_secs: float


class Shelf:
    """Results by key.

    keep_secs: how long each stays. capacity: of results at a time, None for as many as come in that
    time. clock: seconds that only rise.
    """

    def __init__(
        self,
        keep_secs: float,
        capacity: int | None = None,
        clock: Callable[[], float] = _passed_secs,
    ) -> None:
        self.keep_secs = keep_secs
        self._capacity = capacity or max(LEAST_CAPACITY, math.ceil(keep_secs / _APART_SECS))
        self._clock = clock
        self._lock = threading.Lock()
        self._saved: dict[str, Saved] = {}

    def keep(self, result: Content) -> str:
        """Put a result there; the key under which it is found."""
        key = secrets.token_urlsafe(16)
        with self._lock:
            self._saved[key] = Saved(result=result, until_secs=self._clock() + self.keep_secs)
            while len(self._saved) > self._capacity:
                del self._saved[next(iter(self._saved))]
        return key

    def find(self, key: str) -> Content | None:
        """The result of that key while its time lasts."""
        self.sweep()
        with self._lock:
            saved = self._saved.get(key)
        return saved.result if saved else None

    def left_secs(self, key: str) -> float:
        """How long it will still be there; 0 where it is not."""
        with self._lock:
            saved = self._saved.get(key)
        return max(0.0, saved.until_secs - self._clock()) if saved else 0.0

    def forget(self, key: str | None) -> None:
        """Let a result go; nothing happens where there is none."""
        with self._lock:
            self._saved.pop(key or "", None)

    def clear(self) -> int:
        """Let all of them go; how many there were."""
        with self._lock:
            found = len(self._saved)
            self._saved.clear()
        return found

    def sweep(self) -> None:
        """Let those go whose time is up."""
        now = self._clock()
        with self._lock:
            for key in [key for key, saved in self._saved.items() if saved.until_secs <= now]:
                del self._saved[key]

    def __len__(self) -> int:
        return len(self._saved)


_shelves: WeakKeyDictionary[Guests, Shelf] = WeakKeyDictionary()
_making = threading.Lock()


def shelf(site: Site) -> Shelf:
    """The one shelf of a site; it lasts as long as the site's guests are known."""
    with _making:  # of two made at once, one would take its first result with it
        return _shelves.setdefault(site.guests, Shelf(site.settings.result_minutes * _MINUTE_SECS))


def save(site: Site, guest: Guest, *, conversation: bool = False) -> str:
    """Save the guest's result as it is now, in place of one that they saved before; its key.

    conversation: with what was talked about, which the visitor has to wish for.
    """
    result = content(measured_of(guest), guest.visit, guest.language, conversation=conversation)
    forget(site, guest)
    guest.result = shelf(site).keep(result)
    return guest.result


def forget(site: Site, guest: Guest) -> None:
    """Delete what the guest saved, if anything."""
    shelf(site).forget(guest.result)
    guest.result = None


def measured_of(guest: Guest) -> Measured:
    """What was measured of a guest; of one who was not, why not."""
    if guest.live is not None:
        return guest.live.measured()
    texts = RESULT_TEXTS[guest.language]
    agreed = guest.consent.modalities if guest.consent else frozenset()
    missing = {}
    for modality in (Modality.FACE, Modality.VOICE, Modality.HEART):
        skipped = texts.not_begun if modality in agreed else texts.not_agreed
        missing[modality] = refusal(modality, guest.language) or skipped
    return Measured(missing=missing)
