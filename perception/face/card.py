"""ModelCard: what a file of somebody's needs to be run as a model of faces.

A card is a TOML file beside the model, of the same name: `mobilenet.onnx` and `mobilenet.toml`. Those of
the models we know lie in `cards/` and are found by the model's SHA-256.

    name = "big-xception"
    space = "fer_2013"          # of the labels; left out where they are no emotions
    labels = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]
    licence = "MIT"

    [input]
    size = 64                   # pixels of the square
    layout = "nhwc"             # or "nchw"
    colour = "grey"             # or "rgb", "bgr"
    mean = [127.5]              # taken from pixels of 0 to 255, one number or one a channel
    std = [127.5]               # and divided by

    [crop]
    margin = 1.05               # side of the square, in longer sides of the face's box
    upright = true              # turned by the line of the eyes
    stretched = false           # true: both sides of the box times the margin, made a square

    [output]
    gives = "probabilities"     # or "logits", "values"
    temperature = 1.0           # that logits are divided by
    valence = 8                 # places of valence and arousal behind the labels, where it gives them
    arousal = 9
"""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from insideout.perception.errors import WeightsError
from insideout.perception.weights import sha256

_CARDS = Path(str(files("insideout.perception.face"))) / "cards"
_Numbers = Annotated[tuple[float, ...], Field(min_length=1, max_length=3)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CardInput(_Part):
    """What the model is shown."""

    size: int = Field(ge=8, le=1024)
    layout: Literal["nchw", "nhwc"] = "nchw"
    colour: Literal["grey", "rgb", "bgr"] = "rgb"
    mean: _Numbers = (0.0,)
    std: _Numbers = (1.0,)

    @property
    def channels(self) -> int:
        """One of grey, three of colours."""
        return 1 if self.colour == "grey" else 3

    @model_validator(mode="after")
    def _fits(self) -> "CardInput":
        for name, numbers in (("mean", self.mean), ("std", self.std)):
            if len(numbers) not in (1, self.channels):
                raise ValueError(f"{name} has {len(numbers)} numbers for {self.channels} channels")
        if not all(number > 0.0 for number in self.std):
            raise ValueError(f"std is {self.std}; it is above 0")
        return self


class CardCrop(_Part):
    """How the face is cut out."""

    margin: float = Field(default=1.0, gt=0.2, lt=5.0)
    upright: bool = True
    stretched: bool = False


class CardOutput(_Part):
    """What the model answers, (faces, numbers)."""

    gives: Literal["probabilities", "logits", "values"] = "logits"
    temperature: float = Field(default=1.0, gt=0.0)
    valence: int | None = Field(default=None, ge=0)
    arousal: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _fits(self) -> "CardOutput":
        if (self.valence is None) != (self.arousal is None):
            raise ValueError("valence and arousal go together")
        return self


class ModelCard(_Part):
    """What a model of faces needs to be run; see the module.

    labels: in the order of the output, from its first place. space: the label space they belong to;
    None where they are no emotions. source, licence: for people. sha256: of the model's file.
    """

    name: str = Field(min_length=1)
    labels: tuple[str, ...] = Field(min_length=1)
    space: str | None = None
    licence: str = "not stated"
    source: str = "not stated"
    sha256: str | None = None
    input: CardInput
    crop: CardCrop = CardCrop()
    output: CardOutput = CardOutput()


def read_card(path: Path) -> ModelCard:
    """The card in a file; raises WeightsError with what is wrong in it."""
    try:
        return ModelCard.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WeightsError(f"the card {path} cannot be read ({error}); expected TOML") from error
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors()
        )
        raise WeightsError(f"the card {path} is not right: {wrong}") from error


def card_named(name: str) -> ModelCard:
    """The card that comes with the package."""
    return read_card(_CARDS / f"{name}.toml")


def card_of(model: Path) -> ModelCard:
    """The card beside a model's file, else the one known by its SHA-256; raises WeightsError."""
    beside = model.with_suffix(".toml")
    if beside.is_file():
        return read_card(beside)
    found = sha256(model)
    for path in sorted(_CARDS.glob("*.toml")):
        card = read_card(path)
        if card.sha256 == found:
            return card
    raise WeightsError(
        f"{model} has no card and is none of the models known; write {beside.name} beside it, as shown "
        "in the documentation of perception/face/card.py"
    )
