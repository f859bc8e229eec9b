"""Kept conversations and models: what may be opened, and by whom."""

from pathlib import Path

import pytest

pytest.importorskip("gradio", reason="gradio is not installed (pip install -e '.[app]')")

from tests.app.test_talk import said  # needs gradio

from insideout.agents.errors import UnknownNameError
from insideout.agents.insideout import InsideOut
from insideout.agents.scripted import ScriptedChatModel
from insideout.service.model_report import Entry, ModelReport
from insideout.service.settings import Settings
from insideout.service.web.assistant.choices import Choices, available
from insideout.service.web.assistant.reopening import kept_of, reopened
from insideout.service.web.assistant.texts import ASSISTANT_TEXTS
from insideout.service.web.visit import is_of_the_web, new_visit


async def test_a_kept_conversation_is_shown_as_it_was(assistant: InsideOut) -> None:
    visit = await said(assistant, new_visit(), "I lost my job")
    visit = await said(assistant, visit, "and I am sad")
    again = reopened(assistant, visit.session)
    assert again is not None
    assert [exchange.said for exchange in again.exchanges] == ["I lost my job", "and I am sad"]
    assert [exchange.reply for exchange in again.exchanges] == [
        exchange.reply for exchange in visit.exchanges
    ]
    assert again.states[-1].top is visit.states[-1].top
    assert again.exchanges[0].thoughts["joy"].appraisal
    assert not again.exchanges[-1].running


async def test_a_turn_cut_short_is_shown_as_cut_short(assistant: InsideOut) -> None:
    visit = await said(assistant, new_visit(), "hello")
    events = assistant.astream("tell me a long story", session=visit.session)
    async for event in events:
        if type(event).__name__ == "TokenEvent":
            break
    await events.aclose()
    again = reopened(assistant, visit.session)
    assert again is not None
    assert [exchange.stopped for exchange in again.exchanges] == [False, True]
    assert again.exchanges[0].turn is not None


async def test_the_list_names_only_what_this_browser_began(assistant: InsideOut) -> None:
    mine = await said(assistant, new_visit(), "my cat")
    await said(assistant, new_visit(), "your dog")
    [kept] = kept_of(assistant, [mine.session, "web-" + "0" * 32])
    assert kept.title == "my cat"
    assert "messages: 2" in kept.label(ASSISTANT_TEXTS["en"])


async def test_a_conversation_of_the_command_line_is_not_to_be_had(assistant: InsideOut) -> None:
    await assistant.ainvoke("hello", session="default")
    assert kept_of(assistant, ["default"]) == []
    assert reopened(assistant, "default") is None


@pytest.mark.parametrize("name", ["default", "web-x", "", "web-" + "g" * 32, "web-'; drop table"])
def test_only_names_of_this_page_are_believed(name: str) -> None:
    assert not is_of_the_web(name)
    assert is_of_the_web(new_visit().session)


def test_ready_models_are_offered_and_recognisers_are_not() -> None:
    def entry(spec: str, *models: str, ready: bool = True) -> Entry:
        return Entry(name="x", spec=spec, ready=ready, where="", models=models)

    entries = (
        entry("embedded"),
        entry(""),
        entry("openai:NAME", "qwen3", "bge-small"),
        entry("gigachat:NAME"),
        entry("ollama:NAME", "llama3", ready=False),
        entry("hf:PATH_OR_NAME", "anything"),
    )
    found = available(ModelReport(default="", why="", entries=entries, recommended=()))
    assert found == ["embedded", "openai:qwen3", "gigachat:GigaChat-2"]


def test_another_model_keeps_the_same_conversations(tmp_path: Path) -> None:
    own = InsideOut(ScriptedChatModel(lambda *_: "hi"), sessions=tmp_path / "s", fallback=None)
    choices = Choices(own, Settings())
    choices.look()
    other = choices["embedded"]
    assert other is not own
    assert other.sessions is own.sessions
    assert choices["embedded"] is other
    own.sessions.close()


def test_a_model_that_is_not_offered_is_not_built(assistant: InsideOut) -> None:
    with pytest.raises(UnknownNameError, match="unknown model 'hf:/etc'"):
        Choices(assistant, Settings())["hf:/etc"]
