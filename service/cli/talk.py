"""Talk: one conversation at the command line, and what becomes of it when something breaks."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from rich.console import Console

from insideout.agents.errors import SessionStoreError, UnknownSessionError
from insideout.agents.insideout import InsideOut
from insideout.agents.memory import MEMORY, thread
from insideout.agents.modes import Mode
from insideout.agents.turn import Turn
from insideout.perception.errors import InsideOutError
from insideout.perception.fusion import fuse
from insideout.perception.person import Profile
from insideout.perception.reading import Reading
from insideout.perception.text.language import detect_language
from insideout.service.assistant import assistant_from
from insideout.service.cli.live import Beside, Live
from insideout.service.cli.render import note
from insideout.service.cli.turn_printer import TurnPrinter, turn_notes
from insideout.service.settings import Settings


def new_name() -> str:
    """A name for a new session: when it began, and four digits so that no two are alike."""
    return f"{datetime.now().astimezone():%Y%m%d-%H%M}-{token_hex(2)}"


def open_assistant(settings: Settings, notes: Console) -> InsideOut:
    """The assistant; where its session file cannot be used, it says so and keeps nothing."""
    try:
        return assistant_from(settings)
    except SessionStoreError as error:
        note(notes, f"{error}")
        note(notes, "going on in memory: this conversation will not be kept")
        return assistant_from(settings, MEMORY)


@dataclass(slots=True, kw_only=True)
class Talk:
    """One conversation.

    confirm: asks the person a question; whether the answer was yes. heard: every message so far, so
    that the conversation can move into memory when its file fails. saved: the files it was written
    to, which it may write again. open: until the person leaves. profile: who the person is, None for a
    stranger. live: their camera and microphone, None where they are off. looked: what photos and films
    showed that belong to the next message.
    """

    settings: Settings
    assistant: InsideOut
    console: Console
    notes: Console
    confirm: Callable[[str], bool]
    session: str = field(default_factory=new_name)
    mode: Mode | None = None
    language: str | None = None
    voices: bool = False
    last: Turn | None = None
    open: bool = True
    heard: list[BaseMessage] = field(default_factory=list)
    saved: set[Path] = field(default_factory=set)
    profile: Profile | None = None
    live: Live | None = None
    looked: list[Reading] = field(default_factory=list)

    @property
    def kept(self) -> bool:
        """Whether the conversation outlives this process."""
        return self.assistant.sessions.path != MEMORY

    def close(self) -> None:
        """Switch camera and microphone off, and close the session file."""
        self.switch_off()
        self.assistant.sessions.close()

    def switch_off(self) -> None:
        """Switch camera and microphone off."""
        if self.live is not None:
            self.live.close()
            self.live = None

    def resume(self, name: str) -> None:
        """Go on with the session of that name; one that is not there yet begins."""
        self.session = name
        try:
            record = self.assistant.sessions.export(name)
        except UnknownSessionError as error:
            others = bool(self.assistant.sessions.list())
            note(self.notes, f"{error}. It begins now" if others else "It begins now")
            return
        for message in record["messages"]:
            kind = HumanMessage if message["speaker"] == "person" else AIMessage
            self.heard.append(kind(message["text"]))
        note(self.notes, f"{len(self.heard)} messages so far")

    def begin_anew(self) -> None:
        """Leave this session as it is and begin another."""
        self.session, self.last, self.heard, self.looked = new_name(), None, [], []

    def say(self, words: str, *, whole: bool = False, heard: Beside = Beside()) -> None:  # noqa: B008
        """One turn; a failure is said, and loses nothing that was said.

        whole: show everything, step by step. heard: what a recording of the words says.
        """
        self._say(words, self._beside(words, heard), whole=whole)

    def _beside(self, words: str, heard: Beside) -> Beside:
        """What was heard, looked at and seen live, as one; the next message begins without it."""
        live = Beside() if self.live is None else self.live.turn(words)
        states = [each.state for each in (heard, live) if each.state is not None]
        readings = [*self.looked, *(reading for state in states for reading in state.readings)]
        self.looked = []
        return Beside(
            state=fuse(readings) if readings else None,
            aside="\n".join(part for part in (heard.aside, live.aside) if part),
        )

    def _say(self, words: str, beside: Beside, *, whole: bool = False) -> None:
        printer = TurnPrinter(
            console=self.console,
            notes=self.notes,
            whole=whole,
            thoughts=self.voices or whole,
            language=detect_language(words),
        )
        try:
            self._stream(words, beside, printer)
        except KeyboardInterrupt:
            printer.end()
            note(self.notes, "stopped; what was said so far is kept" if self.kept else "stopped")
            self._hear(words, printer.reply.text)
        except SessionStoreError as error:
            printer.end()
            self._move_to_memory(error, words, beside, printer.reply.text)
        except InsideOutError as error:
            printer.end()
            note(self.notes, str(error))

    def _stream(self, words: str, beside: Beside, printer: TurnPrinter) -> None:
        self._keep_consent()
        events = self.assistant.stream(
            words,
            session=self.session,
            mode=self.mode,
            language=self.language,
            state=beside.state,
            aside=beside.aside,
        )
        with closing(events):  # type: ignore[type-var]  # a generator, though typed as an iterator
            for event in events:
                printer.take(event)
        self.last = printer.turn
        assert self.last is not None
        turn_notes(self.notes, self.last)
        self._hear(words, self.last.reply)

    def _keep_consent(self) -> None:
        """With a session that began after the person was asked, as after /forget."""
        if self.live is not None and self.assistant.sessions.consent(self.session) is None:
            self.assistant.sessions.set_consent(self.session, self.live.consent)

    def _hear(self, words: str, reply: str) -> None:
        self.heard.append(HumanMessage(words))
        if reply:
            self.heard.append(AIMessage(reply))

    def _move_to_memory(
        self, error: SessionStoreError, words: str, beside: Beside, reply: str
    ) -> None:
        """Go on without the file; the words are asked again where they had no reply yet."""
        note(self.notes, str(error))
        note(self.notes, "going on in memory: nothing is lost now, but nothing more is kept either")
        if reply:
            self._hear(words, reply)
        self.assistant.sessions.close()
        self.assistant = assistant_from(self.settings, MEMORY)
        if self.heard:
            self.assistant.graph.update_state(
                thread(self.session), {"messages": list(self.heard)}, as_node="condense"
            )
        if not reply:
            self._say(words, beside)
