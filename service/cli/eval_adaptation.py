"""`insideout eval adaptation`: what knowing the person brings, on people left out."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from insideout.eval.adaptation import hearts_report, voices_report
from insideout.service.cli.adaptation_options import CACHE, Emodb, voice_folders
from insideout.service.cli.shared_data import Draws, Ravdess, cache_folder, place
from insideout.service.cli.voice_options import tracked

_STRESS = "signals/ecg/stress_predict"

_stderr = Console(stderr=True)


class Asked(StrEnum):
    """What --ask takes."""

    RAVDESS = "ravdess"
    EMODB = "emodb"


class Part(StrEnum):
    """What --only takes."""

    VOICES = "voices"
    HEARTS = "hearts"


def register(app: typer.Typer) -> None:
    """Add `adaptation` to the `eval` commands."""
    app.command("adaptation")(eval_adaptation)


def eval_adaptation(
    ravdess: Ravdess = None,
    emodb: Emodb = None,
    stress: Annotated[
        Path | None, typer.Option(help="Stress-Predict's folder; else in INSIDEOUT_SHARED.")
    ] = None,
    ask: Annotated[
        list[Asked] | None,
        typer.Option(help="Whose people are left out; may be given twice. [default: ravdess]"),
    ] = None,
    only: Annotated[Part | None, typer.Option(help="One part alone; else both.")] = None,
    cache: Annotated[
        Path | None,
        typer.Option(help="Where features and people done are kept; else the user's cache."),
    ] = None,
    draws: Draws = 1_000,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Judge voices and hearts as those of strangers and as those of people who are known.

    A stopped run goes on with the people it has not done.
    """
    found: dict[str, Any] = {"task": "adaptation"}
    with tracked(_stderr) as track:
        if only is not Part.HEARTS:
            folders, kept = voice_folders(ravdess, emodb), cache_folder(CACHE, cache)
            asked = [one.value for one in ask or (Asked.RAVDESS,)]
            found["voices"] = voices_report(folders, asked, kept, draws, track)
        if only is not Part.VOICES:
            found["hearts"] = hearts_report(place("stress", stress, _STRESS), draws, track)
    typer.echo(json.dumps(found, ensure_ascii=False) if json_ else summary(found))


def summary(found: dict[str, Any]) -> str:
    """The report in lines for people."""
    lines = []
    if "voices" in found:
        lines.append(f"voices: {found['voices']['protocol']}")
        for name, one in found["voices"]["sets"].items():
            lines += ["", f"{name}: {one['n']} clips, {one['people']} people", *_lines(one)]
    if "hearts" in found:
        one = found["hearts"]
        lines += ["", f"hearts: {one['protocol']}", ""]
        lines += [f"{one['n']} windows, {one['people']} people; {one['left_out']} left out"]
        lines += _lines(one)
    return "\n".join(lines).strip()


def _lines(one: dict[str, Any]) -> list[str]:
    lines = [_line(way, metrics, "") for way, metrics in one["ways"].items()]
    lines.append("  change by knowing the person:")
    return lines + [_line(way, metrics, "+") for way, metrics in one["against_stranger"].items()]


def _line(way: str, metrics: dict[str, Any], sign: str) -> str:
    cells = [
        f"{name} {cell['value']:{sign}.3f} [{low:{sign}.3f}, {high:{sign}.3f}]"
        for name, cell in metrics.items()
        for low, high in [cell["interval95"]]
    ]
    return f"  {way:<22}" + "  ".join(cells)
