"""InsideOut: the Runnable that people import."""

import asyncio
import os
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any, cast
from weakref import WeakKeyDictionary, WeakValueDictionary

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.runnables import Runnable, RunnableConfig, ensure_config
from platformdirs import user_data_path

from insideout.agents import loop
from insideout.agents.as_request import Said, as_request
from insideout.agents.chat_model import ChatModel, ModelOptions, default_spec, resolve, wrap
from insideout.agents.errors import UnknownNameError
from insideout.agents.events import DoneEvent, Event
from insideout.agents.memory import Sessions, check_session_name, thread
from insideout.agents.modes import Mode, mode_named
from insideout.agents.prompt_names import prompts_of
from insideout.agents.said import clean
from insideout.agents.team import TEAM, team_of
from insideout.agents.turn import Request, Turn
from insideout.agents.work import Setup, Work
from insideout.perception.errors import unknown_name
from insideout.perception.reader import Reader
from insideout.perception.text.dialogue import Dialogue
from insideout.perception.text.language import detect_language
from insideout.perception.text.text_reader import TextReader
from insideout.prompts.loader import LANGUAGES, load_prompts

ModelLike = str | ChatModel | BaseChatModel

EMBEDDED = "embedded"
ASKED_FOR = "it was asked for"


def default_sessions_path() -> Path:
    """Where sessions are kept unless INSIDEOUT_SESSIONS says otherwise."""
    named = os.environ.get("INSIDEOUT_SESSIONS")
    return (
        Path(named) if named else user_data_path("insideout", appauthor=False) / "sessions.sqlite"
    )


def _chat_model(model: ModelLike, options: ModelOptions) -> ChatModel:
    if isinstance(model, ChatModel):
        return model
    return wrap(model) if isinstance(model, BaseChatModel) else resolve(model, options)


def _thinkers(
    model: ModelLike | None,
    voices: ModelLike | None,
    aggregator: ModelLike | None,
    options: ModelOptions,
) -> tuple[ChatModel, ChatModel, str]:
    """The emotions' model, the aggregator's, and why it is they; one that serves both is one."""
    if voices is not None and aggregator is not None:
        return _chat_model(voices, options), _chat_model(aggregator, options), ASKED_FOR
    why = ASKED_FOR
    if model is None:
        own_server = {"OPENAI_BASE_URL": options.base_url} if options.base_url else {}
        model, why = default_spec({**os.environ, **own_server})
    main = _chat_model(model, options)
    return (
        main if voices is None else _chat_model(voices, options),
        main if aggregator is None else _chat_model(aggregator, options),
        why,
    )


def check_language(language: str) -> str:
    """The language itself; raises UnknownNameError where there are no prompts in it."""
    known = ("auto", *LANGUAGES)
    if language not in known:
        raise UnknownNameError(unknown_name("language", language, known))
    return language


class InsideOut(Runnable[Said, Turn]):
    """An assistant whose emotions think in parallel before it answers.

    A LangChain Runnable: `invoke`, `ainvoke`, `batch`, `abatch` give a Turn; `stream` and `astream`
    give events (StateEvent, ThoughtEvent, TokenEvent, RestartEvent, DoneEvent).

    model: a spec ("openai:NAME", "ollama:NAME", "embedded" …), a LangChain chat model, or None for
    what the environment offers. voices, aggregator: other models for the emotions or the reply.
    fallback: tries once where the aggregator's model fails; None for none. team: names of the
    emotions. sessions: a file, ":memory:", or an open Sessions. Further keywords are fields of
    `Setup`. Raises AgentError for an unknown name, a missing library or key, a file that cannot be
    opened.

        assistant = InsideOut("embedded", sessions=":memory:")
        turn = assistant.invoke("I passed my exam!")
        print(turn.reply, turn.state.top, turn.thoughts["joy"].reply)
    """

    def __init__(
        self,
        model: ModelLike | None = None,
        *,
        voices: ModelLike | None = None,
        aggregator: ModelLike | None = None,
        fallback: ModelLike | None = EMBEDDED,
        mode: str = Mode.PARALLEL,
        language: str = "auto",
        team: Sequence[str] = (),
        reader: Reader[Dialogue] | None = None,
        sessions: Sessions | str | Path | None = None,
        options: ModelOptions = ModelOptions(),
        **setup: Any,
    ) -> None:
        by_voices, by_aggregator, self.why = _thinkers(model, voices, aggregator, options)
        self.setup = Setup(
            voices=by_voices,
            aggregator=by_aggregator,
            fallback=_chat_model(fallback, options) if fallback is not None else None,
            mode=mode_named(mode),
            language=check_language(language),
            reader=reader or TextReader(),
            team=team_of(team) if team else TEAM,
            **setup,
        )
        self.sessions = (
            sessions
            if isinstance(sessions, Sessions)
            else Sessions(sessions or default_sessions_path())
        )
        # LangGraph takes a third of a second to import; only an assistant that is built needs it.
        from insideout.agents.graph import build_graph

        self.graph = build_graph(self.sessions.saver)
        self._locks: WeakKeyDictionary[
            asyncio.AbstractEventLoop, WeakValueDictionary[str, asyncio.Lock]
        ] = WeakKeyDictionary()

    def invoke(self, input: Said, config: RunnableConfig | None = None, **kwargs: Any) -> Turn:
        """One turn, complete. Keywords are fields of Request."""
        return loop.run(self.ainvoke(input, config, **kwargs))

    async def ainvoke(
        self, input: Said, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Turn:
        """One turn, complete. Keywords are fields of Request."""
        async with aclosing(self.astream(input, config, **kwargs)) as events:
            async for event in events:
                if isinstance(event, DoneEvent):
                    return event.turn
        raise AssertionError("a turn ends with its DoneEvent")

    def stream(  # type: ignore[override]  # events rather than pieces of a Turn
        self, input: Said, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Event]:
        """The events of one turn as they happen; leaving the loop early ends the turn."""
        return loop.iterate(self.astream(input, config, **kwargs))

    async def astream(  # type: ignore[override]
        self, input: Said, config: RunnableConfig | None = None, **kwargs: Any
    ) -> AsyncGenerator[Event, None]:
        """The events of one turn as they happen; closing the iterator ends the turn."""
        config = ensure_config(config)
        work = self._work(as_request(input, config, kwargs))
        async with self._lock(work.session):
            async with aclosing(self._run(work, config)) as events:
                async for event in events:
                    yield event
            await asyncio.to_thread(self.sessions.prune, work.session)
            yield DoneEvent(self._turn(work))

    async def arecall(self, session: str, messages: Sequence[BaseMessage]) -> None:
        """Let a session go on from messages that were said elsewhere, oldest first.

        Their feelings are not read again; the next turn's words are read in their light.
        """
        earlier = [message.model_copy(update={"id": uuid.uuid4().hex}) for message in messages]
        where = thread(check_session_name(session))
        await self.graph.aupdate_state(where, {"messages": earlier}, as_node="condense")

    def transform(
        self, input: Iterator[Said], config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Turn]:
        """In a chain that streams: the complete Turn, since the next step cannot add up events."""
        for said in input:
            yield self.invoke(said, config, **kwargs)

    async def atransform(
        self, input: AsyncIterator[Said], config: RunnableConfig | None = None, **kwargs: Any
    ) -> AsyncGenerator[Turn, None]:
        """In a chain that streams: the complete Turn, since the next step cannot add up events."""
        async for said in input:
            yield await self.ainvoke(said, config, **kwargs)

    def _work(self, request: Request) -> Work:
        request = replace(request, text=clean(request.text, self.setup.max_message_chars))
        language = check_language(request.language or self.setup.language)
        if language == "auto":
            language = detect_language(request.text)
        return Work(
            setup=self.setup,
            request=request,
            mode=request.mode or self.setup.mode,
            language=language,
            session=check_session_name(request.session or uuid.uuid4().hex[:12]),
        )

    def _lock(self, session: str) -> asyncio.Lock:
        """Turns of one session wait for each other; those of different sessions do not."""
        locks = self._locks.setdefault(asyncio.get_running_loop(), WeakValueDictionary())
        return locks.setdefault(session, asyncio.Lock())

    async def _run(self, work: Work, config: RunnableConfig) -> AsyncGenerator[Event, None]:
        said = HumanMessage(work.request.text, id=uuid.uuid4().hex)
        where: RunnableConfig = {**config, **thread(work.session)}
        remembered = False
        try:
            events = cast(
                AsyncGenerator[Event, None],
                self.graph.astream({"messages": [said]}, where, context=work, stream_mode="custom"),
            )
            async with aclosing(events) as source:
                async for event in source:
                    yield event
            remembered = True
        finally:
            if not remembered:
                await asyncio.shield(self._keep_interrupted(work, said))

    async def _keep_interrupted(self, work: Work, said: HumanMessage) -> None:
        """Keeps the person's words, and as much of the reply as they saw, of a turn cut short."""
        messages: list[BaseMessage] = [said]
        if work.reply:
            messages.append(AIMessage(work.reply, additional_kwargs={"interrupted": True}))
        # As if by the last node: LangGraph then asks no further node what comes next.
        await self.graph.aupdate_state(
            thread(work.session), {"messages": messages}, as_node="condense"
        )

    def _turn(self, work: Work) -> Turn:
        prompts = load_prompts(work.language, work.setup.prompts)
        return Turn(
            session=work.session,
            text=work.request.text,
            language=work.language,
            mode=work.mode,
            model={
                "voices": work.setup.voices.spec,
                "aggregator": work.setup.aggregator.spec,
                "answered_by": work.answered_by or "",
            },
            state=work.state,
            thoughts={thought.emotion: thought for thought in work.heard()},
            reply=work.reply,
            label=work.label,
            decision=work.decision,
            crisis=work.hit.kind.value if work.hit else None,
            notes=tuple(work.notes),
            usage=work.usage,
            seconds=dict(work.seconds),
            total_secs=work.elapsed(),
            first_token_secs=work.first_token_secs,
            prompt_hash=prompts.hash(prompts_of(work)),
        )
