"""Kept: what the language model wrote for each group of items, so that a broken run goes on.

A folder with `run.json`, which says of what, and `written.jsonl`, one group of items a line:

    {"kind": "replies", "items": [0, 1], "texts": ["Oh no!", "Who did that?"], "seconds": 0.61}
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from insideout.agents.embedded.voices import Voice
from insideout.eval.kept_lines import KeptLines

WRITTEN = "written.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What was written for the items of these numbers in one go.

    kind: "replies", "replies after voices" or "voices". seconds: for all of them together.
    """

    kind: str
    items: tuple[int, ...]
    texts: tuple[str, ...] = ()
    voices: tuple[tuple[Voice, ...], ...] = ()
    seconds: float = 0.0

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Group":
        """The group of a line."""
        return cls(
            kind=row["kind"],
            items=tuple(row["items"]),
            texts=tuple(row["texts"]),
            voices=tuple(tuple(Voice(**one) for one in mine) for mine in row["voices"]),
            seconds=row["seconds"],
        )


class Kept:
    """The groups of a run, in memory and, where there is a folder, on disk at once.

    run: what the words depend on. Raises RunError where the folder holds the words of other items,
    weights or settings.
    """

    def __init__(self, *, folder: Path | None = None, run: dict[str, Any] | None = None) -> None:
        self.folder = folder
        self._lines = KeptLines(folder, run or {}, WRITTEN, Group.from_json)
        self._groups = {(group.kind, group.items): group for group in self._lines.there}

    def get(self, kind: str, items: tuple[int, ...]) -> Group | None:
        """What is kept of exactly these items."""
        return self._groups.get((kind, items))

    def put(self, group: Group) -> Group:
        """Keep a group; it is on disk when this returns."""
        self._groups[group.kind, group.items] = group
        self._lines.keep(asdict(group))
        return group
