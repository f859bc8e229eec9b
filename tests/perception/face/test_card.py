from pathlib import Path

import pytest

from insideout.perception.errors import WeightsError
from insideout.perception.face.card import CardInput, card_named, card_of, read_card
from insideout.perception.label_spaces import label_space

CARD = """
name = "mine"
space = "fer_2013"
labels = ["happy", "sad"]
[input]
size = 48
colour = "grey"
mean = [127.5]
std = [127.5]
[crop]
margin = 1.1
[output]
gives = "logits"
temperature = 1.4
"""


def _card(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_card_is_read(tmp_path: Path) -> None:
    card = read_card(_card(tmp_path, CARD))
    assert (card.labels, card.input.channels, card.crop.margin, card.output.temperature) == (
        ("happy", "sad"), 1, 1.1, 1.4,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("size = 48", "", r"input\.size: Field required"),
        ("size = 48", "size = 2", r"input\.size"),
        ('colour = "grey"', 'colour = "pink"', r"input\.colour"),
        ("mean = [127.5]", "mean = [1.0, 2.0, 3.0]", "mean has 3 numbers for 1 channels"),
        ("std = [127.5]", "std = [0.0]", "above 0"),
        ("temperature = 1.4", "temperature = 0", r"output\.temperature"),
        ("temperature = 1.4", "valence = 2", "valence and arousal go together"),
        ("temperature = 1.4", "heat = 2", r"output\.heat"),
        ('name = "mine"', "", "name: Field required"),
        ('name = "mine"', "name = ", "expected TOML"),
    ],
)
def test_a_wrong_card_says_what_is_wrong(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(WeightsError, match=message):
        read_card(_card(tmp_path, CARD.replace(old, new)))


def test_a_card_beside_the_model_comes_first(tmp_path: Path) -> None:
    _card(tmp_path, CARD)
    assert card_of(tmp_path / "mine.onnx").name == "mine"


def test_a_model_nobody_knows_needs_a_card(tmp_path: Path) -> None:
    model = tmp_path / "mine.onnx"
    model.write_bytes(b"unknown")
    with pytest.raises(WeightsError, match=r"write mine\.toml beside it"):
        card_of(model)


@pytest.mark.parametrize(
    "name",
    ["face_embedded", "mini_xception_64", "mini_xception_48", "big_xception_64", "cyanora",
     "hsemotion_mobilenet"],
)  # fmt: skip
def test_the_cards_that_come_along_name_labels_of_their_space(name: str) -> None:
    card = card_named(name)
    assert card.space is not None
    assert set(card.labels) <= set(label_space(card.space).labels)


def test_colours_have_three_channels() -> None:
    assert CardInput(size=48).channels == 3
