"""FilmPart: a stretch of a film, for data sets that label stretches of long ones."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from insideout.perception.errors import BadSignalError
from insideout.perception.face.face import Picture
from insideout.perception.face.film_frames import Film


class FilmPart(Film):
    """The frames of [start_secs, end_secs) of a film, as a film of their own that begins at 0.

    end_secs: None for the film's end. The frames before are decoded and left out, for a film's index
    of places to begin at cannot be relied on.
    """

    def __init__(self, path: Path, start_secs: float = 0.0, end_secs: float | None = None) -> None:
        super().__init__(path)
        self._start_secs, self._end_secs = start_secs, end_secs
        ends = [secs for secs in (self.tracks.secs, end_secs) if secs is not None]
        length = max(0.0, min(ends) - start_secs) if ends else None
        self.tracks = replace(self.tracks, secs=length)

    def __iter__(self) -> Iterator[tuple[float, Picture]]:
        """From the beginning of the part; raises BadSignalError where it has no picture."""
        taken = 0
        for secs, picture in super().__iter__():
            if self._end_secs is not None and secs >= self._end_secs:
                self.secs = min(self.secs, self._end_secs)
                break
            if secs >= self._start_secs:
                taken += 1
                yield secs - self._start_secs, picture
        self.secs = max(0.0, self.secs - self._start_secs)
        self.frames = taken
        if not taken:
            until = "its end" if self._end_secs is None else f"{self._end_secs:g} s"
            raise BadSignalError(
                f"{self.path} has no pictures from {self._start_secs:g} s to {until}; expected a "
                "part of the film"
            )
