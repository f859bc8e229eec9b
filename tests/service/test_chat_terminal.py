from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.service.terminal import CTRL_C, CTRL_D, Terminal

from insideout.agents.memory import Sessions

openai_server = pytest.importorskip("insideout.eval.openai_server")

CHAT = ("-m", "insideout.service.cli.main", "chat")
WORDS = " ".join(f"word{i}" for i in range(60))
PROMPT = "you › "


@pytest.fixture
def token_secs() -> float:
    """How long each word of a reply takes."""
    return 0.1


@pytest.fixture
def env(tmp_path: Path, token_secs: float) -> Iterator[dict[str, str]]:
    """A chat model that streams its words one by one."""
    with openai_server.OpenAIServer(
        answer=lambda asked: WORDS, token_delay_secs=token_secs, models=("m",), takes_schema=False
    ) as server:
        yield {
            "INSIDEOUT_MODEL": "openai:m",
            "INSIDEOUT_BASE_URL": server.base_url,
            "INSIDEOUT_FALLBACK": "none",
            "INSIDEOUT_SESSIONS": str(tmp_path / "sessions.sqlite"),
        }


def kept(tmp_path: Path) -> list[dict[str, object]]:
    """The messages of the one session."""
    sessions = Sessions(tmp_path / "sessions.sqlite")
    (only,) = sessions.list()
    messages: list[dict[str, object]] = sessions.export(only.name)["messages"]
    sessions.close()
    return messages


def test_ctrl_c_stops_the_reply_and_keeps_what_was_said(
    env: dict[str, str], tmp_path: Path
) -> None:
    with Terminal(CHAT, env) as terminal:
        terminal.until(PROMPT)
        terminal.type("I lost my job\n")
        terminal.until("word5")
        terminal.type(CTRL_C)
        terminal.until("stopped; what was said so far is kept")
        terminal.until(PROMPT)
        terminal.type("/quit\n")
        assert terminal.left() == 0
    person, assistant = kept(tmp_path)
    assert person["text"] == "I lost my job"
    assert str(assistant["text"]).startswith("word0 word1 word2")
    assert WORDS.startswith(str(assistant["text"]))
    assert assistant["interrupted"]


@pytest.mark.parametrize("token_secs", [0.0])
def test_ctrl_d_leaves_and_names_the_session(env: dict[str, str], tmp_path: Path) -> None:
    with Terminal((*CHAT, "--session", "ann"), env) as terminal:
        terminal.until(PROMPT)
        terminal.type("Hello\n")
        terminal.until("word59")
        terminal.until(PROMPT)
        terminal.type(CTRL_D)
        terminal.until("chat --session ann")
        assert terminal.left() == 0
    assert kept(tmp_path)[1]["text"] == WORDS


def test_ctrl_c_at_the_prompt_leaves_nothing_and_asks_again(env: dict[str, str]) -> None:
    with Terminal(CHAT, env) as terminal:
        terminal.until(PROMPT)
        terminal.type("half a sen")
        terminal.until("half a sen")
        terminal.interrupt(until="Ctrl-D or /quit leaves")
        terminal.until(PROMPT)
        terminal.type("/quit\n")
        assert terminal.left() == 0


def test_forget_asks(env: dict[str, str], tmp_path: Path) -> None:
    with Terminal((*CHAT, "--session", "ann"), env) as terminal:
        terminal.until(PROMPT)
        terminal.type("I want to kill myself\n")  # answered at once
        terminal.until(PROMPT)
        terminal.type("/forget\n")
        terminal.until("(yes/no) ")
        terminal.type("no\n")
        terminal.until("nothing was forgotten")
        terminal.until(PROMPT)
        terminal.type("/forget\n")
        terminal.until("(yes/no) ")
        terminal.type("yes\n")
        terminal.until("ann is forgotten")
        terminal.type("/quit\n")
        assert terminal.left() == 0
    assert Sessions(tmp_path / "sessions.sqlite").list() == []


def test_ctrl_c_stops_say_with_130_and_keeps_the_words(env: dict[str, str], tmp_path: Path) -> None:
    say = ("-m", "insideout.service.cli.main", "say", "I lost my job", "--session", "ann")
    with Terminal(say, env) as terminal:
        terminal.until("word5")
        terminal.type(CTRL_C)
        terminal.until("kept in session ann")
        assert terminal.left() == 130
    assert kept(tmp_path)[0]["text"] == "I lost my job"


@pytest.mark.parametrize("token_secs", [0.0])
def test_the_demo_goes_on_as_a_chat_of_the_same_session(
    env: dict[str, str], tmp_path: Path
) -> None:
    demo = ("-m", "insideout.service.cli.main", "demo")
    with Terminal(demo, env) as terminal:
        terminal.until("the reply")
        terminal.until("word59")
        terminal.until(PROMPT)
        terminal.type(CTRL_D)
        assert terminal.left() == 0
    assert str(kept(tmp_path)[0]["text"]).startswith("I lost my job today")


def test_a_camera_stays_off_where_the_person_does_not_agree(env: dict[str, str]) -> None:
    with Terminal((*CHAT, "--webcam", "--mic"), env) as terminal:
        terminal.until("A machine will guess how you feel")
        terminal.until("(yes/no) ")
        terminal.type("no\n")
        terminal.until("the camera and the microphone stay off")
        terminal.until(PROMPT)
        terminal.type("/quit\n")
        assert terminal.left() == 0
