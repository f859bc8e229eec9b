"""`insideout sessions`: the conversations that are kept."""

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from insideout.agents.errors import BadInputError
from insideout.agents.insideout import default_sessions_path
from insideout.agents.memory import Sessions
from insideout.service.cli import options
from insideout.service.cli.render import PROMPT, err, note, out, printable
from insideout.service.cli.transcript import agreed, as_json, save

Name = Annotated[str, typer.Argument(help="Of the session; `sessions list` shows them.")]

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)


def register(parent: typer.Typer) -> None:
    """Add `sessions` with its commands."""
    parent.add_typer(
        app, name="sessions", help="List, show, export and delete the conversations that are kept."
    )


def open_sessions() -> closing[Sessions]:
    """The session file that the settings name, to be used with `with`; raises SessionStoreError."""
    return closing(Sessions(options.settings_from().sessions or default_sessions_path()))


@app.command("list")
def list_(json_: options.Json = False) -> None:
    """The sessions, latest first."""
    with open_sessions() as sessions:
        found, path = sessions.list(), sessions.path
    if json_:
        rows = [{"name": s.name, "changed": s.changed, "messages": s.messages} for s in found]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    if not found:
        note(err(), f"no session is kept in {path}")
        return
    table = Table("session", "changed (UTC)", "messages", box=None)
    for session in found:
        table.add_row(session.name, session.changed[:16].replace("T", " "), str(session.messages))
    out().print(table)


@app.command("show")
def show(name: Name, json_: options.Json = False) -> None:
    """What was said in a session, and what the person agreed to."""
    with open_sessions() as sessions:
        record = sessions.export(name)
    if json_:
        typer.echo(as_json(record), nl=False)
        return
    console = out()
    if record["consent"]:
        note(console, agreed(record["consent"]))
    for message in record["messages"]:
        if message["speaker"] == "person":
            console.print(Text(f"\n{PROMPT}{printable(message['text'])}", style="bold"))
        else:
            cut = " (stopped here)" if message["interrupted"] else ""
            console.print(Padding.indent(printable(message["text"]) + cut, 2))


@app.command("export")
def export(
    name: Name,
    out_file: Annotated[
        Path | None, typer.Option("--out", help="A file ending in .json or .md; else stdout.")
    ] = None,
    json_: options.Json = False,
) -> None:
    """Everything that is kept of a session, as JSON (stdout or a file) or Markdown (a file)."""
    with open_sessions() as sessions:
        record = sessions.export(name)
    if out_file is None or json_:
        typer.echo(as_json(record), nl=False)
    if out_file is not None:
        save(record, out_file)
        note(err(), f"written to {out_file}")


@app.command("delete")
def delete(
    name: Annotated[str | None, typer.Argument(help="Of the session.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Every session.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    json_: options.Json = False,
) -> None:
    """Forget a session, or all of them, for good."""
    if (name is None) is not all_:
        raise BadInputError("name one session, or say --all")
    with open_sessions() as sessions:
        names = [session.name for session in sessions.list()] if all_ else [name or ""]
        if not all_:
            sessions.export(names[0])  # an unknown name is said before anything is asked
        if names and not yes:
            _ask(f"{len(names)} sessions" if all_ else f"session {names[0]}")
        for each in names:
            sessions.delete(each)
    if json_:
        typer.echo(json.dumps({"deleted": names}, ensure_ascii=False))
    else:
        note(err(), f"deleted: {', '.join(names) or 'nothing, none was kept'}")


def _ask(what: str) -> None:
    if not sys.stdin.isatty():
        raise BadInputError(f"deleting {what} needs --yes where nobody can be asked")
    typer.confirm(f"Delete {what} for good?", abort=True, err=True)
