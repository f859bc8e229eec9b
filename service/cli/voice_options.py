"""What `train voice` and `eval ravdess …` share: where the data lie, and the bars of progress."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from insideout.perception.errors import InsideOutError, unknown_name
from insideout.perception.text.corpora import SHARED_VARIABLE
from insideout.perception.voice.datasets.corpora import CORPORA
from insideout.perception.voice.train.run import Track


class VoiceOptionError(InsideOutError):
    """Options that do not go together, or data that is not where it should be."""


def data_folder(name: str, given: Path | None) -> Path:
    """The folder given, or the set's in INSIDEOUT_SHARED; raises VoiceOptionError."""
    corpus = CORPORA[name]
    if given is None and not corpus.shared:
        raise VoiceOptionError(
            f"{name} is not here; get it from its authors and name its folder with --data"
        )
    folder = given or Path(os.environ.get(SHARED_VARIABLE, "../shared")) / corpus.shared
    if not folder.is_dir():
        raise VoiceOptionError(f"there is no folder {folder}; name the one of {name} with --data")
    return folder


def named_folders(given: Sequence[str]) -> dict[str, Path]:
    """Data set to folder, from NAME or NAME=FOLDER; raises VoiceOptionError for an unknown name."""
    found = {}
    for one in given:
        name, equals, folder = one.partition("=")
        if name not in CORPORA:
            raise VoiceOptionError(unknown_name("data set", name, CORPORA))
        found[name] = data_folder(name, Path(folder) if equals else None)
    return found


@contextmanager
def tracked(console: Console) -> Iterator[Track]:
    """Bars of progress for as long as the work lasts, each moved on by one."""
    with _bars(console) as progress:

        def track(what: str, total: int) -> Callable[[], None]:
            bar = progress.add_task(what, total=total)
            return lambda: progress.advance(bar)

        yield track


@contextmanager
def counted(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    """Bars of progress that are told what is done, how much of it, and of how much."""
    with _bars(console) as progress:
        bars: dict[str, TaskID] = {}

        def watch(what: str, done: int, of: int) -> None:
            if what not in bars:
                bars[what] = progress.add_task(what, total=of)
            progress.update(bars[what], completed=done)

        yield watch


def _bars(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeRemainingColumn(), console=console, transient=True)
