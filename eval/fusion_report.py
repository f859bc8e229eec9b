"""Report: fused against the best single modality and against averaging; contradictions named or missed.

What joins the modalities is fitted on one part and asked about the other, and the other way round, so
that every triple is reported once, joined by what was fitted on other images, speakers, conversations.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from insideout.eval.fusion_fit import STEPS, fitted
from insideout.eval.fusion_network import STEPS as NETWORK_STEPS
from insideout.eval.fusion_network import joining, trained
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
from insideout.eval.fusion_quality import by_quality
from insideout.eval.fusion_said import EMOTIONS, Damage, Rows, Said
from insideout.eval.fusion_scores import (
    AVERAGE,
    Joiner,
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
from insideout.perception.fusing.way import Way
from insideout.perception.reading import Modality
from insideout.perception.reliability import PRIORS

SIMULATION = (
    "a simulation: an image of FER-2013's public test, a clip of RAVDESS and words of "
    "EmpatheticDialogues (neutral ones: DailyDialog) that share an emotion, of strangers to each other, "
    "so that independence of the modalities given the emotion is built in, and real people will likely "
    "gain less; as many triples of each emotion as there are items; no item twice; voices judged by "
    "classifiers that had not heard the speaker; two parts without a common image, speaker or "
    "conversation, reliabilities and network fitted on one and asked about the other, both ways; "
    "interval: bootstrap over speakers with their triples, {draws:,} draws: it covers the choice of "
    "speakers, images and words, not that of the sets nor the simulation itself"
)
PRIOR, FITTED, LEARNED = "fuse, priors", "fuse, fitted", "fuse, learned"
_PLAIN = Joiner(reliabilities=PRIORS, way=Way.POOLED)
_WAYS = (PRIOR, FITTED, LEARNED)
SECOND = "second part alone"
"""Its triples were not looked at while the ways to join were devised."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Side:
    """One part with what was fitted on the other."""

    part: Part
    joiners: Mapping[str, Joiner]


Conditions = Mapping[str, Callable[[Part], Triples]]
CONDITIONS: Conditions = {
    "clean": lambda part: part.triples(),
    "dropped": lambda part: dropped(part.triples()),
    "half noisy": lambda part: part.half(Damage.NOISY),
    "noisy": lambda part: part.triples(Damage.NOISY),
    "noisy, quality untold": lambda part: part.triples(Damage.NOISY, told=False),
    "noisy in another way": lambda part: part.triples(Damage.OTHER),
    "wrong": lambda part: wrong(part.triples()),
    "noisy and wrong": lambda part: wrong(part.triples(Damage.NOISY)),
}
WORDS = {
    "clean": "the signals as they are",
    "dropped": "each modality missing with probability 1/2, one at least left",
    "half noisy": "each modality noisy with probability 1/2",
    "noisy": "image blurred and darkened, pink noise at 5 dB, half of the words lost; weighted by "
    "the readers' quality, missing where a reader would abstain",
    "noisy, quality untold": "the same, all counted as of full quality",
    "noisy in another way": "image enlarged from 16 pixels, speech in a hall, every second word "
    "mistyped: noise of which nothing was fitted on the like",
    "wrong": "one modality, drawn at random, says what it says of another emotion",
    "noisy and wrong": "both",
}


def report(
    said: Mapping[Modality, Said], draws: int, track: Callable[[str, int], Callable[[], None]]
) -> dict[str, Any]:
    """The one object that `insideout eval fusion --json` prints."""
    both = parts(said)
    steps = track("fitting reliabilities", len(both) * STEPS)
    turns = track("training networks", len(both) * NETWORK_STEPS)
    sides = [
        _Side(part=part, joiners=_joiners(other, steps, turns))
        for part, other in zip(both, both[::-1], strict=True)
    ]
    whole = joined([part.triples() for part in both])
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
        "quality": by_quality(said, draws),
    }


def _joiners(
    part: Part, steps: Callable[[], None], turns: Callable[[], None]
) -> Mapping[str, Joiner]:
    """The ways to join, fitted on that part."""
    reliabilities = fitted(part, steps)
    return {
        PRIOR: _PLAIN,
        FITTED: Joiner(reliabilities=reliabilities, way=Way.POOLED),
        LEARNED: Joiner(reliabilities=reliabilities, way=joining(trained(part, turns))),
    }


def _ways(sides: Sequence[_Side], several: Sequence[Triples]) -> dict[str, Rows]:
    """Every way to join, over the parts one after the other."""
    whole = joined(several)
    return {AVERAGE: averaged(whole)} | {
        way: np.concatenate(
            [fused(one, side.joiners[way]) for side, one in zip(sides, several, strict=True)]
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
    against += [(FITTED, PRIOR), (LEARNED, PRIOR), (LEARNED, FITTED)]
    table = measured(ways, whole, draws, against)
    second = np.arange(len(several[0]), len(whole))
    later = measured(
        {way: rows[second] for way, rows in ways.items() if way in {AVERAGE, *_WAYS}},
        whole.at(second),
        draws,
        [(FITTED, AVERAGE), (LEARNED, AVERAGE)],
    )
    tick()
    there = (whole.weights > 0.0).mean(axis=0)
    return {
        "n": len(whole),
        "best_single": best,
        "there": {m.value: round(float(s), 4) for m, s in zip(MODALITIES, there, strict=True)},
        "ways": table,
        SECOND: {"n": len(second), "ways": later},
    }


def _subset(
    sides: Sequence[_Side],
    kind: Sequence[Modality],
    draws: int,
    tick: Callable[[], None],
) -> dict[str, Any]:
    several = [side.part.triples().only(*kind) for side in sides]
    table = measured(_ways(sides, several), joined(several), draws)
    tick()
    return table


def _conflicts(sides: Sequence[_Side], draws: int, tick: Callable[[], None]) -> dict[str, Any]:
    """How often a contradiction is named: one that was planted, by where, and one that was not."""
    whole = joined([side.part.triples() for side in sides])
    told = np.array([bool(one.conflicts) for one in states(whole, _PLAIN)])
    tick()
    table: dict[str, Any] = {
        "named where none is": {
            "n": len(whole),
            **with_interval(lambda at: {"share": float(told[at].mean())}, whole.speakers, draws),
        }
    }
    for column, modality in enumerate(MODALITIES):
        planted = joined([contradicting(side.part.triples(), column) for side in sides])
        hits, shown = named(planted, states(planted, _PLAIN)), possible(planted)

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
