"""Place: one of the two places of the lab, with what lies in it and what still waits to be read."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from insideout.service.web.lab.look import Look, Table
from insideout.service.web.lab.opening import Progress
from insideout.service.web.lab.uploads import discard


@dataclass(slots=True, kw_only=True, eq=False)
class Place:
    """What one browser put into one place; it is gone when the browser is.

    folder: where uploads lie. waiting: the files of each drop whose turn has not come. progress: of the
    reading under way.
    """

    folder: Path
    table: Table = field(default_factory=Table)
    waiting: deque[list[str]] = field(default_factory=deque)
    progress: Progress | None = None

    def add(self, looks: Iterable[Look]) -> None:
        """Lay down what was read."""
        self.table = self.table.with_looks(*looks)

    def clear(self) -> None:
        """Take everything away, and stop what is being read."""
        self.stop()
        self.table = Table()

    def stop(self) -> None:
        """Stop the reading under way, and delete what waits."""
        while self.waiting:
            discard(self.waiting.popleft(), self.folder)
        if self.progress is not None:
            self.progress.stop()
