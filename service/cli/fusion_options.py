"""What `train fusion` and `eval fusion` share: their options, and where the sets lie."""

from pathlib import Path
from typing import Annotated

import typer

from insideout.eval.fusion_sources import Sets
from insideout.perception.text.corpora import data_folder
from insideout.perception.voice.datasets.corpora import CORPORA
from insideout.service.cli.shared_data import FER_TEST, cache_folder, place

_DIALOGUES = "datasets/empathetic_dialogues/valid.jsonl.gz"

Fer = Annotated[
    Path | None,
    typer.Option(help="FER-2013's public test, zip or folder; else in INSIDEOUT_SHARED."),
]
Ed = Annotated[
    Path | None,
    typer.Option(help="EmpatheticDialogues' validation part; else in INSIDEOUT_SHARED."),
]
Data = Annotated[
    Path | None, typer.Option(help="The folder that holds daily_dialog; else in INSIDEOUT_SHARED.")
]
Cache = Annotated[Path | None, typer.Option(help="Where answers are kept; else the user's cache.")]


def sets_at(
    fer: Path | None,
    ravdess: Path | None,
    ed: Path | None,
    data: Path | None,
    cache: Path | None,
) -> Sets:
    """The places given, or those in INSIDEOUT_SHARED; raises SharedDataError for a missing one."""
    return Sets(
        fer=place("fer", fer, FER_TEST),
        ravdess=place("ravdess", ravdess, CORPORA["ravdess"].shared),
        ed=place("ed", ed, _DIALOGUES),
        datasets=data_folder(data),
        cache=cache_folder("fusion", cache),
    )
