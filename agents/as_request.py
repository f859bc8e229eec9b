"""What people may pass to the assistant, as a Request."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from langchain_core.messages import BaseMessage
from langchain_core.prompt_values import PromptValue
from langchain_core.runnables import RunnableConfig

from insideout.agents.errors import BadInputError
from insideout.agents.modes import mode_named
from insideout.agents.turn import Request
from insideout.perception.errors import unknown_name

Said = str | Request | Mapping[str, Any] | PromptValue | Sequence[BaseMessage]


def as_request(said: Said, config: RunnableConfig, more: Mapping[str, Any]) -> Request:
    """What Runnable's callers may pass, as a Request.

    said: the words; a Request; a mapping of its fields; or messages (or a prompt value), whose last
    human one is taken. config: its configurable "session" or "thread_id" names the session.
    more: fields of Request. Raises BadInputError for a field there is not.
    """
    configured = config.get("configurable", {})
    given: dict[str, Any] = {"session": configured.get("session", configured.get("thread_id"))}
    if isinstance(said, Request):
        given.update({f.name: getattr(said, f.name) for f in fields(Request)})
    elif isinstance(said, Mapping):
        given.update(said)
    else:
        given["text"] = _last_words(said)
    given.update(more)
    known = {f.name for f in fields(Request)}
    for name in given.keys() - known:
        raise BadInputError(unknown_name("field of a request", name, sorted(known)))
    if isinstance(given.get("mode"), str):
        given["mode"] = mode_named(given["mode"])
    given.setdefault("text", "")
    return Request(**given)


def _last_words(said: Any) -> Any:
    messages = said.to_messages() if isinstance(said, PromptValue) else said
    if isinstance(messages, BaseMessage):
        return messages.text
    if isinstance(messages, (list, tuple)):
        human = [m for m in messages if isinstance(m, BaseMessage) and m.type == "human"]
        return human[-1].text if human else ""
    return messages
