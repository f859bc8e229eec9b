"""The graph: screen, perceive, think in one of the modes, reply, remember."""

from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AIMessage
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Send

from insideout.agents import nodes
from insideout.agents.briefing import Briefing
from insideout.agents.errors import AgentError
from insideout.agents.gate import needs_voices
from insideout.agents.history import as_dialogue, due, summarise
from insideout.agents.modes import Mode
from insideout.agents.nodes import AgentCall, Nothing, SessionState
from insideout.agents.work import Work


def _after_screen(state: SessionState, runtime: Runtime[Work]) -> str:
    return "refer" if runtime.context.hit else "perceive"


def _to_team(node: str, work: Work) -> list[Send]:
    return [Send(node, {"agent": agent.name}) for agent in work.setup.team]


def _after_perceive(state: SessionState, runtime: Runtime[Work]) -> Sequence[Send] | str:
    work = runtime.context
    match work.mode:
        case Mode.SINGLE:
            return "together"
        case Mode.SEQUENTIAL:
            return "sequence"
        case Mode.GATED if not needs_voices(work.briefed.state):
            return "aggregate"
        case _:
            return _to_team("voice", work)


def _after_gather(state: SessionState, runtime: Runtime[Work]) -> Sequence[Send] | str:
    work = runtime.context
    match work.mode:
        case Mode.DEBATE if len(work.first_thoughts) > 1:
            return _to_team("debate", work)
        case Mode.RECOGNISE:
            return "decide"
        case _:
            return "aggregate"


def _after_together(state: SessionState, runtime: Runtime[Work]) -> str:
    return "remember" if runtime.context.complete else "aggregate"


async def remember(state: SessionState, runtime: Runtime[Work]) -> Nothing:
    """Keeps the reply and the record of the turn."""
    work = runtime.context
    marks = {"unavailable": True} if not work.complete else {}
    return {
        "messages": [AIMessage(work.reply, additional_kwargs=marks)],
        "turns": [dict(nodes.kept_of(work))],
    }


def _after_remember(state: SessionState, runtime: Runtime[Work]) -> str:
    work = runtime.context
    budget = work.setup.history_tokens
    told = work.briefing is not None and work.complete
    too_long = due(state["messages"], state.get("summarised", 0), budget) is not None
    return "condense" if told and too_long else END


async def condense(state: SessionState, runtime: Runtime[Work]) -> Nothing:
    """Takes the oldest messages into the summary, once they outgrow the budget."""
    work = runtime.context
    done = state.get("summarised", 0)
    upto = due(state["messages"], done, work.setup.history_tokens)
    if upto is None:
        return {}
    briefing = Briefing(
        prompts=work.briefed.prompts,
        dialogue=as_dialogue(state["messages"][done:upto]),
        state=work.briefed.state,
        show=work.setup.show,
        summary=state.get("summary", ""),
    )
    with work.clock("condense"):
        try:
            answer = await summarise(briefing, work.setup.aggregator)
        except AgentError as error:
            work.notes.append(f"no summary of the oldest messages yet: {error}")
            return {}
    work.usage += answer.usage
    return {"summary": answer.text.strip(), "summarised": upto}


def build_graph(
    checkpointer: BaseCheckpointSaver[Any],
) -> CompiledStateGraph[SessionState, Work, SessionState, SessionState]:
    """The one graph of all six modes; a turn's mode and models come with its Work."""
    graph = StateGraph(SessionState, context_schema=Work)
    graph.add_node("screen", nodes.screen)
    graph.add_node("refer", nodes.refer)
    graph.add_node("perceive", nodes.perceive)
    graph.add_node("voice", nodes.voice, input_schema=AgentCall)
    graph.add_node("gather", nodes.gather)
    graph.add_node("debate", nodes.debate, input_schema=AgentCall)
    graph.add_node("together", nodes.together)
    graph.add_node("sequence", nodes.sequence)
    graph.add_node("decide", nodes.decide)
    graph.add_node("aggregate", nodes.aggregate)
    graph.add_node("remember", remember)
    graph.add_node("condense", condense)

    graph.add_edge(START, "screen")
    graph.add_conditional_edges("screen", _after_screen, ["refer", "perceive"])
    graph.add_conditional_edges(
        "perceive", _after_perceive, ["voice", "together", "sequence", "aggregate"]
    )
    graph.add_edge("voice", "gather")
    graph.add_conditional_edges("gather", _after_gather, ["debate", "decide", "aggregate"])
    graph.add_edge("debate", "aggregate")
    graph.add_conditional_edges("together", _after_together, ["remember", "aggregate"])
    for node_name in ("refer", "sequence", "decide", "aggregate"):
        graph.add_edge(node_name, "remember")
    graph.add_conditional_edges("remember", _after_remember, ["condense", END])
    graph.add_edge("condense", END)
    return graph.compile(checkpointer=checkpointer)
