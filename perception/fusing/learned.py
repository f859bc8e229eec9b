"""The learned fusion: a network of some hundred weights that joins the modalities it was taught.

It sees every modality and emotion through the same few figures (features.py), so that modalities
may be missing and what is learnt of one emotion holds for all. A modality that it was not taught (the
heart) adds its evidence to the network's answer as in pooling.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from insideout.perception.agreement import Row
from insideout.perception.errors import WeightsError
from insideout.perception.fusing.features import Rows, features
from insideout.perception.fusing.pool import base_of, evidence, exponents_of
from insideout.perception.reading import Modality
from insideout.perception.reliability import Reliabilities, Reliability
from insideout.perception.weights import WeightsFile, locate

FORMAT = 1  # of the metadata and of the features; raised when either changes its meaning
HEADER = "insideout"

NETWORK = WeightsFile(
    name="fusion_learned.onnx",
    package="insideout.perception.fusing",
    licence="research and non-commercial use, as the sets it is trained on; see MODEL_CARD.md",
    trained_by="insideout train fusion --learned",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one modality says, with all of its Readings. fresh: what their age leaves, in (0, 1]."""

    row: Row
    quality: float
    fresh: float

    def clear(self, reliability: Reliability) -> float:
        """How far its signal lets it see, in [0, 1]."""
        return float(self.quality**reliability.quality_power) * self.fresh

    def faded(self, base: Row) -> Row:
        """What it says, nearer to what it always says the older it is."""
        return np.asarray(self.fresh * self.row + (1.0 - self.fresh) * base)


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedFusion:
    """A network that joins modalities.

    modalities: those that it was taught, in its order. answers: from (n, m, 8) probabilities and (n, m)
    qualities, 0 where one is missing, to (n, 8) probabilities.
    """

    modalities: tuple[Modality, ...]
    answers: Callable[[Rows, Rows], Rows]

    @classmethod
    def load(cls, path: Path) -> "LearnedFusion":
        """The network in an ONNX file; raises WeightsError where it is another one."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
            header = json.loads(session.get_modelmeta().custom_metadata_map[HEADER])
            if header["format"] != FORMAT:
                raise ValueError(f"its format is {header['format']}")
            modalities = tuple(Modality(name) for name in header["modalities"])
        except Exception as error:  # ONNX Runtime raises bare classes of its own
            told = next(iter(str(error).splitlines()), type(error).__name__)[:200]
            raise WeightsError(
                f"{path} is not a learned fusion of format {FORMAT} ({told}); restore it from the "
                f"release, or train it with `{NETWORK.trained_by}`"
            ) from error

        def answers(rows: Rows, qualities: Rows) -> Rows:
            there = (qualities > 0.0)[:, :, None].astype(np.float32)
            feed = {"features": features(rows, qualities), "there": there}
            return np.asarray(session.run(None, feed)[0], np.float64)

        return cls(modalities=modalities, answers=answers)

    def knows_enough(self, heard: Mapping[Modality, Heard]) -> bool:
        """Whether two of the modalities are among those that it was taught."""
        return sum(modality in heard for modality in self.modalities) > 1

    def joined(self, heard: Mapping[Modality, Heard], reliabilities: Reliabilities) -> Row:
        """Eight probabilities of all that was heard."""
        own = [heard.get(modality) for modality in self.modalities]
        bases = [base_of(modality, reliabilities) for modality in self.modalities]
        rows = [
            base if one is None else one.faded(base) for one, base in zip(own, bases, strict=True)
        ]
        qualities = [0.0 if one is None else one.quality for one in own]
        scores = np.log(np.maximum(self.answers(np.array([rows]), np.array([qualities]))[0], 1e-9))
        for modality, one in heard.items():
            if modality not in self.modalities:
                scores = scores + _added(one, modality, reliabilities)
        raised = np.exp(scores - scores.max())
        return np.asarray(raised / raised.sum())


def _added(one: Heard, modality: Modality, reliabilities: Reliabilities) -> Row:
    reliability = reliabilities[modality]
    trust = np.array([[one.clear(reliability) * (1.0 - reliability.doubt)]])
    base = base_of(modality, reliabilities)[None]
    told = evidence(one.row[None, None], trust, base)[0, 0]
    return np.asarray(exponents_of(modality, reliabilities) * told)


@lru_cache(maxsize=1)
def shipped_network() -> LearnedFusion:
    """The shipped one, loaded once; raises WeightsError."""
    return LearnedFusion.load(locate(NETWORK))
