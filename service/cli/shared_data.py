"""What the commands share that take several data sets at once: where these lie, and their options."""

import os
from pathlib import Path
from typing import Annotated

import typer
from platformdirs import user_cache_path

from insideout.perception.errors import InsideOutError
from insideout.perception.text.corpora import SHARED_VARIABLE

FER_TEST = "signals/face/fer2013/public_test.zip"
"""FER-2013's public test within INSIDEOUT_SHARED."""

Ravdess = Annotated[Path | None, typer.Option(help="RAVDESS's folder; else in INSIDEOUT_SHARED.")]
Draws = Annotated[int, typer.Option(min=100, help="Of the bootstrap.")]


class SharedDataError(InsideOutError):
    """Data that is not where it should be."""


def place(option: str, given: Path | None, shared: str) -> Path:
    """The path given with that option, or the one within INSIDEOUT_SHARED.

    Raises SharedDataError where there is nothing.
    """
    path = given or Path(os.environ.get(SHARED_VARIABLE, "../shared")) / shared
    if not path.exists():
        raise SharedDataError(f"there is nothing at {path}; name the data with --{option}")
    return path


def cache_folder(name: str, given: Path | None) -> Path:
    """The folder given, else the one of that name in the user's cache; it is made."""
    folder = given or user_cache_path("insideout", appauthor=False) / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
