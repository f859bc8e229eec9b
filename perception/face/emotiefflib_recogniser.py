"""The models of EmotiEffLib (formerly HSEmotion), run from their ONNX files without the library.

Savchenko (2022), Video-based frame-level facial analysis of affective behavior on mobile devices using
EfficientNets (CVPR Workshops), and github.com/sb-ai-lab/EmotiEffLib, Apache-2.0. Names, input sizes,
normalisation and the order of labels are those of emotiefflib 1.1.1 (`facial_analysis.py`): the
detector's box resized to the square, RGB from 0 to 1, less ImageNet's mean; eight or seven emotions of
AffectNet in alphabetical order, and, in the models called `mtl`, valence and arousal behind them.

Commits and checksums are those at which other projects fetch the files.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from insideout.perception.errors import PerceptionError, unknown_name
from insideout.perception.face.card import CardCrop, CardInput, CardOutput, ModelCard
from insideout.perception.face.onnx_recogniser import OnnxRecogniser
from insideout.perception.fetched import RemoteFile, fetched
from insideout.perception.label_spaces import AFFECTNET

DEFAULT = "enet_b0_8_va_mtl"

_FOLDER = "https://raw.githubusercontent.com/sb-ai-lab/EmotiEffLib/{commit}/models/affectnet_emotions/onnx"
_EARLIER = "af833487321c3efdcb1768a91a6c656a1986fdf6"
_LATER = "520a051c64cd191521e5934655314e769a319684"
_LICENCE = "Apache-2.0 (EmotiEffLib); trained on AffectNet, which is for research"
_IMAGENET_MEAN, _IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_MIDDLE = (0.5, 0.5, 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class EffModel:
    """One of the library's models: its checksum, where it is, the pixels of its input."""

    sha256: str
    commit: str = _EARLIER
    size: int = 224
    mean: tuple[float, ...] = _IMAGENET_MEAN
    std: tuple[float, ...] = _IMAGENET_STD


MODELS: Mapping[str, EffModel] = {
    "enet_b0_8_va_mtl": EffModel(
        sha256="c43e056ad388d4a8dc911832b8291435b2af537f967e5870ebd731574ec7e812"
    ),
    "enet_b0_8_best_vgaf": EffModel(
        sha256="fa07e841fd06c7a67ee651ea4e6e4a3a2bb5695f47b37a7da50492526f59c898"
    ),
    "enet_b0_8_best_afew": EffModel(
        sha256="7aa2ea31c1311f4f8aa9d3fdb085d418dd4e7a48c4b9ed41df8c044f91d0213f"
    ),
    "enet_b2_8": EffModel(
        sha256="180a9d4845b59393de4511598a0d1d34b705034691ea32959ce5009db7cf52b7", size=260
    ),
    "enet_b2_7": EffModel(
        sha256="7863032d8c0c0bc259aa0dd7b8ebf6b607af454e7a0ea82be2b37767914ecd0f", size=260
    ),
    "mbf_va_mtl": EffModel(
        sha256="0323ace52ea6dbe9aa4a909d20933f7b8629c3fb41249e338f4316abf2a4828c",
        commit=_LATER,
        size=112,
        mean=_MIDDLE,
        std=_MIDDLE,
    ),
    "mobilevit_va_mtl": EffModel(
        sha256="93a2bee1f2e0b04e313c695078e9351c75e8fb4c457af4268a1716cb35601b0c", commit=_LATER
    ),
}


def emotiefflib_recogniser(model: str = DEFAULT) -> OnnxRecogniser:
    """The model of that name, fetched on first use (5 to 40 MB).

    Raises PerceptionError with the names there are, WeightsError where the file cannot be had.
    """
    return OnnxRecogniser(fetched(remote_file(model)), model_card(model))


def remote_file(model: str) -> RemoteFile:
    """Where the model's file is published."""
    found = _model(model)
    return RemoteFile(
        name=f"{model}.onnx",
        url=f"{_FOLDER.format(commit=found.commit)}/{model}.onnx",
        sha256=found.sha256,
        licence=_LICENCE,
    )


def model_card(model: str) -> ModelCard:
    """How the model's file is run."""
    found = _model(model)
    labels = tuple(label for label in AFFECTNET.labels if label != "contempt" or "_7" not in model)
    has_affect = model.endswith("_mtl")
    return ModelCard(
        name=f"emotiefflib-{model}",
        space=AFFECTNET.name,
        labels=labels,
        licence=_LICENCE,
        source=remote_file(model).url,
        sha256=found.sha256,
        input=CardInput(
            size=found.size,
            mean=tuple(255.0 * number for number in found.mean),
            std=tuple(255.0 * number for number in found.std),
        ),
        crop=CardCrop(upright=False, stretched=True),
        output=CardOutput(
            valence=len(labels) if has_affect else None,
            arousal=len(labels) + 1 if has_affect else None,
        ),
    )


def _model(name: str) -> EffModel:
    if name not in MODELS:
        raise PerceptionError(unknown_name("model of EmotiEffLib", name, MODELS))
    return MODELS[name]
