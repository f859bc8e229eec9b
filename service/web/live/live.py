"""Live: one visitor's camera, microphone and sensor, read as they come."""

import asyncio
import logging
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import BadSignalError, InsideOutError
from insideout.perception.face.face import Picture
from insideout.perception.heart.rppg.estimate import PulseEstimate
from insideout.perception.heart.signal import SignalKind
from insideout.perception.perceiving import Perception, Sense, Take
from insideout.perception.policy import Consent, may_open, refusal
from insideout.perception.reading import EmotionState, Modality, Reading
from insideout.perception.senses import frames
from insideout.service.web.live.camera import Camera, FaceFrames
from insideout.service.web.live.ear import Heard
from insideout.service.web.live.hearts import HeartFound, Sensor, of_file
from insideout.service.web.live.lane import Lane
from insideout.service.web.live.measured import Measured
from insideout.service.web.live.microphone import Microphone
from insideout.service.web.live.outbox import Outbox, pulse_message
from insideout.service.web.live.record import Record
from insideout.service.web.live.ring import Ring
from insideout.service.web.live.sight import Sight
from insideout.service.web.live.texts import TEXTS, Language

log = logging.getLogger(__name__)

_MOST_FRAMES, _MOST_CHUNKS = 4, 256  # that wait to be read
_CAMERA_SECS = 2.0  # after its last frame the camera counts as gone
_SETTLE_SECS = 1.0  # until what is there at once counts in the state
_SIGHT_SECS = 1.0  # after it was last seen the face counts as gone


class Live:
    """Reads what a browser sends; nothing of it is written down, and nothing raw is left after `close`.

    `feed_frame`, `feed_sound` and `feed_sensor` return at once; the reading happens on threads of its
    own. What was not agreed to, or what the policy forbids, is dropped unread. Safe to use from several
    threads.

    consent: what may be read. language: is asked whenever something is to be said. measure_secs: after
    which a measurement is complete; reading goes on until `close`. outbox: what the page is told.

        live = Live(consent, lambda: guest.language, measure_secs=45)
        live.measure(True)
        live.feed_frame(jpeg)
        live.measured().state
    """

    def __init__(self, consent: Consent, language: Language, measure_secs: float) -> None:
        self.outbox = Outbox()
        self.consent, self._language = consent, language
        self._lock = threading.Lock()
        self._ring, self._record = Ring(measure_secs), Record(consent, language)
        self._closed: Measured | None = None
        self._frame_secs = self._face_secs = -60.0
        self._told_failure = False
        self._faces = FaceFrames(language, self._seen)
        senses = (
            frames(self._faces),
            Sense(modality=Modality.VOICE, take=_as_it_is),
            Sense(modality=Modality.HEART, take=_as_it_is),
        )
        self._perception = Perception(
            [replace(one, take=self._noted(one.take)) for one in senses], consent=consent
        )
        self._frames, self._chunks = Lane("frames", _MOST_FRAMES), Lane("sensor", _MOST_CHUNKS)
        self._camera = Camera(
            self._read_face if self._reads(Modality.FACE) else None,
            self._seen,
            self._pulse if Modality.HEART in consent.modalities else None,
        )
        self._microphone = Microphone(
            language, self.outbox.put, self._hand_over, self._tick, self._failed
        )
        self._sensor = Sensor(language)

    @property
    def language(self) -> str:
        """That of the visitor now."""
        return self._language()

    @property
    def now_secs(self) -> float:
        """The measurement's clock."""
        return self._perception.now_secs

    @property
    def closed(self) -> bool:
        """Whether it is over."""
        return self._closed is not None

    @property
    def face_in_sight(self) -> bool:
        """Whether somebody stands before the camera."""
        return self.now_secs - self._face_secs < _SIGHT_SECS

    @property
    def measuring(self) -> bool:
        """Whether a measurement is under way."""
        return self._ring.measuring and self._closed is None

    def feed_frame(self, jpeg: bytes, secs: float | None = None) -> None:
        """One JPEG. secs: when it was taken, on this clock; None for now."""
        if self._may(Modality.FACE) or self._may(Modality.HEART):
            at = self.now_secs if secs is None else secs
            self._frames.put(lambda: self._frame(jpeg, at))

    def feed_sound(self, pcm: bytes, secs: float | None = None) -> None:
        """Samples of 16 bits at 16 kHz, mono, little-endian."""
        if self._may(Modality.VOICE):
            at = self.now_secs if secs is None else secs
            self._microphone.feed(pcm, at)

    def feed_sensor(self, samples: NDArray[np.float64], kind: SignalKind, rate: float) -> None:
        """(n,) samples of an ECG or a pulse wave, at that rate in Hz."""
        if self._may(Modality.HEART):
            self._chunks.put(lambda: self._beats(samples, kind, rate))

    def feed_heart(self, path: Path) -> None:
        """A recorded ECG or pulse wave, read at once; raises BadSignalError where it is none."""
        if self._may(Modality.HEART):
            self._keep_heart(of_file(path, self.language))

    def measure(self, on: bool) -> None:
        """Begin, go on or pause."""
        with self._lock:
            self._ring.measure(on, self.now_secs)

    def press(self, on: bool) -> Future[Heard | None] | None:
        """The button is pressed, or let go: from the one to the other everything belongs together.

        What was said comes with the future and as a message to the page; None where nothing could be
        made out. There is no future where no sound may be heard.
        """
        return self._microphone.press(on) if self._may(Modality.VOICE) else None

    async def speak(self, on: bool) -> Heard | None:
        """The same, awaited."""
        future = self.press(on)
        return None if future is None else await asyncio.wrap_future(future)

    def let_go(self) -> None:
        """The page went away: a button that it held is held no longer, and nothing comes of it."""
        self._microphone.drop()

    def state(self) -> EmotionState | None:
        """The person now, for the next turn; None where nothing was read of them."""
        if self._closed is not None:
            return self._closed.state
        state = self._perception.state()
        return state if any(one.abstained is None for one in state.readings) else None

    def aside(self) -> str:
        """How it was said, what was said since this was asked for last; for Request.aside."""
        return self._microphone.aside()

    def measured(self) -> Measured:
        """What is known so far; after `close` what was known then."""
        if self._closed is not None:
            return self._closed
        state = self.state()
        with self._lock:
            return self._record.measured(self._ring.elapsed_secs(self.now_secs), state)

    def settle(self, deadline_secs: float = 10.0) -> bool:
        """Wait until what was fed is read; False where that takes longer."""
        until = time.monotonic() + deadline_secs
        for lane in (self._frames, self._chunks, self._microphone.lane):
            if not lane.settle(until - time.monotonic()):
                return False
        return not self._perception.settle(max(0.0, until - time.monotonic()))

    def close(self) -> None:
        """Stop reading, and let go of everything raw; returns at once."""
        if self._closed is not None:
            return
        self._closed = self.measured()
        self._perception.close()
        self._microphone.close()
        self._frames.close()
        self._chunks.close()
        self.outbox.close()
        self._faces.forget()
        self._camera = Camera(None, self._seen, None)
        self._sensor = Sensor(self._language)

    def _may(self, modality: Modality) -> bool:
        """Whether the signal may be opened: a pulse may be counted where no feeling may be read."""
        agreed = modality in self.consent.modalities and may_open(modality)
        return agreed and self._closed is None

    def _reads(self, modality: Modality) -> bool:
        return modality in self.consent.modalities and refusal(modality) is None

    def _noted(self, take: Take) -> Take:
        def taken(signal: Any, secs: float) -> Sequence[Reading]:
            readings = take(signal, secs)
            with self._lock:
                for reading in readings:
                    self._record.read(reading)
            return readings

        return taken

    def _frame(self, jpeg: bytes, secs: float) -> None:
        try:
            self._camera.frame(jpeg, secs)
        except BadSignalError as error:
            log.debug("a frame was left out: %s", error)
            return
        except InsideOutError as error:  # a library or a model is missing
            self._failed(error)
            return
        self._frame_secs = secs
        with self._lock:
            self._record.frames += 1
        self._tick()

    def _read_face(self, picture: Picture, secs: float) -> None:
        if self._closed is None:
            self._perception.feed(Modality.FACE, picture, secs)

    def _seen(self, sight: Sight) -> None:
        self._camera.saw(sight)
        if sight.box is not None:
            self._face_secs = self.now_secs
        self.outbox.put(sight.to_json())

    def _pulse(self, estimate: PulseEstimate) -> None:
        if estimate.bpm is None:
            return
        with self._lock:
            if self._record.has_heart:  # a sensor knows better
                return
            if self._ring.measuring:
                self._record.camera_pulse(estimate, self._ring.elapsed_secs(self.now_secs))
        self.outbox.put(pulse_message(estimate.bpm, estimate.quality))

    def _hand_over(self, reading: Reading, ended_secs: float | None = None) -> None:
        """A Reading that is made already, moved to end at that second; by default now, and counted."""
        ended = self.now_secs if ended_secs is None else ended_secs
        length = reading.end_secs - reading.start_secs
        moved = replace(reading, start_secs=ended - length, end_secs=ended)
        self._perception.feed(reading.modality, moved, ended)
        if ended_secs is None:
            self._perception.settle(_SETTLE_SECS)

    def _beats(self, samples: NDArray[np.float64], kind: SignalKind, rate: float) -> None:
        try:
            found = self._sensor.feed(samples, kind, rate)
        except InsideOutError as error:
            self._failed(error)
            return
        if found is not None:
            # The newest beat is that of now; the stream has a clock of its own.
            with self._lock:
                now = self._ring.elapsed_secs(self.now_secs)
            self._keep_heart(found.moved(now - found.observation.beats.end_secs))
        self._tick()

    def _keep_heart(self, found: HeartFound) -> None:
        with self._lock:
            self._record.heart(found)
        self._hand_over(found.observation.reading)
        rate = found.observation.vitals.heart_rate
        if rate.value is not None:
            self.outbox.put(pulse_message(rate.value, rate.quality))

    def _tick(self) -> None:
        """A signal was read: how far the measurement is, and how the person seems by now."""
        now = self.now_secs
        camera = now - self._frame_secs < _CAMERA_SECS
        state = self._perception.state()
        with self._lock:
            messages = self._ring.tick(now, self.face_in_sight or not camera)
            if self._ring.measuring:
                self._record.state(state, self._ring.elapsed_secs(now))
        for message in messages:
            self.outbox.put(message)

    def _failed(self, error: InsideOutError) -> None:
        """A part of the program is missing: said once, and the rest goes on."""
        if self._told_failure:
            return
        self._told_failure = True
        log.warning("live: %s", error)
        self.outbox.put({"type": "failed", "why": TEXTS[self.language].broken})


def _as_it_is(reading: Reading, secs: float) -> Sequence[Reading]:
    del secs
    return [reading]
