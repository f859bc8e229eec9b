"""Perception: whatever signals there are, read side by side, kept as one state of the person."""

import asyncio
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from insideout.perception.course import Course
from insideout.perception.errors import PerceptionError
from insideout.perception.policy import Consent, refusal
from insideout.perception.reading import EmotionState, Modality, Reading

Take = Callable[[Any, float], Sequence[Reading]]
"""The signal and its time on the session's clock, to the Readings that it completes; may take long."""

_STEP_SECS = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """One modality's way in.

    take: called for one signal after another on a thread of its own. latest_only: of the signals that
    wait only the newest is read, as for frames; else all are, the oldest given up beyond `most`.
    own_clock: its Readings have the times of the signal, a file or a stream that began whenever it did,
    and not those of the session: each is moved to end when its signal was handed over.
    """

    modality: Modality
    take: Take
    latest_only: bool = False
    most: int = 256
    own_clock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signal:
    value: Any
    secs: float


class _Worker:
    """One sense on its thread. What its reader raises becomes a Reading that abstains."""

    def __init__(self, sense: Sense, report: Callable[[Reading, float | None], None]) -> None:
        self.sense = sense
        self.lost = 0
        self.failed: str | None = None
        self._report = report
        self._waiting: deque[_Signal] = deque()
        self._busy = False
        self._open = True
        self._ready = threading.Condition()
        self._thread = threading.Thread(
            target=self._work, name=f"insideout-{sense.modality.value}", daemon=True
        )
        self._thread.start()

    def put(self, signal: _Signal) -> None:
        with self._ready:
            most = 1 if self.sense.latest_only else self.sense.most
            while len(self._waiting) >= most:
                self._waiting.popleft()
                self.lost += 1
            self._waiting.append(signal)
            self._ready.notify_all()

    def idle(self, until: float) -> bool:
        """Wait until everything was read; False where time.monotonic() reaches `until` before."""
        with self._ready:
            return self._ready.wait_for(
                lambda: not self._busy and not self._waiting, max(0.0, until - time.monotonic())
            )

    def close(self) -> None:
        with self._ready:
            self._open = False
            self._waiting.clear()
            self._ready.notify_all()

    def _work(self) -> None:
        while True:
            with self._ready:
                self._ready.wait_for(lambda: self._waiting or not self._open)
                if not self._open:
                    return
                signal = self._waiting.popleft()
                self._busy = True
            try:
                self._read(signal)
            finally:
                with self._ready:
                    self._busy = False
                    self._ready.notify_all()

    def _read(self, signal: _Signal) -> None:
        try:
            at_secs = signal.secs if self.sense.own_clock else None
            for reading in self.sense.take(signal.value, signal.secs):
                self._report(reading, at_secs)
            self.failed = None
        except Exception as error:  # noqa: BLE001 - whatever one reader raises, the others go on
            self.failed = f"{type(error).__name__}: {error}"
            why = f"its reader failed: {error}"
            self._report(_silent(self.sense.modality, why, signal.secs), None)


class Perception:
    """Reads whatever is there, in any combination and order, and keeps the person's state.

    `feed` returns at once; each modality is read on a thread of its own, so that a slow one holds up
    nobody, and one that fails is marked in `failures` while the rest go on. `state` says what is known
    now. A modality that the policy forbids or that the person did not agree to is never read.

    senses: one for each modality that may come. consent: None where everything was agreed to.

        with Perception([words, frames]) as perception:
            perception.feed(Modality.FACE, picture)
            state = perception.perceive({Modality.TEXT: "I passed!"})
    """

    def __init__(
        self,
        senses: Sequence[Sense],
        *,
        course: Course | None = None,
        consent: Consent | None = None,
    ) -> None:
        self._course = course or Course()
        self._consent = consent
        self._lock = threading.Lock()
        self._began = time.monotonic()
        self._senses = {sense.modality: sense for sense in senses}
        self._workers: dict[Modality, _Worker] = {}

    def __enter__(self) -> "Perception":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def now_secs(self) -> float:
        """The session's clock: seconds since this object was made."""
        return time.monotonic() - self._began

    @property
    def failures(self) -> Mapping[Modality, str]:
        """The modalities whose last signal could not be read, and why."""
        return {m: worker.failed for m, worker in self._workers.items() if worker.failed}

    @property
    def lost(self) -> Mapping[Modality, int]:
        """How many signals were given up because newer ones came before they were read."""
        return {modality: worker.lost for modality, worker in self._workers.items()}

    def feed(self, modality: Modality, signal: Any, at_secs: float | None = None) -> None:
        """Hand over one signal; returns at once. Raises PerceptionError where no sense takes it."""
        secs = self.now_secs if at_secs is None else at_secs
        if modality not in self._senses:
            raise PerceptionError(
                f"nothing here reads {modality.value}; there are senses for "
                f"{', '.join(known.value for known in self._senses) or 'nothing'}"
            )
        why = self._refused(modality)
        if why is not None:
            self._add(_silent(modality, why, secs), None)
            return
        if modality not in self._workers:
            self._workers[modality] = _Worker(self._senses[modality], self._add)
        self._workers[modality].put(_Signal(value=signal, secs=secs))

    def state(
        self, now_secs: float | None = None, earlier: Sequence[EmotionState] = ()
    ) -> EmotionState:
        """What is known now, at once. earlier: the states of the turns before, for the trend."""
        secs = self.now_secs if now_secs is None else now_secs
        with self._lock:
            return self._course.state(secs, earlier)

    def settle(self, deadline_secs: float = 10.0) -> tuple[Modality, ...]:
        """Wait until what was fed is read; the modalities that are not done by then."""
        until = time.monotonic() + deadline_secs
        return tuple(m for m, worker in list(self._workers.items()) if not worker.idle(until))

    def perceive(
        self,
        signals: Mapping[Modality, Any],
        *,
        deadline_secs: float = 10.0,
        earlier: Sequence[EmotionState] = (),
    ) -> EmotionState:
        """The state of this moment, after these signals were read side by side.

        What takes long to read is no older for that. A modality that is late is left out, and counts
        in a later state.
        """
        now = self._feed_all(signals)
        self.settle(deadline_secs)
        return self.state(now, earlier)

    async def aperceive(
        self,
        signals: Mapping[Modality, Any],
        *,
        deadline_secs: float = 10.0,
        earlier: Sequence[EmotionState] = (),
    ) -> EmotionState:
        """The same without blocking the event loop."""
        now = self._feed_all(signals)
        await asyncio.to_thread(self.settle, deadline_secs)
        return self.state(now, earlier)

    async def astream(self, step_secs: float = _STEP_SECS) -> AsyncIterator[EmotionState]:
        """The state again and again, until the loop is left."""
        while True:
            yield self.state()
            await asyncio.sleep(step_secs)

    def close(self) -> None:
        """Stop reading; what waits is given up."""
        for worker in self._workers.values():
            worker.close()

    def _feed_all(self, signals: Mapping[Modality, Any]) -> float:
        """Hand over what belongs to one moment, and say which moment it is."""
        now = self.now_secs
        for modality, signal in signals.items():
            self.feed(modality, signal, at_secs=now)
        return now

    def _refused(self, modality: Modality) -> str | None:
        if self._consent is not None and modality not in self._consent.modalities:
            return "the person did not agree to it"
        return refusal(modality)

    def _add(self, reading: Reading, at_secs: float | None) -> None:
        with self._lock:
            self._course.add(reading, at_secs)


def _silent(modality: Modality, why: str, secs: float) -> Reading:
    return Reading(
        modality=modality,
        model="none",
        quality=0.0,
        start_secs=secs,
        end_secs=secs,
        abstained=why,
    )
