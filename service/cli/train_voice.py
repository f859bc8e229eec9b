"""`insideout train voice`: fit what names the emotion of speech."""

import json
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from insideout.eval import ca_ser
from insideout.eval.voice_tasks import Asked, fitted_report
from insideout.perception.voice.ca_ser import run as ca_ser_run
from insideout.perception.voice.ca_ser.options import DEFAULT_BASE, Options
from insideout.perception.voice.datasets.corpora import CORPORA
from insideout.perception.voice.embedded import WEIGHTS
from insideout.perception.voice.train.run import LEARNT_FROM, Plan, Track, make_plan, train
from insideout.perception.weights import record_checksum
from insideout.service.cli.train_text import table, write_figures
from insideout.service.cli.voice_options import (
    VoiceOptionError,
    counted,
    data_folder,
    named_folders,
    tracked,
)

_stderr = Console(stderr=True)


class Model(StrEnum):
    """The kinds of recogniser that can be trained."""

    EMBEDDED = "embedded"
    CA_SER = "ca-ser"


def register(app: typer.Typer) -> None:
    """Add `voice` to the `train` commands."""
    app.command("voice")(train_voice)


def train_voice(
    model: Annotated[Model, typer.Option(help="The kind of recogniser.")] = Model.EMBEDDED,
    data: Annotated[
        list[str] | None,
        typer.Option(
            help="Data sets, as NAME or NAME=FOLDER; else RAVDESS and EMO-DB in INSIDEOUT_SHARED "
            "(ca-ser: one, RAVDESS by default).",
            metavar="NAME[=FOLDER]",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where the weights go; the shipped model's else in place.")
    ] = None,
    backbone: Annotated[
        Path | None,
        typer.Option(
            help="Embedded: the encoder's .onnx, or the wheel of pipecat-ai that holds it."
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(help=f"CA-SER: the self-supervised model; else {DEFAULT_BASE}."),
    ] = None,
    epochs: Annotated[
        int | None, typer.Option(min=1, help="CA-SER: passes over the clips; else 30.")
    ] = None,
    measure: Annotated[bool, typer.Option(help="Measure it afterwards, speakers left out.")] = True,
) -> None:
    """Fit and calibrate a model; write its weights, checksum and figures."""
    if model is Model.CA_SER:
        _refuse(model, backbone=backbone)
        _train_ca_ser(data, out, base, epochs)
        return
    _refuse(model, base=base, epochs=epochs)
    folders = _folders(data)
    with tracked(_stderr) as track:
        plan = make_plan(backbone)
        written = _train_embedded(folders, out or WEIGHTS.shipped.parent, plan, track)
        if measure:
            for figures in _figures(folders, plan, track):
                write_figures(written, figures)
                _stderr.print(table(figures[-1:]), markup=False)


def _refuse(model: Model, **given: Any) -> None:
    for name, value in given.items():
        if value is not None:
            raise VoiceOptionError(f"--{name} changes nothing of --model {model}; leave it out")


def _folders(data: list[str] | None) -> dict[str, Path]:
    folders = named_folders(data or list(LEARNT_FROM))
    if unknown := set(folders) - set(LEARNT_FROM):
        raise VoiceOptionError(
            f"the embedded model has labels for {' and '.join(LEARNT_FROM)}; "
            f"{', '.join(sorted(unknown))} is not one of them"
        )
    return folders


def _train_embedded(folders: dict[str, Path], folder: Path, plan: Plan, track: Track) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / WEIGHTS.name
    train(folders, written, plan, track)
    record_checksum(written)
    _stderr.print(f"{written}: {written.stat().st_size} bytes", markup=False)
    return written


def _figures(folders: dict[str, Path], plan: Plan, track: Track) -> Iterator[list[dict[str, Any]]]:
    """The reports so far, one more each time.

    Each data set alone, then by a model of the others alone, then with the others besides, which is how
    the shipped model is fitted.
    """
    others = {name: {n: f for n, f in folders.items() if n != name} for name in folders}
    kinds = [(False, True), (True, False), (True, True)] if len(folders) > 1 else [(False, True)]
    found: list[dict[str, Any]] = []
    for besides, own in kinds:
        for name, folder in folders.items():
            learnt = others[name] if besides else {}
            asked = Asked(corpus=CORPORA[name], folder=folder, others=learnt, own=own)
            found.append(fitted_report(asked, plan, track))
            yield found


def _train_ca_ser(
    data: list[str] | None, out: Path | None, base: str | None, epochs: int | None
) -> None:
    if out is None:
        raise VoiceOptionError("say with --out where the weights of ca-ser go")
    folders = named_folders(data) if data else {"ravdess": data_folder("ravdess", None)}
    if len(folders) != 1:
        raise VoiceOptionError(f"ca-ser is trained on one data set; given: {', '.join(folders)}")
    name, folder = next(iter(folders.items()))
    options = Options(corpus=name, data=folder, out=out)
    options = replace(options, base=base or options.base, epochs=epochs or options.epochs)
    with counted(_stderr) as watch:
        trained = ca_ser_run.train(options, watch)
    figures = [ca_ser.report(trained)]
    (out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    _stderr.print(table(figures), markup=False)
