"""`insideout eval asr`: how many words the transcribers get wrong."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from insideout.eval import asr
from insideout.eval.errors import DataSetError
from insideout.perception.errors import PerceptionError
from insideout.perception.voice.rough import RoughTranscriber
from insideout.perception.voice.sound import Transcriber
from insideout.perception.voice.transcribing import TRANSCRIBERS, transcriber

_stderr = Console(stderr=True)


def register(app: typer.Typer) -> None:
    """Add `asr` to the `eval` commands."""
    app.command("asr")(eval_asr)


def eval_asr(
    data: Annotated[Path, typer.Option(help=f"Folder with sounds and {asr.LISTING}.")],
    model: Annotated[
        list[str] | None,
        typer.Option(
            help=f"A transcriber, may be given again: {', '.join(TRANSCRIBERS)}, whisper:FOLDER. By "
            "default rough and whisper, as far as they are here.",
            metavar="NAME",
        ),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Have the transcribers write down clips, and count the words that are wrong."""
    found = asr.clips(data)
    rows: list[dict[str, Any]] = []
    missing: dict[str, str] = {}
    for name in model or ("rough", "whisper"):
        try:
            one = transcriber(name)
        except PerceptionError as error:
            if model:
                raise
            missing[name] = str(error)
            _stderr.print(f"left out: {error}", markup=False)
            continue
        rows.append(_measured(found, one))
    if not rows:
        raise DataSetError("no transcriber is here; " + "; ".join(missing.values()))
    result = asr.report(rows, missing)
    if json_:
        typer.echo(json.dumps(result, ensure_ascii=False))
    else:
        _show(result, Console())


def _measured(found: list[asr.Clip], one: Transcriber) -> dict[str, Any]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=_stderr, transient=True) as progress:
        bar = progress.add_task(one.name, total=len(found))
        answers = asr.write_down(found, one, lambda: progress.advance(bar))
    return asr.figures(answers, one.name, rough=isinstance(one, RoughTranscriber))


def _show(result: dict[str, Any], console: Console) -> None:
    table = Table("transcriber", "part", "clips", "words", "word error rate", "95 %", "CPU s / s")
    for row in result["models"]:
        name = f"{row['model']} (rough)" if row["rough"] else row["model"]
        table.add_row(name, "all", *_cells(row), f"{row['cpu_secs_per_sec']:.2f}")
        for part, one in row["by"].items():
            table.add_row("", part, *_cells(one), "")
    console.print(table)
    console.print(result["protocol"], markup=False)


def _cells(row: dict[str, Any]) -> list[str]:
    low, high = row["interval95"]["wer"]
    wer = row["metrics"]["wer"]
    return [str(row["n"]), str(row["words"]), f"{wer:.3f}", f"{low:.3f}–{high:.3f}"]
