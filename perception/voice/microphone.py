"""Microphone: chunks of sound as they are spoken, by sounddevice (PortAudio)."""

from collections.abc import Iterator
from queue import Empty, Full, Queue
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import BadSignalError
from insideout.perception.voice.libraries import need
from insideout.perception.voice.sound import RATE_HZ

CHUNK_SECS = 0.1
GONE_SECS = 3.0  # without a chunk: the microphone was pulled out, or the computer slept
_MOST_WAITING = 300  # chunks, half a minute; whoever listens is slower than the speech

Chunk = NDArray[np.float32]


class Microphone:
    """An open microphone.

        with Microphone() as microphone:
            for chunk in microphone:            # (n,) float32 in [-1, 1]
                stream.feed(chunk, microphone.rate_hz)

    device: its number, or part of its name; None is the system's own choice. rate_hz: RATE_HZ where the
    device can, else its own. lost_secs: sound that came while nobody took it. Raises BadSignalError
    where there is no microphone, and while listening where it vanishes.
    """

    def __init__(self, device: int | str | None = None) -> None:
        self._library = need("sounddevice")
        self._device = device
        self._chunks: Queue[Chunk | None] = Queue(_MOST_WAITING)
        self._stream: Any = None
        self.name, self._own_rate_hz = self._found()
        self.rate_hz = self._usable_rate()
        self.lost_secs = 0.0

    def __enter__(self) -> Self:
        try:
            self._stream = self._library.InputStream(
                device=self._device,
                samplerate=self.rate_hz,
                blocksize=round(CHUNK_SECS * self.rate_hz),
                channels=1,
                dtype="float32",
                callback=self._take,
                finished_callback=lambda: self._put(None),
            )
            self._stream.start()
        except self._library.PortAudioError as error:
            self._close()
            raise BadSignalError(
                f"the microphone {self.name} cannot be opened ({_reason(error)}); does another program "
                "use it, or is it forbidden to this one?"
            ) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def __iter__(self) -> Iterator[Chunk]:
        """Chunks until the microphone is closed; raises BadSignalError where it vanishes."""
        while self._stream is not None:
            try:
                chunk = self._chunks.get(timeout=GONE_SECS)
            except Empty:
                chunk = None
            if self._stream is None:
                return
            if chunk is None:
                raise BadSignalError(
                    f"the microphone {self.name} is gone: no sound came for a while; plug it in again "
                    "and start anew"
                )
            yield chunk

    def _take(self, samples: NDArray[np.float32], count: int, _time: Any, status: Any) -> None:
        """Called by PortAudio in a thread of its own for each chunk, (count, 1)."""
        if status.input_overflow:
            self.lost_secs += CHUNK_SECS
        self._put(samples[:, 0].copy())

    def _put(self, chunk: Chunk | None) -> None:
        try:
            self._chunks.put_nowait(chunk)
        except Full:
            self.lost_secs += CHUNK_SECS

    def _close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close(ignore_errors=True)

    def _found(self) -> tuple[str, int]:
        try:
            device = self._library.query_devices(self._device, "input")
        except (self._library.PortAudioError, ValueError) as error:
            raise BadSignalError(self._nothing(_reason(error))) from error
        return str(device["name"]), round(float(device["default_samplerate"]))

    def _nothing(self, reason: str) -> str:
        inputs = [
            f"{number} {device['name']}"
            for number, device in enumerate(self._library.query_devices())
            if device["max_input_channels"] > 0
        ]
        asked = "a microphone" if self._device is None else f"the microphone {self._device!r}"
        there = f"there are: {', '.join(inputs)}" if inputs else "plug one in and try again"
        return f"{asked} is not to be found ({reason}); {there}"

    def _usable_rate(self) -> int:
        try:
            self._library.check_input_settings(self._device, channels=1, samplerate=RATE_HZ)
        except self._library.PortAudioError:
            return self._own_rate_hz
        return RATE_HZ


def _reason(error: Exception) -> str:
    return str(error.args[0]) if error.args else type(error).__name__
