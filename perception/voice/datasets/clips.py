"""Clip: one labelled utterance of a data set, and what the loaders share."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from insideout.perception.errors import BadSignalError
from insideout.perception.voice.loading import load_sound
from insideout.perception.voice.sound import Sound

SOUND_ENDINGS = frozenset({".wav", ".flac", ".ogg", ".mp3", ".m4a", ".mp4"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One utterance on disk.

    speaker: unique within the data set; the folds are made of it. label: in the data set's space.
    text: what is said, or its code; empty where unknown. start_secs, end_secs: the part of the file;
    end_secs None for its end. split: the data set's own ("train", "test"), empty where it has none.
    """

    path: Path
    speaker: str
    label: str
    text: str = ""
    start_secs: float = 0.0
    end_secs: float | None = None
    split: str = ""

    def load(self) -> Sound:
        """Its sound; raises BadSignalError where the file cannot be read or has no such part."""
        whole = load_sound(self.path)
        sound = whole if self._is_whole else whole.between(self.start_secs, self._end(whole))
        if not len(sound.samples):
            raise BadSignalError(
                f"{self.path} has no sound from {self.start_secs} to {self.end_secs} s; "
                f"it lasts {whole.secs:.2f} s"
            )
        return Sound(samples=sound.samples)

    @property
    def _is_whole(self) -> bool:
        return self.start_secs == 0.0 and self.end_secs is None

    def _end(self, whole: Sound) -> float:
        return whole.end_secs if self.end_secs is None else self.end_secs


def sounds_under(folder: Path) -> Iterator[Path]:
    """Every file of sound under the folder, in the order of names."""
    if not folder.is_dir():
        raise BadSignalError(f"there is no folder {folder}; --data takes the unpacked data set")
    yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() in SOUND_ENDINGS)


def found_clips(clips: Iterable[Clip], folder: Path, expected: str) -> tuple[Clip, ...]:
    """The clips; raises BadSignalError that says what was expected where there are none."""
    found = tuple(clips)
    if not found:
        raise BadSignalError(f"{folder} holds no {expected}; --data takes the unpacked data set")
    return found


def table_rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of a table with a head; raises BadSignalError where it cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [dict(row) for row in csv.DictReader(file, delimiter=delimiter)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadSignalError(f"{path} cannot be read as a table: {error}") from error


def column(row: Mapping[str, str], name: str, path: Path) -> str:
    """The row's value; raises BadSignalError that names the columns there are."""
    value = row.get(name)
    if value is None:
        raise BadSignalError(f"{path} has no column {name!r}; it has: {', '.join(map(str, row))}")
    return value


def number(row: Mapping[str, str], name: str, path: Path) -> float:
    """The row's value as a number; raises BadSignalError where it is none."""
    text = column(row, name, path)
    try:
        return float(text)
    except ValueError as error:
        raise BadSignalError(f"{path}: {name} is {text!r}; expected a number") from error
