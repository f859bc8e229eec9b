"""Tables of a data set: rows of a comma-separated file, checked for the columns that are needed."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from insideout.perception.errors import BadSignalError

Row = dict[str, str]


def rows(path: Path, columns: Sequence[str], what: str) -> Iterator[tuple[int, Row]]:
    """Line number and cells of each row, by lower-case column; `columns` must all be there.

    Raises BadSignalError that says what was found where the file is missing, is no text, lacks a
    column or a cell, or has no row. what: the data set, for that message.
    """
    empty = True
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            _check_columns(path, reader.fieldnames or (), columns, what)
            for row in reader:
                empty = False
                yield reader.line_num, _cells(path, reader.line_num, row, columns)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadSignalError(f"{path} cannot be read as a table of {what} ({error})") from error
    if empty:
        raise BadSignalError(f"{path} has a head but no rows")


def number(path: Path, line: int, row: Row, column: str) -> float:
    """A cell as a number; raises BadSignalError."""
    try:
        return float(row[column])
    except ValueError as error:
        raise BadSignalError(
            f"{path}, line {line}: {column} is {row[column][:40]!r}; expected a number"
        ) from error


def _check_columns(path: Path, found: Sequence[str], wanted: Sequence[str], what: str) -> None:
    missing = [name for name in wanted if name not in {column.strip().lower() for column in found}]
    if missing:
        raise BadSignalError(
            f"{path} has the columns {', '.join(found)[:200] or 'none'}; {what} needs "
            f"{', '.join(wanted)}, and {', '.join(missing)} is not there"
        )


def _cells(path: Path, line: int, row: dict[str, str], columns: Sequence[str]) -> Row:
    cells = {(name or "").strip().lower(): cell for name, cell in row.items()}
    short = [name for name in columns if cells.get(name) is None]
    if short:
        raise BadSignalError(f"{path}, line {line} has no {', '.join(short)}; it was cut off")
    return cells
