"""STAT descriptors: mean, standard deviation, minimum and maximum of a face's figures over a clip.

The descriptors of a film in Bargal et al. 2016 (Emotion Recognition in the Wild from Videos using
Images) and in Savchenko's work on AFEW, here over the outputs of the recogniser.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from insideout.perception.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptors:
    """Over the labels of the recogniser's space, then "valence" and "arousal" where it gives them.

    Frames count by how long they were in force, so that the rate at which they were read does not
    matter. secs: how long that was in all.
    """

    mean: Mapping[str, float]
    std: Mapping[str, float]
    least: Mapping[str, float]
    most: Mapping[str, float]
    secs: float

    def to_json(self) -> dict[str, Any]:
        """`mean`, `std`, `min`, `max`: name to value; `secs`."""
        named = {"mean": self.mean, "std": self.std, "min": self.least, "max": self.most}
        return {
            **{
                name: {key: round(value, 4) for key, value in values.items()}
                for name, values in named.items()
            },
            "secs": round(self.secs, 3),
        }


class DescriptorSum:
    """Gathers descriptors Reading by Reading; its memory does not grow."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._weight = 0.0
        self._mean = self._spread = self._least = self._most = np.zeros(0)

    def add(self, reading: Reading, secs: float) -> None:
        """Take a Reading that was in force for so many seconds; those that abstain are left out."""
        if reading.abstained is not None or secs <= 0.0:
            return
        figures = dict(reading.probabilities)
        if reading.affect is not None:
            figures |= {"valence": reading.affect.valence, "arousal": reading.affect.arousal}
        if not self._names:
            self._names = list(figures)
            self._mean = self._spread = np.zeros(len(figures))
            self._least, self._most = np.full(len(figures), np.inf), np.full(len(figures), -np.inf)
        row = np.array([figures[name] for name in self._names])
        self._weight += secs
        step = row - self._mean  # West 1979, Updating mean and variance estimates
        self._mean = self._mean + step * secs / self._weight
        self._spread = self._spread + secs * step * (row - self._mean)
        self._least, self._most = np.minimum(self._least, row), np.maximum(self._most, row)

    def descriptors(self) -> Descriptors | None:
        """What was gathered; None where nothing was."""
        if not self._names:
            return None
        std = np.sqrt(np.maximum(self._spread / self._weight, 0.0))
        return Descriptors(
            mean=self._named(self._mean),
            std=self._named(std),
            least=self._named(self._least),
            most=self._named(self._most),
            secs=self._weight,
        )

    def _named(self, row: Any) -> dict[str, float]:
        return dict(zip(self._names, row.tolist(), strict=True))
