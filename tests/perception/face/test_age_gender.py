from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from insideout.perception.errors import WeightsError
from insideout.perception.face.age_gender import AgeGender, AgeGenderModel, Tells
from insideout.perception.face.card import CardCrop, CardInput, CardOutput, ModelCard
from insideout.perception.face.face import DetectedFace, FaceBox

Gives = Literal["probabilities", "logits", "values"]
GREY_64 = CardInput(size=64, layout="nhwc", colour="grey", mean=(127.5,), std=(127.5,))
WOMAN_MAN = ModelCard(
    name="gender-mini-xception",
    labels=("woman", "man"),
    licence="MIT",
    input=GREY_64,
    crop=CardCrop(margin=1.2, upright=False),
    output=CardOutput(gives="probabilities"),
)


def _card(labels: tuple[str, ...], gives: Gives) -> ModelCard:
    return WOMAN_MAN.model_copy(update={"labels": labels, "output": CardOutput(gives=gives)})


@pytest.fixture(scope="module")
def file(shared: Path) -> Path:
    return shared / "models" / "fer_xception" / "gender_mini_xception_21_64.onnx"


@pytest.fixture
def model(file: Path) -> AgeGenderModel:
    return AgeGenderModel(file, WOMAN_MAN)


def _face(box: FaceBox) -> DetectedFace:
    return DetectedFace(box=box, score=0.9)


SQUARE = _face(FaceBox(left=20, top=20, width=60, height=60))


def test_each_face_has_probabilities_of_its_labels(model: AgeGenderModel) -> None:
    picture = np.full((100, 100, 3), 128, dtype=np.uint8)
    found = model.describe(picture, [SQUARE, SQUARE])
    assert [set(one.gender) for one in found] == [{"woman", "man"}] * 2
    assert sum(found[0].gender.values()) == pytest.approx(1.0)


def test_no_faces_are_no_answers(model: AgeGenderModel) -> None:
    assert model.describe(np.zeros((10, 10, 3), dtype=np.uint8), []) == []


def test_a_known_model_needs_no_card_beside_it(file: Path) -> None:
    found = AgeGenderModel(file)
    assert (found.name, found.tells) == (WOMAN_MAN.name, Tells.GENDER)


def test_groups_of_age_are_told_as_such(file: Path) -> None:
    model = AgeGenderModel(file, _card(("0-29", "30+"), "probabilities"))
    found = model.describe(np.zeros((100, 100, 3), dtype=np.uint8), [SQUARE])[0]
    assert model.tells is Tells.AGE_GROUP
    assert (set(found.age_group), found.gender) == ({"0-29", "30+"}, {})


def test_an_age_is_a_number_of_years(file: Path) -> None:
    model = AgeGenderModel(file, _card(("age",), "values"))
    found = model.describe(np.zeros((100, 100, 3), dtype=np.uint8), [SQUARE])[0]
    assert found.age_years is not None
    assert 0.0 <= found.age_years <= 1.0  # the model behind it gives a probability


@pytest.mark.parametrize(
    ("labels", "gives"),
    [(("happy", "sad"), "logits"), (("age",), "logits"), (("woman", "man"), "values")],
)
def test_a_model_that_tells_neither_is_refused(
    file: Path, labels: tuple[str, ...], gives: Gives
) -> None:
    with pytest.raises(WeightsError, match="expected genders"):
        AgeGenderModel(file, _card(labels, gives))


def test_the_object_holds_only_what_the_model_tells() -> None:
    found = AgeGender(model="m", gender={"woman": 0.93456, "man": 0.06544})
    assert found.to_json() == {"model": "m", "gender": {"woman": 0.9346, "man": 0.0654}}
    assert AgeGender(model="m", age_years=31.46).to_json() == {"model": "m", "age_years": 31.5}
