"""Annotated photos and films: the faces drawn into the pictures, with the film's own sound."""

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from insideout.perception.errors import PerceptionError
from insideout.perception.face.drawing import draw
from insideout.perception.face.face import FaceObservation, Picture
from insideout.perception.face.libraries import need
from insideout.perception.face.stream import FaceMoment

FILM_SUFFIXES = (".mp4", ".mov", ".mkv")
_TICK = Fraction(1, 90_000)
_CODECS = ("libx264", "libopenh264", "mpeg4")
_QUALITY = {"libx264": {"crf": "20", "preset": "veryfast"}}
_BITS_A_SEC = 4_000_000


def annotate_photo(
    picture: Picture, observation: FaceObservation, path: Path, language: str = "en"
) -> None:
    """Write the photo with its faces marked; raises PerceptionError where it cannot be written."""
    image = need("PIL.Image").fromarray(draw(picture, observation.faces, language))
    try:
        image.save(path)
    except (OSError, ValueError) as error:
        raise PerceptionError(f"{path} cannot be written ({error}); name a .png or .jpg") from error


class AnnotatedFilm:
    """Writes a film frame by frame, each with the moment in force drawn into it; a context manager.

    Frames keep their times. The sound is copied from `source` as it is, where `path` may hold it.
    Raises PerceptionError where the film cannot be written; what was begun is then deleted.
    """

    def __init__(self, path: Path, source: Path | None = None, language: str = "en") -> None:
        if path.suffix.lower() not in FILM_SUFFIXES:
            raise PerceptionError(
                f"{path}: annotated films are written as {', '.join(FILM_SUFFIXES)}; name one of these"
            )
        if source is not None and path.resolve() == source.resolve():
            raise PerceptionError(f"{path} is the film that is read; name another file")
        self._path, self._source, self._language = path, source, language
        self._av: Any = need("av")
        self._container: Any = None
        self._stream: Any = None
        self._sound: _Sound | None = None
        self._ticks = -1

    def __enter__(self) -> "AnnotatedFilm":
        if not self._path.parent.is_dir():
            raise PerceptionError(
                f"{self._path} cannot be written: there is no {self._path.parent}"
            )
        with _explained(self._path, self._av):
            self._container = self._av.open(str(self._path), "w")
        return self

    def write(self, picture: Picture, secs: float, moment: FaceMoment) -> None:
        """Add one frame; seconds rise from frame to frame."""
        drawn = draw(picture, moment.faces, self._language)
        even = np.ascontiguousarray(drawn[: drawn.shape[0] // 2 * 2, : drawn.shape[1] // 2 * 2])
        with _explained(self._path, self._av):
            if self._stream is None:
                self._begin(even)
            frame = self._av.VideoFrame.from_ndarray(even, format="rgb24")
            self._ticks = max(self._ticks + 1, round(secs / _TICK))
            frame.pts, frame.time_base = self._ticks, _TICK
            self._container.mux(self._stream.encode(frame))
            if self._sound is not None:
                self._container.mux(self._sound.until(secs))

    def _begin(self, picture: Picture) -> None:
        codec = next(name for name in _CODECS if name in self._av.codecs_available)
        self._stream = self._container.add_stream(codec, options=_QUALITY.get(codec, {}))
        self._stream.height, self._stream.width = picture.shape[:2]
        self._stream.pix_fmt = "yuv420p"
        self._stream.time_base = self._stream.codec_context.time_base = _TICK
        if codec not in _QUALITY:
            self._stream.bit_rate = _BITS_A_SEC
        if self._source is not None:
            self._sound = _Sound.of(self._source, self._container)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None and self._stream is not None:
                with _explained(self._path, self._av):
                    self._container.mux(self._stream.encode(None))
                    if self._sound is not None:
                        self._container.mux(self._sound.until(np.inf))
        finally:
            if self._sound is not None:
                self._sound.close()
            with suppress(self._av.FFmpegError):  # what cannot be written was told above
                self._container.close()
            if kind is not None or self._stream is None:
                self._path.unlink(missing_ok=True)


class _Sound:
    """The packets of a film's first sound track, for another container."""

    def __init__(self, source: Any, track: Any, copy: Any) -> None:
        self._source, self._copy = source, copy
        self._start = (source.start_time or 0) / 1e6
        self._packets: Iterator[Any] = (p for p in source.demux(track) if p.dts is not None)
        self._held: Any = None

    @classmethod
    def of(cls, path: Path, target: Any) -> "_Sound | None":
        """None where there is no sound, or the target's format cannot hold it."""
        av = need("av")
        source = av.open(str(path), metadata_errors="ignore")
        try:
            track = source.streams.audio[0]
            copy = target.add_stream_from_template(track)
        except (IndexError, ValueError, av.FFmpegError):
            source.close()
            return None
        return cls(source, track, copy)

    def until(self, secs: float) -> list[Any]:
        """The packets up to that time that were not handed out yet; a damaged rest is left out."""
        av = need("av")
        ready: list[Any] = []
        while True:
            try:
                packet = self._held or next(self._packets, None)
            except av.FFmpegError:
                return ready
            if packet is None:
                return ready
            if float((packet.pts or packet.dts) * packet.time_base) - self._start > secs:
                self._held = packet
                return ready
            self._held = None
            packet.stream = self._copy
            ready.append(packet)

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()


class _explained:  # noqa: N801 - reads as a statement
    """Turns FFmpeg's error into ours."""

    def __init__(self, path: Path, av: Any) -> None:
        self._path, self._av = path, av

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None and isinstance(error, self._av.FFmpegError):
            raise PerceptionError(f"{self._path} cannot be written: {error}") from error
