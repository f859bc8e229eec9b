"""Reopening: a conversation that is kept, as the page shows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from insideout.agents.errors import BadInputError, UnknownSessionError
from insideout.agents.insideout import InsideOut
from insideout.agents.modes import Mode
from insideout.agents.thought import Outcome, Thought
from insideout.agents.turn import Turn
from insideout.perception.reading import EmotionState
from insideout.service.web.assistant.texts import AssistantTexts
from insideout.service.web.visit import Exchange, Visit, is_of_the_web

_TITLE_CHARS = 40
_MOST = 50  # of a browser's conversations, the latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One line of the list. changed: ISO 8601."""

    session: str
    title: str
    changed: str
    messages: int

    def label(self, texts: AssistantTexts) -> str:
        """As the list shows it."""
        when = datetime.fromisoformat(self.changed).astimezone()
        return texts.kept_as.format(
            title=self.title or texts.untitled,
            date=when.strftime("%d.%m. %H:%M"),
            count=self.messages,
        )


def kept_of(assistant: InsideOut, names: Sequence[str]) -> list[Kept]:
    """Those of the names that are kept and were begun on a page, the latest first.

    A browser knows the names of its own conversations alone, and nobody can guess another's.
    """
    found = [_kept(name, record) for name, record in _records(assistant, names)]
    return sorted(found, key=lambda kept: kept.changed, reverse=True)


def reopened(assistant: InsideOut, session: str) -> Visit | None:
    """The conversation of that name, None where it is not kept or was not begun on a page."""
    for name, record in _records(assistant, [session]):
        return Visit(session=name, exchanges=tuple(_exchanges(name, record)))
    return None


def _records(assistant: InsideOut, names: Sequence[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name in names[-_MOST:]:
        if not is_of_the_web(name):
            continue
        try:
            yield name, assistant.sessions.export(name)
        except (UnknownSessionError, BadInputError):
            continue


def _kept(name: str, record: Mapping[str, Any]) -> Kept:
    messages = record["messages"]
    said = next((one["text"] for one in messages if one["speaker"] == "person"), "")
    title = " ".join(said.split())
    short = title if len(title) <= _TITLE_CHARS else f"{title[: _TITLE_CHARS - 2]} …"
    return Kept(session=name, title=short, changed=record["changed"], messages=len(messages))


def _exchanges(name: str, record: Mapping[str, Any]) -> Iterator[Exchange]:
    """Messages and what came back; the records of turns belong to those that were not cut short."""
    pairs = list(_pairs(record["messages"]))
    whole = [
        number for number, (_, reply) in enumerate(pairs) if reply and not reply["interrupted"]
    ]
    turns = dict(zip(reversed(whole), reversed(record["turns"]), strict=False))
    for number, (said, reply) in enumerate(pairs):
        told = reply["text"] if reply else ""
        kept = turns.get(number)
        if kept is None:
            yield Exchange(said=said, reply=told, stopped=True)
        else:
            turn = _turn(name, said, kept)
            yield Exchange(
                said=said, reply=told, state=turn.state, thoughts=turn.thoughts, turn=turn
            )


def _pairs(
    messages: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
    for number, message in enumerate(messages):
        if message["speaker"] == "person":
            after = messages[number + 1 : number + 2]
            yield message["text"], next((m for m in after if m["speaker"] != "person"), None)


def _turn(name: str, said: str, kept: Mapping[str, Any]) -> Turn:
    return Turn(
        session=name,
        text=said,
        language=kept["language"],
        mode=Mode(kept["mode"]),
        model={},
        state=EmotionState.from_json(kept["state"]) if kept["state"] else None,
        thoughts={emotion: _thought(emotion, one) for emotion, one in kept["thoughts"].items()},
        reply=kept["reply"],
        label=kept["label"],
        crisis=kept["crisis"],
        notes=tuple(kept["notes"]),
    )


def _thought(emotion: str, record: Mapping[str, Any]) -> Thought:
    return Thought(
        emotion=emotion,
        outcome=Outcome(record["outcome"]),
        appraisal=record["appraisal"],
        reply=record["reply"],
        urgency=record["urgency"],
        confidence=record["confidence"],
        label=record["label"],
        why=record["why"],
        seconds=record["seconds"],
    )
