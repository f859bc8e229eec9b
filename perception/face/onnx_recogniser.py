"""Any ONNX (or TFLite) file with a card as a recogniser of faces."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from insideout.perception.affect import Affect
from insideout.perception.errors import WeightsError
from insideout.perception.expression import Expression
from insideout.perception.face.card import ModelCard
from insideout.perception.face.card_model import CardModel, Floats
from insideout.perception.face.face import DetectedFace, Picture
from insideout.perception.label_spaces import LABEL_SPACES, LabelSpace


class OnnxRecogniser:
    """A model that answers with emotions, run as its card says; meets `CutFaceRecogniser`.

    Raises WeightsError where the file, its card and the label space named there do not fit together.

        >>> OnnxRecogniser(Path("mobilenet_7.onnx")).recognise(picture, faces)[0].probabilities
        {'anger': 0.01, …, 'happiness': 0.93, …}
    """

    def __init__(self, path: Path, card: ModelCard | None = None) -> None:
        self.model = CardModel(path, card)
        self.name = self.model.card.name
        self.space = _space(self.model.card, path)

    def recognise(self, picture: Picture, faces: Sequence[DetectedFace]) -> list[Expression]:
        """One Expression a face, in the same order; run as one batch."""
        return self.recognise_cut(self.model.cut(picture, faces))

    def recognise_cut(self, faces: Sequence[Picture]) -> list[Expression]:
        """One Expression a picture, each of which is one face and nothing else; run as one batch."""
        outputs = self.model.outputs(faces)
        labels = self.model.card.labels
        return [
            Expression(
                probabilities=dict(zip(labels, row.tolist(), strict=True)),
                affect=self._affect(numbers),
            )
            for row, numbers in zip(self.model.probabilities(outputs), outputs, strict=True)
        ]

    def _affect(self, numbers: Floats) -> Affect | None:
        output = self.model.card.output
        if output.valence is None or output.arousal is None:
            return None
        valence, arousal = np.clip(numbers[[output.valence, output.arousal]], -1.0, 1.0)
        return Affect(valence=float(valence), arousal=float(arousal))


def _space(card: ModelCard, path: Path) -> LabelSpace:
    space = LABEL_SPACES.get(card.space or "")
    if space is None:
        raise WeightsError(
            f"the card of {path} names the label space {card.space!r}; an emotion model needs one of "
            f"{', '.join(LABEL_SPACES)}"
        )
    if unknown := [label for label in card.labels if label not in space.canonical]:
        raise WeightsError(
            f"the card of {path} has labels that {space.name} does not know: {', '.join(unknown)}; "
            f"known: {', '.join(space.labels)}"
        )
    if card.output.gives == "values":
        raise WeightsError(f"{path} gives values; an emotion model gives probabilities or logits")
    return space
