"""What an OpenAI client gets back: completions, pieces of them, models, errors."""

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from insideout.agents.errors import (
    BadInputError,
    ModelError,
    SessionStoreError,
    UnknownNameError,
    UnknownSessionError,
)
from insideout.agents.events import Event, RestartEvent, StateEvent, ThoughtEvent, TokenEvent
from insideout.agents.modes import Mode
from insideout.agents.turn import Turn
from insideout.perception.errors import BadSignalError, InsideOutError

NAME = "insideout"
END = "data: [DONE]\n\n"
# The first that fits; of what the person who asks can mend 4xx.
_STATUS: tuple[tuple[type[InsideOutError], int], ...] = (
    (UnknownSessionError, 404),
    (UnknownNameError, 400),
    (BadInputError, 400),
    (BadSignalError, 422),
    (SessionStoreError, 503),
    (ModelError, 502),
    (InsideOutError, 503),
)


def model_names() -> list[str]:
    """The assistant in its usual mode, and in each."""
    return [NAME, *(f"{NAME}/{mode.value}" for mode in Mode)]


def models() -> dict[str, Any]:
    """The body of GET /v1/models."""
    return {
        "object": "list",
        "data": [
            {"id": name, "object": "model", "created": 0, "owned_by": NAME}
            for name in model_names()
        ],
    }


def status_of(error: InsideOutError) -> int:
    """The HTTP status that says whose fault it is."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def error_body(message: str, status: int) -> dict[str, Any]:
    """An error as OpenAI words it."""
    kind = "invalid_request_error" if status < 500 else "server_error"
    return {"error": {"message": message, "type": kind, "param": None, "code": None}}


def answered(turn: Turn) -> bool:
    """Whether a model or, in a crisis, the help text answered."""
    return bool(turn.crisis or (turn.reply and turn.model["answered_by"]))


def unanswered(turn: Turn) -> str:
    """Why no model answered."""
    return "; ".join(turn.notes) or turn.reply or "no model answered"


def _usage(turn: Turn) -> dict[str, int]:
    used = turn.usage
    return {
        "prompt_tokens": used.prompt_tokens,
        "completion_tokens": used.completion_tokens,
        "total_tokens": used.prompt_tokens + used.completion_tokens,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """One answer, whole or in pieces. model: the name that the client used."""

    model: str
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, turn: Turn) -> dict[str, Any]:
        """A chat.completion; the Turn beside it under `insideout`, as `insideout say --json` has it."""
        message = {"role": "assistant", "content": turn.reply, "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return {
            **self._head("chat.completion"),
            "choices": [choice],
            "usage": _usage(turn),
            "insideout": turn.to_json(),
        }

    def first(self) -> str:
        """The chunk that opens a stream."""
        return self._chunk({"role": "assistant", "content": ""})

    def piece(self, event: Event) -> str:
        """The chunk for an event; empty for one that a client is not told.

        A state and a thought come as a chunk without words, for those who look at `insideout`. A reply
        that broke off cannot be taken back: the next one begins after an empty line.
        """
        match event:
            case TokenEvent(text=text):
                return self._chunk({"content": text})
            case StateEvent(state=state):
                return self._chunk({}, {"state": state.to_json()})
            case ThoughtEvent(thought=thought):
                return self._chunk({}, {"thought": thought.to_json()})
            case RestartEvent(why=why):
                return self._chunk({"content": "\n\n"}, {"restart": why})
        return ""

    def last(self, turn: Turn, *, usage: bool) -> str:
        """The chunks that close a stream."""
        closing = self._chunk({}, turn.to_json(), finish="stop")
        if not usage:
            return closing
        return closing + _event(
            {**self._head("chat.completion.chunk"), "choices": [], "usage": _usage(turn)}
        )

    def failed(self, why: str, status: int = 502) -> str:
        """An error in the middle of a stream; OpenAI's client raises it."""
        return _event(error_body(why, status))

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": self.model}

    def _chunk(self, delta: Mapping[str, Any], more: Any = None, finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        told = {} if more is None else {"insideout": more}
        return _event({**self._head("chat.completion.chunk"), "choices": [choice], **told})


def _event(body: Mapping[str, Any]) -> str:
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"
