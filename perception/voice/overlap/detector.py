"""OverlapDetector: how probable it is that two people speak at the same time in an utterance.

It tells that a voice is not alone; it does not tell the voices apart, and people who speak in turn are
none of its business. It costs nothing: it looks at the prosody that is measured anyway.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from math import exp, log2
from pathlib import Path

from insideout.perception.errors import WeightsError
from insideout.perception.voice.sound import Prosody
from insideout.perception.weights import WeightsFile, locate

WEIGHTS = WeightsFile(
    name="overlap.json",
    package="insideout.perception.voice.overlap",
    licence="CC BY-NC-SA 4.0 (trained on mixtures of RAVDESS and EMO-DB)",
    trained_by="python -m insideout.perception.voice.overlap.training",
)

FIGURES = ("pitch_hz", "pitch_range_semitones", "rate_per_sec", "jitter", "shimmer_db", "hnr_db")
LEAST_SECS = 1.0  # of an utterance; the figures of less are chance


def figures_of(prosody: Prosody) -> tuple[float, ...] | None:
    """What is looked at, in the order of FIGURES, pitch in octaves; None where one cannot be told."""
    values = [getattr(prosody, name) for name in FIGURES]
    if any(value is None for value in values):
        return None
    return (log2(values[0]), *map(float, values[1:]))


def with_products(figures: tuple[float, ...]) -> tuple[float, ...]:
    """The figures, their squares and their products."""
    return (*figures, *(a * b for a, b in combinations_with_replacement(figures, 2)))


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapDetector:
    """A logistic regression over the figures, their squares and products.

    mean, scale: of each figure. weights: of `with_products` of the scaled figures. threshold: the
    probability above which two people are said to speak.
    """

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    threshold: float

    def probability(self, figures: tuple[float, ...]) -> float:
        """That two people speak at once, where that is as likely as not beforehand."""
        columns = zip(figures, self.mean, self.scale, strict=True)
        scaled = with_products(tuple((value - m) / s for value, m, s in columns))
        odds = self.bias + sum(v * w for v, w in zip(scaled, self.weights, strict=True))
        return 1.0 / (1.0 + exp(-max(-50.0, min(50.0, odds))))

    def hears_two(self, prosody: Prosody) -> bool:
        """Whether that is probable enough to be said of an utterance."""
        figures = figures_of(prosody)
        if figures is None or prosody.secs < LEAST_SECS:
            return False
        return self.probability(figures) > self.threshold

    def save(self, path: Path) -> None:
        """Write it as JSON."""
        record = {
            "figures": FIGURES,
            "mean": self.mean,
            "scale": self.scale,
            "weights": self.weights,
            "bias": self.bias,
            "threshold": self.threshold,
        }
        path.write_text(json.dumps(record, indent=1) + "\n", "utf-8")

    @classmethod
    def load(cls, path: Path) -> "OverlapDetector":
        """What `save` wrote; raises WeightsError where it is something else."""
        try:
            record = json.loads(path.read_text("utf-8"))
            if tuple(record["figures"]) != FIGURES:
                raise ValueError(f"its figures are {record['figures']}")
            rows = {name: tuple(map(float, record[name])) for name in ("mean", "scale", "weights")}
            found = cls(**rows, bias=float(record["bias"]), threshold=float(record["threshold"]))
            found.probability(found.mean)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise WeightsError(
                f"{path} is no detector of overlapping voices ({error!r}); make it with "
                f"`{WEIGHTS.trained_by}`"
            ) from error
        return found


@lru_cache(maxsize=1)
def overlap_detector() -> OverlapDetector:
    """The one that ships with the project, loaded once; raises WeightsError."""
    return OverlapDetector.load(locate(WEIGHTS))
