"""Frame attention: which frames of a clip speak for it.

Frame attention networks (Meng et al. 2019, arXiv 1907.00193) learn a weight a frame from its features.
The recognisers here are of many kinds and share no features, so a frame's weight is made of what all of
them give: how well the face is seen, how sure the expression is, and how long it lasted.
"""

import numpy as np

from insideout.perception.affect import Affect, Emotion
from insideout.perception.reading import Modality, Reading

SHARPNESS = 2.0  # a frame that is wholly sure weighs e² = 7.4 times one that knows nothing


def certainty(reading: Reading) -> float:
    """1 minus the entropy of the labels over its largest value, in [0, 1].

    >>> certainty(Reading(modality=Modality.FACE, model="m", emotions={Emotion.JOY: 1.0},
    ...                   probabilities={"happy": 1.0, "sad": 0.0}))
    1.0
    """
    shares = np.array(list(reading.probabilities.values()))
    if len(shares) < 2:
        return reading.confidence
    positive = shares[shares > 0.0]
    entropy = float(-(positive * np.log(positive)).sum())
    return float(np.clip(1.0 - entropy / np.log(len(shares)), 0.0, 1.0))


def weight(reading: Reading, secs: float) -> float:
    """How much a frame counts that was in force for so many seconds."""
    return float(secs * reading.quality * np.exp(SHARPNESS * certainty(reading)))


class FrameAttention:
    """Gathers the Readings of a clip into one; its memory does not grow."""

    def __init__(self) -> None:
        self._total = 0.0
        self._secs = 0.0
        self._labels: dict[str, float] = {}
        self._emotions: dict[Emotion, float] = {}
        self._affect = np.zeros(2)
        self._placed = 0.0
        self._quality = self._confidence = self._own_tops = 0.0
        self._last: Reading | None = None

    def add(self, reading: Reading, secs: float) -> None:
        """Take a Reading that was in force for so many seconds; those that abstain are left out."""
        if reading.abstained is not None or secs <= 0.0:
            return
        share = weight(reading, secs)
        self._total += share
        self._secs += secs
        for label, probability in reading.probabilities.items():
            self._labels[label] = self._labels.get(label, 0.0) + share * probability
        for emotion, probability in reading.emotions.items():
            self._emotions[emotion] = self._emotions.get(emotion, 0.0) + share * probability
        if reading.affect is not None:
            self._affect += share * np.array([reading.affect.valence, reading.affect.arousal])
            self._placed += share
        self._quality += secs * reading.quality
        self._confidence += share * reading.confidence
        self._own_tops += share * max(reading.probabilities.values(), default=1.0)
        self._last = reading

    def reading(
        self, start_secs: float, end_secs: float, cues: tuple[str, ...] = ()
    ) -> Reading | None:
        """The clip's Reading; None where no frame said anything.

        Its probabilities are the weighted means. Its confidence is the frames' weighted mean, lowered
        by how much the winning label falls short of each frame's own winner: a clip of two feelings
        is not sure of either.
        """
        if self._last is None or self._total <= 0.0:
            return None
        labels = {label: total / self._total for label, total in self._labels.items()}
        agreed = max(labels.values(), default=1.0) * self._total / max(self._own_tops, 1e-9)
        return Reading(
            modality=Modality.FACE,
            model=self._last.model,
            space=self._last.space,
            probabilities=labels,
            emotions={emotion: total / self._total for emotion, total in self._emotions.items()},
            affect=self._mean_affect(),
            confidence=min(1.0, self._confidence / self._total * min(1.0, agreed)),
            quality=min(1.0, self._quality / self._secs),
            cues=cues,
            start_secs=start_secs,
            end_secs=end_secs,
        )

    def _mean_affect(self) -> Affect | None:
        if self._placed <= 0.0:
            return None
        valence, arousal = np.clip(self._affect / self._placed, -1.0, 1.0).tolist()
        return Affect(valence=valence, arousal=arousal)
