"""What the linear recognisers of words are fitted on, by language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from insideout.perception.text import corpora
from insideout.perception.text.corpora import Example

_OWN = {"messages": 4.0}  # weight of a label of our own messages beside the sets'


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """An example by its place, with one of its labels and how much that counts."""

    place: int
    label: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a model is fitted on: all examples for the gate, the felt ones for the labels.

    calibrate_on: the sources whose held-out conversations set the temperature.
    """

    name: str
    language: str
    space: str
    labels: tuple[str, ...]
    examples: Sequence[Example]
    felt: Sequence[Felt]
    calibrate_on: tuple[str, ...]
    letter_sizes: tuple[int, ...] = ()


def english(folder: Path) -> Task:
    """EmpatheticDialogues and EDOS for the 32 labels; DailyDialog and GoEmotions for the gate."""
    felt = [*corpora.empathetic_dialogues(folder), *corpora.edos(folder)]
    reddit = (e for e in corpora.go_emotions(folder, "train") if not set(e.labels) & corpora.COOL)
    daily = chain(corpora.daily_dialog(folder, "train"), corpora.quiet_stretches(folder, "train"))
    return Task(
        name="linear-en-1",
        language="en",
        space="empathetic_dialogues",
        labels=tuple(sorted({example.labels[0] for example in felt})),
        examples=[*felt, *daily, *reddit],
        felt=[Felt(place=i, label=e.labels[0], weight=e.weight) for i, e in enumerate(felt)],
        calibrate_on=("stories",),
    )


def open_english(folder: Path) -> Task:
    """English on CC BY data alone: EDOS for the 32 labels, GoEmotions and EDOS for the gate.

    What people labelled comes last, so that it is that which calibrates.
    """
    quiet = list(corpora.quiet_films(folder))
    felt = list(corpora.edos(folder, corpora.EDOS[::-1]))
    reddit = (e for e in corpora.go_emotions(folder, "train") if not set(e.labels) & corpora.COOL)
    return Task(
        name="linear-open-en-1",
        language="en",
        space="empathetic_dialogues",
        labels=tuple(sorted({example.labels[0] for example in felt})),
        examples=[*quiet, *felt, *reddit],
        felt=[
            Felt(place=len(quiet) + i, label=example.labels[0], weight=1.0)
            for i, example in enumerate(felt)
        ],
        calibrate_on=("films",),
    )


def russian(folder: Path) -> Task:
    """CEDR, BRIGHTER, ru-izard-emotions, translated GoEmotions and our own everyday messages.

    Six labels and the gate.
    """
    sets = [*corpora.russian(folder, "train"), *corpora.go_emotions_russian(folder)]
    examples = [*sets, *corpora.russian_messages()]
    felt = [
        Felt(place=i, label=label, weight=_OWN.get(example.source, 1.0) / len(example.labels))
        for i, example in enumerate(examples)
        for label in example.labels
    ]
    return Task(
        name="linear-ru-2",
        language="ru",
        space="canonical",
        labels=tuple(sorted({one.label for one in felt})),
        examples=examples,
        felt=felt,
        calibrate_on=("cedr", "brighter", "izard", "messages"),
        letter_sizes=(3, 4, 5),
    )


TASKS: Mapping[str, Callable[[Path], Task]] = {
    "en": english,
    "open_en": open_english,
    "ru": russian,
}
