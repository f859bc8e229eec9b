"""`insideout train heart`: fit what the heart says about stress, or with the brain about feeling."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from insideout.eval.heart_tasks import TASKS, Dataset, Setup, Task, Track
from insideout.perception.errors import PerceptionError
from insideout.perception.heart.datasets.wesad import Sensor
from insideout.perception.heart.stress.model import WEIGHTS
from insideout.perception.weights import OVERRIDE_VARIABLE, record_checksum
from insideout.service.cli.heart_options import (
    HeartOptionError,
    data_path,
    setup,
    tracked,
)
from insideout.service.cli.train_text import table, write_figures

SHIPPED = Dataset.STRESS_PREDICT
_stderr = Console(stderr=True)


def register(app: typer.Typer) -> None:
    """Add `heart` to the `train` commands."""
    app.command("heart")(train_heart)


def train_heart(
    dataset: Annotated[
        Dataset, typer.Option(help="Which data set; stress-predict makes the shipped model.")
    ] = SHIPPED,
    data: Annotated[
        Path | None, typer.Option(help="Its folder, or DREAMER.mat; else in INSIDEOUT_SHARED.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where the weights go; the shipped model's else in place.")
    ] = None,
    sensor: Annotated[Sensor | None, typer.Option(help="WESAD's chest belt or wristband.")] = None,
    seed: Annotated[int | None, typer.Option(help="Of the folds; else 0.")] = None,
    measure: Annotated[bool, typer.Option(help="Measure it afterwards.")] = True,
) -> None:
    """Fit and calibrate a model; write its weights, checksum and figures."""
    try:
        chosen = setup(dataset, seed, sensor=sensor)
        path, folder = data_path(dataset, data), _folder(dataset, out)
        with tracked(_stderr) as track:
            written = _train(TASKS[dataset], path, folder, chosen, track)
            _stderr.print(f"{written}: {written.stat().st_size} bytes", markup=False)
            if measure:
                figures = _figures(dataset, path, chosen, track)
                write_figures(written, figures)
                _stderr.print(table(figures), markup=False)
    except (PerceptionError, HeartOptionError) as error:
        _stderr.print(str(error), style="red", markup=False)
        raise typer.Exit(2) from error


def _folder(dataset: Dataset, out: Path | None) -> Path:
    if TASKS[dataset].train is None:
        known = ", ".join(name for name, task in TASKS.items() if task.train is not None)
        raise HeartOptionError(f"nothing is trained on {dataset}; known: {known}")
    if out is None and dataset is not SHIPPED:
        raise HeartOptionError(
            f"say with --out where the weights go; {OVERRIDE_VARIABLE}=FOLDER then has them used"
        )
    return out or WEIGHTS.shipped.parent


def _train(task: Task, path: Path, folder: Path, chosen: Setup, track: Track) -> Path:
    assert task.train is not None
    assert task.weights is not None
    model = task.train(path, chosen, track)
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / task.weights.name
    model.save(written)
    record_checksum(written)
    return written


def _figures(dataset: Dataset, path: Path, chosen: Setup, track: Track) -> list[dict[str, Any]]:
    """The protocol's; for the shipped model also shorter windows, a shorter rest and the raw wave."""
    report = TASKS[dataset].report
    found = [report(path, chosen, track)]
    if dataset is SHIPPED:
        for change in ({"window": 30.0}, {"window": 120.0}, {"rest": 300.0}):
            other = setup(
                dataset,
                chosen.options.seed,
                window_secs=change.get("window"),
                rest_secs=change.get("rest"),
            )
            found.append(report(path, other, track))
        found.append(TASKS[Dataset.STRESS_PREDICT_WAVE].report(path, chosen, track))
    return found
