"""`insideout eval fer2013`, `affectnet`, `afew`, `abaw`, `photos`: expressions of faces, with labels."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from insideout.eval import face_fer, face_files, face_sets
from insideout.eval.errors import RunError
from insideout.eval.extras import need
from insideout.eval.face_running import Asked, Track
from insideout.eval.face_scores import as_items
from insideout.eval.figures import confusion_map
from insideout.perception.face.recognisers import EMBEDDED
from insideout.perception.text.corpora import SHARED_VARIABLE
from insideout.service.cli.eval_face_shown import show

_stderr = Console(stderr=True)

Model = Annotated[
    str,
    typer.Option(
        help='embedded, emotiefflib[:MODEL], a PATH.onnx with a card, or several: "a+b".',
        metavar="NAME",
    ),
]
Against = Annotated[
    str | None,
    typer.Option(help="Ask this model too, and test which is right more often.", metavar="NAME"),
]
Out = Annotated[
    Path | None, typer.Option(help="Keep every answer in this folder; a broken run goes on.")
]
Plot = Annotated[
    Path | None, typer.Option(help="Draw the confusion into this picture.", metavar="FILE.png")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


class FerSplit(StrEnum):
    """What --split takes."""

    TRAIN = "train"
    PUBLIC = "public"
    PRIVATE = "private"


def register(app: typer.Typer) -> None:
    """Add the commands about faces to the `eval` commands."""
    app.command("fer2013")(eval_fer2013)
    app.command("affectnet")(eval_affectnet)
    app.command("afew")(eval_afew)
    app.command("abaw")(eval_abaw)
    app.command("photos")(eval_photos)


def eval_fer2013(
    data: Annotated[
        Path | None,
        typer.Option(
            help="A zip or a folder of label/file.jpg, or fer2013.csv; else the public test in "
            "INSIDEOUT_SHARED."
        ),
    ] = None,
    split: Annotated[
        FerSplit | None, typer.Option(help="Else the first of public, private, train there is.")
    ] = None,
    train: Annotated[
        Path | None,
        typer.Option(help="Look for doubles in these training images; else train.zip beside."),
    ] = None,
    model: Model = EMBEDDED,
    against: Against = None,
    out: Out = None,
    plot: Plot = None,
    json_: Json = False,
) -> None:
    """FER-2013: seven expressions on 48 x 48 grey faces."""
    place = data or _shared("fer2013/public_test.zip")
    chosen: Any = None if split is None else split.value
    _run(
        lambda asked: face_fer.fer_2013(place, chosen, train).run(asked),
        model, against, out, plot, json_,
    )  # fmt: skip


def eval_affectnet(
    data: Annotated[
        Path,
        typer.Option(
            help="validation.csv, or a folder of images and annotations, or of label/picture."
        ),
    ],
    images: Annotated[
        Path | None, typer.Option(help="The pictures of a list, where they are not beside it.")
    ] = None,
    model: Model = EMBEDDED,
    against: Against = None,
    out: Out = None,
    plot: Plot = None,
    json_: Json = False,
) -> None:
    """AffectNet: eight expressions, valence and arousal."""
    _run(lambda asked: face_sets.affectnet(asked, data, images), model, against, out, plot, json_)


def eval_afew(
    data: Annotated[Path, typer.Option(help="A folder of label/clip.")],
    model: Model = EMBEDDED,
    against: Against = None,
    out: Out = None,
    plot: Plot = None,
    json_: Json = False,
) -> None:
    """AFEW, or any folder of clips: seven expressions, one a clip."""
    _run(lambda asked: face_files.afew(asked, data), model, against, out, plot, json_)


def eval_abaw(
    data: Annotated[
        Path, typer.Option(help="A folder of annotations, a file a film; or the multi-task file.")
    ],
    pictures: Annotated[
        Path, typer.Option(help="The folder cropped_aligned, with a folder a film.")
    ],
    model: Model = EMBEDDED,
    against: Against = None,
    out: Out = None,
    plot: Plot = None,
    json_: Json = False,
) -> None:
    """ABAW's frames of Aff-Wild2: eight expressions, or valence and arousal, or both."""
    _run(
        lambda asked: face_sets.abaw_frames(asked, data, pictures),
        model, against, out, plot, json_,
    )  # fmt: skip


def eval_photos(
    data: Annotated[
        Path | None, typer.Option(help="A folder with labels.csv; else that in INSIDEOUT_SHARED.")
    ] = None,
    model: Model = EMBEDDED,
    against: Against = None,
    out: Out = None,
    plot: Plot = None,
    json_: Json = False,
) -> None:
    """Labelled photos: found, judged and read as `perceive` does; strict and lenient."""
    place = data or _shared("photos")
    _run(lambda asked: face_files.photos(asked, place), model, against, out, plot, json_)


def _shared(part: str) -> Path:
    return Path(os.environ.get(SHARED_VARIABLE, "../shared")) / "signals" / "face" / part


def _run(
    report: Callable[[Asked], dict[str, Any]],
    model: str,
    against: str | None,
    out: Path | None,
    plot: Path | None,
    json_: bool,
) -> None:
    need("sklearn.metrics", "scipy.stats", *(["matplotlib"] if plot else []))
    with _tracked() as track:
        try:
            found = report(Asked(model=model, against=against, out=out, track=track))
        except KeyboardInterrupt:
            if out is not None:
                _stderr.print(
                    f"the answers so far are in {out}; the same command goes on", markup=False
                )
            raise
    if plot is not None:
        _draw(plot, found)
    if json_:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        show(found, Console())


@contextmanager
def _tracked() -> Iterator[Track]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=_stderr, transient=True) as progress:

        def track(what: str, total: int) -> Callable[[int], None]:
            bar = progress.add_task(what, total=total)
            return lambda done: progress.advance(bar, done)

        yield track


def _draw(path: Path, found: dict[str, Any]) -> None:
    if "labels" not in found:
        raise RunError("--plot draws what labels are taken for, and these data have ratings alone")
    answered, gold = as_items(found["labels"]["confusion"])
    try:
        confusion_map(path, answered, gold, found["labels"]["names"])
    except (OSError, ValueError) as error:
        raise RunError(f"{path} cannot be written ({error}); name another with --plot") from error
