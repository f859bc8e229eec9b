"""`insideout serve`: the assistant as a server that any OpenAI client can talk to."""

from contextlib import closing
from typing import Annotated

import typer

from insideout.agents.memory import MEMORY
from insideout.service.assistant import assistant_from, who_answers
from insideout.service.cli import options
from insideout.service.cli.render import err, note
from insideout.service.errors import ServiceError
from insideout.service.http.api import api
from insideout.service.http.server import Server, is_local

Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="0 for any that is free.")]


def register(app: typer.Typer) -> None:
    """Add `serve`."""
    app.command("serve")(serve)


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    model: options.Model = None,
    voices: options.Voices = None,
    aggregator: options.Aggregator = None,
    fallback: options.Fallback = None,
    mode: options.Mode = None,
    lang: options.Lang = None,
    team: options.Team = None,
    reader: options.Reader = None,
) -> None:
    """A server that any OpenAI client can talk to.

    POST /v1/chat/completions, streamed or not, and GET /v1/models. INSIDEOUT_API_KEY is the key that
    clients must send. Sessions are kept in the file of INSIDEOUT_SESSIONS, else in memory. Ctrl-C
    ends it.
    """
    settings = options.settings_from(
        model=model,
        voices=voices,
        aggregator=aggregator,
        fallback=fallback,
        mode=mode,
        language=lang,
        team=team,
        reader=reader,
    )
    key = settings.api_key.get_secret_value() if settings.api_key else None
    # Clients keep their conversations themselves unless they name a session.
    assistant = assistant_from(settings, settings.sessions or MEMORY)
    with closing(assistant.sessions):
        try:
            server = Server(api(assistant, key), host, port)
        except OSError as error:
            raise ServiceError(
                f"cannot listen on {host}:{port}: {error}; choose another with --host and --port"
            ) from error
        note(err(), f"model: {who_answers(assistant)}")
        note(err(), f"serving {server.address}v1")
        if key is None and not is_local(host):
            note(err(), "no INSIDEOUT_API_KEY is set: whoever reaches this address can talk to it")
        server.run()
