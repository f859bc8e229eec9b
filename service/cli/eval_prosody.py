"""`insideout eval prosody`: are the words for how a voice sounds right."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from insideout.eval import prosody
from insideout.perception.errors import PerceptionError, unknown_name
from insideout.perception.voice.datasets.corpora import CORPORA

_MOST_SAID = 4

_stderr = Console(stderr=True)


def register(app: typer.Typer) -> None:
    """Add `prosody` to the `eval` commands."""
    app.command("prosody")(eval_prosody)


def eval_prosody(
    data: Annotated[Path, typer.Option(help="Folder of the data set.")],
    set_: Annotated[str, typer.Option("--set", help=f"One of {', '.join(CORPORA)}.")] = "ravdess",
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """What is said of neutral speech, where little should be, and of every other label.

    Against norms, and against each speaker's own first two neutral sentences.
    """
    if set_ not in CORPORA:
        raise PerceptionError(unknown_name("data set", set_, CORPORA))
    with Progress(console=_stderr, transient=True) as progress:
        task = progress.add_task("measuring clips")
        spoken = prosody.measured(
            CORPORA[set_],
            data,
            lambda done, of: progress.update(task, completed=done, total=of),
        )
    found = prosody.report(spoken, CORPORA[set_])
    if json_:
        typer.echo(json.dumps(found))
    else:
        _show(found, Console())


def _show(found: dict[str, Any], console: Console) -> None:
    for key, title in (("norms", "against norms"), ("own_usual", "against one's own usual")):
        part = found[key]
        table = Table(title=f"{found['set']}, {title}: {part['n']} clips")
        for name in ("label", "what is said of the clips, and of how many"):
            table.add_column(name)
        for label, shares in part["labels"].items():
            said = (f"{name} {share:.0%}" for name, share in list(shares.items())[:_MOST_SAID])
            table.add_row(label, ", ".join(said))
        console.print(table)
        for name, share in part["told"].items():
            low, high = part["interval95"][name]
            console.print(
                f"anything at all said of {name} clips: {share:.1%} ({low:.1%}-{high:.1%})"
            )
    if found["syllables"]:
        low, middle, high = found["syllables"]["counted_percentiles_5_50_95"]
        console.print(
            f"syllables of {found['syllables']['said']:.0f}: {middle:.1f} counted ({low:.1f}-{high:.1f})"
        )
