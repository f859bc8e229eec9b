"""`insideout say`: one message in, one reply out."""

import json
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from insideout.agents.errors import BadInputError, UnknownSessionError
from insideout.agents.insideout import InsideOut
from insideout.agents.memory import MEMORY
from insideout.agents.turn import Request, Turn
from insideout.perception.person import Profile
from insideout.perception.profiles import load_profile
from insideout.perception.text.dialogue import Dialogue, Speaker
from insideout.perception.text.language import detect_language
from insideout.perception.voice.words import NOTHING_SAID
from insideout.service.assistant import assistant_from, who_answers
from insideout.service.cli import options
from insideout.service.cli.profile_options import ProfileName
from insideout.service.cli.render import err, note, out
from insideout.service.cli.seeing import Signals, notice
from insideout.service.cli.turn_printer import TurnPrinter, turn_notes
from insideout.service.cli.words import words_from

Session = Annotated[
    str | None,
    typer.Option(help="Keep it as part of this conversation; without, nothing is kept."),
]
Voice = Annotated[
    Path | None,
    typer.Option(
        help="A recording of the message; its words are TEXT unless given.", metavar="FILE"
    ),
]
Face = Annotated[
    Path | None, typer.Option(help="A photo or a film of the person now.", metavar="FILE")
]
Ecg = Annotated[
    Path | None,
    typer.Option(help="Their heart in the last minutes: ECG or pulse wave.", metavar="FILE"),
]
EcgBaseline = Annotated[
    Path | None,
    typer.Option(
        help="The same person's heart at rest; feelings are read against it.", metavar="FILE"
    ),
]
Rate = Annotated[
    float | None,
    typer.Option(help="Samples a second of --ecg, where the file does not say.", metavar="HZ"),
]


def register(app: typer.Typer) -> None:
    """Add `say`."""
    app.command("say")(say)


def say(
    text: Annotated[str | None, typer.Argument(help='The words; "-" for stdin.')] = None,
    json_: options.Json = False,
    model: options.Model = None,
    voices: options.Voices = None,
    aggregator: options.Aggregator = None,
    fallback: options.Fallback = None,
    mode: options.Mode = None,
    lang: options.Lang = None,
    team: options.Team = None,
    reader: options.Reader = None,
    session: Session = None,
    voice: Voice = None,
    face: Face = None,
    ecg: Ecg = None,
    ecg_baseline: EcgBaseline = None,
    rate: Rate = None,
    profile: ProfileName = None,
) -> None:
    """One message in, one reply out; as JSON for programs.

    Exit code 0 with a reply, 1 where no model answered (the JSON is printed all the same), 2 for a
    mistake in the command, 130 when stopped. What a face, a voice and a heart say joins the words;
    nothing of their files is kept.
    """
    signals = Signals(face=face, voice=voice, ecg=ecg, ecg_baseline=ecg_baseline, rate=rate)
    if profile is not None and not signals.files:
        raise BadInputError(
            f"--profile {profile} is for a face, a voice or a heart; none was given"
        )
    words = words_from(text) if voice is None or text is not None else None
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
    person = None if profile is None else load_profile(profile)
    assistant = assistant_from(settings, None if session else MEMORY)
    note(err(), f"model: {who_answers(assistant)}")
    show = _as_json if json_ else _shown
    try:
        with closing(assistant.sessions):
            turn = show(assistant, _request(assistant, words, signals, session, person))
    except KeyboardInterrupt:
        kept = (
            f"what was said is kept in session {session}" if session else "nothing was to be kept"
        )
        note(err(), f"stopped; {kept}")
        raise
    if not (turn.crisis or (turn.reply and turn.model["answered_by"])):
        raise typer.Exit(1)


def _request(
    assistant: InsideOut,
    words: str | None,
    signals: Signals,
    session: str | None,
    person: Profile | None,
) -> Request:
    """The message as it was typed, spoken, or both, with what else shows how the person feels."""
    if not signals.files:
        return Request(text=words or "", session=session)
    earlier = _earlier(assistant, session) if session else NOTHING_SAID
    setup = assistant.setup
    noticed = notice(signals, words, setup.reader, setup.language, earlier, person)
    return Request(text=noticed.text, session=session, state=noticed.state, aside=noticed.aside)


def _earlier(assistant: InsideOut, session: str) -> Dialogue:
    """What was said in the session before; nothing where it only begins."""
    try:
        messages = assistant.sessions.export(session)["messages"]
    except UnknownSessionError:
        return NOTHING_SAID
    return Dialogue.from_turns((Speaker(said["speaker"]), said["text"]) for said in messages)


def _as_json(assistant: InsideOut, request: Request) -> Turn:
    turn = assistant.invoke(request)
    typer.echo(json.dumps(turn.to_json(), ensure_ascii=False))
    return turn


def _shown(assistant: InsideOut, request: Request) -> Turn:
    printer = TurnPrinter(console=out(), notes=err(), language=detect_language(request.text))
    with closing(assistant.stream(request)) as events:  # type: ignore[type-var]
        for event in events:
            printer.take(event)
    assert printer.turn is not None
    turn_notes(err(), printer.turn)
    return printer.turn
