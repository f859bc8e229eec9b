"""`insideout train text`: fit a text recogniser on your copies of the data sets."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from insideout.agents.errors import BadInputError
from insideout.eval import ed, messages, neutral, russian
from insideout.perception.text.corpora import data_folder
from insideout.perception.text.readers import text_reader
from insideout.perception.text.text_reader import LINEAR_WEIGHTS, OPEN_LINEAR, TextReader
from insideout.perception.weights import WeightsFile, record_checksum
from insideout.service.cli.train_text_encoder import Training, fit_encoder

CARD = "MODEL_CARD.md"
_stderr = Console(stderr=True)


class Model(StrEnum):
    """The kinds of recogniser that can be trained."""

    LINEAR = "linear"
    ENCODER = "encoder"
    FLORET = "floret"


class Tongue(StrEnum):
    """The languages a recogniser can be trained for."""

    EN = "en"
    RU = "ru"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be trained, from what and to where."""

    language: Tongue
    open_data: bool
    folder: Path
    out: Path | None
    training: Training

    @property
    def task(self) -> str:
        """How the file's name ends."""
        return f"open_{self.language}" if self.open_data else self.language.value


def register(app: typer.Typer) -> None:
    """Add `text` to the `train` commands."""
    app.command("text")(train_text)


def train_text(
    model: Annotated[Model, typer.Option(help="The kind of recogniser.")] = Model.LINEAR,
    language: Annotated[Tongue, typer.Option(help="Of the texts it will read.")] = Tongue.EN,
    open_data: Annotated[
        bool, typer.Option("--open", help="On CC BY data alone (English), for use in products.")
    ] = False,
    data: Annotated[Path | None, typer.Option(help="The folder of data sets.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the weights go; else in place.")] = None,
    seeds: Annotated[
        int, typer.Option(min=1, help="Encoder: runs whose weights are averaged.")
    ] = 2,
    jobs: Annotated[int, typer.Option(min=1, help="Encoder: runs side by side.")] = 2,
    base: Annotated[
        str | None, typer.Option(help="Encoder: a BERT from Hugging Face or a folder.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="Encoder: a TOML file with other settings of the plan.")
    ] = None,
    runs: Annotated[
        Path, typer.Option(help="Encoder: checkpoints and logs; it resumes there.")
    ] = Path("runs/text"),
    measure: Annotated[bool, typer.Option(help="Measure it afterwards.")] = True,
) -> None:
    """Fit and calibrate a recogniser; write its weights, checksum, figures and card."""
    training = Training(seeds=seeds, jobs=jobs, base=base, config=config, runs=runs)
    wanted = Wanted(
        language=language, open_data=open_data, folder=data_folder(data), out=out, training=training
    )
    _refuse_what_there_is_not(wanted, model)
    path = _FIT[model](wanted)
    record_checksum(path)
    _stderr.print(f"{path}: {path.stat().st_size / 1e6:.2f} MB")
    if measure:
        figures = _measure(model, wanted, path.parent)
        write_figures(path, figures)
        _stderr.print(table(figures), markup=False)


def _refuse_what_there_is_not(wanted: Wanted, model: Model) -> None:
    name = f"{'open ' if wanted.open_data else ''}{model} recogniser"
    if wanted.language is Tongue.RU and (wanted.open_data or model is not Model.LINEAR):
        raise BadInputError(f"there is no {name} for Russian; `--model linear --language ru` is")
    if wanted.open_data and model is Model.FLORET:
        raise BadInputError(f"there is no {name}; `--model encoder --open` is")


def _fit_linear(wanted: Wanted) -> Path:
    from insideout.perception.text.train_linear import Options, train

    path = _target(
        wanted, OPEN_LINEAR if wanted.open_data else LINEAR_WEIGHTS[wanted.language.value]
    )
    train(wanted.task, wanted.folder, Options(), _stderr.print).save(path)
    return path


def _fit_encoder(wanted: Wanted) -> Path:
    from insideout.perception.text.text_reader import ENCODER_WEIGHTS, OPEN_ENCODER

    path = _target(wanted, OPEN_ENCODER if wanted.open_data else ENCODER_WEIGHTS)
    fit_encoder(wanted.folder, path, wanted.training, wanted.task, _stderr)
    return path


def _fit_floret(wanted: Wanted) -> Path:
    from insideout.perception.text.floret_reader import FLORET_WEIGHTS
    from insideout.perception.text.train_floret import Options, train

    path = _target(wanted, FLORET_WEIGHTS)
    train(wanted.language.value, wanted.folder, Options(), _stderr.print).save(path)
    return path


_FIT: dict[Model, Callable[[Wanted], Path]] = {
    Model.LINEAR: _fit_linear,
    Model.ENCODER: _fit_encoder,
    Model.FLORET: _fit_floret,
}


def _target(wanted: Wanted, weights: WeightsFile) -> Path:
    path = (wanted.out or weights.shipped.parent) / weights.name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _measure(model: Model, wanted: Wanted, weights: Path) -> list[dict[str, Any]]:
    if wanted.language is Tongue.RU:
        reader = TextReader(weights_folder=weights)
        return [russian.report(reader, wanted.folder, name) for name in russian.SETS]
    names = {Model.LINEAR: "linear", Model.ENCODER: "embedded", Model.FLORET: "floret"}
    name = names[model] + ("-open" if wanted.open_data else "")
    items = ed.load(wanted.folder / "empathetic_dialogues" / "moel_dev.jsonl.gz")
    talk = text_reader(name, weights_folder=weights)
    whole = text_reader(name, of_conversation=True, weights_folder=weights)
    return [
        ed.report(ed.ask(whole, items), "every turn counts alike, the listener's half"),
        ed.report(ed.ask(talk, items), "the person's turns only, the last counts most"),
        neutral.report(talk, wanted.folder),
        messages.report(talk),
    ]


def write_figures(path: Path, figures: list[dict[str, Any]]) -> None:
    """The figures as JSON beside the weights, and as a table in the model card if there is one."""
    text = json.dumps(figures, indent=1, ensure_ascii=False) + "\n"
    path.with_suffix(".figures.json").write_text(text, "utf-8")
    card = path.parent / CARD
    if card.is_file():
        opening, closing = f"<!-- figures:{path.stem} -->\n", f"<!-- /figures:{path.stem} -->"
        head, found, rest = card.read_text("utf-8").partition(opening)
        _, ended, tail = rest.partition(closing)
        if found and ended:
            card.write_text(head + found + table(figures) + ended + tail, "utf-8")


def table(figures: list[dict[str, Any]]) -> str:
    """The figures as a Markdown table: one row a metric, with its interval where there is one."""
    lines = [
        "| task | n | metric | value | 95 % interval | protocol |",
        "|---|---|---|---|---|---|",
    ]
    for report in figures:
        for i, (name, value) in enumerate(report["metrics"].items()):
            low, high = report["interval95"].get(name, (None, None))
            range_ = "" if low is None else f"{low:.3f} to {high:.3f}"
            row = (
                report["task"],
                report["n"],
                name,
                value,
                range_,
                "" if i else report["protocol"],
            )
            lines.append("| " + " | ".join(str(cell) for cell in row) + " |")
    return "\n".join(lines) + "\n"
