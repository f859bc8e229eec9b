"""`insideout eval ablation`: what it changes in the replies how much of a person's state is told."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from insideout.agents.errors import MissingLibraryError
from insideout.agents.insideout import InsideOut
from insideout.agents.memory import MEMORY
from insideout.eval import ablation
from insideout.eval.ablation import Key, Reply
from insideout.eval.ablation_items import Opening, load, with_faces
from insideout.eval.ablation_report import Measures, report
from insideout.eval.judge import Judge, fit_judge
from insideout.eval.kept_lines import KeptLines
from insideout.eval.similarity import PieceEncoder
from insideout.perception.describe import Show
from insideout.perception.errors import PerceptionError
from insideout.perception.text.corpora import data_folder
from insideout.service.assistant import assistant_from, who_answers
from insideout.service.cli import options
from insideout.service.cli.render import err, note
from insideout.service.settings import Settings

SEED = 7  # where nobody asks for another: the same draws, so that a reply changes by what is told

_stderr = Console(stderr=True)


def register(app: typer.Typer) -> None:
    """Add `ablation` to the `eval` commands."""
    app.command("ablation")(eval_ablation)


def eval_ablation(
    data: Annotated[
        Path, typer.Option(help="EmpatheticDialogues, whole conversations or MoEL's lines.")
    ],
    model: options.Model = None,
    voices: options.Voices = None,
    aggregator: options.Aggregator = None,
    mode: options.Mode = None,
    show: Annotated[
        list[Show] | None, typer.Option(help="Only these amounts of the state; else all five.")
    ] = None,
    faces: Annotated[
        Path | None,
        typer.Option(help="FER-2013: a face of the conversation's emotion beside the words."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only N openings.")] = None,
    concurrency: Annotated[int, typer.Option(min=1, help="Turns at a time.")] = 1,
    datasets: Annotated[
        Path | None, typer.Option(help="Folder of data sets, for the judge of the tone.")
    ] = None,
    similarity_model: Annotated[
        str | None,
        typer.Option(help="Encoder for similarity_f1, its folder or name.", metavar="NAME_OR_PATH"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Keep the replies here; a broken run goes on.")
    ] = None,
    so_far: Annotated[
        bool, typer.Option("--so-far", help="Ask nobody; count what --out has of all amounts.")
    ] = False,
    json_: options.Json = False,
) -> None:
    """Answer people while the models are told none, a label, the distribution, the cues or all of it."""
    settings = options.settings_from(
        model=model, voices=voices, aggregator=aggregator, fallback="none", mode=mode
    )
    settings = _comparable(settings)
    shows = tuple(dict.fromkeys(show or Show))
    judge = _judge(datasets)
    measures = Measures(judge=judge, encoder=_encoder(similarity_model))
    with ExitStack() as stack:
        progress = stack.enter_context(_progress())
        openings = _openings(data, limit, faces, progress)
        assistants = {one: _assistant(settings, one, stack) for one in shows}
        asked = assistants[shows[0]]
        note(err(), f"model: {who_answers(asked)}")
        kept = ablation.kept_lines(openings, _run(asked, settings), out)
        if so_far:
            replies = ablation.known(kept)
        else:
            replies = _asked(assistants, openings, kept, concurrency, progress)
        found = _report(openings, replies, assistants, measures, progress)
    found["judge_accuracy"] = round(judge.accuracy, 4) if judge else None
    typer.echo(json.dumps(found, ensure_ascii=False)) if json_ else _show(found, Console())
    if not found["n"]:
        raise typer.Exit(1)


def _comparable(settings: Settings) -> Settings:
    """The same with draws that repeat, and a deadline by which a slow machine loses no thought."""
    return settings.model_copy(
        update={
            "seed": SEED if settings.seed is None else settings.seed,
            "voice_deadline_secs": max(settings.voice_deadline_secs, settings.timeout_secs),
        }
    )


def _openings(
    data: Path, limit: int | None, faces: Path | None, progress: Progress
) -> list[Opening]:
    found = load(data, limit)
    if faces is None:
        return found
    bar = progress.add_task("faces", total=len(found))
    return with_faces(found, faces, lambda: progress.advance(bar))


def _assistant(settings: Settings, show: Show, stack: ExitStack) -> InsideOut:
    assistant = assistant_from(settings.model_copy(update={"show_state": show}), MEMORY)
    stack.enter_context(closing(assistant.sessions))
    return assistant


def _run(assistant: InsideOut, settings: Settings) -> dict[str, Any]:
    """What the replies depend on, beside the openings and the code."""
    return {
        "task": ablation.TASK,
        "voices": assistant.setup.voices.spec,
        "model": assistant.setup.aggregator.spec,
        "mode": assistant.setup.mode.value,
        "seed": settings.seed,
    }


def _asked(
    assistants: Mapping[Show, InsideOut],
    openings: Sequence[Opening],
    kept: KeptLines[Reply],
    concurrency: int,
    progress: Progress,
) -> dict[Key, Reply]:
    """The replies, of which those that are not kept yet are asked for."""
    bar = progress.add_task("replies", total=len(openings) * len(assistants))

    def tick() -> None:
        progress.advance(bar)

    return asyncio.run(ablation.ask(assistants, openings, kept, concurrency=concurrency, tick=tick))


def _report(
    openings: Sequence[Opening],
    replies: Mapping[Key, Reply],
    assistants: Mapping[Show, InsideOut],
    measures: Measures,
    progress: Progress,
) -> dict[str, Any]:
    """The figures of the openings with a reply from every assistant, and what their model reads."""
    shows = tuple(assistants)
    model = assistants[shows[0]].setup.aggregator
    bar = progress.add_task("scores", total=2 * len(shows))
    answered = ablation.answered(openings, replies, shows)
    found = report(answered, replies, shows, model.spec, measures, lambda: progress.advance(bar))
    return {**found, "reads": "states" if model.reads_role else "prompts"}


def _judge(datasets: Path | None) -> Judge | None:
    try:
        return fit_judge(data_folder(datasets))
    except (PerceptionError, ImportError) as error:
        note(err(), f"tone_match is left out: {error}")
        return None


def _encoder(name: str | None) -> PieceEncoder | None:
    """The encoder; None where none was asked for and none is installed."""
    try:
        return PieceEncoder(name)
    except MissingLibraryError as error:
        if name is not None:
            raise
        note(err(), f"similarity_f1 is left out: {error}")
        return None


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=_stderr,
    )


def _show(found: dict[str, Any], console: Console) -> None:
    left = ", ".join(f"{count} {why}" for why, count in found["left_out"].items())
    console.print(
        f"{found['model']}, which reads {found['reads']}; {found['n']} openings ({left} left out)",
        markup=False,
        highlight=False,
    )
    for title, tables in (
        ("Replies by what is told", found["shows"]),
        ("Less those with nothing told", found["difference"]),
    ):
        if tables:
            console.print(_table(title, tables))
    console.print(found["protocol"], markup=False, highlight=False)


def _table(title: str, tables: dict[str, Any]) -> Table:
    table = Table(Column("", no_wrap=True), *tables, title=title)
    names = next(iter(tables.values()))["metrics"]
    for name in names:
        table.add_row(name, *(_cell(one, name) for one in tables.values()))
    if all("replies_changed" in one for one in tables.values()):
        table.add_row("replies changed", *(f"{t['replies_changed']:.0%}" for t in tables.values()))
    return table


def _cell(one: dict[str, Any], name: str) -> str:
    low, high = one["interval95"][name]
    return f"{one['metrics'][name]:.2f}\n{low:.1f} to {high:.1f}"
