"""Ablation: the same people answered while the models are told none, some or all of their state.

Each opening is answered once for each of `Show`: nothing, one label, the distribution, the cues, all. A
model that reads prompts is told in words (`describe`), one that reads states, as the embedded one does,
is given that part of the state (`shown`). A line of `replies.jsonl`:

    {"conversation": "hit:1_conv:2", "show": "label", "outcome": "answered", "reply": "Oh no!",
     "told": "sadness. These are cues, …", "prompt_tokens": 812, "seconds": 1.4, "dropped": 0}
"""

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from insideout.agents.insideout import InsideOut
from insideout.agents.turn import Request, Turn
from insideout.eval.ablation_items import Opening
from insideout.eval.errors import RunError
from insideout.eval.kept_lines import KeptLines
from insideout.perception.describe import Show, describe
from insideout.perception.fusion import fuse

TASK = "ablation"
REPLIES = "replies.jsonl"
_PROBED = 20  # replies; a model that fails at all of the first ones will fail at the rest

Tick = Callable[[], None]


class Outcome(StrEnum):
    """What became of a turn. REFERRED: the words were taken for a crisis, and no model was asked."""

    ANSWERED = "answered"
    REFERRED = "referred"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer. told: the words about the state in a prompt. prompt_tokens: of the whole turn.

    dropped: emotions that were asked and gave no usable thought.
    """

    conversation: str
    show: Show
    outcome: Outcome
    reply: str
    told: str
    prompt_tokens: int
    seconds: float
    dropped: int = 0

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Reply":
        """The reply of a line."""
        return cls(**{**row, "show": Show(row["show"]), "outcome": Outcome(row["outcome"])})

    @classmethod
    def of(cls, opening: Opening, show: Show, turn: Turn) -> "Reply":
        """The reply of a turn."""
        outcome = Outcome.ANSWERED if turn.model.get("answered_by") else Outcome.FAILED
        if turn.crisis is not None:
            outcome = Outcome.REFERRED
        told = "" if turn.state is None else describe(turn.state, turn.language, show=show)
        return cls(
            conversation=opening.conversation,
            show=show,
            outcome=outcome,
            reply=turn.reply,
            told=told,
            prompt_tokens=turn.usage.prompt_tokens,
            seconds=round(turn.total_secs, 3),
            dropped=len(turn.dropped),
        )


Key = tuple[str, Show]


def kept_lines(
    openings: Sequence[Opening], run: Mapping[str, Any], folder: Path | None
) -> KeptLines[Reply]:
    """The folder of a run about these people. run: what the replies depend on beside them.

    Raises RunError where it holds another run.
    """
    return KeptLines(folder, {**run, "openings": _digest(openings)}, REPLIES, Reply.from_json)


def known(kept: KeptLines[Reply]) -> dict[Key, Reply]:
    """The replies that are there; those that failed are not."""
    whole = [one for one in kept.there if one.outcome is not Outcome.FAILED]
    return {(one.conversation, one.show): one for one in whole}


def answered(
    openings: Sequence[Opening], replies: Mapping[Key, Reply], shows: Sequence[Show]
) -> list[Opening]:
    """Those with a reply under every Show."""
    return [o for o in openings if all((o.conversation, show) in replies for show in shows)]


async def ask(
    assistants: Mapping[Show, InsideOut],
    openings: Sequence[Opening],
    kept: KeptLines[Reply],
    *,
    concurrency: int = 1,
    tick: Tick = lambda: None,
) -> dict[Key, Reply]:
    """Each opening's reply under each `Show`, all of one opening before those of the next.

    kept: those it has are not asked for again, new ones are kept there. Raises RunError where none of
    the first replies came.
    """
    done = known(kept)
    wanted = [(one, show) for one in openings for show in assistants]
    for one, show in wanted:
        if (one.conversation, show) in done:
            tick()
    waiting = iter([(o, show) for o, show in wanted if (o.conversation, show) not in done])
    failed = 0

    async def work() -> None:
        nonlocal failed
        for opening, show in waiting:
            reply = await _asked(assistants[show], opening, show)
            failed += reply.outcome is Outcome.FAILED
            done[opening.conversation, show] = reply
            kept.keep(asdict(reply))
            if len(done) == failed >= _PROBED:
                raise RunError(f"none of the first {failed} replies came; see `insideout doctor`")
            tick()

    tasks = [asyncio.create_task(work()) for _ in range(concurrency)]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return done


async def _asked(assistant: InsideOut, opening: Opening, show: Show) -> Reply:
    state = None if opening.face is None else fuse([opening.face])
    turn = await assistant.ainvoke(Request(text=opening.text, language="en", state=state))
    await asyncio.to_thread(assistant.sessions.delete, turn.session)
    return Reply.of(opening, show, turn)


def _digest(openings: Sequence[Opening]) -> str:
    """SHA-256 over what the models are shown."""
    digest = hashlib.sha256()
    for one in openings:
        face = "" if one.face is None else str(one.face.to_json())
        digest.update(f"{one.conversation}\n{one.text}\n{face}\n".encode())
    return digest.hexdigest()
