"""The nodes of the graph that perceive and think.

A node reads the session from LangGraph's state and this turn from the Work in its run context, and
emits events as it goes. None raises for what a model does.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from typing import Annotated, Any, TypedDict

from langchain_core.messages import AnyMessage, BaseMessage
from langgraph.graph.message import add_messages
from langgraph.runtime import Runtime

from insideout.agents.aggregator import decide as ask_decision
from insideout.agents.briefing import Briefing
from insideout.agents.calling import Answer
from insideout.agents.crisis import referral
from insideout.agents.errors import AgentError
from insideout.agents.events import Event, StateEvent, ThoughtEvent, TokenEvent
from insideout.agents.history import tell
from insideout.agents.listening import read_label
from insideout.agents.modes import Mode
from insideout.agents.sequence import think_in_turn
from insideout.agents.structured import UnparsableError
from insideout.agents.thought import Outcome, Thought
from insideout.agents.together import think_together
from insideout.agents.usage import Usage
from insideout.agents.work import Work
from insideout.agents.writing import write
from insideout.perception.fusion import fuse
from insideout.perception.label_spaces import CANONICAL
from insideout.perception.reading import EmotionState, Modality, Reading
from insideout.perception.shown import shown
from insideout.perception.text.dialogue import Dialogue
from insideout.prompts.loader import load_prompts

# As many earlier states as a trend is read from.
TREND_TURNS = 3
AGGREGATOR = "aggregator"  # who decides, where a decision is told as a Thought


def _append(kept: list[Any], new: list[Any]) -> list[Any]:
    return [*kept, *new]


class SessionState(TypedDict, total=False):
    """What a session keeps: its messages, the record of each turn, a summary of the oldest ones.

    summarised: how many messages the summary stands for.
    """

    messages: Annotated[list[AnyMessage], add_messages]
    turns: Annotated[list[dict[str, Any]], _append]
    summary: str
    summarised: int


class AgentCall(TypedDict):
    """What the graph sends to one of its parallel nodes: the name of the agent, as it is kept."""

    agent: str


Nothing = dict[str, Any]


def emit(runtime: Runtime[Work], event: Event) -> None:
    """Hand an event to whoever streams this turn."""
    runtime.stream_writer(event)


async def screen(state: SessionState, runtime: Runtime[Work]) -> Nothing:
    """Looks for crisis language before anything else is done with the words."""
    work = runtime.context
    with work.clock("screen"):
        work.hit = await asyncio.to_thread(work.setup.screen.screen, work.request.text)
    return {}


async def refer(state: SessionState, runtime: Runtime[Work]) -> Nothing:
    """Gives the fixed help text in the language of the person's words; no model runs."""
    work = runtime.context
    assert work.hit is not None
    with work.clock("refer"):
        work.reply = referral(
            work.hit, work.hit.language, work.setup.help_country, work.setup.help_lines
        )
        work.complete = True
        work.first_token()
    emit(runtime, TokenEvent(work.reply))
    return {}


async def perceive(state: SessionState, runtime: Runtime[Work]) -> Nothing:
    """Reads the words, fuses them with what other modalities gave, and writes the briefing."""
    work = runtime.context
    with work.clock("perceive"):
        told = tell(state["messages"], state.get("summarised", 0), work.setup.history_tokens)
        readings = [*_given(work.request.state), *_read(work, told.dialogue)]
        work.state = fuse(readings, _earlier(state))
        work.briefing = Briefing(
            prompts=load_prompts(work.language, work.setup.prompts),
            dialogue=told.dialogue,
            state=shown(work.state, work.setup.show),
            show=work.setup.show,
            summary=state.get("summary", ""),
            labels=work.request.labels or CANONICAL.labels,
            aside=work.request.aside,
        )
    emit(runtime, StateEvent(work.state))
    return {}


def _given(state: EmotionState | None) -> Sequence[Reading]:
    return state.readings if state else ()


def _read(work: Work, dialogue: Dialogue) -> list[Reading]:
    given = _given(work.request.state)
    if any(reading.modality is Modality.TEXT for reading in given):
        return []
    try:
        return [work.setup.reader.read(dialogue)]
    except Exception as error:  # noqa: BLE001  # a reader of the user's own may raise anything
        work.notes.append(f"the words could not be read: {error!r}")
        return [Reading(modality=Modality.TEXT, model="failed", abstained=repr(error))]


def _earlier(state: SessionState) -> list[EmotionState]:
    kept = [turn["state"] for turn in state.get("turns", ()) if turn.get("state")]
    return [EmotionState.from_json(record) for record in kept[-TREND_TURNS:]]


async def voice(state: AgentCall, runtime: Runtime[Work]) -> Nothing:
    """One emotion thinks, or recognises; these nodes run side by side."""
    work = runtime.context
    agent = work.agent(state["agent"])
    setup = work.setup
    with work.clock("voices"):
        ask = agent.recognise if work.mode is Mode.RECOGNISE else agent.think
        thought = await ask(work.briefed, setup.voices, deadline_secs=setup.voice_deadline_secs)
        thought = work.take(thought)
    emit(runtime, ThoughtEvent(thought))
    return {}


async def gather(state: SessionState, runtime: Runtime[Work]) -> Nothing:
    """Waits for the emotions; in a debate, holds fast what each thought at first."""
    work = runtime.context
    work.first_thoughts = tuple(thought for thought in work.heard() if thought.ok)
    return {}


async def debate(state: AgentCall, runtime: Runtime[Work]) -> Nothing:
    """One emotion thinks again, having heard them all."""
    work = runtime.context
    agent = work.agent(state["agent"])
    setup = work.setup
    with work.clock("debate"):
        thought = work.take(
            await agent.think(
                work.briefed,
                setup.voices,
                deadline_secs=setup.voice_deadline_secs,
                heard=work.first_thoughts,
            )
        )
    emit(runtime, ThoughtEvent(thought))
    return {}


async def together(state: SessionState, runtime: Runtime[Work]) -> Nothing:
    """One call for all the thoughts and the reply; the aggregator writes where it gives none."""
    work = runtime.context
    with work.clock("together"):
        pieces = think_together(work.briefed, work.setup.team, work.setup.aggregator)
        try:
            async with aclosing(pieces) as source:
                async for piece in source:
                    _take_piece(piece, runtime)
        except AgentError as error:
            work.notes.append(f"the one call gave no reply: {error}")
    return {}


def _take_piece(piece: Thought | str | Answer, runtime: Runtime[Work]) -> None:
    work = runtime.context
    match piece:
        case Thought():
            emit(runtime, ThoughtEvent(work.take(piece)))
        case str():
            work.first_token()
            work.reply += piece
            emit(runtime, TokenEvent(piece))
        case Answer():
            work.usage += piece.usage
            work.answered_by = piece.model
            work.complete = bool(work.reply.strip())


async def sequence(state: SessionState, runtime: Runtime[Work]) -> Nothing:
    """One conversation: the emotions in turn, then the final answer."""
    work, setup = runtime.context, runtime.context.setup
    conversation: list[BaseMessage] = []
    with work.clock("voices"):
        thoughts = think_in_turn(work.briefed, setup.team, setup.voices, setup.voice_deadline_secs)
        async for step in thoughts:
            if isinstance(step, Thought):
                emit(runtime, ThoughtEvent(work.take(step)))
            else:
                conversation = step
    with work.clock("aggregate"):
        await write(work, runtime.stream_writer, conversation)
    return {}


async def aggregate(state: SessionState, runtime: Runtime[Work]) -> Nothing:
    """The aggregator writes the reply."""
    work = runtime.context
    with work.clock("aggregate"):
        await write(work, runtime.stream_writer)
    return {}


async def decide(state: SessionState, runtime: Runtime[Work]) -> Nothing:
    """The aggregator decides what the person feels; the label is the reply."""
    work = runtime.context
    with work.clock("aggregate"):
        work.decision = await _decided(work)
        work.label = work.decision.label
        work.reply = work.label or ""
        work.complete = True
    if work.reply:
        work.first_token()
        emit(runtime, TokenEvent(work.reply))
    return {}


async def _decided(work: Work) -> Thought:
    """The aggregator's decision, or the last reason why there is none."""
    models = [work.setup.aggregator, *([work.setup.fallback] if work.setup.fallback else [])]
    decision = Thought(emotion=AGGREGATOR, outcome=Outcome.FAILED, why="nobody was asked")
    for model in models:
        try:
            answer = await ask_decision(work.briefed, work.heard(), model)
            work.usage += answer.usage
            work.answered_by = answer.model
            return read_label(AGGREGATOR, answer.text, work.briefed)
        except AgentError as error:
            work.notes.append(f"no decision by {model.spec}: {error}")
            unread = isinstance(error, UnparsableError)
            if not unread:  # an answer that came and could not be read is counted already
                work.usage += Usage(calls=1, cost_usd=None)
            outcome = Outcome.UNPARSABLE if unread else Outcome.FAILED
            decision = Thought(emotion=AGGREGATOR, outcome=outcome, why=str(error))
    return decision


def kept_of(work: Work) -> Mapping[str, Any]:
    """The record of a turn that its session keeps."""
    return {
        "mode": work.mode.value,
        "language": work.language,
        "state": work.state.to_json() if work.state else None,
        "thoughts": {thought.emotion: thought.to_json() for thought in work.heard()},
        "reply": work.reply,
        "label": work.label,
        "crisis": work.hit.kind.value if work.hit else None,
        "complete": work.complete,
        "notes": list(work.notes),
    }
