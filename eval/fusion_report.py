"""Report: fused against the best single modality and against averaging; contradictions named or missed.

Reliabilities are fitted on one part and asked about the other, and the other way round, so that every
triple is reported once, by reliabilities that were fitted on other images, speakers and conversations.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from insideout.eval.fusion_fit import ROUNDS, fitted
from insideout.eval.fusion_pairs import (
    MODALITIES,
    Part,
    Triples,
    contradicting,
    dropped,
    joined,
    parts,
    wrong,
)
from insideout.eval.fusion_said import EMOTIONS, Rows, Said
from insideout.eval.fusion_scores import (
    AVERAGE,
    alone,
    averaged,
    best_single,
    fused,
    measured,
    named,
    possible,
    states,
    subsets,
    with_interval,
)
from insideout.perception.reading import Modality
from insideout.perception.reliability import PRIORS, Reliabilities

SIMULATION = (
    "a simulation: an image of FER-2013's public test, a clip of RAVDESS and words of "
    "EmpatheticDialogues (neutral ones: DailyDialog) that share an emotion, of strangers to each other, "
    "so that independence of the modalities given the emotion is built in, and real people will likely "
    "gain less; as many triples of each emotion as there are items; no item twice; voices judged by "
    "classifiers that had not heard the speaker; two parts without a common image, speaker or "
    "conversation, reliabilities fitted on one and asked about the other, both ways; interval: "
    "bootstrap over speakers with their triples, {draws:,} draws: it covers the choice of speakers, "
    "images and words, not that of the sets nor the simulation itself"
)
PRIOR, FITTED, EXPONENTS = "fuse, priors", "fuse, fitted", "fuse, fitted exponents"
_WAYS = (PRIOR, FITTED, EXPONENTS)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Side:
    """One part with the reliabilities that were fitted on the other."""

    part: Part
    fitted: Reliabilities
    exponents: Reliabilities

    def of(self, way: str) -> Reliabilities:
        return {PRIOR: PRIORS, FITTED: self.fitted, EXPONENTS: self.exponents}[way]


Conditions = Mapping[str, Callable[[Part], Triples]]
CONDITIONS: Conditions = {
    "clean": lambda part: part.clean(),
    "dropped": lambda part: dropped(part.clean()),
    "noisy": lambda part: part.spoilt(told=True),
    "noisy, quality untold": lambda part: part.spoilt(told=False),
    "wrong": lambda part: wrong(part.clean()),
    "noisy and wrong": lambda part: wrong(part.spoilt(told=True)),
}
WORDS = {
    "clean": "the signals as they are",
    "dropped": "each modality missing with probability 1/2, one at least left",
    "noisy": "image blurred and darkened, pink noise at 5 dB, half of the words lost; weighted by "
    "the readers' quality, missing where a reader would abstain",
    "noisy, quality untold": "the same, all counted as of full quality",
    "wrong": "one modality, drawn at random, says what it says of another emotion",
    "noisy and wrong": "both",
}


def report(
    said: Mapping[Modality, Said], draws: int, track: Callable[[str, int], Callable[[], None]]
) -> dict[str, Any]:
    """The one object that `insideout eval fusion --json` prints."""
    both = parts(said)
    rounds = track("fitting reliabilities", 2 * len(both) * ROUNDS)
    sides = [
        _Side(part=part, fitted=fit(other, rounds), exponents=fit(other, rounds, bases=False))
        for part, other in zip(both, both[::-1], strict=True)
    ]
    whole = joined([part.clean() for part in both])
    tick = track("measuring", len(CONDITIONS) + len(subsets()) + len(MODALITIES) + 1)
    return {
        "task": "fusion_simulation",
        "n": len(whole),
        "speakers": len(set(whole.speakers.tolist())),
        "n_by_emotion": {
            EMOTIONS[place].value: int((whole.gold == place).sum())
            for place in np.unique(whole.gold)
        },
        "protocol": SIMULATION.format(draws=draws),
        "conditions": {
            name: {"what": WORDS[name], **_condition(sides, make, draws, tick)}
            for name, make in CONDITIONS.items()
        },
        "subsets": {"+".join(kind): _subset(sides, kind, draws, tick) for kind in subsets()},
        "conflicts": _conflicts(sides, draws, tick),
    }


def fit(part: Part, tick: Callable[[], None], *, bases: bool = True) -> Reliabilities:
    """Reliabilities from one part's triples, clean and spoilt."""
    return fitted([part.clean(), part.spoilt(told=True)], tick, bases=bases)


def _ways(sides: Sequence[_Side], several: Sequence[Triples]) -> dict[str, Rows]:
    """Every way to join, over the parts one after the other."""
    whole = joined(several)
    return {AVERAGE: averaged(whole)} | {
        way: np.concatenate(
            [fused(one, side.of(way)) for side, one in zip(sides, several, strict=True)]
        )
        for way in _WAYS
    }


def _condition(
    sides: Sequence[_Side],
    make: Callable[[Part], Triples],
    draws: int,
    tick: Callable[[], None],
) -> dict[str, Any]:
    several = [make(side.part) for side in sides]
    whole = joined(several)
    best = best_single(whole).value
    ways = {m.value: alone(whole, m) for m in MODALITIES} | _ways(sides, several)
    against = [(way, other) for way in _WAYS for other in (best, AVERAGE)]
    against += [(FITTED, PRIOR), (EXPONENTS, PRIOR)]
    table = measured(ways, whole, draws, against)
    tick()
    there = (whole.weights > 0.0).mean(axis=0)
    return {
        "n": len(whole),
        "best_single": best,
        "there": {m.value: round(float(s), 4) for m, s in zip(MODALITIES, there, strict=True)},
        "ways": table,
    }


def _subset(
    sides: Sequence[_Side],
    kind: Sequence[Modality],
    draws: int,
    tick: Callable[[], None],
) -> dict[str, Any]:
    several = [side.part.clean().only(*kind) for side in sides]
    table = measured(_ways(sides, several), joined(several), draws)
    tick()
    return table


def _conflicts(sides: Sequence[_Side], draws: int, tick: Callable[[], None]) -> dict[str, Any]:
    """How often a contradiction is named: one that was planted, by where, and one that was not."""
    whole = joined([side.part.clean() for side in sides])
    told = np.array([bool(one.conflicts) for one in states(whole, PRIORS)])
    tick()
    table: dict[str, Any] = {
        "named where none is": {
            "n": len(whole),
            **with_interval(lambda at: {"share": float(told[at].mean())}, whole.speakers, draws),
        }
    }
    for column, modality in enumerate(MODALITIES):
        planted = joined([contradicting(side.part.clean(), column) for side in sides])
        hits, shown = named(planted, states(planted, PRIORS)), possible(planted)

        def shares(
            at: np.ndarray[Any, np.dtype[np.int64]], hits: Any = hits, shown: Any = shown
        ) -> dict[str, float]:
            seen = shown[at]
            return {
                "share": float(hits[at].mean()),
                "share where the recognisers show it": float(hits[at][seen].mean())
                if seen.any()
                else 0.0,
            }

        table[f"planted in {modality.value}"] = {
            "n": len(planted),
            "n where the recognisers show it": int(shown.sum()),
            **with_interval(shares, planted.speakers, draws),
        }
        tick()
    return table
