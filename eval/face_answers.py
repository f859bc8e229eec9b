"""Asks a recogniser about labelled faces, batch by batch, and keeps the answers so that a run goes on.

A folder with `run.json`, which says about what, and `answers.jsonl`, one answer a line:

    {"name": "PublicTest_10116449.jpg", "probabilities": {"angry": 0.81, …}, "valence": null,
     "arousal": null, "trouble": "", "seconds": 0.0013}
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol, TextIO, TypeVar

from insideout.eval.errors import RunError
from insideout.perception.affect import Affect
from insideout.perception.errors import BadSignalError
from insideout.perception.expression import Expression
from insideout.perception.reading import Reading

RUN, ANSWERS = "run.json", "answers.jsonl"
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
    with _kept(folder, run) as (known, write):
        tick(sum(item.name in known for item in items))
        waiting = [item for item in items if item.name not in known]
        for start in range(0, len(waiting), batch):
            part = waiting[start : start + batch]
            begun = perf_counter()
            found = ask(part)
            each = (perf_counter() - begun) / len(part)
            for answer in found:
                known[answer.name] = replace(answer, seconds=round(each, _PLACES))
                write(known[answer.name])
            tick(len(part))
    return [known[item.name] for item in items]


Write = Callable[[Answer], None]


@contextmanager
def _kept(folder: Path | None, run: Run) -> Iterator[tuple[dict[str, Answer], Write]]:
    """The answers that are there, and what writes one more."""
    if folder is None:
        yield {}, lambda answer: None
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _claim(folder / RUN, asdict(run))
        known = _read(folder / ANSWERS)
        file = (folder / ANSWERS).open("a", encoding="utf-8")
    except OSError as error:
        raise RunError(f"{folder} cannot be used as the folder of a run: {error}") from error
    with file:
        yield known, _writer(file)


def _writer(file: TextIO) -> Write:
    def write(answer: Answer) -> None:
        file.write(json.dumps(asdict(answer), ensure_ascii=False) + "\n")
        file.flush()

    return write


def _read(path: Path) -> dict[str, Answer]:
    raw = path.read_bytes() if path.exists() else b""
    whole = raw[: raw.rfind(b"\n") + 1]
    if whole != raw:  # a line that a dying program left unfinished
        path.write_bytes(whole)
    known = {}
    for number, line in enumerate(whole.splitlines(), 1):
        try:
            answer = Answer(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise RunError(
                f"{path}, line {number} is damaged ({error}); delete the line, and the same command "
                "asks about that item again"
            ) from error
        known[answer.name] = answer
    return known


def _claim(path: Path, run: dict[str, Any]) -> None:
    """Write what the run is of, or see that what is there is the same."""
    if not path.exists():
        path.write_text(json.dumps(run, indent=1) + "\n", "utf-8")
        return
    try:
        there = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise RunError(f"{path} is damaged: {error}; name another folder with --out") from error
    for name, value in run.items():
        if there.get(name) != value:
            raise RunError(
                f"{path.parent} holds another run: its {name} is {there.get(name)!r}, this one's is "
                f"{value!r}; name another folder with --out, or delete that one"
            )
