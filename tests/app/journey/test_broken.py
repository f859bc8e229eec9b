"""What goes wrong is said in the visitor's language, and nothing is lost."""

from collections.abc import Sequence

import pytest
from langchain_core.messages import BaseMessage
from tests.app.journey.conftest import Open, Visitors, click, say
from tests.app.journey.test_coming_and_going import talking

from insideout.agents.chat_model import ModelOptions
from insideout.agents.insideout import InsideOut
from insideout.agents.role import Role
from insideout.agents.scripted import ScriptedChatModel
from insideout.eval.broken_server import Break, BrokenServer

pytestmark = pytest.mark.slow


def thinking(messages: Sequence[BaseMessage], role: Role | None) -> str:
    """What the emotions think."""
    return '{"appraisal": "A loss.", "reply": "So it is.", "urgency": 0.5, "confidence": 0.5}'


@pytest.mark.parametrize("fallback", [None, "embedded"])
def test_a_model_that_dies_in_the_middle_of_its_reply(
    kiosk: Open, visitors: Visitors, fallback: str | None
) -> None:
    with BrokenServer(Break.STREAM_STOPS) as server:
        assistant = InsideOut(
            voices=ScriptedChatModel(thinking),
            aggregator="openai:any",
            fallback=fallback,
            sessions=":memory:",
            options=ModelOptions(base_url=server.base_url),
        )
        page = talking(visitors.arrive(visitors.browser(), kiosk(assistant)))
        reply = say(page, "I lost my job.")
        again = page.input_value("#k-box textarea")
    assert len(reply) > 20
    assert "I lost my job." in page.inner_text("#k-chat .user")
    assert not again


def test_script_in_a_message_is_shown_and_not_run(
    kiosk: Open, visitors: Visitors, assistant: InsideOut
) -> None:
    attack = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
    page = talking(visitors.arrive(visitors.browser(), kiosk(assistant)))
    say(page, attack)
    click(page, "k-to-result", "result")
    page.check("#k-with-talk input")
    page.wait_for_selector("#k-shown .r-talk")
    assert attack in page.inner_text("#k-shown .r-talk")
    assert page.locator("#k-shown img, #k-shown script").count() == 0
    assert page.evaluate("window.hacked") is None


def test_ten_thousand_letters_are_refused_and_stay_in_the_box(
    kiosk: Open, visitors: Visitors, assistant: InsideOut
) -> None:
    page = talking(visitors.arrive(visitors.browser(), kiosk(assistant)))
    page.fill("#k-box textarea", "a" * 10_000)
    page.press("#k-box textarea", "Enter")
    page.wait_for_selector("#k-note .wrong")
    assert "10\u00a0000" in page.inner_text("#k-note")
    assert len(page.input_value("#k-box textarea")) == 10_000


def test_a_crisis_shows_the_help_and_no_emotion_speaks(
    kiosk: Open, visitors: Visitors, assistant: InsideOut
) -> None:
    page = talking(visitors.arrive(visitors.browser(), kiosk(assistant)))
    say(page, "I want to kill myself.")
    assert page.locator("#k-chat .help").count() == 1
    assert page.locator("#k-team .k-spoke").count() == 0
