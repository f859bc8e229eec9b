"""What people may pass to the assistant becomes a Request."""

import pytest
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.prompt_values import ChatPromptValue, StringPromptValue

from insideout.agents import Mode, Request
from insideout.agents.as_request import Said, as_request
from insideout.agents.errors import BadInputError, UnknownNameError

SAID = "I lost my job today"


@pytest.mark.parametrize(
    "said",
    [
        SAID,
        {"text": SAID},
        Request(text=SAID),
        [HumanMessage("Hello"), AIMessage("Hello!"), HumanMessage(SAID)],
        ChatPromptValue(messages=[HumanMessage(SAID), AIMessage("Oh.")]),
        StringPromptValue(text=SAID),
    ],
)
def test_words_come_in_every_form_runnables_use(said: Said) -> None:
    assert as_request(said, {}, {}) == Request(text=SAID)


@pytest.mark.parametrize("said", [[], [AIMessage("Oh.")], {"session": "a"}])
def test_without_words_of_a_person_the_text_is_empty(said: Said) -> None:
    assert as_request(said, {}, {}).text == ""


@pytest.mark.parametrize("name", ["session", "thread_id"])
def test_the_config_names_the_session(name: str) -> None:
    assert as_request(SAID, {"configurable": {name: "mine"}}, {}).session == "mine"


def test_keywords_come_before_what_is_in_the_request() -> None:
    found = as_request(Request(text=SAID, mode=Mode.SINGLE, aside="a"), {}, {"mode": "parallel"})
    assert found == Request(text=SAID, mode=Mode.PARALLEL, aside="a")


def test_an_unknown_mode_is_named() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'parallel'"):
        as_request({"text": SAID, "mode": "paralel"}, {}, {})


def test_an_unknown_field_of_a_request_is_named() -> None:
    with pytest.raises(BadInputError, match="did you mean 'session'"):
        as_request({"text": SAID, "sesion": "a"}, {}, {})
