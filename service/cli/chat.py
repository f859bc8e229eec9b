"""`insideout chat`: a conversation."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Annotated

import typer
from rich.console import Console

from insideout.agents.errors import BadInputError
from insideout.perception.person import Profile
from insideout.perception.profiles import load_profile
from insideout.service.assistant import who_answers
from insideout.service.cli import live_options, options
from insideout.service.cli.profile_options import ProfileName
from insideout.service.cli.prompt import Prompt
from insideout.service.cli.render import err, note, out
from insideout.service.cli.talk import Talk, open_assistant
from insideout.service.cli.talk_commands import obey
from insideout.service.cli.words import decoded
from insideout.service.settings import Settings

Session = Annotated[str | None, typer.Option(help="Go on with this session; else a new one.")]


def register(app: typer.Typer) -> None:
    """Add `chat`."""
    app.command("chat")(chat)


def chat(
    model: options.Model = None,
    voices: options.Voices = None,
    aggregator: options.Aggregator = None,
    fallback: options.Fallback = None,
    mode: options.Mode = None,
    lang: options.Lang = None,
    team: options.Team = None,
    reader: options.Reader = None,
    session: Session = None,
    webcam: live_options.Webcam = False,
    camera: live_options.CameraName = None,
    mic: live_options.Mic = False,
    microphone: live_options.MicName = None,
    profile: ProfileName = None,
    yes: live_options.Yes = False,
) -> None:
    """Talk, with the reply streamed; the conversation is kept.

    Where stdin is no terminal, each of its lines is a message. What a camera and a microphone show
    joins the words of each message, once the person has agreed; no picture and no sound is kept.
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
    devices = live_options.Devices(webcam=webcam, camera=camera, mic=mic, microphone=microphone)
    person = None if profile is None else load_profile(profile)
    talk = begin(settings, person)
    note(talk.notes, f"model: {who_answers(talk.assistant)}")
    with closing(talk):
        if session is not None:
            talk.resume(session)
        if at_terminal():
            with Prompt() as prompt:
                _open(talk, devices, yes, prompt.tell, prompt.put)
                converse(talk, prompt)
                talk.switch_off()
        else:
            _open(talk, devices, yes, lambda text: note(talk.notes, text), _heard(talk))
            converse(talk)


def _open(
    talk: Talk,
    devices: live_options.Devices,
    yes: bool,
    tell: Callable[[str], None],
    on_words: Callable[[str], None],
) -> None:
    """Switch on what was asked for, if the person agrees."""
    if devices.modalities:
        talk.live = live_options.open_live(
            talk, devices, yes=yes, tell=tell, on_words=on_words, terminal=at_terminal()
        )
        if talk.live is not None:
            talk.live.__enter__()


def _heard(talk: Talk) -> Callable[[str], None]:
    """Where nobody types, what was said is noted and not sent: the lines are the messages."""
    return lambda words: note(talk.notes, f"heard: {words}")


def at_terminal() -> bool:
    """Whether a person can type and read here."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def begin(settings: Settings, profile: Profile | None = None) -> Talk:
    """A conversation that has not begun yet. profile: who the person is, None for a stranger."""
    notes = err()
    return Talk(
        settings=settings,
        assistant=open_assistant(settings, notes),
        console=out(),
        notes=notes,
        confirm=_typed_yes if at_terminal() else lambda _: False,
        profile=profile,
    )


def converse(talk: Talk, prompt: Prompt | None = None) -> None:
    """Take line after line until the person leaves. prompt: where one is open already."""
    note(talk.notes, f"session {talk.session}; /help lists the commands")
    lines = _typed(talk.notes, prompt or Prompt()) if at_terminal() else _piped(talk.notes)
    for line in lines:
        if line.startswith("/"):
            obey(talk, line)
        else:
            talk.say(line)
        if not talk.open:
            break
    if talk.kept and talk.heard:
        note(talk.notes, f"kept; go on with: insideout chat --session {talk.session}")


def _typed(notes: Console, prompt: Prompt) -> Iterator[str]:
    """What a person types, until Ctrl-D; Ctrl-C only clears the line."""
    while True:
        try:
            yield prompt.read()
        except EOFError:
            print()
            return
        except KeyboardInterrupt:
            note(notes, "\nCtrl-D or /quit leaves")
        except UnicodeDecodeError:
            note(notes, "that was not UTF-8 text; check the terminal's encoding")


def _piped(notes: Console) -> Iterator[str]:
    """The lines of stdin that are not blank; one that is no text is said and left out."""
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        try:
            line = decoded(raw, f"line {number} of stdin").strip()
        except BadInputError as error:
            note(notes, str(error))
            continue
        if line:
            yield line


def _typed_yes(question: str) -> bool:
    try:
        return input(f"{question} (yes/no) ").strip().lower() in ("y", "yes")
    except (EOFError, KeyboardInterrupt):
        return False
