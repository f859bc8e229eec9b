"""Visit: the conversation that one browser holds, as far as the page shows it."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from insideout.agents.events import (
    DoneEvent,
    Event,
    RestartEvent,
    StateEvent,
    ThoughtEvent,
    TokenEvent,
)
from insideout.agents.thought import Thought
from insideout.agents.turn import Turn
from insideout.perception.reading import EmotionState

_NAME = re.compile(r"web-[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One message and what has come back of it so far.

    beside: what else came with it, in the person's words: files, the camera. thoughts: by emotion.
    turn: the whole of it, once it is complete. stopped: whether the person cut it short.
    """

    said: str
    beside: tuple[str, ...] = ()
    reply: str = ""
    state: EmotionState | None = None
    thoughts: Mapping[str, Thought] = field(default_factory=dict)
    turn: Turn | None = None
    stopped: bool = False

    @property
    def running(self) -> bool:
        """Whether more is to come."""
        return self.turn is None and not self.stopped

    def after(self, event: Event) -> "Exchange":
        """The exchange once the event has happened."""
        match event:
            case StateEvent(state=state):
                return replace(self, state=state)
            case ThoughtEvent(thought=thought):
                return replace(self, thoughts={**self.thoughts, thought.emotion: thought})
            case TokenEvent(text=text):
                return replace(self, reply=self.reply + text)
            case RestartEvent():
                return replace(self, reply="")
            case DoneEvent(turn=turn):
                return replace(
                    self, reply=turn.reply, state=turn.state, thoughts=turn.thoughts, turn=turn
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What one browser has said and heard. session: the name under which the assistant keeps it."""

    session: str
    exchanges: tuple[Exchange, ...] = ()

    @property
    def last(self) -> Exchange | None:
        """The latest exchange."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def states(self) -> tuple[EmotionState, ...]:
        """The person's states so far, oldest first."""
        return tuple(e.state for e in self.exchanges if e.state is not None)

    def asking(self, said: str, beside: tuple[str, ...] = ()) -> "Visit":
        """The visit with one more message, to which nothing has come back yet."""
        return replace(self, exchanges=(*self.exchanges, Exchange(said=said, beside=beside)))

    def after(self, event: Event) -> "Visit":
        """The visit once the event has happened to its last exchange."""
        return self._ending(self.exchanges[-1].after(event))

    def stopped(self) -> "Visit":
        """The visit with its last exchange cut short where it was still running."""
        last = self.last
        return self._ending(replace(last, stopped=True)) if last and last.running else self

    def taken_back(self) -> "Visit":
        """The visit without its last exchange."""
        return replace(self, exchanges=self.exchanges[:-1])

    def _ending(self, last: Exchange) -> "Visit":
        return replace(self, exchanges=(*self.exchanges[:-1], last))


def new_visit() -> Visit:
    """A visit under a name that nobody can guess."""
    return Visit(session=f"web-{uuid.uuid4().hex}")


def is_of_the_web(session: str) -> bool:
    """Whether a session's name is one that `new_visit` gives.

    >>> is_of_the_web("default")
    False
    """
    return _NAME.fullmatch(session) is not None
