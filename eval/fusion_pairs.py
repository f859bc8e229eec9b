"""Triples of one face, one voice and some words that share an emotion: a simulation of a person.

We have no corpus of faces, voices, words and hearts of the same moment with labels for all. These
triples put together what strangers showed: within an emotion nothing binds an image to the clip beside
it, so that the modalities are independent of each other given the emotion, which is what fusion assumes
and what one person's face and voice are not. Gains on real people are likely smaller.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from insideout.eval.errors import DataSetError
from insideout.eval.fusion_said import EMOTIONS, Damage, Rows, Said
from insideout.perception.affect import Emotion
from insideout.perception.reading import Modality, Reading

MODALITIES = (Modality.FACE, Modality.VOICE, Modality.TEXT)
PARTS = 2
_FEWEST = 5  # triples of an emotion, for it to be asked about
_JOY = EMOTIONS.index(Emotion.JOY)
_SURPRISE, _NEUTRAL = EMOTIONS.index(Emotion.SURPRISE), EMOTIONS.index(Emotion.NEUTRAL)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Triples:
    """n triples, with a column for each of MODALITIES.

    gold: (n,) places in Emotion. speakers: (n,), whose voice it is. rows: (n, 3, 8) probabilities.
    weights: (n, 3) qualities; 0 where a modality is missing. swapped: (n,), which column shows another
    emotion, -1 for none.
    """

    gold: NDArray[np.int64]
    speakers: NDArray[np.str_]
    rows: Rows
    weights: Rows
    swapped: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.gold)

    def at(self, places: NDArray[np.int64] | NDArray[np.bool_]) -> "Triples":
        """Some of them."""
        return Triples(
            gold=self.gold[places],
            speakers=self.speakers[places],
            rows=self.rows[places],
            weights=self.weights[places],
            swapped=self.swapped[places],
        )

    def only(self, *kept: Modality) -> "Triples":
        """The other modalities missing."""
        mask = np.array([modality in kept for modality in MODALITIES])
        return replace(self, weights=np.where(mask, self.weights, 0.0))

    def readings(self) -> list[list[Reading]]:
        """What `fuse` takes, of each triple; the missing ones are left out."""
        return [
            [
                Reading(
                    modality=modality,
                    model="simulated",
                    emotions=dict(zip(EMOTIONS, row.tolist(), strict=True)),
                    confidence=min(1.0, float(row.max())),
                    quality=float(weight),
                )
                for modality, row, weight in zip(MODALITIES, rows, weights, strict=True)
                if weight > 0.0
            ]
            for rows, weights in zip(self.rows, self.weights, strict=True)
        ]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """One side of the split: which items of each set make up each triple, (n, 3)."""

    places: NDArray[np.int64]
    said: Mapping[Modality, Said]

    def triples(self, damage: Damage = Damage.NONE, *, told: bool = True) -> Triples:
        """All signals damaged. told: with the readers' qualities, who may abstain; else all are 1."""
        return self._triples(np.full(self.places.shape, True), damage, told=told)

    def half(self, damage: Damage, seed: int = 0) -> Triples:
        """Each signal damaged with probability 1/2."""
        draw = np.random.default_rng(seed)
        return self._triples(draw.random(self.places.shape) < 0.5, damage, told=True)

    def paired_again(self, seed: int) -> "Part":
        """The same items, other ones of the same emotion together."""
        draw = np.random.default_rng(seed)
        places, gold = self.places.copy(), self._gold()
        for emotion in np.unique(gold):
            own = np.flatnonzero(gold == emotion)
            for column in range(len(MODALITIES)):
                places[own, column] = places[draw.permutation(own), column]
        return replace(self, places=places)

    def _gold(self) -> NDArray[np.int64]:
        return self.said[Modality.VOICE].gold[self.places[:, MODALITIES.index(Modality.VOICE)]]

    def _triples(self, damaged: NDArray[np.bool_], damage: Damage, *, told: bool) -> Triples:
        """damaged: (n, 3)."""
        columns = [self._column(*one, damage) for one in enumerate(MODALITIES)]
        plain = [self._column(*one, Damage.NONE) for one in enumerate(MODALITIES)]
        rows = np.where(
            damaged[:, :, None],
            np.stack([rows for rows, _ in columns], axis=1),
            np.stack([rows for rows, _ in plain], axis=1),
        )
        qualities = np.where(
            damaged,
            np.stack([quality for _, quality in columns], axis=1),
            np.stack([quality for _, quality in plain], axis=1),
        )
        if not told:
            qualities = np.ones(damaged.shape)
        own = self.places[:, MODALITIES.index(Modality.VOICE)]
        return Triples(
            gold=self._gold(),
            speakers=self.said[Modality.VOICE].groups[own],
            rows=rows,
            weights=np.where(rows.sum(axis=2) > 0.0, qualities, 0.0),
            swapped=np.full(len(own), -1, np.int64),
        )

    def _column(self, column: int, modality: Modality, damage: Damage) -> tuple[Rows, Rows]:
        own, one = self.places[:, column], self.said[modality]
        return one.rows[damage][own], one.qualities[damage][own]


def parts(said: Mapping[Modality, Said], seed: int = 0) -> list[Part]:
    """Two parts without an image, a speaker or a conversation in common, no item used twice.

    Of each emotion as many triples as the smallest of the three sets allows. Raises DataSetError where
    no two emotions have enough.
    """
    draw = np.random.default_rng(seed)
    sides = {modality: _sides(one.groups, draw) for modality, one in said.items()}
    found = []
    for side in range(PARTS):
        rows = [_of(place, said, sides, side, draw) for place in range(len(EMOTIONS))]
        rows = [row for row in rows if len(row) >= _FEWEST]
        if len(rows) < 2:
            raise DataSetError(
                "the three sets share too few items: two emotions with at least "
                f"{_FEWEST} images, clips and texts on each side of the split are needed"
            )
        found.append(Part(places=np.concatenate(rows), said=said))
    return found


def whole(several: Sequence[Part]) -> Part:
    """All parts as one, for what is fitted to be shipped."""
    return replace(several[0], places=np.concatenate([part.places for part in several]))


def _sides(groups: NDArray[np.str_], draw: np.random.Generator) -> NDArray[np.int64]:
    """(n,): on which side each item is."""
    names, members = np.unique(groups, return_inverse=True)
    return (draw.permutation(len(names)) % PARTS)[members]


def _of(
    emotion: int,
    said: Mapping[Modality, Said],
    sides: Mapping[Modality, NDArray[np.int64]],
    side: int,
    draw: np.random.Generator,
) -> NDArray[np.int64]:
    """(triples, 3) of one emotion."""
    columns = [
        draw.permutation(np.flatnonzero((said[m].gold == emotion) & (sides[m] == side)))
        for m in MODALITIES
    ]
    count = min(len(column) for column in columns)
    return np.stack([column[:count] for column in columns], axis=1)


def dropped(found: Triples, seed: int = 0) -> Triples:
    """Each modality missing with probability 1/2; one at least is left."""
    draw = np.random.default_rng(seed)
    there = draw.random(found.weights.shape) < 0.5
    alone = draw.integers(0, len(MODALITIES), len(found))
    empty = ~there.any(axis=1)
    there[empty, alone[empty]] = True
    return replace(found, weights=np.where(there, found.weights, 0.0))


def wrong(found: Triples, seed: int = 0) -> Triples:
    """One modality, drawn at random, says what it says of a triple of another emotion."""
    draw = np.random.default_rng(seed)
    column = draw.integers(0, len(MODALITIES), len(found))
    donors = [int(draw.choice(np.flatnonzero(found.gold != gold))) for gold in found.gold]
    return _with(found, column, np.array(donors, np.int64))


def contradicting(found: Triples, column: int, seed: int = 0) -> Triples:
    """The joyful and the unpleasant triples, one modality from the other side."""
    draw = np.random.default_rng(seed)
    felt = ~np.isin(found.gold, [_SURPRISE, _NEUTRAL])
    glad = found.gold == _JOY
    kept = np.flatnonzero(felt)
    donors = [
        int(draw.choice(np.flatnonzero(felt & ~glad if glad[place] else glad))) for place in kept
    ]
    changed = np.full(len(kept), column, np.int64)
    return _with(found.at(kept), changed, np.array(donors, np.int64), found)


def _with(
    found: Triples,
    column: NDArray[np.int64],
    donors: NDArray[np.int64],
    source: Triples | None = None,
) -> Triples:
    source = source or found
    every = np.arange(len(found))
    rows, weights = found.rows.copy(), found.weights.copy()
    rows[every, column] = source.rows[donors, column]
    weights[every, column] = source.weights[donors, column]
    return replace(found, rows=rows, weights=weights, swapped=column)


def joined(several: Sequence[Triples]) -> Triples:
    """One after the other."""
    return Triples(
        gold=np.concatenate([one.gold for one in several]),
        speakers=np.concatenate([one.speakers for one in several]),
        rows=np.concatenate([one.rows for one in several]),
        weights=np.concatenate([one.weights for one in several]),
        swapped=np.concatenate([one.swapped for one in several]),
    )
