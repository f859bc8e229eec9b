"""Examples: clips of one or more data sets as features, with what fitting needs to know of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insideout.perception.voice.datasets.clips import Clip
from insideout.perception.voice.datasets.corpora import Corpus
from insideout.perception.voice.train.linear import Places

ENROLLED_BY = 2  # neutral sentences

# EMO-DB's names in RAVDESS's space. Boredom has no counterpart there, and is left out.
AS_RAVDESS: Mapping[str, str] = {
    "anger": "angry",
    "disgust": "disgust",
    "fear": "fearful",
    "happiness": "happy",
    "neutral": "neutral",
    "sadness": "sad",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Clips in an order of their own.

    labels: the label space's. features: (clips, variants, f), the first variant unchanged. gold:
    (clips,) places of labels. possible: (clips, labels), those of the clip's data set. speakers: unique
    over all data sets. neutral: (clips,), which may enrol their speaker. texts: what is said.
    """

    labels: tuple[str, ...]
    features: NDArray[np.float32]
    gold: Places
    possible: NDArray[np.bool_]
    speakers: tuple[str, ...]
    neutral: NDArray[np.bool_]
    texts: tuple[str, ...]

    def at(self, places: Places) -> "Examples":
        """Some of the clips."""
        return Examples(
            labels=self.labels,
            features=self.features[places],
            gold=self.gold[places],
            possible=self.possible[places],
            speakers=tuple(self.speakers[place] for place in places),
            neutral=self.neutral[places],
            texts=tuple(self.texts[place] for place in places),
        )

    def enrolling(self) -> dict[str, Places]:
        """Speaker to the places of the neutral sentences that enrol them, different ones if there are.

        Speakers with fewer than two are left out.
        """
        found: dict[str, Places] = {}
        names = np.array(self.speakers)
        for speaker in dict.fromkeys(self.speakers):
            own = np.flatnonzero((names == speaker) & self.neutral).tolist()
            firsts = {self.texts[place]: place for place in reversed(own)}
            chosen = sorted(firsts.values()) + [p for p in own if p not in firsts.values()]
            if len(chosen) >= ENROLLED_BY:
                found[speaker] = np.array(chosen[:ENROLLED_BY], np.int64)
        return found


def examples_of(
    corpus: Corpus,
    clips: Sequence[Clip],
    features: NDArray[np.float32],
    labels: tuple[str, ...],
    renamed: Mapping[str, str] | None = None,
) -> Examples:
    """One data set's clips, without those whose label is not among `labels` once renamed.

    features: (clips, variants, f), not a number for clips that could not be read; they are left out too.
    """
    names = [(renamed or {}).get(clip.label, clip.label) for clip in clips]
    read: NDArray[np.bool_] = np.asarray(np.isfinite(features).all(axis=(1, 2)))
    kept = np.array([i for i, name in enumerate(names) if name in labels and read[i]], np.int64)
    gold = np.array([labels.index(names[place]) for place in kept], np.int64)
    possible = np.isin(np.arange(len(labels)), gold)
    chosen = [clips[place] for place in kept]
    return Examples(
        labels=labels,
        features=features[kept],
        gold=gold,
        possible=np.tile(possible, (len(kept), 1)),
        speakers=tuple(f"{corpus.name}/{clip.speaker}" for clip in chosen),
        neutral=np.array([clip.label == corpus.neutral for clip in chosen]),
        texts=tuple(clip.text for clip in chosen),
    )


def joined(parts: Sequence[Examples]) -> Examples:
    """Several data sets as one; they have the same labels and variants."""
    return Examples(
        labels=parts[0].labels,
        features=np.concatenate([part.features for part in parts]),
        gold=np.concatenate([part.gold for part in parts]),
        possible=np.concatenate([part.possible for part in parts]),
        speakers=tuple(name for part in parts for name in part.speakers),
        neutral=np.concatenate([part.neutral for part in parts]),
        texts=tuple(text for part in parts for text in part.texts),
    )
