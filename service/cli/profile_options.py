"""The option by which commands are told who the person is."""

from typing import Annotated

import typer

ProfileName = Annotated[
    str | None,
    typer.Option(
        "--profile",
        help="Who the person is: a name that `insideout profile list` shows.",
        metavar="NAME",
    ),
]
