"""`insideout train fusion`: fit how far each modality is believed, about which emotion."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from insideout.eval.fusion_fit import ROUNDS, WEIGHTS, fitted
from insideout.eval.fusion_pairs import joined, parts
from insideout.eval.fusion_sources import said
from insideout.perception.reliability import load_reliabilities, to_json
from insideout.perception.weights import record_checksum
from insideout.service.cli.fusion_options import sets_at
from insideout.service.cli.voice_options import tracked

_stderr = Console(stderr=True)


def register(app: typer.Typer) -> None:
    """Add `fusion` to the `train` commands."""
    app.command("fusion")(train_fusion)


def train_fusion(
    fer: Annotated[
        Path | None,
        typer.Option(help="FER-2013's public test, zip or folder; else in INSIDEOUT_SHARED."),
    ] = None,
    ravdess: Annotated[
        Path | None, typer.Option(help="RAVDESS's folder; else in INSIDEOUT_SHARED.")
    ] = None,
    ed: Annotated[
        Path | None,
        typer.Option(help="EmpatheticDialogues' validation part; else in INSIDEOUT_SHARED."),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(help="The folder that holds daily_dialog; else in INSIDEOUT_SHARED."),
    ] = None,
    cache: Annotated[
        Path | None, typer.Option(help="Where answers are kept; else the user's cache.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where the file goes; else in place of the shipped one.")
    ] = None,
    bases: Annotated[
        bool, typer.Option(help="Fit base rates as well; without, the priors' are kept.")
    ] = True,
) -> None:
    """Fit reliabilities on all the simulated triples, and write them with their checksum.

    `insideout eval fusion` says how right they are, fitted on one half and asked about the other.
    """
    sets = sets_at(fer, ravdess, ed, data, cache)
    path = out or WEIGHTS.shipped
    with tracked(_stderr) as track:
        both = parts(said(sets, track))
        clean = joined([part.clean() for part in both])
        spoilt = joined([part.spoilt(told=True) for part in both])
        found = fitted([clean, spoilt], track("fitting reliabilities", ROUNDS), bases=bases)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(to_json(found), indent=1) + "\n", "utf-8")
    load_reliabilities(path)
    record_checksum(path)
    _stderr.print(f"{path}: fitted on {len(clean)} triples, clean and spoilt", markup=False)
