"""Familiarity: the less a voice and its recording are like what was learnt from, the less is claimed.

The distance of an utterance is the mean square of its standardised features: about 1 for what was learnt
from. Beyond the usual distance its scores shrink exponentially, and all labels come to be alike. How
fast is fitted on speakers, and on a whole data set, that the scoring model had not heard.
"""

from dataclasses import dataclass

import numpy as np

from insideout.perception.voice.train.linear import Floats

_LEAST_SPREAD = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Familiarity:
    """Scores are multiplied by exp(-fall * max(0, distance - usual)).

    mean, spread: (f,), of the features learnt from. usual: their median distance.
    """

    mean: Floats
    spread: Floats
    usual: float
    fall: float = 0.0

    @classmethod
    def of(cls, features: Floats) -> "Familiarity":
        """From rows of features, (n, f); nothing falls yet."""
        mean = features.mean(axis=0, dtype=np.float64).astype(np.float32)
        spread = np.maximum(features.std(axis=0), _LEAST_SPREAD).astype(np.float32)
        blank = cls(mean=mean, spread=spread, usual=0.0)
        usual = float(np.median(blank.excess(features)))
        return cls(mean=mean, spread=spread, usual=usual)

    def excess(self, features: Floats) -> Floats:
        """(n, f) to (n,): how far beyond the usual distance."""
        distance = (((features - self.mean) / self.spread) ** 2).mean(axis=1)
        return np.asarray(np.maximum(0.0, distance - self.usual), np.float32)

    def share(self, features: Floats) -> Floats:
        """(n, f) to (n, 1): what scores are multiplied by, in (0, 1]."""
        return np.asarray(np.exp(-self.fall * self.excess(features))[:, None], np.float32)
