"""FER-2013: does a recogniser name the expression, and which images had it seen before?

Some images stand in the set several times, and in the public test some that are in the training set
too; the report counts them and tells the accuracy without them.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from insideout.eval.errors import DataSetError
from insideout.eval.face_asking import CutFace
from insideout.eval.face_report import Question
from insideout.eval.face_running import BY_IMAGE, OTHERS, Asked, run_faces
from insideout.perception.face.datasets.fer2013 import (
    USAGES,
    FerSet,
    Split,
    conflicting,
    load_fer2013,
    repeated,
    same_images,
)
from insideout.perception.label_spaces import FER_2013

TASK = "face_fer2013"
WITHOUT = "without_doubles"
_ORDER: tuple[Split, ...] = ("public", "private", "train")
_WORDS: dict[Split | None, str] = {
    "public": "public test",
    "private": "private test",
    "train": "the TRAINING images: figures of models that learnt from them are too high",
    None: "all images, of no named split",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FerTask:
    """What is asked: the images of one split, and how many of them stand elsewhere too.

    split: None where the names do not say. doubles: "within" the split, there "under another label", and
    "in_training", None where there were no training images to look in.
    """

    items: tuple[CutFace, ...]
    question: Question
    split: Split | None
    doubles: dict[str, int | None]

    def run(self, asked: Asked) -> dict[str, Any]:
        """The report; the image is the face, nothing is detected."""
        protocol = f"FER-2013, {_WORDS[self.split]}; the image is the face; {OTHERS}; {BY_IMAGE}"
        found = run_faces(TASK, protocol, self.question, self.items, asked)
        return {**found, "split": self.split or "all", "doubles": self.doubles}


def fer_2013(data: Path, split: Split | None = None, train: Path | None = None) -> FerTask:
    """The task on the images of one split.

    split: else the first of public, private and train that is there. train: where to look for images
    that the models may have learnt from; else the training images of `data`, or train.zip beside it.
    Raises DataSetError where the split is not there, and what `load_fer2013` raises.
    """
    whole = load_fer2013(data)
    chosen = _chosen(whole, data, split)
    found = whole if chosen is None else whole.of(chosen)
    known = None if chosen == "train" else _training(whole, data, train)
    same = None if known is None else same_images(found, known)
    items = tuple(
        CutFace(name=f"{FER_2013.labels[label]}/{name}", grey=image)
        for label, name, image in zip(found.labels, found.names, found.images, strict=True)
    )
    question = Question(
        labels=FER_2013.labels,
        emotions=FER_2013.canonical,
        gold=found.labels,
        groups=tuple(item.name for item in items),
        parts={} if same is None else {WITHOUT: ~same},
    )
    doubles = {
        "within": int(repeated(found).sum()),
        "under_another_label": int(conflicting(found).sum()),
        "in_training": None if same is None else int(same.sum()),
    }
    return FerTask(items=items, question=question, split=chosen, doubles=doubles)


def _chosen(whole: FerSet, data: Path, split: Split | None) -> Split | None:
    there = whole.splits()
    if split is None:
        return next((one for one in _ORDER if one in there), None)
    if split not in there:
        told = (
            ", ".join(there)
            or f"of no split (named {', '.join(f'{u}_…' for u in USAGES.values())})"
        )
        raise DataSetError(f"{data} has no images of the {split} split; what it has is {told}")
    return split


def _training(whole: FerSet, data: Path, train: Path | None) -> FerSet | None:
    """The training images; None where there are none at hand."""
    beside = data.parent / "train.zip"
    if train is None and "train" in whole.splits():
        return whole.of("train")
    if train is None and not beside.is_file():
        return None
    found = load_fer2013(train or beside)
    return found.of("train") if "train" in found.splits() else found
