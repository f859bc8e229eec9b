"""`insideout eval audiovisual`: filmed people, by face, voice, words, and all of them together."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from insideout.agents.errors import BadInputError
from insideout.eval.audiovisual import ClipReaders, seen, unheard
from insideout.eval.audiovisual_report import report
from insideout.perception.audiovisual.clips import FilmClip
from insideout.perception.audiovisual.corpora import FILM_CORPORA, FilmCorpus
from insideout.perception.errors import unknown_name
from insideout.perception.policy import refusal
from insideout.perception.reading import Modality
from insideout.service.cli import options
from insideout.service.cli.shared_data import Draws

_stderr = Console(stderr=True)


def register(app: typer.Typer) -> None:
    """Add `audiovisual` to the `eval` commands."""
    app.command("audiovisual")(eval_audiovisual)


def eval_audiovisual(
    name: Annotated[str, typer.Option("--set", help=f"{', '.join(FILM_CORPORA)}.", metavar="NAME")],
    data: Annotated[Path, typer.Option(help="The unpacked data set.")],
    split: Annotated[
        str | None, typer.Option(help="Only this split, of sets that have some.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first N clips.")] = None,
    draws: Draws = 1_000,
    out: Annotated[
        Path | None, typer.Option(help="Keep what is read here; a broken run goes on.")
    ] = None,
    json_: options.Json = False,
) -> None:
    """Read the face, the voice and the words of each clip, fuse them, and say what that brings."""
    if name not in FILM_CORPORA:
        raise BadInputError(unknown_name("set of films", name, FILM_CORPORA))
    if why := refusal(Modality.FACE):
        raise BadInputError(f"{why}; set INSIDEOUT_POLICY=open to measure on data sets")
    corpus = FILM_CORPORA[name]
    whole = _clips(corpus, data, split)
    clips = unheard(corpus, whole)[:limit]
    with _progress() as progress:
        bar = progress.add_task(corpus.title, total=len(clips))
        found = seen(clips, ClipReaders(), {"task": name}, out, lambda: progress.advance(bar))
        scored = progress.add_task("scores", total=1)
        result = report(corpus, clips, found, draws, lambda: progress.advance(scored))
    result["learnt_from"] = len(whole) - len(unheard(corpus, whole))
    typer.echo(json.dumps(result, ensure_ascii=False)) if json_ else _show(result, Console())


def _clips(corpus: FilmCorpus, data: Path, split: str | None) -> tuple[FilmClip, ...]:
    found = corpus.clips(data)
    splits = tuple(dict.fromkeys(clip.split for clip in found if clip.split))
    if split is not None and split not in splits:
        raise BadInputError(
            unknown_name("split", split, splits)
            if splits
            else f"{corpus.title} has no splits; leave --split away"
        )
    return tuple(clip for clip in found if split in (None, clip.split))


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=_stderr,
    )


def _show(found: dict[str, Any], console: Console) -> None:
    names = list(next(iter(found["ways"].values())))
    table = Table(Column("", no_wrap=True), *names, title=f"{found['task']}: {found['n']} clips")
    for way, cells in found["ways"].items():
        table.add_row(way, *(_cell(cells[name]) for name in names))
    console.print(table)
    if found["learnt_from"]:
        console.print(f"left out, since the models learnt from them: {found['learnt_from']} clips")
    spoke = ", ".join(f"{name} {share:.0%}" for name, share in found["spoke"].items())
    console.print(
        f"{found['speakers']} speakers; said something: {spoke}; {found['protocol']}",
        markup=False,
        highlight=False,
    )


def _cell(cell: dict[str, Any]) -> str:
    low, high = cell["interval95"]
    return f"{cell['value']:.3f}\n{low:.3f} to {high:.3f}"
