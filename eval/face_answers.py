"""Asks a recogniser about labelled faces, batch by batch, and keeps the answers so that a run goes on.

A folder with `run.json`, which says about what, and `answers.jsonl`, one answer a line:

    {"name": "PublicTest_10116449.jpg", "probabilities": {"angry": 0.81, …}, "valence": null,
     "arousal": null, "trouble": "", "seconds": 0.0013}
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Protocol, TypeVar

from insideout.eval.kept_lines import KeptLines
from insideout.perception.affect import Affect
from insideout.perception.errors import BadSignalError
from insideout.perception.expression import Expression
from insideout.perception.reading import Reading

ANSWERS = "answers.jsonl"
FAILED = "failed: "  # what a trouble begins with where the signal could not be read at all
_PLACES = 6  # decimals kept of a probability


class Named(Protocol):
    """Anything a data set holds: its name is unique there."""

    @property
    def name(self) -> str:
        """Of the item."""
        ...


Item = TypeVar("Item", bound=Named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was said of one item.

    trouble: why there is no answer: the reason of an abstention, or FAILED and the error; "" otherwise.
    seconds: the item's share of its batch.
    """

    name: str
    probabilities: dict[str, float]
    valence: float | None = None
    arousal: float | None = None
    trouble: str = ""
    seconds: float = 0.0

    @classmethod
    def of(cls, name: str, told: "Expression | Reading | BadSignalError") -> "Answer":
        """Of what a recogniser or a reader said, or of the error that it met."""
        if isinstance(told, BadSignalError):
            return cls(name=name, probabilities={}, trouble=f"{FAILED}{told}")
        trouble = (told.abstained or "") if isinstance(told, Reading) else ""
        return cls(
            name=name,
            probabilities={k: round(float(p), _PLACES) for k, p in told.probabilities.items()},
            valence=None if told.affect is None else round(float(told.affect.valence), _PLACES),
            arousal=None if told.affect is None else round(float(told.affect.arousal), _PLACES),
            trouble=trouble,
        )

    @property
    def expression(self) -> Expression:
        """The answer as an Expression; without probabilities where there is none."""
        known = self.valence is not None and self.arousal is not None
        affect = Affect(valence=self.valence or 0.0, arousal=self.arousal or 0.0)
        return Expression(probabilities=self.probabilities, affect=affect if known else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """About what is asked, so that kept answers are never taken for those of another run."""

    task: str
    model: str
    data: str

    @classmethod
    def of(cls, task: str, model: str, names: Sequence[str]) -> "Run":
        """The run about items of these names."""
        digest = hashlib.sha256("\n".join(names).encode()).hexdigest()
        return cls(task=task, model=model, data=digest)


Ask = Callable[[Sequence[Item]], list[Answer]]


def answers(
    items: Sequence[Item],
    ask: Ask[Item],
    run: Run,
    *,
    batch: int,
    folder: Path | None = None,
    tick: Callable[[int], None] = lambda done: None,
) -> list[Answer]:
    """One answer an item, in their order; those in the folder are taken from there.

    tick: called with how many items a batch had. Raises RunError where the folder holds another run.
    """
    kept = KeptLines(folder, asdict(run), ANSWERS, lambda row: Answer(**row))
    known = {answer.name: answer for answer in kept.there}
    tick(sum(item.name in known for item in items))
    waiting = [item for item in items if item.name not in known]
    for start in range(0, len(waiting), batch):
        part = waiting[start : start + batch]
        begun = perf_counter()
        found = ask(part)
        each = (perf_counter() - begun) / len(part)
        for answer in found:
            known[answer.name] = replace(answer, seconds=round(each, _PLACES))
            kept.keep(asdict(known[answer.name]))
        tick(len(part))
    return [known[item.name] for item in items]
