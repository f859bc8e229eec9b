"""From a client's messages to a Request of ours."""

from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from insideout.agents.errors import BadInputError, UnknownNameError
from insideout.agents.modes import Mode, mode_named
from insideout.agents.turn import Request
from insideout.perception.errors import unknown_name
from insideout.perception.fusion import fuse
from insideout.perception.policy import refusal
from insideout.perception.reading import Modality, Reading
from insideout.perception.text.language import detect_language
from insideout.service.http.answers import NAME, model_names
from insideout.service.http.asked import ChatRequest, Extension, Message
from insideout.service.http.signals import Noticed, Senses

_LANGUAGES = ("en", "ru")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """earlier: the messages before, which the client keeps; empty where we keep the conversation."""

    request: Request
    earlier: tuple[BaseMessage, ...] = ()


def as_asked(chat: ChatRequest, senses: Senses) -> Asked:
    """What the client asks; reads its pictures and recordings, which may take seconds.

    Raises BadInputError, UnknownNameError, and the errors of `Senses.notice`.
    """
    mode = _mode(chat.model, chat.insideout.mode)
    said = chat.messages[-1]
    if said.role != "user":
        raise BadInputError(
            f"the last message is of the role {said.role!r}; expected one of the user to answer"
        )
    words = said.text.strip()
    noticed = senses.notice(said.parts, words, _language(chat.insideout, words))
    readings = [*_given(chat.insideout), *noticed.readings]
    kept_here = chat.insideout.session is not None
    return Asked(
        request=Request(
            text=_words(words, noticed),
            session=chat.insideout.session,
            mode=mode,
            language=chat.insideout.language,
            state=fuse(readings) if readings else None,
            aside="\n\n".join(part for part in (*_told(chat.messages), noticed.aside) if part),
        ),
        earlier=() if kept_here else _earlier(chat.messages[:-1]),
    )


def _mode(model: str, asked: str | None) -> Mode | None:
    if model not in ("", *model_names()):
        raise UnknownNameError(unknown_name("model", model, model_names()))
    named = model.partition("/")[2] if model.startswith(f"{NAME}/") else None
    chosen = asked or named
    return mode_named(chosen) if chosen else None


def _language(asked: Extension, words: str) -> str:
    return asked.language if asked.language in _LANGUAGES else detect_language(words)


def _words(words: str, noticed: Noticed) -> str:
    found = words or noticed.words
    if not found:
        raise BadInputError(
            "the message has no words; write some beside the picture, or send a recording of speech"
        )
    return found


def _given(asked: Extension) -> list[Reading]:
    """What the client's sensors say; raises BadInputError where the policy forbids to use it."""
    try:
        readings = [Reading.from_json(record) for record in asked.readings]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInputError(
            f"insideout.readings: no Reading ({type(error).__name__}: {error}); expected objects as "
            "`insideout perceive --json` prints them under state.readings"
        ) from error
    for modality in {reading.modality for reading in readings} - {Modality.TEXT}:
        why = refusal(modality)
        if why is not None:
            raise BadInputError(f"insideout.readings: {why}; leave them out")
    return readings


def _told(messages: Sequence[Message]) -> list[str]:
    return [m.text for m in messages if m.role in ("system", "developer")]


def _earlier(messages: Sequence[Message]) -> tuple[BaseMessage, ...]:
    kinds = {"user": HumanMessage, "assistant": AIMessage}
    return tuple(
        kinds[message.role](message.text)
        for message in messages
        if message.role in kinds and message.text.strip()
    )
