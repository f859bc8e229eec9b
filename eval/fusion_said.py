"""Said: what one modality says of the items of its set, as they are and damaged in several ways."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.affect import Emotion
from insideout.perception.label_spaces import LabelSpace

EMOTIONS = tuple(Emotion)
MOST = 200
"""Items of one emotion that are asked about; the smallest of the three sets has 128 of most."""

Rows = NDArray[np.float64]


class Damage(StrEnum):
    """What was done to the signals.

    GRADED: noise of a strength drawn anew for each item; it is what fusing is fitted on. NOISY: the same
    kinds of noise, all strong. OTHER: another kind of noise, on which nothing is fitted.
    """

    NONE = "none"
    GRADED = "graded"
    NOISY = "noisy"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said:
    """Answers to n items.

    gold: (n,) places in Emotion. groups: (n,), the image, the speaker or the conversation; items of one
    group never stand on two sides of a split. rows: by damage, (n, 8) canonical probabilities, a row
    of zeros where there is none. qualities: by damage, (n,), as the reader would give it, 0 where it
    would abstain.
    """

    gold: NDArray[np.int64]
    groups: NDArray[np.str_]
    rows: Mapping[Damage, Rows]
    qualities: Mapping[Damage, Rows]

    def __len__(self) -> int:
        return len(self.gold)

    def save(self, path: Path) -> None:
        """Write an npz file, whole or not at all."""
        arrays: dict[str, Any] = {f"rows_{damage}": rows for damage, rows in self.rows.items()}
        arrays |= {f"quality_{damage}": quality for damage, quality in self.qualities.items()}
        with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            np.savez_compressed(file, gold=self.gold, groups=self.groups, **arrays)
        Path(file.name).replace(path)

    @classmethod
    def load(cls, path: Path) -> "Said":
        """The file that `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(
                gold=arrays["gold"],
                groups=arrays["groups"],
                rows={damage: arrays[f"rows_{damage}"] for damage in Damage},
                qualities={damage: arrays[f"quality_{damage}"] for damage in Damage},
            )


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
