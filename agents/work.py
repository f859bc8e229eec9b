"""Setup and Work: how an assistant is made up, and what one of its turns has come to so far."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from insideout.agents.briefing import Briefing
from insideout.agents.chat_model import ChatModel
from insideout.agents.crisis import CrisisHit, CrisisScreen, HelpLine
from insideout.agents.emotion_agent import EmotionAgent
from insideout.agents.history import HISTORY_TOKENS
from insideout.agents.modes import Mode
from insideout.agents.said import MAX_CHARS
from insideout.agents.team import TEAM
from insideout.agents.thought import Thought
from insideout.agents.turn import Request
from insideout.agents.usage import Usage
from insideout.perception.describe import Show
from insideout.perception.reader import Reader
from insideout.perception.reading import EmotionState
from insideout.perception.text.dialogue import Dialogue

# A person who waits for an answer in a chat looks away after about ten seconds (Nielsen 1993,
# Usability Engineering, ch. 5); the voices and the reply share them, with room for slow machines.
VOICE_DEADLINE_SECS = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What an assistant is made of; shared by all its turns.

    voices, aggregator: the chat models of the emotions and of the reply. fallback: the model that
    tries once where the aggregator's fails; None for none. voice_deadline_secs: how long an emotion
    may think. history_tokens: how much of a conversation is told word for word.
    show: how much of the perceived state the models are told, for comparisons.
    help_country: ISO 3166 code of the help lines named in a crisis. help_lines: in place of ours.
    """

    voices: ChatModel
    aggregator: ChatModel
    reader: Reader[Dialogue]
    fallback: ChatModel | None = None
    team: tuple[EmotionAgent, ...] = TEAM
    mode: Mode = Mode.PARALLEL
    language: str = "auto"
    voice_deadline_secs: float = VOICE_DEADLINE_SECS
    history_tokens: int = HISTORY_TOKENS
    max_message_chars: int = MAX_CHARS
    prompts: Path | None = None
    show: Show = Show.ALL
    screen: CrisisScreen = field(default_factory=CrisisScreen)
    help_country: str | None = None
    help_lines: tuple[HelpLine, ...] | None = None


@dataclass(slots=True, kw_only=True)
class Work:
    """One turn under way; the nodes of the graph write their results here.

    It travels as LangGraph's run context, outside the checkpoints: what is kept of a turn is decided
    in one place, at its end.
    """

    setup: Setup
    request: Request
    mode: Mode
    language: str
    session: str
    begun: float = field(default_factory=time.perf_counter)
    hit: CrisisHit | None = None
    state: EmotionState | None = None
    briefing: Briefing | None = None
    thoughts: dict[str, Thought] = field(default_factory=dict)
    first_thoughts: tuple[Thought, ...] = ()
    reply: str = ""
    label: str | None = None
    decision: Thought | None = None
    complete: bool = False
    answered_by: str | None = None
    notes: list[str] = field(default_factory=list)
    usage: Usage = Usage()
    seconds: dict[str, float] = field(default_factory=dict)
    first_token_secs: float | None = None

    @property
    def briefed(self) -> Briefing:
        """The briefing; there is one from the node `perceive` on."""
        if self.briefing is None:
            raise AssertionError("no briefing before the person's state is perceived")
        return self.briefing

    def agent(self, name: str) -> EmotionAgent:
        """The agent of that name."""
        return next(agent for agent in self.setup.team if agent.name == name)

    def heard(self) -> Sequence[Thought]:
        """The thoughts so far, in the team's order, whatever order they came in."""
        return [self.thoughts[a.name] for a in self.setup.team if a.name in self.thoughts]

    def take(self, thought: Thought) -> Thought:
        """Keep a thought and count what it took; one that thinks again replaces its first thought."""
        self.usage += thought.usage
        earlier = self.thoughts.get(thought.emotion)
        if earlier is not None and earlier.ok and not thought.ok:
            self.notes.append(f"{thought.emotion} kept its first thought: {thought.why}")
            return earlier
        if earlier is not None:
            thought = replace(thought, seconds=earlier.seconds + thought.seconds)
        self.thoughts[thought.emotion] = thought
        return thought

    @contextmanager
    def clock(self, node: str) -> Iterator[None]:
        """Times a node; of nodes that run side by side under one name the slowest counts."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - begun
            self.seconds[node] = max(self.seconds.get(node, 0.0), spent)

    def elapsed(self) -> float:
        """Seconds since the turn began."""
        return time.perf_counter() - self.begun

    def first_token(self) -> None:
        """Note when the first piece of the reply came."""
        if self.first_token_secs is None:
            self.first_token_secs = self.elapsed()
