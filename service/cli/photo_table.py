"""The table that a folder of photos is read into: CSV, JSON lines or Parquet, and its continuation."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from insideout.agents.errors import BadInputError, MissingLibraryError
from insideout.perception.affect import Emotion

Row = Mapping[str, Any]

SUFFIXES = (".csv", ".jsonl", ".parquet")
TEXTS = ("file", "error", "abstained", "model", "emotion", "cues", "gender", "age_group")
WHOLES = ("face", "faces", "width", "height")
COLUMNS = (
    "file",
    "error",
    "abstained",
    "model",
    "width",
    "height",
    "faces",
    "face",
    "left",
    "top",
    "face_width",
    "face_height",
    "emotion",
    "confidence",
    "quality",
    "valence",
    "arousal",
    *(f"p_{emotion.value}" for emotion in Emotion),
    "cues",
    "gender",
    "age_group",
    "age_years",
)
_BATCH = 10_000


class PhotoTable:
    """Rows are written as they come, so that a run that was stopped goes on where it was.

    Parquet cannot be continued: its rows wait in a file of JSON lines beside it, PATH.part.jsonl,
    until `finish` turns them into the table. Raises BadInputError for another suffix, for a file that
    was not written here, and for one whose rows are from another model.
    """

    def __init__(self, path: Path, model: str) -> None:
        self.path = path
        kind = path.suffix.lower()
        if kind not in SUFFIXES:
            raise BadInputError(f"{path}: --out writes {', '.join(SUFFIXES)}; name one of these")
        if kind == ".parquet":
            _arrow()
        self._kind = kind
        self._rows = path.with_name(path.name + ".part.jsonl") if kind == ".parquet" else path
        self.done = self._continued(model)
        self._file: TextIO | None = None

    def _continued(self, model: str) -> set[str]:
        """The photos that the table has already; a last line that was cut off is dropped."""
        if not self._rows.is_file():
            return set()
        kept = _whole_lines(self._rows)
        done: set[str] = set()
        for row in _parsed(self._rows, kept, self._kind):
            found = row.get("model")
            if found and found != model:
                raise BadInputError(
                    f"{self.path} holds what {found} says of these photos, and {model} is to read "
                    "them now; name another file with --out, or delete this one"
                )
            done.add(str(row["file"]))
        return done

    def __enter__(self) -> "PhotoTable":
        try:
            self._rows.parent.mkdir(parents=True, exist_ok=True)
            new = not self._rows.is_file() or self._rows.stat().st_size == 0
            self._file = self._rows.open("a", encoding="utf-8", newline="")
        except OSError as error:
            raise BadInputError(f"{self.path} cannot be written: {error.strerror}") from error
        if new and self._kind == ".csv":
            csv.writer(self._file).writerow(COLUMNS)
        return self

    def add(self, rows: Sequence[Row]) -> None:
        """Write the rows of one photo at once."""
        if self._file is None:
            raise AssertionError("a table is opened before rows are added")
        if self._kind == ".csv":
            csv.writer(self._file).writerows(
                [["" if row.get(c) is None else row[c] for c in COLUMNS] for row in rows]
            )
        else:
            for row in rows:
                self._file.write(json.dumps(dict(row), ensure_ascii=False) + "\n")
        self._file.flush()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def rows(self) -> Iterator[dict[str, Any]]:
        """All rows so far, as texts where the table is CSV."""
        if self._rows.is_file():
            yield from _parsed(self._rows, _whole_lines(self._rows), self._kind)

    def finish(self) -> None:
        """Turn the rows into Parquet where that is asked for."""
        if self._kind == ".parquet":
            _write_parquet(self.path, self._rows)
            self._rows.unlink()


def _whole_lines(path: Path) -> int:
    """How many bytes of the file end with a whole line; what follows is cut off."""
    with path.open("rb+") as file:
        size = file.seek(0, 2)
        position = size
        while position > 0:
            start = max(0, position - 65_536)
            file.seek(start)
            found = file.read(position - start).rfind(b"\n")
            if found >= 0:
                position = start + found + 1
                break
            position = start
        if position < size:
            file.truncate(position)
        return position


def _parsed(path: Path, size: int, kind: str) -> Iterator[dict[str, Any]]:
    if not size:
        return
    try:
        with path.open(encoding="utf-8", newline="") as file:
            if kind == ".csv":
                reader = csv.DictReader(file)
                if tuple(reader.fieldnames or ()) != COLUMNS:
                    raise ValueError("its columns are others")
                yield from reader
            else:
                for line in file:
                    row = json.loads(line)
                    if "file" not in row:
                        raise ValueError("a line has no file")
                    yield row
    except (ValueError, TypeError) as error:
        raise BadInputError(
            f"{path} is there already and is no table of photos ({error}); name another file with --out"
        ) from error


def _arrow() -> Any:
    try:
        import_module("pyarrow.parquet")
        return import_module("pyarrow")
    except ModuleNotFoundError as error:
        raise MissingLibraryError(
            "Parquet is written with pyarrow, which is not installed; install it with: "
            'pip install "insideout-emotions[parquet]", or name a .csv or .jsonl'
        ) from error


def _write_parquet(path: Path, rows: Path) -> None:
    arrow = _arrow()
    types = {
        name: arrow.string()
        if name in TEXTS
        else arrow.int64()
        if name in WHOLES
        else arrow.float64()
        for name in COLUMNS
    }
    schema = arrow.schema(list(types.items()))
    batch: list[dict[str, Any]] = []
    with arrow.parquet.ParquetWriter(str(path), schema) as writer:
        for row in _parsed(rows, rows.stat().st_size, ".jsonl"):
            batch.append({name: row.get(name) for name in COLUMNS})
            if len(batch) == _BATCH:
                writer.write_table(arrow.Table.from_pylist(batch, schema=schema))
                batch = []
        writer.write_table(arrow.Table.from_pylist(batch, schema=schema))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a table holds. photos: of the folder. read: with a face that said something."""

    photos: int
    read: int
    abstained: int
    unreadable: int
    emotions: Mapping[str, int]

    @classmethod
    def of(cls, rows: Iterator[dict[str, Any]]) -> "Tally":
        """Photos are counted once, emotions once a face."""
        kinds: dict[str, str] = {}
        emotions: dict[str, int] = {}
        for row in rows:
            kind = "error" if row.get("error") else "read" if row.get("emotion") else "abstained"
            file = str(row["file"])
            if kinds.get(file) != "read":
                kinds[file] = kind
            if row.get("emotion"):
                emotions[row["emotion"]] = emotions.get(row["emotion"], 0) + 1
        found = list(kinds.values())
        return cls(
            photos=len(found),
            read=found.count("read"),
            abstained=found.count("abstained"),
            unreadable=found.count("error"),
            emotions=dict(sorted(emotions.items(), key=lambda item: -item[1])),
        )
