"""A scripted assistant behind a real server, and OpenAI's own client in front of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

import pytest
from langchain_core.messages import BaseMessage
from openai import OpenAI

from insideout.agents.insideout import InsideOut
from insideout.agents.role import Role, Task
from insideout.agents.scripted import Scripted, ScriptedChatModel
from insideout.service.http.api import api
from insideout.service.http.server import Server

REPLY = "That is a heavy thing to carry home."
KEY = "k-123"


class Model:
    """Answers REPLY, and keeps what the aggregator was told."""

    def __init__(self, answer: str | Scripted = REPLY) -> None:
        self.answer = answer
        self.told: list[str] = []

    def __call__(self, messages: Sequence[BaseMessage], role: Role | None) -> str | Scripted:
        """See ScriptedChatModel."""
        assert role is not None
        if role.task is Task.THINK:
            return (
                '{"appraisal": "A loss.", "reply": "So it is.", "urgency": 0.5, "confidence": 0.5}'
            )
        self.told.append("\n".join(message.text for message in messages))
        return self.answer


@pytest.fixture
def model() -> Model:
    """What answers."""
    return Model()


@pytest.fixture
def assistant(model: Model) -> InsideOut:
    """A scripted assistant that keeps its conversations in memory."""
    return InsideOut(ScriptedChatModel(model), sessions=":memory:", fallback=None)


Serve = Callable[..., str]


@pytest.fixture
def serve(assistant: InsideOut) -> Iterator[Serve]:
    """Serves the assistant; gives the address of its API."""
    pytest.importorskip("fastapi", reason="fastapi is not installed (pip install -e '.[serve]')")
    with ExitStack() as stack:

        def one(key: str | None = None) -> str:
            server = stack.enter_context(Server(api(assistant, key), "127.0.0.1", 0))
            return f"{server.address}v1"

        yield one


@pytest.fixture
def client(serve: Serve) -> Iterator[OpenAI]:
    """OpenAI's client, pointed at it."""
    with OpenAI(base_url=serve(), api_key="any", max_retries=0) as client:
        yield client
