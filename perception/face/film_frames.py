"""Films as pictures with their times, decoded with PyAV."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from insideout.perception.errors import BadSignalError
from insideout.perception.face.face import Picture
from insideout.perception.face.libraries import need

LONGEST_SIDE = 1280  # pixels; larger films are made smaller as they are decoded
_USUAL_RATE_HZ = 25.0  # for films that tell neither times nor a rate
_MOST_BROKEN = 500  # packets one after another without a picture, after which the rest is given up


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmTracks:
    """What a film file holds.

    secs: how long it says it is, None where it does not. pictures, sound: whether it has such a track;
    the cover of a song is no picture track.
    """

    secs: float | None
    pictures: bool
    sound: bool


def film_tracks(path: Path) -> FilmTracks:
    """What is in the file; raises BadSignalError where it is no film."""
    with _opened(path) as container:
        return FilmTracks(
            secs=None if not container.duration else container.duration / 1e6,
            pictures=_pictures(container) is not None,
            sound=bool(container.streams.audio),
        )


class Film:
    """One film; going through it gives seconds and RGB picture of each frame, upright.

    Times are those of presentation, from the start of the file, and rise; a frame without one follows
    the frame before it at the film's rate. A damaged packet is left out and counted in `broken`.
    secs: of the end of the last frame so far. frames: how many there were.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tracks = film_tracks(path)
        if not self.tracks.pictures:
            raise BadSignalError(f"{path} has no picture track; expected a film of a face")
        self.broken = 0
        self.frames = 0
        self.secs = 0.0
        self.varies = False

    def __iter__(self) -> Iterator[tuple[float, Picture]]:
        """From the beginning; raises BadSignalError where not one picture can be decoded."""
        self.broken, self.frames, self.secs, self.varies = 0, 0, 0.0, False
        with _opened(self.path) as container:
            stream = _pictures(container)
            stream.thread_type = "AUTO"
            start = (container.start_time or 0) / 1e6
            usual = 1.0 / float(stream.average_rate or _USUAL_RATE_HZ)
            picture = _Pictures(float(stream.sample_aspect_ratio or 1.0))
            before: float | None = None
            for frame in self._decoded(container, stream):
                secs = self._time(frame, start, before, usual)
                if before is not None and secs <= before:
                    continue
                self.varies |= before is not None and not 0.5 < (secs - before) / usual < 1.9
                before = secs
                self.frames += 1
                self.secs = secs + usual
                yield secs, picture.of(frame)
        if not self.frames:
            raise BadSignalError(
                f"{self.path} holds no picture that can be decoded; expected a film that plays"
            )

    def _decoded(self, container: Any, stream: Any) -> Iterator[Any]:
        av = need("av")
        lost = 0
        try:
            for packet in container.demux(stream):
                try:
                    frames = packet.decode()
                except av.FFmpegError:
                    self.broken += 1
                    lost += 1
                    if lost > _MOST_BROKEN:
                        return
                    continue
                lost = 0 if frames else lost
                yield from frames
        except av.FFmpegError:  # the file ends in the middle of a packet
            self.broken += 1

    @staticmethod
    def _time(frame: Any, start: float, before: float | None, usual: float) -> float:
        if frame.time is not None:
            return float(frame.time) - start
        return 0.0 if before is None else before + usual


def _opened(path: Path) -> Any:
    av = need("av")
    if not path.is_file():
        raise BadSignalError(f"there is no film at {path}")
    try:
        return av.open(str(path), metadata_errors="ignore")
    except (av.FFmpegError, ValueError) as error:
        raise BadSignalError(
            f"{path} cannot be read as a film ({_reason(error)}); expected one that FFmpeg plays, "
            "whole from its beginning"
        ) from error


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _pictures(container: Any) -> Any:
    """The first track of moving pictures, None where there is none."""
    cover = need("av.stream").Disposition.attached_pic
    tracks = (s for s in container.streams.video if not s.disposition & cover)
    return next(tracks, None)


class _Pictures:
    """Frames of one film as RGB with square pixels, no longer than LONGEST_SIDE, turned as it says.

    aspect: width of a pixel over its height.
    """

    def __init__(self, aspect: float) -> None:
        self._aspect = aspect
        self._reformatter = need("av.video.reformatter").VideoReformatter()

    def of(self, frame: Any) -> Picture:
        """The frame's picture."""
        width = frame.width * self._aspect
        scale = min(1.0, LONGEST_SIDE / max(width, frame.height))
        plain = self._reformatter.reformat(
            frame,
            width=max(2, round(width * scale)),
            height=max(2, round(frame.height * scale)),
            format="rgb24",
            threads=1,  # more take longer to start than they save
        )
        picture = plain.to_ndarray()
        turns = round(frame.rotation / 90)
        return np.ascontiguousarray(np.rot90(picture, turns)) if turns % 4 else picture
