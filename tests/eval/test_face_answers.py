"""Asking in batches, keeping what was said, and going on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from insideout.eval.errors import RunError
from insideout.eval.face_answers import ANSWERS, Answer, Run, answers
from insideout.eval.kept_lines import RUN
from insideout.perception.affect import Affect
from insideout.perception.errors import BadSignalError
from insideout.perception.expression import Expression
from insideout.perception.reading import Modality, Reading


@dataclass(frozen=True)
class Thing:
    name: str


THINGS = [Thing(name=f"t{i}") for i in range(5)]
NAMES = [thing.name for thing in THINGS]
THIS = Run.of("task", "model", NAMES)


class Asker:
    """Remembers its batches; breaks off at the batch of that number."""

    def __init__(self, breaks_at: int | None = None) -> None:
        self.batches: list[list[str]] = []
        self.breaks_at = breaks_at

    def __call__(self, items: Sequence[Thing]) -> list[Answer]:
        if len(self.batches) == self.breaks_at:
            raise KeyboardInterrupt
        self.batches.append([item.name for item in items])
        return [Answer(name=item.name, probabilities={"happy": 1.0}) for item in items]


def test_every_item_is_asked_once_in_batches() -> None:
    asker = Asker()
    done: list[int] = []
    found = answers(THINGS, asker, THIS, batch=2, tick=done.append)
    assert asker.batches == [["t0", "t1"], ["t2", "t3"], ["t4"]]
    assert [answer.name for answer in found] == NAMES
    assert sum(done) == 5


def test_a_broken_run_goes_on_where_it_was(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        answers(THINGS, Asker(breaks_at=1), THIS, batch=2, folder=tmp_path)
    asker = Asker()
    found = answers(THINGS, asker, THIS, batch=2, folder=tmp_path)
    assert asker.batches == [["t2", "t3"], ["t4"]]
    assert [answer.name for answer in found] == NAMES


def test_an_unfinished_line_is_asked_again(tmp_path: Path) -> None:
    answers(THINGS, Asker(), THIS, batch=5, folder=tmp_path)
    path = tmp_path / ANSWERS
    path.write_bytes(path.read_bytes()[:-10])
    asker = Asker()
    answers(THINGS, asker, THIS, batch=5, folder=tmp_path)
    assert asker.batches == [["t4"]]
    assert len(path.read_text().splitlines()) == 5


def test_a_damaged_line_is_told(tmp_path: Path) -> None:
    answers(THINGS, Asker(), THIS, batch=5, folder=tmp_path)
    path = tmp_path / ANSWERS
    path.write_text("nonsense\n" + path.read_text())
    with pytest.raises(RunError, match="line 1 is damaged"):
        answers(THINGS, Asker(), THIS, batch=5, folder=tmp_path)


@pytest.mark.parametrize(
    "other",
    [
        Run.of("other", "model", NAMES),
        Run.of("task", "other", NAMES),
        Run.of("task", "model", NAMES[:4]),
    ],
)
def test_the_folder_of_another_run_is_refused(tmp_path: Path, other: Run) -> None:
    answers(THINGS, Asker(), THIS, batch=5, folder=tmp_path)
    with pytest.raises(RunError, match="holds another run"):
        answers(THINGS, Asker(), other, batch=5, folder=tmp_path)


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="cannot be used"):
        answers(THINGS, Asker(), THIS, batch=5, folder=tmp_path / "file")


def test_a_damaged_head_is_told(tmp_path: Path) -> None:
    (tmp_path / RUN).write_text("{")
    with pytest.raises(RunError, match="is damaged"):
        answers(THINGS, Asker(), THIS, batch=5, folder=tmp_path)


def test_an_error_of_the_asked_is_not_taken_for_one_of_the_folder(tmp_path: Path) -> None:
    def ask(items: Sequence[Thing]) -> list[Answer]:
        raise FileNotFoundError(items[0].name)

    with pytest.raises(FileNotFoundError):
        answers(THINGS, ask, THIS, batch=1, folder=tmp_path)


def test_an_expression_survives_being_kept() -> None:
    told = Expression(probabilities={"happy": 0.25}, affect=Affect(valence=0.5, arousal=-0.5))
    kept = json.loads(json.dumps(Answer.of("t", told).probabilities))
    assert kept == {"happy": 0.25}
    assert Answer.of("t", told).expression == told


def test_why_there_is_no_answer_is_kept() -> None:
    reading = Reading(modality=Modality.FACE, model="m", abstained="no face")
    assert Answer.of("t", reading).trouble == "no face"
    assert Answer.of("t", BadSignalError("cut off")).trouble == "failed: cut off"
    assert Answer.of("t", reading).expression == Expression()
