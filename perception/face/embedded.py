"""The recogniser that ships with the project: a small network of ours, trained on FER-2013."""

from functools import lru_cache

from insideout.perception.face.card import card_named
from insideout.perception.face.onnx_recogniser import OnnxRecogniser
from insideout.perception.weights import WeightsFile, locate

WEIGHTS = WeightsFile(
    name="face_embedded.onnx",
    package="insideout.perception.face",
    licence="research and non-commercial use (FER-2013, started from AffectNet weights); "
    "see MODEL_CARD.md",
    trained_by="insideout train face",
)


@lru_cache(maxsize=1)
def embedded_recogniser() -> OnnxRecogniser:
    """The same one for everybody; raises WeightsError where its file is missing or damaged."""
    return OnnxRecogniser(locate(WEIGHTS), card_named("face_embedded"))
