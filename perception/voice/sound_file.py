"""SoundFile: a file of sound of any kind, decoded piece by piece with PyAV (FFmpeg)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import BadSignalError
from insideout.perception.voice.array_sound import MOST_CHANNELS, check_rate
from insideout.perception.voice.decoding import Decoder
from insideout.perception.voice.libraries import need
from insideout.perception.voice.sound import RATE_HZ, Sound

Watch = Callable[[float, float | None], None]
"""Is told how far the reading is: seconds read, and seconds in all where the file says it."""

PIECE_SECS = 30.0

# Playlists and scripts are left out: they would make FFmpeg open other files and addresses.
_FORMATS = (
    "3gp,aac,ac3,aiff,amr,ape,asf,au,avi,caf,dts,eac3,flac,flv,m4a,matroska,mov,mp3,mp4,mpeg,"
    "mpegts,ogg,tta,w64,wav,webm,wv"
)
_OPTIONS = {"format_whitelist": _FORMATS, "protocol_whitelist": "file"}
_EXACT = {"wav", "w64", "aiff", "au", "flac", "mov", "mp4", "matroska", "ogg"}  # say their length
_MOST_BROKEN = 0.5  # of the packets: what is then left is chance, not sound
_UNKNOWN_BYTES = 0x7FFFFFFF  # from here on a program wrote the head before it knew the length
_CUT_SHARE, _CUT_SECS = 0.02, 1.0  # less missing than that is how players count frames


class NoSoundTrackError(BadSignalError):
    """A film without sound, or a file of pictures."""


class SoundFile:
    """The sound of one file: one channel at RATE_HZ, of whatever rate and channels the file has.

    name: for messages. rate_hz, channels, codec: of the file. secs: how long it says it is, None where
    it does not (a browser's recording). damage: once it was read, "cut" where it ends before it should,
    "broken" where parts could not be decoded, None where all was there. Where the sound of a film
    starts later than its pictures, so does the first piece.
    """

    def __init__(self, source: Path | str | bytes) -> None:
        self._source = source if isinstance(source, bytes) else Path(source)
        self.name = "the sound" if isinstance(source, bytes) else str(source)
        self.damage: str | None = None
        with self._opened() as (container, stream):
            self.rate_hz, self.channels = int(stream.rate), int(stream.channels)
            self.codec = str(stream.codec_context.name)
            self.secs = _told_secs(container, stream)

    def pieces(self, secs: float = PIECE_SECS, watch: Watch | None = None) -> Iterator[Sound]:
        """Sounds of `secs` one after another without gaps; the last one may be shorter.

        Raises BadSignalError where nothing of it can be decoded.
        """
        width = round(secs * RATE_HZ)
        parts: list[NDArray[np.float32]] = []
        start, waiting = None, 0  # first sample of the next piece, samples that wait for it
        for first, samples in self._blocks():
            start = first if start is None else start
            parts.append(samples)
            waiting += len(samples)
            while waiting >= width:
                joined = np.concatenate(parts)
                yield _piece(joined[:width], start)
                start, waiting, parts = start + width, waiting - width, [joined[width:]]
                if watch is not None:
                    watch(start / RATE_HZ, self.secs)
        if start is None:
            raise BadSignalError(f"{self.name} holds no sound that can be decoded")
        if waiting:
            yield _piece(np.concatenate(parts), start)
        if watch is not None:
            watch((start + waiting) / RATE_HZ, self.secs)

    def sound(self, watch: Watch | None = None) -> Sound:
        """All of it in memory."""
        found = list(self.pieces(watch=watch))
        return Sound(
            samples=np.concatenate([piece.samples for piece in found]),
            start_secs=found[0].start_secs,
        )

    def _blocks(self) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Number of the first sample and samples at RATE_HZ, half a second or so at a time."""
        with self._opened() as (container, stream):
            decoder = Decoder(stream, _start_of(container))
            yield from decoder.blocks(container)
            exact = not _EXACT.isdisjoint(container.format.name.split(","))
        if decoder.broken_share > _MOST_BROKEN:
            raise BadSignalError(
                f"{self.name} cannot be read as sound: {decoder.broken_share:.0%} of it cannot be "
                "decoded; it is damaged, or no recording at all"
            )
        self.damage = self._damage(decoder, exact)

    def _damage(self, decoder: Decoder, exact: bool) -> str | None:
        missing = self.secs - decoder.secs if exact and self.secs is not None else 0.0
        short = missing > max(_CUT_SECS, _CUT_SHARE * decoder.secs)
        if decoder.ended_early or short or self._riff_is_cut():
            return "cut"
        return "broken" if decoder.broken_share else None

    def _riff_is_cut(self) -> bool:
        """A wav file whose head promises more bytes than there are; FFmpeg reads over that."""
        if isinstance(self._source, bytes):
            head, size = self._source[:8], len(self._source)
        else:
            with self._source.open("rb") as file:
                head, size = file.read(8), self._source.stat().st_size
        promised = int.from_bytes(head[4:8], "little")
        return head[:4] == b"RIFF" and promised < _UNKNOWN_BYTES and size + 2 < promised + 8

    @contextmanager
    def _opened(self) -> Iterator[tuple[Any, Any]]:
        av = need("av")
        if isinstance(self._source, Path):
            _check_path(self._source)
        opened = BytesIO(self._source) if isinstance(self._source, bytes) else str(self._source)
        try:
            with av.open(opened, options=_OPTIONS, metadata_errors="replace") as container:
                if not container.streams.audio:
                    raise NoSoundTrackError(
                        f"{self.name} has no sound track; expected one with speech"
                    )
                stream = container.streams.audio[0]
                self._check(stream)
                yield container, stream
        except av.FFmpegError as error:
            raise BadSignalError(
                f"{self.name} cannot be read as sound ({_plain(error)}); expected a recording or a "
                "film, such as .wav, .flac, .mp3, .ogg, .m4a, .webm or .mp4, that is not cut off"
            ) from error

    def _check(self, stream: Any) -> None:
        if not stream.rate or not stream.channels or stream.channels > MOST_CHANNELS:
            raise BadSignalError(
                f"{self.name} says it has {stream.channels} channels at {stream.rate} Hz; the file is "
                "damaged or no sound"
            )
        check_rate(stream.rate)


def _check_path(path: Path) -> None:
    if path.is_dir():
        raise BadSignalError(f"{path} is a folder; expected a file of sound")
    if not path.is_file():
        raise BadSignalError(f"there is no file {path}")
    if not path.stat().st_size:
        raise BadSignalError(f"{path} is empty (0 bytes); expected a file of sound")


def _told_secs(container: Any, stream: Any) -> float | None:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return None if container.duration is None else container.duration / 1_000_000


def _start_of(container: Any) -> float:
    return 0.0 if container.start_time is None else container.start_time / 1_000_000


def _piece(samples: NDArray[np.float32], first: int) -> Sound:
    return Sound(samples=samples, start_secs=first / RATE_HZ)


def _plain(error: Exception) -> str:
    """FFmpeg's reason without its number and the path, which the message has already."""
    reason = str(error).split(": '")[0]
    return "no format of sound is recognised" if reason in _UNRECOGNISED else reason


_UNRECOGNISED = (
    "[Errno 1094995529] Invalid data found when processing input",
    "Invalid argument",
)
