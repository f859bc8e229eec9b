"""Age and gender: told only when asked for, by a model the user names.

Nothing here is used unless a model is given, and none is shipped or fetched. The model is an ONNX or
TFLite file with a card (perception/face/card.py) that leaves `space` out and whose labels say what it
tells: genders (`labels = ["woman", "man"]`), groups of age (`labels = ["0-2", "3-9", "60+"]`), or the
age itself in years (`labels = ["age"]`, `gives = "values"`).

Such models are often wrong, more so for some people than for others, and gender is not to be seen in
a face: they tell what people looked like to those who labelled photos.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from insideout.perception.errors import WeightsError
from insideout.perception.face.card import ModelCard
from insideout.perception.face.card_model import CardModel
from insideout.perception.face.face import DetectedFace, Picture

GENDERS = frozenset({"woman", "man", "female", "male"})
AGE = "age"
_GROUP = re.compile(r"\d+\s*(?:[-–]\s*\d+|\+)")


class Tells(StrEnum):
    """What a model's labels speak of."""

    GENDER = "gender"
    AGE_GROUP = "age group"
    AGE = "age"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeGender:
    """What one face looks like to the model.

    gender, age_group: label to probability, summing to 1; empty where the model does not tell it.
    age_years: None where it does not. model: its name.
    """

    model: str
    gender: Mapping[str, float] = field(default_factory=dict)
    age_group: Mapping[str, float] = field(default_factory=dict)
    age_years: float | None = None

    def to_json(self) -> dict[str, Any]:
        """A JSON object with what the model tells; probabilities to four places."""
        found: dict[str, Any] = {"model": self.model}
        for name, shares in (("gender", self.gender), ("age_group", self.age_group)):
            if shares:
                found[name] = {label: round(share, 4) for label, share in shares.items()}
        return found if self.age_years is None else {**found, "age_years": round(self.age_years, 1)}


class AgeGenderModel:
    """The model the user names. Raises WeightsError where its card tells neither age nor gender.

    >>> AgeGenderModel(Path("gender.onnx")).describe(picture, faces)[0].gender  # doctest: +SKIP
    {'woman': 0.93, 'man': 0.07}
    """

    def __init__(self, path: Path, card: ModelCard | None = None) -> None:
        self._model = CardModel(path, card)
        self.name = self._model.card.name
        self.tells = _tells(self._model.card, path)

    def describe(self, picture: Picture, faces: Sequence[DetectedFace]) -> list[AgeGender]:
        """One AgeGender a face, in the same order; run as one batch."""
        if not faces:
            return []
        outputs = self._model.outputs(self._model.cut(picture, faces))
        if self.tells is Tells.AGE:
            return [
                AgeGender(model=self.name, age_years=max(0.0, float(row[0]))) for row in outputs
            ]
        labels = self._model.card.labels
        rows = [
            dict(zip(labels, row.tolist(), strict=True))
            for row in self._model.probabilities(outputs)
        ]
        if self.tells is Tells.GENDER:
            return [AgeGender(model=self.name, gender=row) for row in rows]
        return [AgeGender(model=self.name, age_group=row) for row in rows]


def _tells(card: ModelCard, path: Path) -> Tells:
    values = card.output.gives == "values"
    if card.labels == (AGE,) and values:
        return Tells.AGE
    if not values and set(card.labels) <= GENDERS:
        return Tells.GENDER
    if not values and all(_GROUP.fullmatch(label) for label in card.labels):
        return Tells.AGE_GROUP
    raise WeightsError(
        f"the card of {path} has the labels {', '.join(card.labels)[:120]} and gives "
        f"{card.output.gives}; expected genders ({', '.join(sorted(GENDERS))}) or groups of age "
        '("25-32", "60+") with probabilities or logits, or "age" alone with values'
    )
