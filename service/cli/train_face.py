"""`insideout train face`: train the embedded recogniser of faces on FER-2013."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from insideout.agents.errors import BadInputError
from insideout.eval.face_fer import fer_2013
from insideout.eval.face_running import Asked
from insideout.perception.face.datasets.fer2013 import load_fer2013
from insideout.perception.face.embedded import WEIGHTS
from insideout.perception.weights import record_checksum
from insideout.service.cli.train_text import table, write_figures

_stderr = Console(stderr=True)


def register(app: typer.Typer) -> None:
    """Add `face` to the `train` commands."""
    app.command("face")(train_face)


def train_face(
    data: Annotated[Path, typer.Option(help="FER-2013: a zip, a folder of labels, or the CSV.")],
    test: Annotated[
        Path | None,
        typer.Option(help="The test set to measure on; its images are kept out of the training."),
    ] = None,
    base: Annotated[
        Path | None, typer.Option(help="A trained MobileNet in ONNX to start from; else fresh.")
    ] = None,
    teacher: Annotated[
        list[str] | None,
        typer.Option(help="A recogniser whose opinion is learnt beside the labels; repeat it."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Where the weights go; else in place.")] = None,
    runs: Annotated[Path, typer.Option(help="Checkpoints and log; it resumes there.")] = Path(
        "runs/face"
    ),
    epochs: Annotated[float | None, typer.Option(min=0.0, help="Else 12.")] = None,
    seed: Annotated[int, typer.Option(help="Of the drawing of everything random.")] = 0,
    threads: Annotated[int, typer.Option(min=1, help="That torch computes with.")] = 2,
) -> None:
    """Train, calibrate and write the weights with their checksum; measure them on the test set."""
    from insideout.perception.face.train.loop import Plan
    from insideout.perception.face.train.run import Sources, finish, train

    for path in (base, *(p for p in (data, test) if p is not None)):
        if path is not None and not path.exists():
            raise BadInputError(f"there is nothing at {path}")
    plan = replace(Plan(), seed=seed)
    plan = plan if epochs is None else replace(plan, epochs=epochs)
    tested = None if test is None else load_fer2013(test)
    sources = Sources(base=base, teachers=tuple(teacher or ()), apart=tested)
    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"),
        TextColumn("loss {task.fields[loss]}"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=_stderr) as progress:
        bar = progress.add_task("training", total=None, loss="-")

        def tick(done: int, of: int, loss: float) -> None:
            progress.update(bar, completed=done, total=of, loss=f"{loss:.3f}")

        training = train(load_fer2013(data), sources, plan, runs, threads, tick)
    path = (out or WEIGHTS.shipped.parent) / WEIGHTS.name
    done = finish(training, plan, path, WEIGHTS.licence)
    record_checksum(path)
    _stderr.print(
        f"{path}: {path.stat().st_size / 1e6:.2f} MB; on {done.held} held-out images "
        f"{done.accuracy:.3f}, temperature {done.temperature}",
        markup=False,
        highlight=False,
    )
    if test is not None:
        figures = [_measured(path, data, test)]
        write_figures(path, figures)
        _stderr.print(table(figures), markup=False)


def _measured(path: Path, data: Path, test: Path) -> dict[str, Any]:
    with Progress(console=_stderr) as progress:

        def track(what: str, total: int) -> Callable[[int], None]:
            bar = progress.add_task(what, total=total)
            return lambda done: progress.advance(bar, done)

        return fer_2013(test, train=data).run(Asked(model=str(path), track=track))
