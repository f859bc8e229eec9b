"""A trained CA-SER: its folder, and the recogniser that it makes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import WeightsError
from insideout.perception.expression import Expression
from insideout.perception.label_spaces import LabelSpace
from insideout.perception.voice.ca_ser.frames import Extractor, load_extractor
from insideout.perception.voice.ca_ser.options import Options, Sizes
from insideout.perception.voice.datasets.corpora import CORPORA
from insideout.perception.voice.libraries import need
from insideout.perception.voice.sound import Sound
from insideout.perception.weights import checksums, record_checksum, sha256

SCHEME = "ca-ser:"
ABOUT, WEIGHTS = "ca_ser.json", "ca_ser.safetensors"
_VERSION = 1

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What stands beside the weights.

    base, layer: whose frames it was trained on. temperature: divides the scores, fitted on speakers
    that were held out. licence: of the data it was trained on.
    """

    corpus: str
    labels: tuple[str, ...]
    base: str
    layer: int | None
    base_width: int
    sizes: Sizes
    temperature: float
    licence: str


@dataclass(slots=True, kw_only=True)
class CaSerRecogniser:
    """Names the emotion of speech. network: a CaSer, whose type needs torch."""

    name: str
    space: LabelSpace
    extractor: Extractor
    network: Any
    temperature: float

    def recognise(self, sounds: Sequence[Sound]) -> list[Expression]:
        """One Expression a sound, in the same order."""
        from insideout.perception.voice.ca_ser.fit import scores

        if not sounds:
            return []
        found = scores(self.network, (self.extractor.frames(sound) for sound in sounds))
        return [
            Expression(probabilities=dict(zip(self.space.labels, row.tolist(), strict=True)))
            for row in softmax(found / self.temperature)
        ]


def softmax(scores: Floats) -> Floats:
    """(n, labels) to probabilities."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def save(network: Any, about: About, folder: Path) -> None:
    """Write the weights, their checksum and what stands beside them."""
    need("safetensors.torch", "train").save_file(network.state_dict(), folder / WEIGHTS)
    record_checksum(folder / WEIGHTS)
    text = json.dumps({"version": _VERSION, **asdict(about)}, indent=1, ensure_ascii=False)
    (folder / ABOUT).write_text(text + "\n", "utf-8")


def about_of(options: Options, base_width: int, temperature: float) -> About:
    """What stands beside the weights that these options make; a base on disk by its whole path."""
    corpus = CORPORA[options.corpus]
    base = Path(options.base)
    return About(
        corpus=options.corpus,
        labels=corpus.space.labels,
        base=str(base.resolve()) if base.is_dir() else options.base,
        layer=options.layer,
        base_width=base_width,
        sizes=options.sizes,
        temperature=temperature,
        licence=corpus.licence,
    )


def ca_ser_recogniser(folder: Path | str) -> CaSerRecogniser:
    """The recogniser in a folder that `insideout train voice --model ca-ser` wrote.

    Raises WeightsError where the folder or the model it rests on cannot be had, PerceptionError where
    torch or transformers is not installed.
    """
    where = Path(str(folder).removeprefix(SCHEME))
    need("torch", "local")
    torch_file = need("safetensors.torch", "local")
    about = _about(where)
    extractor = load_extractor(about.base, about.layer)
    if extractor.width != about.base_width:
        raise WeightsError(
            f"{about.base} gives frames of width {extractor.width}; {where} was trained on "
            f"{about.base_width}"
        )
    from insideout.perception.voice.ca_ser.network import CaSer

    network = CaSer(about.base_width, len(about.labels), about.sizes)
    try:
        network.load_state_dict(torch_file.load_file(_checked(where / WEIGHTS)))
    except RuntimeError as error:
        raise WeightsError(f"{where / WEIGHTS} does not fit {ABOUT} beside it: {error}") from error
    return CaSerRecogniser(
        name=f"{SCHEME}{where.name}",
        space=CORPORA[about.corpus].space,
        extractor=extractor,
        network=network.eval().to(extractor.model.device),
        temperature=about.temperature,
    )


def _about(folder: Path) -> About:
    try:
        record: Mapping[str, Any] = json.loads((folder / ABOUT).read_text("utf-8"))
        version = record["version"]
        if version != _VERSION:
            raise WeightsError(f"{folder / ABOUT} is of version {version}; expected {_VERSION}")
        fields = {name: record[name] for name in About.__dataclass_fields__}
        about = About(
            **{**fields, "labels": tuple(record["labels"]), "sizes": Sizes(**record["sizes"])}
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsError(
            f"{folder} holds no CA-SER model ({type(error).__name__}: {error}); expected {ABOUT} and "
            f"{WEIGHTS}, which `insideout train voice --model ca-ser` writes"
        ) from error
    if about.corpus not in CORPORA or CORPORA[about.corpus].space.labels != about.labels:
        raise WeightsError(f"{folder / ABOUT} has labels that {about.corpus} does not have now")
    return about


def _checked(path: Path) -> Path:
    if not path.is_file() or checksums(path.parent).get(path.name) != sha256(path):
        raise WeightsError(f"{path} is missing, damaged or was changed; train it again")
    return path
