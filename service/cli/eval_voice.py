"""`insideout eval ravdess`, `emodb`, `crema-d` …: the emotion of voices, on speakers left out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from insideout.eval.voice_as_it_is import as_it_is_report
from insideout.eval.voice_folds import FOLDS
from insideout.eval.voice_tasks import Asked, fitted_report
from insideout.perception.voice.datasets.corpora import CORPORA, Corpus
from insideout.perception.voice.train.run import make_plan
from insideout.service.cli.voice_options import (
    VoiceOptionError,
    data_folder,
    named_folders,
    tracked,
)

_stderr = Console(stderr=True)


def register(app: typer.Typer) -> None:
    """Add a command a data set to the `eval` commands."""
    for corpus in CORPORA.values():
        app.command(corpus.name, help=_help(corpus))(_command(corpus))


def _help(corpus: Corpus) -> str:
    return (
        f"{corpus.name}: {len(corpus.space.labels)} labels of speech ({corpus.space.source}). Fitted on "
        "some speakers and asked about the others, unless --model names a recogniser to ask as it is."
    )


def _command(corpus: Corpus) -> Callable[..., None]:
    def eval_voice(
        data: Annotated[
            Path | None, typer.Option(help="Its folder; else in INSIDEOUT_SHARED.")
        ] = None,
        model: Annotated[
            str | None,
            typer.Option(
                help="Ask this recogniser as it is: embedded, or hf:REPO.", metavar="NAME"
            ),
        ] = None,
        train_on: Annotated[
            list[str] | None,
            typer.Option(
                help="Fit on these data sets, as NAME or NAME=FOLDER; without its own name in the "
                "list none of its speakers is fitted on. By default itself alone.",
                metavar="NAME[=FOLDER]",
            ),
        ] = None,
        folds: Annotated[
            int, typer.Option(min=2, help="Into how many parts its speakers are dealt.")
        ] = FOLDS,
        backbone: Annotated[
            Path | None,
            typer.Option(help="The encoder's .onnx, or the wheel of pipecat-ai that holds it."),
        ] = None,
        json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    ) -> None:
        asked = _asked(corpus, data, train_on or [corpus.name])
        with tracked(_stderr) as track:
            if model is not None:
                _refuse(train_on, backbone)
                found = as_it_is_report(asked, model, track)
            else:
                found = fitted_report(asked, make_plan(backbone), track, folds)
        typer.echo(json.dumps(found, ensure_ascii=False) if json_ else summary(found))

    return eval_voice


def _asked(corpus: Corpus, data: Path | None, train_on: list[str]) -> Asked:
    others = [one for one in train_on if one.partition("=")[0] != corpus.name]
    return Asked(
        corpus=corpus,
        folder=data_folder(corpus.name, data),
        others=named_folders(others),
        own=len(others) < len(train_on),
    )


def _refuse(train_on: list[str] | None, backbone: Path | None) -> None:
    for name, value in (("train-on", train_on), ("backbone", backbone)):
        if value is not None:
            raise VoiceOptionError(
                f"--{name} is for models that are fitted; --model asks one as it is"
            )


def summary(found: dict[str, Any]) -> str:
    """The report in a few lines for people."""
    lines = [
        f"{found['task']}: {found['n']} clips, {found['speakers']} speakers",
        found["protocol"],
    ]
    for name, value in found["metrics"].items():
        low, high = found["interval95"][name]
        lines.append(f"  {name:<28}{value:.3f}  [{low:.3f}, {high:.3f}]")
    lines += [f"  recall of {label:<18}{value:.3f}" for label, value in found["recall"].items()]
    return "\n".join(lines)
