"""Runs of benchmarks: the folder they are kept in, and what is known of each."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from insideout.eval import run_items
from insideout.eval.errors import RunError
from insideout.eval.run_folder import ITEMS, MANIFEST, read_manifest, read_records
from insideout.perception.errors import InsideOutError

VARIABLE = "INSIDEOUT_RUNS"
NOTE, REPORT, LOG = "lab.json", "report.json", "log.txt"
_MOST = 200  # of the newest are listed
_MOST_BYTES = 20_000_000  # of a report; a larger one is none


class Status(StrEnum):
    """What became of a run."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the lab writes beside a run it started. why: it failed; started: ISO 8601."""

    name: str
    arguments: tuple[str, ...]
    started: str
    status: Status
    secs: float = 0.0
    why: str = ""

    def write(self, folder: Path) -> None:
        """Raises RunError where the folder cannot be written."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / NOTE).write_text(text, "utf-8")
        except OSError as error:
            raise RunError(
                f"{folder} cannot be written ({error.strerror}); name another folder with {VARIABLE}"
            ) from error

    @classmethod
    def read(cls, folder: Path) -> "Note | None":
        """None where the lab did not start that run; raises RunError where the note is damaged."""
        try:
            record = json.loads((folder / NOTE).read_text("utf-8"))
            return cls(
                **{
                    **record,
                    "arguments": tuple(record["arguments"]),
                    "status": Status(record["status"]),
                }
            )
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RunError(f"{folder / NOTE} is damaged: {error}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One run that is kept. note: None where a command line made it. report: None where it has none.

    fault: why the run cannot be shown.
    """

    folder: Path
    at: datetime
    note: Note | None = None
    report: dict[str, Any] | None = None
    fault: str = ""

    @property
    def name(self) -> str:
        """Of the benchmark, else of the folder."""
        if self.note is not None:
            return self.note.name
        return str((self.report or {}).get("task") or self.folder.name)


def runs_folder() -> Path:
    """Where runs are kept: INSIDEOUT_RUNS, else `runs` in the working directory."""
    return Path(os.environ.get(VARIABLE) or "runs")


def kept_runs(folder: Path) -> list[Kept]:
    """The runs of the folder, the newest first."""
    found = sorted(_folders(folder), key=lambda path: path.stat().st_mtime, reverse=True)
    return [read_run(path) for path in found[:_MOST]]


def _folders(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for path in folder.iterdir():
            if path.is_dir() and any((path / name).is_file() for name in (NOTE, REPORT, MANIFEST)):
                yield path


def read_run(folder: Path) -> Kept:
    """What is known of one run; a damaged one says so."""
    at = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
    note = None
    try:
        note = Note.read(folder)
        return Kept(folder=folder, at=_begun(note) or at, note=note, report=_report(folder))
    except InsideOutError as error:
        return Kept(folder=folder, at=_begun(note) or at, note=note, fault=str(error))


def _begun(note: Note | None) -> datetime | None:
    return None if note is None else datetime.fromisoformat(note.started)


def _report(folder: Path) -> dict[str, Any] | None:
    """The report that was written, else the one that the answers of `eval ed` make."""
    path = folder / REPORT
    if path.is_file():
        return _read_json(path)
    if (folder / ITEMS).is_file() and _is_of_items(folder):
        records = read_records(folder)
        return run_items.report(records, read_manifest(folder)) if records else None
    return None


def _is_of_items(folder: Path) -> bool:
    """Whether the folder is one of `eval.run_folder`; other commands keep manifests of their own."""
    try:
        read_manifest(folder)
    except RunError:
        return False
    return True


def _read_json(path: Path) -> dict[str, Any]:
    """The object in a file; raises RunError."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise RunError(f"{path} is too large for a report ({path.stat().st_size:,} bytes)")
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RunError(f"{path} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise RunError(f"{path} holds no report; expected one JSON object")
    return found
