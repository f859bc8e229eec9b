"""Kept lines: the folder of a run, which says of what it is and has what was made as JSON lines."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from insideout.eval.errors import RunError

RUN = "run.json"

Line = TypeVar("Line")


class KeptLines(Generic[Line]):
    """What an earlier run made, and the place for what comes; without a folder, neither.

    run: what the lines depend on. name: of the file of lines. read: a line's object to what it stands
    for; whatever it raises of ValueError, KeyError and TypeError is a damaged line. A last line that a
    dying program left unfinished is cut off. Raises RunError where the folder is of another run, cannot
    be used or has a damaged line.
    """

    def __init__(
        self,
        folder: Path | None,
        run: Mapping[str, Any],
        name: str,
        read: Callable[[dict[str, Any]], Line],
    ) -> None:
        self.there: list[Line] = []
        self._path = None if folder is None else folder / name
        if folder is None or self._path is None:
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _claim(folder / RUN, run)
            self.there = _lines(self._path, read)
        except OSError as error:
            raise RunError(f"{folder} cannot be used as the folder of a run: {error}") from error

    def keep(self, row: Mapping[str, Any]) -> None:
        """Write a line; it is on disk when this returns. Raises RunError."""
        if self._path is None:
            return
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        except OSError as error:
            raise RunError(f"{self._path} cannot be written: {error}") from error


def _claim(path: Path, run: Mapping[str, Any]) -> None:
    """Write what the run is of, or see that what is there is the same."""
    if not path.exists():
        path.write_text(json.dumps(run, indent=1) + "\n", "utf-8")
        return
    try:
        there = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise RunError(f"{path} is damaged: {error}; name another folder with --out") from error
    for name, value in run.items():
        if there.get(name) != value:
            raise RunError(
                f"{path.parent} holds another run: its {name} is {there.get(name)!r}, this one's is "
                f"{value!r}; name another folder with --out, or delete that one"
            )


def _lines(path: Path, read: Callable[[dict[str, Any]], Line]) -> list[Line]:
    raw = path.read_bytes() if path.exists() else b""
    whole = raw[: raw.rfind(b"\n") + 1]
    if whole != raw:
        path.write_bytes(whole)
    found = []
    for number, line in enumerate(whole.splitlines(), 1):
        try:
            found.append(read(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise RunError(
                f"{path}, line {number} is damaged ({error}); delete the line, and the same command "
                "makes it anew"
            ) from error
    return found
