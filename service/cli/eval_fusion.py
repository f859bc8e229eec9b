"""`insideout eval fusion`: several modalities against the best one, on simulated people."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from insideout.eval.extras import need
from insideout.eval.fusion_figures import drawn
from insideout.eval.fusion_report import SECOND, report
from insideout.eval.fusion_sources import said
from insideout.service.cli.fusion_options import Cache, Data, Ed, Fer, sets_at
from insideout.service.cli.shared_data import Draws, Ravdess
from insideout.service.cli.voice_options import tracked

_stderr = Console(stderr=True)


def register(app: typer.Typer) -> None:
    """Add `fusion` to the `eval` commands."""
    app.command("fusion")(eval_fusion)


def eval_fusion(
    fer: Fer = None,
    ravdess: Ravdess = None,
    ed: Ed = None,
    data: Data = None,
    cache: Cache = None,
    draws: Draws = 1_000,
    plot: Annotated[
        Path | None, typer.Option(help="Draw accuracies with their intervals into this file.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Put together faces, voices and words that share an emotion, and say what fusing them brings.

    A simulation: the three come from strangers, not from one person.
    """
    need("scipy", *(["matplotlib"] if plot is not None else []))
    sets = sets_at(fer, ravdess, ed, data, cache)
    with tracked(_stderr) as track:
        found = report(said(sets, track), draws, track)
    if plot is not None:
        drawn(plot, found)
    typer.echo(json.dumps(found, ensure_ascii=False) if json_ else summary(found))


def summary(found: dict[str, Any]) -> str:
    """The report in lines for people."""
    lines = [f"{found['task']}: {found['n']} triples, {found['speakers']} speakers"]
    lines.append(found["protocol"])
    for name, one in found["conditions"].items():
        lines.append(f"\n{name}: {one['what']}")
        lines += [_line(way, metrics) for way, metrics in one["ways"].items()]
        second = one[SECOND]
        lines.append(f"  {SECOND} (n {second['n']}):")
        lines += [_line(way, metrics) for way, metrics in second["ways"].items()]
    for kind, ways in found["subsets"].items():
        lines.append(f"\nclean, {kind}")
        lines += [_line(way, metrics) for way, metrics in ways.items()]
    lines.append("\ncontradictions")
    for name, one in found["conflicts"].items():
        told = [f"{key} {_cell(cell)}" for key, cell in one.items() if isinstance(cell, dict)]
        lines.append(f"  {name} (n {one['n']}): {', '.join(told)}")
    lines.append("\nright by the readers' quality, noise of graded strength")
    for modality, bands in found["quality"].items():
        for band, one in bands.items():
            name = f"{modality}, {band} (n {one['n']})"
            lines.append(f"  {name:<42}accuracy {_cell(one['accuracy'])}")
    return "\n".join(lines)


def _line(way: str, metrics: dict[str, Any]) -> str:
    return f"  {way:<42}" + "  ".join(f"{name} {_cell(cell)}" for name, cell in metrics.items())


def _cell(cell: dict[str, Any]) -> str:
    low, high = cell["interval95"]
    return f"{cell['value']:.3f} [{low:.3f}, {high:.3f}]"
