"""FilmClip: one labelled stretch of a film with sound, and what the loaders share."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from insideout.perception.affect import Affect
from insideout.perception.errors import BadSignalError
from insideout.perception.voice.datasets.clips import Clip
from insideout.perception.voice.sound import Sound

FILM_ENDINGS = frozenset(
    {".avi", ".flv", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".webm", ".wmv"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmClip:
    """One clip on disk.

    name: unique within the data set. speaker: unique within the data set; intervals are drawn of them.
    label: in the data set's space; None where it has none. affect: valence and arousal as people rated
    them, or None. sound: the file of the sound; None where it is the film's own. words: what is said;
    None where the data set does not tell. start_secs, end_secs: the part of both files; end_secs None
    for their end. split: the data set's own, empty where it has none.
    """

    name: str
    path: Path
    speaker: str
    label: str | None = None
    affect: Affect | None = None
    sound: Path | None = None
    words: str | None = None
    start_secs: float = 0.0
    end_secs: float | None = None
    split: str = ""

    def load_sound(self) -> Sound:
        """Its sound; raises BadSignalError where there is none, or no such part."""
        return Clip(
            path=self.sound or self.path,
            speaker=self.speaker,
            label=self.label or "",
            start_secs=self.start_secs,
            end_secs=self.end_secs,
        ).load()


def films_under(folder: Path) -> Iterator[Path]:
    """Every film under the folder, in the order of names; hidden files are left out."""
    if not folder.is_dir():
        raise BadSignalError(f"there is no folder {folder}; --data takes the unpacked data set")
    yield from sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in FILM_ENDINGS and not path.name.startswith(".") and path.is_file()
    )


def found_clips(clips: Iterable[FilmClip], folder: Path, expected: str) -> tuple[FilmClip, ...]:
    """The clips; raises BadSignalError that says what was expected where there are none."""
    found = tuple(clips)
    if not found:
        raise BadSignalError(f"{folder} holds no {expected}; --data takes the unpacked data set")
    return found


def tables_under(folder: Path, names: Mapping[str, str]) -> Iterator[tuple[str, Path]]:
    """Split and path of each table of those names under the folder; names: file name to split."""
    if not folder.is_dir():
        raise BadSignalError(f"there is no folder {folder}; --data takes the unpacked data set")
    for name, split in names.items():
        for path in sorted(folder.rglob(name))[:1]:
            yield split, path
