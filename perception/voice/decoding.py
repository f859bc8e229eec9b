"""Decodes one stream of sound with PyAV: one channel at RATE_HZ, on an unbroken clock."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.voice.array_sound import Resampler, in_range
from insideout.perception.voice.libraries import need
from insideout.perception.voice.mixing import Mixer, Planes
from insideout.perception.voice.sound import RATE_HZ

_BLOCK_SECS = 0.5  # frames are gathered to blocks of this length before they are mixed
_GAP_SECS = 0.25  # less is the rounding of time stamps and the drift of clocks
_MOST_GAP_SECS = 60.0  # more is a wrong time stamp, not a silence


class Decoder:
    """One reading of one stream.

    start_secs: when the container's clock starts. secs: how much sound there was, silence that was
    filled in for lost parts included. broken_share: of the packets, those that could not be decoded.
    ended_early: it broke off, in the container or in its last packet.
    """

    def __init__(self, stream: Any, start_secs: float) -> None:
        self._av = need("av")
        self._stream, self._start_secs = stream, start_secs
        self._mixer: Mixer | None = None
        self._resampler: Resampler | None = None
        self._shape = (0, 0)  # rate and channels of the frames that came last
        self._held: list[Planes] = []
        self._first: int | None = None
        self._given = 0  # samples at RATE_HZ
        self._packets = self._broken = 0
        self.secs = 0.0
        self.ended_early = False

    @property
    def broken_share(self) -> float:
        """Of the packets, those that could not be decoded, in [0, 1]."""
        return self._broken / max(1, self._packets)

    def blocks(self, container: Any) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Number of the first sample and samples at RATE_HZ, one after another without gaps."""
        for frame in self._frames(container):
            yield from self._numbered(self._take(frame))
        yield from self._numbered(self._drained())

    def _frames(self, container: Any) -> Iterator[Any]:
        packets = container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
            except self._av.FFmpegError:
                self.ended_early = True
                return
            if packet is None:
                return
            try:
                frames = packet.decode()
            except self._av.FFmpegError:
                self._broken += 1
                frames = []
                self.ended_early = self._broken == 1
            else:
                self.ended_early = self.ended_early and packet.size == 0
            self._packets += packet.size > 0
            yield from frames

    def _take(self, frame: Any) -> list[NDArray[np.float32]]:
        """What is ready once this frame has come."""
        done = []
        shape = (int(frame.sample_rate), len(frame.layout.channels))
        if shape != self._shape:
            done += self._drained()
            self._shape = shape
            self._mixer = Mixer(tuple(channel.name for channel in frame.layout.channels))
            self._resampler = Resampler(shape[0]) if shape[0] != RATE_HZ else None
        for planes in (self._gap(frame), _planes(frame)):
            self._held.append(planes)
            self.secs += planes.shape[1] / shape[0]
        if sum(planes.shape[1] for planes in self._held) >= _BLOCK_SECS * shape[0]:
            done.append(self._mixed())
        return done

    def _gap(self, frame: Any) -> Planes:
        """The silence that a lost part leaves before this frame."""
        rate, channels = self._shape
        told = self.secs if frame.time is None else float(frame.time) - self._start_secs
        if self._first is None:
            self._first = round(max(0.0, told) * RATE_HZ) if told < _MOST_GAP_SECS else 0
        missing = told - self._first / RATE_HZ - self.secs
        width = round(missing * rate) if _GAP_SECS < missing < _MOST_GAP_SECS else 0
        return np.zeros((channels, width), dtype=np.float32)

    def _mixed(self) -> NDArray[np.float32]:
        assert self._mixer is not None
        planes = np.concatenate(self._held, axis=1)
        self._held = []
        mono = self._mixer.mix(planes)
        mono = mono if self._resampler is None else self._resampler.feed(mono)
        return np.clip(mono, -1.0, 1.0)

    def _drained(self) -> list[NDArray[np.float32]]:
        """What is still held back, at the end and where the rate changes."""
        done = [self._mixed()] if self._held else []
        if self._resampler is not None:
            done.append(np.clip(self._resampler.finish(), -1.0, 1.0))
            self._resampler = None
        return done

    def _numbered(
        self, blocks: list[NDArray[np.float32]]
    ) -> Iterator[tuple[int, NDArray[np.float32]]]:
        for block in blocks:
            if len(block):
                yield (self._first or 0) + self._given, block
                self._given += len(block)


def _planes(frame: Any) -> Planes:
    """(channels, n) of a frame; packed ones hold the channels side by side."""
    array = frame.to_ndarray()
    if not frame.format.is_planar:
        array = array.reshape(-1, len(frame.layout.channels)).T
    return in_range(array)
