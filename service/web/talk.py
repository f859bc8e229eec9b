"""Talking to the assistant from a page: turns, and what becomes of them afterwards."""

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing

from insideout.agents.errors import BadInputError, UnknownSessionError
from insideout.agents.insideout import InsideOut
from insideout.agents.memory import MEMORY
from insideout.agents.modes import mode_named
from insideout.agents.said import clean
from insideout.agents.turn import Request
from insideout.perception.reading import EmotionState
from insideout.service.web.visit import Visit
from insideout.service.web.wordlist import Texts

# About two pages: what a person types, rather than pastes, and can read again on a screen.
TYPED_CHARS = 5_000


def refusal(text: str, texts: Texts, limit: int = TYPED_CHARS) -> str | None:
    """Why the message is not sent, in the visitor's language; None where it can be."""
    if not text.strip():
        return texts.empty
    if len(text) > limit:
        return texts.too_long.format(found=_grouped(len(text)), limit=_grouped(limit))
    try:
        clean(text, limit)
    except BadInputError:
        return texts.not_text
    return None


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


async def talk(
    assistant: InsideOut,
    visit: Visit,
    text: str,
    mode: str,
    language: str,
    state: EmotionState | None = None,
    aside: str = "",
    beside: tuple[str, ...] = (),
) -> AsyncGenerator[Visit, None]:
    """The visit as it is when the message was taken, and again as each part of the answer comes.

    state: what was seen and heard since the turn before. aside: how the words were said, for the
    agents. beside: what the two came from, for the person. Closing the generator ends the turn; the
    assistant keeps what was said until then.
    """
    visit = visit.asking(text, beside)
    yield visit
    events = assistant.astream(
        Request(
            text=text,
            session=visit.session,
            mode=mode_named(mode),
            language=language,
            state=state,
            aside=aside,
        )
    )
    async with aclosing(events):
        async for event in events:
            visit = visit.after(event)
            yield visit


def forget(assistant: InsideOut, visit: Visit) -> None:
    """Delete what the assistant keeps of the visit."""
    try:
        assistant.sessions.delete(visit.session)
    except UnknownSessionError:
        return  # nothing was said in it


def leave(assistant: InsideOut, visit: Visit | None) -> None:
    """Let a visit go: what is kept in memory only is deleted, since nobody can come back to it."""
    if visit is not None and not kept_in_file(assistant):
        forget(assistant, visit)


def kept_in_file(assistant: InsideOut) -> bool:
    """Whether conversations outlive the program."""
    return assistant.sessions.path != MEMORY


def exported(assistant: InsideOut, visit: Visit) -> str:
    """Everything kept of the visit as JSON; empty where nothing is."""
    try:
        kept = assistant.sessions.export(visit.session)
    except UnknownSessionError:
        return ""
    return json.dumps(kept, ensure_ascii=False, indent=2)
