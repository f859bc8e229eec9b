"""The recognisers of faces by name, as `--face-model` takes them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from insideout.perception.errors import PerceptionError, unknown_name
from insideout.perception.face.card_model import TFLITE
from insideout.perception.face.cut_faces import CutFaceRecogniser
from insideout.perception.face.embedded import embedded_recogniser
from insideout.perception.face.emotiefflib_recogniser import DEFAULT, emotiefflib_recogniser
from insideout.perception.face.ensemble import Ensemble
from insideout.perception.face.onnx_recogniser import OnnxRecogniser

__all__ = ["EMBEDDED", "EMOTIEFFLIB", "RECOGNISERS", "CutFaceRecogniser", "face_recogniser"]

EMBEDDED = "embedded"
EMOTIEFFLIB = "emotiefflib"
_FILES = (".onnx", TFLITE)
_AND = "+"
_OF = ":"

RECOGNISERS: Mapping[str, Callable[[], CutFaceRecogniser]] = {
    EMBEDDED: embedded_recogniser,
    EMOTIEFFLIB: emotiefflib_recogniser,
}


def face_recogniser(name: str = EMBEDDED) -> CutFaceRecogniser:
    """The recogniser of that name; raises PerceptionError with the names there are.

    "embedded"; "emotiefflib" or "emotiefflib:enet_b2_8"; the path of an ONNX or TFLite file that has a
    card or is known; several of them joined by "+", which are averaged: "embedded+mobilenet_7.onnx".
    """
    if _AND in name and not Path(name).is_file():
        return Ensemble([_one(part.strip()) for part in name.split(_AND)])
    return _one(name)


def _one(name: str) -> CutFaceRecogniser:
    family, _, model = name.partition(_OF)
    if family == EMOTIEFFLIB:
        return emotiefflib_recogniser(model or DEFAULT)
    if name in RECOGNISERS:
        return RECOGNISERS[name]()
    if Path(name).suffix.lower() in _FILES:
        return OnnxRecogniser(Path(name).expanduser())
    raise PerceptionError(
        unknown_name("face model", name, [*RECOGNISERS, f"{EMOTIEFFLIB}:MODEL", "PATH.onnx"])
    )
