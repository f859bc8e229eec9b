"""Talking from a page: what is refused, what comes, and what is left when it is over."""

import asyncio
import json
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from insideout.agents.insideout import InsideOut
from insideout.agents.scripted import ScriptedChatModel
from insideout.service.web.talk import TYPED_CHARS, exported, forget, leave, refusal, talk
from insideout.service.web.texts import TEXTS
from insideout.service.web.turns import Turns
from insideout.service.web.visit import Visit, new_visit


async def said(assistant: InsideOut, visit: Visit, text: str) -> Visit:
    """The visit once that was said and answered."""
    async for at in talk(assistant, visit, text, "parallel", "en"):
        visit = at
    return visit


@pytest.mark.parametrize("language", TEXTS)
def test_what_cannot_be_sent_is_refused_in_the_visitors_language(language: str) -> None:
    texts = TEXTS[language]
    assert refusal(" \n", texts) == texts.empty
    assert refusal("\x00\x01\x02\x03", texts) == texts.not_text
    assert "5\N{NO-BREAK SPACE}000" in str(refusal("a" * (TYPED_CHARS + 1), texts))
    assert refusal("a" * TYPED_CHARS, texts) is None


async def test_a_turn_starts_empty_and_ends_complete(assistant: InsideOut) -> None:
    course = [v async for v in talk(assistant, new_visit(), "hello", "parallel", "en")]
    assert course[0].last is not None
    assert course[0].last.running
    assert course[-1].last is not None
    assert course[-1].last.turn is not None


async def test_two_visits_are_kept_apart(assistant: InsideOut) -> None:
    one, other = await asyncio.gather(
        said(assistant, new_visit(), "my cat"), said(assistant, new_visit(), "my dog")
    )
    assert "dog" not in exported(assistant, one)
    assert "cat" not in exported(assistant, other)


async def test_a_visit_is_saved_as_json(assistant: InsideOut) -> None:
    visit = await said(assistant, new_visit(), "привет")
    assert json.loads(exported(assistant, visit))["messages"][0]["text"] == "привет"


async def test_what_was_forgotten_is_gone(assistant: InsideOut) -> None:
    visit = await said(assistant, new_visit(), "hello")
    forget(assistant, visit)
    assert exported(assistant, visit) == ""


async def test_a_visit_in_memory_is_gone_once_left(assistant: InsideOut) -> None:
    visit = await said(assistant, new_visit(), "hello")
    leave(assistant, visit)
    assert assistant.sessions.list() == []


async def test_a_visit_in_a_file_outlives_leaving(tmp_path: Path) -> None:
    kept = InsideOut(ScriptedChatModel(lambda *_: "hi"), sessions=tmp_path / "s", fallback=None)
    visit = await said(kept, new_visit(), "hello")
    leave(kept, visit)
    assert len(kept.sessions.list()) == 1
    kept.sessions.close()


async def _forever() -> AsyncGenerator[int, None]:
    yield 1
    await asyncio.Event().wait()


async def test_a_turn_can_be_cut_short_from_elsewhere() -> None:
    turns = Turns()
    items = turns.run("s", _forever())
    assert await anext(items) == 1
    assert turns.running("s")
    await turns.cut("s")
    assert [item async for item in items] == []
    assert not turns.running("s")


async def _broken() -> AsyncGenerator[int, None]:
    yield 1
    raise ValueError("broke")


async def test_what_a_turn_raises_reaches_who_reads_it() -> None:
    with pytest.raises(ValueError, match="broke"):
        [item async for item in Turns().run("s", _broken())]


async def _counting() -> AsyncGenerator[int, None]:
    for number in range(100):
        yield number


async def test_a_slow_page_gets_the_newest_and_the_last() -> None:
    seen = [item async for item in Turns().run("s", _counting())]
    assert seen[-1] == 99
    assert len(seen) < 100
