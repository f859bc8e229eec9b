"""Said: what one modality says of the items of its set, as they are and spoilt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np
from numpy.typing import NDArray

from insideout.perception.affect import Emotion
from insideout.perception.label_spaces import LabelSpace

EMOTIONS = tuple(Emotion)
MOST = 200
"""Items of one emotion that are asked about; the smallest of the three sets has 128 of most."""

Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said:
    """Answers to n items.

    gold: (n,) places in Emotion. groups: (n,), the image, the speaker or the conversation; items of one
    group never stand on two sides of a split. clean, spoilt: (n, 8) canonical probabilities, a row of
    zeros where there is none. spoilt_quality: (n,), of the spoilt signals as the reader would give it, 0
    where it would abstain.
    """

    gold: NDArray[np.int64]
    groups: NDArray[np.str_]
    clean: Rows
    spoilt: Rows
    spoilt_quality: Rows

    def __len__(self) -> int:
        return len(self.gold)

    def save(self, path: Path) -> None:
        """Write an npz file, whole or not at all."""
        arrays = {name: getattr(self, name) for name in self.__slots__}
        with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            np.savez_compressed(file, **arrays)
        Path(file.name).replace(path)

    @classmethod
    def load(cls, path: Path) -> "Said":
        """The file that `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(**{name: arrays[name] for name in cls.__slots__})


def canonical_row(space: LabelSpace, probabilities: Mapping[str, float]) -> list[float]:
    """Eight probabilities in the order of Emotion."""
    emotions = space.emotions(probabilities)
    return [emotions[emotion] for emotion in EMOTIONS]


def some_of_each(gold: Sequence[int], seed: int = 0, most: int = MOST) -> NDArray[np.int64]:
    """Places of at most so many items of each emotion, drawn at random, in order."""
    draw = np.random.default_rng(seed)
    labels = np.array(gold, np.int64)
    chosen = [draw.permutation(np.flatnonzero(labels == one))[:most] for one in np.unique(labels)]
    return np.sort(np.concatenate(chosen)).astype(np.int64)
