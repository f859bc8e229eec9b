"""The commands of a conversation: lines that begin with a slash."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from langchain_core.messages import AIMessage, HumanMessage
from rich.table import Table
from rich.text import Text

from insideout.agents.errors import BadInputError
from insideout.agents.history import as_dialogue
from insideout.agents.insideout import check_language
from insideout.agents.modes import MODES, mode_named
from insideout.perception.errors import InsideOutError, unknown_name
from insideout.service.assistant import assistant_from, who_answers
from insideout.service.cli.consenting import taken_back
from insideout.service.cli.live import Beside
from insideout.service.cli.render import PROMPT, note, print_state, print_thought, printable
from insideout.service.cli.seeing import Signals, look, notice
from insideout.service.cli.talk import Talk
from insideout.service.cli.transcript import agreed, save


@dataclass(frozen=True, slots=True, kw_only=True)
class SlashCommand:
    """One command: its name, what may follow it, what it does, and the function that does it."""

    name: str
    takes: str
    does: str
    run: Callable[[Talk, str], None]


def obey(talk: Talk, line: str) -> None:
    """Run the command of the line; a mistake in it is said, with the known ones."""
    name, _, rest = line.removeprefix("/").strip().partition(" ")
    try:
        if name not in COMMANDS:
            raise BadInputError(unknown_name("command", f"/{name}", [f"/{n}" for n in COMMANDS]))
        COMMANDS[name].run(talk, rest.strip())
    except InsideOutError as error:
        note(talk.notes, str(error))


def _help(talk: Talk, _: str) -> None:
    for command in COMMANDS.values():
        talk.console.print(f"  /{command.name + ' ' + command.takes:<24} {command.does}")
    talk.console.print("  Ctrl-C stops a reply, Ctrl-D leaves")


def _state(talk: Talk, _: str) -> None:
    if talk.live is not None:
        note(talk.notes, "now, by the face and the voice alone:")
        print_state(talk.console, talk.live.state(), _cues_in(talk))
        note(talk.notes, "with the last message:")
    if talk.last is None or talk.last.state is None:
        note(talk.notes, "nothing was perceived yet")
    else:
        print_state(talk.console, talk.last.state, talk.last.language)


def _hear(talk: Talk, name: str) -> None:
    if not name:
        raise BadInputError("name a recording of what you say: /hear message.wav")
    setup, path = talk.assistant.setup, Path(name).expanduser()
    noticed = notice(
        Signals(voice=path),
        None,
        setup.reader,
        talk.language or setup.language,
        as_dialogue([one for one in talk.heard if isinstance(one, HumanMessage | AIMessage)]),
        talk.profile,
    )
    talk.console.print(Text(f"{PROMPT}{printable(noticed.text)}"))
    talk.say(noticed.text, heard=Beside(state=noticed.state, aside=noticed.aside))


def _look(talk: Talk, name: str) -> None:
    if not name:
        raise BadInputError("name a photo or a film of your face: /look me.jpg")
    path = Path(name).expanduser()
    found = look(path, _cues_in(talk), talk.profile)
    talk.looked += found
    for reading in found:
        if reading.abstained is None:
            told = ", ".join(f"{label} {share:.0%}" for label, share in reading.top(2))
            note(talk.notes, f"seen: {told}; it belongs to your next message")


def _consent(talk: Talk, answer: str) -> None:
    kept = talk.assistant.sessions.consent(talk.session)
    if kept is None:
        note(talk.notes, "nothing but words is read live, so nothing was asked")
    elif answer == "no":
        talk.switch_off()
        taken_back(talk.assistant.sessions, talk.session, kept)
        note(talk.notes, "taken back: the camera and the microphone are off")
    elif answer:
        raise BadInputError(unknown_name("answer", answer, ("no",)))
    else:
        note(talk.notes, f"{agreed(kept.to_json())}; /consent no takes it back")


def _cues_in(talk: Talk) -> str:
    return "ru" if (talk.language or talk.assistant.setup.language) == "ru" else "en"


def _voices(talk: Talk, what: str) -> None:
    if what not in ("", "on", "off", "last"):
        raise BadInputError(unknown_name("choice", what, ("on", "off", "last")))
    if what in ("on", "off"):
        talk.voices = what == "on"
        note(talk.notes, f"the voices are {'shown' if talk.voices else 'not shown'} from now on")
    elif talk.last is None or not talk.last.thoughts:
        note(talk.notes, "no voice has spoken yet")
    else:
        for thought in talk.last.thoughts.values():
            print_thought(talk.console, thought)


def _mode(talk: Talk, name: str) -> None:
    if name:
        talk.mode = mode_named(name)
        note(talk.notes, f"mode: {talk.mode.value}")
        return
    now = talk.mode or talk.assistant.setup.mode
    table = Table("", "mode", "calls", "what it does", box=None)
    for card in MODES:
        table.add_row("*" if card.mode is now else "", card.mode.value, card.calls, card.what)
    talk.console.print(table)


def _model(talk: Talk, spec: str) -> None:
    if spec:
        chosen = {"model": spec, "voices": None, "aggregator": None}
        settings = talk.settings.model_copy(update=chosen)
        talk.assistant = assistant_from(settings, talk.assistant.sessions)
        talk.settings = settings
    note(talk.notes, f"model: {who_answers(talk.assistant)}")


def _lang(talk: Talk, name: str) -> None:
    if name:
        talk.language = check_language(name)
    note(talk.notes, f"language: {talk.language or talk.assistant.setup.language}")


def _save(talk: Talk, name: str) -> None:
    if not name:
        raise BadInputError("name a file: /save talk.json, or /save talk.md")
    path = Path(name).expanduser()
    save(talk.assistant.sessions.export(talk.session), path, overwrite=path in talk.saved)
    talk.saved.add(path)
    note(talk.notes, f"written to {path}")


def _forget(talk: Talk, answer: str) -> None:
    if answer != "yes" and not talk.confirm(f"Forget session {talk.session} for good?"):
        note(talk.notes, "nothing was forgotten")
        return
    forgotten = talk.session
    talk.assistant.sessions.delete(forgotten)
    talk.begin_anew()
    note(talk.notes, f"{forgotten} is forgotten; this is {talk.session} now")


def _session(talk: Talk, _: str) -> None:
    where = talk.assistant.sessions.path if talk.kept else "memory only"
    note(talk.notes, f"session {talk.session}, {len(talk.heard)} messages, in {where}")


def _quit(talk: Talk, _: str) -> None:
    talk.open = False


COMMANDS: Mapping[str, SlashCommand] = {
    name: SlashCommand(name=name, takes=takes, does=does, run=run)
    for name, takes, does, run in (
        ("help", "", "this list", _help),
        ("state", "", "what was perceived last", _state),
        ("hear", "FILE", "a recording of what you say", _hear),
        ("look", "FILE", "a photo or a film of your face, for the next message", _look),
        ("consent", "[no]", "what may be read live; no takes it back", _consent),
        ("voices", "[on|off|last]", "show what the emotions think; or thought last", _voices),
        ("mode", "[NAME]", "how the emotions work together", _mode),
        ("model", "[SPEC]", "who answers", _model),
        ("lang", "[en|ru|auto]", "the language of the reply", _lang),
        ("save", "FILE", "write the conversation to a .json or .md file", _save),
        ("forget", "[yes]", "delete this session and begin another", _forget),
        ("session", "", "its name, and where it is kept", _session),
        ("quit", "", "leave", _quit),
    )
}
