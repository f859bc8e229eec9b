"""What `train rest` and `eval adaptation` share: the voices that both listen to."""

from pathlib import Path
from typing import Annotated

import typer

from insideout.perception.voice.datasets.corpora import CORPORA
from insideout.service.cli.shared_data import place

CACHE = "adaptation"
"""The folder of the user's cache that both keep features in."""

Emodb = Annotated[Path | None, typer.Option(help="EMO-DB's folder; else in INSIDEOUT_SHARED.")]


def voice_folders(ravdess: Path | None, emodb: Path | None) -> dict[str, Path]:
    """Data set to folder: those given, or in INSIDEOUT_SHARED; raises SharedDataError."""
    given = {"ravdess": ravdess, "emodb": emodb}
    return {name: place(name, path, CORPORA[name].shared) for name, path in given.items()}
