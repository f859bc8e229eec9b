"""The folder of a run and its lines."""

from pathlib import Path
from typing import Any

import pytest

from insideout.eval.errors import RunError
from insideout.eval.kept_lines import RUN, KeptLines

THIS = {"task": "counting", "seed": 7}


def opened(folder: Path | None, run: dict[str, Any] = THIS) -> KeptLines[int]:
    return KeptLines(folder, run, "lines.jsonl", lambda row: int(row["n"]))


def test_what_was_kept_is_there_again(tmp_path: Path) -> None:
    opened(tmp_path / "new").keep({"n": 3})
    assert opened(tmp_path / "new").there == [3]


def test_without_a_folder_nothing_is_kept() -> None:
    kept = opened(None)
    kept.keep({"n": 3})
    assert kept.there == []


def test_a_line_that_was_cut_off_goes(tmp_path: Path) -> None:
    opened(tmp_path).keep({"n": 3})
    with (tmp_path / "lines.jsonl").open("a") as file:
        file.write('{"n": ')
    opened(tmp_path).keep({"n": 4})
    assert opened(tmp_path).there == [3, 4]


@pytest.mark.parametrize("line", ["{}", '{"n": "x"}', "nonsense", "[]"])
def test_a_damaged_line_is_named(tmp_path: Path, line: str) -> None:
    opened(tmp_path)
    (tmp_path / "lines.jsonl").write_text(f'{{"n": 1}}\n{line}\n')
    with pytest.raises(RunError, match="line 2 is damaged"):
        opened(tmp_path)


def test_the_folder_of_another_run_is_refused(tmp_path: Path) -> None:
    opened(tmp_path)
    with pytest.raises(RunError, match="its seed is 7, this one's is 8"):
        opened(tmp_path, {**THIS, "seed": 8})


def test_a_damaged_head_is_told(tmp_path: Path) -> None:
    (tmp_path / RUN).write_text("{")
    with pytest.raises(RunError, match="is damaged"):
        opened(tmp_path)


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="cannot be used"):
        opened(tmp_path / "file")


def test_a_folder_that_is_gone_while_lines_come_is_told(tmp_path: Path) -> None:
    kept = opened(tmp_path / "gone")
    (tmp_path / "gone" / RUN).unlink()
    (tmp_path / "gone").rmdir()
    with pytest.raises(RunError, match="cannot be written"):
        kept.keep({"n": 3})
