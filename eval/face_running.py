"""Runs a recogniser, and the one it is compared with, over the items of a data set."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from insideout.eval.errors import DataSetError
from insideout.eval.face_answers import Ask, Item, Run, answers
from insideout.eval.face_asking import Film, Look, asks, reads
from insideout.eval.face_report import Question, Said, report
from insideout.perception.face.detecting import face_detector
from insideout.perception.face.embedded import WEIGHTS
from insideout.perception.face.reader import FaceReader
from insideout.perception.face.recognisers import EMBEDDED, CutFaceRecogniser, face_recogniser
from insideout.perception.reading import Reading
from insideout.perception.weights import locate, sha256

BATCH = 64
BY_IMAGE = "interval: bootstrap over images, 1,000 draws"
OTHERS = "probability of emotions that the set does not have is left out, the rest made to sum to 1"


class Track(Protocol):
    """Opens a bar of progress and returns what moves it on by so many items."""

    def __call__(self, what: str, total: int) -> Callable[[int], None]:
        """what: words for people."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """model, against: names of recognisers. out: keeps every answer; a broken run goes on."""

    model: str
    against: str | None = None
    out: Path | None = None
    track: Track


Asking = Callable[[CutFaceRecogniser], Ask[Item]]


def run(
    task: str,
    protocol: str,
    question: Question,
    items: Sequence[Item],
    asking: Asking[Item],
    asked: Asked,
    batch: int,
) -> dict[str, Any]:
    """The report. Raises DataSetError where two items have one name, and what the models raise."""
    repeated = len(items) - len({item.name for item in items})
    if repeated:
        raise DataSetError(f"{repeated} items have the name of another; names must be unique")

    def said(name: str) -> Said:
        recogniser = face_recogniser(name)
        found = answers(
            items,
            asking(recogniser),
            Run.of(task, _model(name, asked), [item.name for item in items]),
            batch=batch,
            folder=None if asked.out is None else asked.out / folder_of(name),
            tick=asked.track(recogniser.name, len(items)),
        )
        return Said.of(recogniser.name, found, recogniser.space, question)

    mine = said(asked.model)
    return report(
        task, protocol, question, mine, None if asked.against is None else said(asked.against)
    )


def _model(name: str, asked: Asked) -> str:
    """The name, with what its files are where answers are kept: another file is another model."""
    if asked.out is None:
        return name
    parts = name.split("+")
    files = [Path(part) for part in parts if Path(part).is_file()]
    if EMBEDDED in parts:
        files.append(locate(WEIGHTS))
    return " ".join([name, *(f"{path.name}:{sha256(path)[:12]}" for path in files)])


def run_faces(
    task: str, protocol: str, question: Question, items: Sequence[Look], asked: Asked
) -> dict[str, Any]:
    """Faces whose place is known."""
    return run(task, protocol, question, items, asks, asked, BATCH)


def run_files(
    task: str,
    protocol: str,
    question: Question,
    items: Sequence[Film],
    read: Callable[[Path, FaceReader], Reading],
    asked: Asked,
) -> dict[str, Any]:
    """Photos and films, read whole by a FaceReader with the recogniser."""

    def asking(recogniser: CutFaceRecogniser) -> Ask[Film]:
        reader = FaceReader(recogniser=recogniser)
        return reads(lambda path: read(path, reader))

    found = run(task, protocol, question, items, asking, asked, batch=1)
    return {**found, "detector": face_detector().name}


def folder_of(name: str) -> str:
    """A folder's name for a recogniser's: of a path only its last part."""
    return "+".join(Path(part).name.replace(":", "-") for part in name.split("+"))
