"""InsideOut as a Runnable: events, composition, sessions, bad input."""

import asyncio
from collections.abc import Callable

import pytest
from langchain_core.messages import HumanMessage
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda
from tests.agents.conftest import REPLY, obedient, scripted

from insideout.agents import (
    DoneEvent,
    InsideOut,
    RestartEvent,
    StateEvent,
    ThoughtEvent,
    TokenEvent,
    Turn,
)
from insideout.agents.chat_model import wrap
from insideout.agents.errors import BadInputError, ModelUnreachableError, UnknownNameError
from insideout.agents.role import Role, Task
from insideout.agents.scripted import ScriptedChatModel

Make = Callable[..., InsideOut]
SAID = "I lost my job today"


def test_streaming_tells_the_state_the_thoughts_the_reply_and_the_turn(assistant_of: Make) -> None:
    kinds = [type(event) for event in assistant_of().stream(SAID)]
    assert kinds[0] is StateEvent
    assert kinds[1:5] == [ThoughtEvent] * 4
    assert set(kinds[5:-1]) == {TokenEvent}
    assert kinds[-1] is DoneEvent


def test_the_tokens_make_up_the_reply(assistant_of: Make) -> None:
    for mode in ("parallel", "single", "sequential"):
        events = list(assistant_of(mode=mode).stream(SAID))
        assert "".join(e.text for e in events if isinstance(e, TokenEvent)) == REPLY


def test_a_reply_that_breaks_off_is_restarted(assistant_of: Make) -> None:
    class Breaking(ScriptedChatModel):
        """Breaks off after two words."""

        async def _astream(self, *args: object, **kwargs: object):  # type: ignore[no-untyped-def]
            count = 0
            async for chunk in super()._astream(*args, **kwargs):  # type: ignore[arg-type]
                yield chunk
                count += 1
                if count == 2:
                    raise ModelUnreachableError("the line went dead")

    breaking = wrap(Breaking(script=obedient), spec="breaking")
    assistant = assistant_of(
        model=None, voices=scripted(), aggregator=breaking, fallback=scripted()
    )
    events = list(assistant.stream(SAID))
    kinds = [type(event) for event in events]
    after = events[kinds.index(RestartEvent) :]
    assert TokenEvent in kinds[: kinds.index(RestartEvent)]
    assert "".join(e.text for e in after if isinstance(e, TokenEvent)) == REPLY


def test_it_composes_with_other_runnables(assistant_of: Make) -> None:
    template = ChatPromptTemplate.from_messages([("human", "I am {how}.")])
    chain = template | assistant_of() | RunnableLambda(lambda turn: (turn.text, turn.reply))
    assert chain.invoke({"how": "tired"}) == ("I am tired.", REPLY)


def test_a_streaming_chain_hands_on_the_complete_turn(assistant_of: Make) -> None:
    chain = assistant_of() | RunnableLambda(lambda turn: turn.reply)
    assert list(chain.stream(SAID)) == [REPLY]


def test_batch_gives_the_turns_in_order(assistant_of: Make) -> None:
    turns = assistant_of().batch(["one", "two", "three"])
    assert [turn.text for turn in turns] == ["one", "two", "three"]


async def test_it_works_on_the_callers_loop_and_on_ours(assistant_of: Make) -> None:
    assistant = assistant_of()
    here = await assistant.ainvoke(SAID, session="s")
    there = await asyncio.to_thread(assistant.invoke, "and now?", session="s")
    assert (here.reply, there.reply) == (REPLY, REPLY)
    assert len(assistant.sessions.export("s")["messages"]) == 4


def test_words_may_be_a_message(assistant_of: Make) -> None:
    assert assistant_of().invoke([HumanMessage(SAID)]).text == SAID


def test_the_config_names_the_session(assistant_of: Make) -> None:
    turn = assistant_of().invoke(SAID, {"configurable": {"session": "mine"}})
    assert turn.session == "mine"


def test_a_session_remembers(assistant_of: Make) -> None:
    seen: list[int] = []

    def script(messages: object, role: Role) -> str:
        if role.task is Task.REPLY:
            seen.append(len(role.dialogue.turns))
        return obedient([], role)

    assistant = assistant_of(script)
    for text in ("one", "two", "three"):
        assistant.invoke(text, session="s")
    assert seen == [1, 3, 5]


def test_a_reply_cut_short_by_the_listener_is_kept(assistant_of: Make) -> None:
    assistant = assistant_of()
    for event in assistant.stream(SAID, session="s"):
        if isinstance(event, TokenEvent):
            break
    kept = assistant.sessions.export("s")["messages"]
    assert kept[0]["text"] == SAID
    assert kept[1]["interrupted"]
    assert REPLY.startswith(kept[1]["text"])


def test_words_are_kept_where_the_listener_leaves_before_the_reply(assistant_of: Make) -> None:
    assistant = assistant_of()
    next(iter(assistant.stream(SAID, session="s")))
    assert [m["text"] for m in assistant.sessions.export("s")["messages"]] == [SAID]


async def test_a_hundred_sessions_at_once_lose_and_mix_nothing(assistant_of: Make) -> None:
    def echo(messages: object, role: Role) -> str:
        return role.dialogue.last if role.task is Task.REPLY else obedient([], role)

    assistant = assistant_of(echo)

    async def talk(name: int) -> list[Turn]:
        return [await assistant.ainvoke(f"{name} says {i}", session=f"s{name}") for i in range(2)]

    talks = await asyncio.gather(*(talk(name) for name in range(100)))
    assert all(turn.reply == turn.text for turns in talks for turn in turns)
    assert {len(assistant.sessions.export(f"s{n}")["messages"]) for n in range(100)} == {4}


async def test_turns_of_one_session_wait_for_each_other(assistant_of: Make) -> None:
    assistant = assistant_of()
    await asyncio.gather(*(assistant.ainvoke(f"turn {i}", session="s") for i in range(5)))
    speakers = [m["speaker"] for m in assistant.sessions.export("s")["messages"]]
    assert speakers == ["person", "assistant"] * 5


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("a" * 1_048_576, "1,048,576"),
        ("\x00\x01\x02\x03PNG\x1a\x00\x7f" * 20, "not text"),
        (7, "int"),
    ],
)
def test_words_that_are_none_are_refused(assistant_of: Make, text: object, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        assistant_of().invoke(text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["שלום, I lost עבודה today", "😭😭😭", "👨‍👩‍👧 \u202eevil\u202c", "\ud800 half a pair", "7"],
)
def test_odd_but_honest_words_get_a_reply(assistant_of: Make, text: str) -> None:
    assert assistant_of().invoke(text).reply == REPLY


@pytest.mark.parametrize(
    ("setup", "says"),
    [
        ({"mode": "paralel"}, "did you mean 'parallel'"),
        ({"language": "de"}, "Known: auto, en, ru"),
        ({"team": ("joi",)}, "did you mean 'joy'"),
        ({"model": "opnai:gpt"}, "openai"),
    ],
)
def test_an_unknown_name_lists_the_known_ones(
    assistant_of: Make, setup: dict[str, object], says: str
) -> None:
    with pytest.raises(UnknownNameError, match=says):
        assistant_of(**setup)


def test_a_session_name_that_is_a_path_is_refused(assistant_of: Make) -> None:
    with pytest.raises(BadInputError, match="session name"):
        assistant_of().invoke(SAID, session="../../etc/passwd")


def test_russian_words_get_russian_prompts(assistant_of: Make) -> None:
    model = scripted()
    turn = assistant_of(model=model).invoke("Меня сегодня уволили")
    calls = model.chat.calls  # type: ignore[attr-defined]
    assert turn.language == "ru"
    assert "Разговор до этого места" in calls[0].messages[1].content
