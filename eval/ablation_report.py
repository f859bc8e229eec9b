"""What telling the state changes in the replies, paired by item, with intervals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.eval.ablation import TASK, Key, Outcome, Reply
from insideout.eval.ablation_items import Opening
from insideout.eval.lm import Encoder, Judge
from insideout.eval.lm_scores import DRAWS, Places, Scores, bounds, difference, resamples
from insideout.eval.similarity import similarities
from insideout.perception.describe import Show, tokens_in

Metrics = dict[str, float]

PROTOCOL = (
    "opening turns of EmpatheticDialogues, one a conversation, each answered once for each amount of "
    "the state that is told{faces}; dist (corpus level), BLEU, ROUGE-L times 100 on lower-cased "
    "NLTK-like words against the listener's true answer; similarity_f1: BERTScore F1 times 100, last "
    "layer, no idf, no rescaling; tone_match: per cent of replies for which a judge fitted on "
    "GoEmotions names the same of joy, sadness, fear, anger as for the true answer; length: such words "
    "a reply; told_tokens: of the words about the state, by estimate; prompt_tokens: of all calls of a "
    "turn, as the model counts them; dropped: emotions without a usable thought; differences are less "
    "`none`, the same items; intervals: bootstrap over conversations, {draws} draws, paired, those of "
    "dist set around the value"
)
FACES = (
    ", with a face of FER-2013 that was labelled with the conversation's emotion beside the words"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What else is measured: tone_match where there is a judge, similarity_f1 where an encoder."""

    judge: Judge | None = None
    encoder: Encoder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """Of n replies under one Show: scores, and per reply tokens told, tokens asked, seconds, tone."""

    scores: Scores
    numbers: Mapping[str, NDArray[np.float64]]

    def metrics(self, places: Places) -> Metrics:
        means = {name: float(rows[places].mean()) for name, rows in self.numbers.items()}
        return self.scores.metrics(places) | means


def report(
    openings: Sequence[Opening],
    replies: Mapping[Key, Reply],
    shows: Sequence[Show],
    model: str,
    measures: Measures,
    tick: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """The one object that `insideout eval ablation --json` prints.

    Openings that were not answered under every Show are counted, and left out of the figures.
    """
    whole = [one for one in openings if _all(one, replies, shows)]
    found: dict[str, Any] = {
        "task": TASK,
        "model": model,
        "n": len(whole),
        "n_with_faces": sum(o.face is not None and o.face.abstained is None for o in whole),
        "left_out": _left_out(openings, replies, shows),
        "protocol": PROTOCOL.format(
            draws=DRAWS, faces=FACES if any(one.face is not None for one in openings) else ""
        ),
        "shows": {},
        "difference": {},
    }
    if whole:
        _measure(found, whole, replies, shows, measures, tick)
    return found


def _measure(
    found: dict[str, Any],
    openings: Sequence[Opening],
    replies: Mapping[Key, Reply],
    shows: Sequence[Show],
    measures: Measures,
    tick: Callable[[], None],
) -> None:
    """Put the figures of each Show, and of each less NONE, into the report."""
    tones = None if measures.judge is None else measures.judge([one.target for one in openings])
    told = {}
    for show in shows:
        own = [replies[one.conversation, show] for one in openings]
        told[show] = _told(openings, own, tones, measures)
        tick()
    draws = resamples([one.conversation for one in openings])
    every = np.arange(len(openings))
    plain = told.get(Show.NONE)
    for show, one in told.items():
        found["shows"][show.value] = _table(one.metrics(every), [one.metrics(p) for p in draws])
        if plain is not None and show is not Show.NONE:
            gains = [difference(plain.metrics(p), one.metrics(p)) for p in (every, *draws)]
            found["difference"][show.value] = {
                **_table(gains[0], gains[1:]),
                "replies_changed": _changed(openings, replies, show),
            }
        tick()


def _all(one: Opening, replies: Mapping[Key, Reply], shows: Sequence[Show]) -> bool:
    return all(
        replies[one.conversation, show].outcome is Outcome.ANSWERED
        and replies[one.conversation, show].reply.strip()
        for show in shows
    )


def _left_out(
    openings: Sequence[Opening], replies: Mapping[Key, Reply], shows: Sequence[Show]
) -> dict[str, int]:
    """Openings by why: a reply failed or was empty, or the words were taken for a crisis."""
    counts = {Outcome.REFERRED.value: 0, Outcome.FAILED.value: 0}
    for one in openings:
        outcomes = {replies[one.conversation, show].outcome for show in shows}
        if Outcome.REFERRED in outcomes:
            counts[Outcome.REFERRED.value] += 1
        elif not _all(one, replies, shows):
            counts[Outcome.FAILED.value] += 1
    return counts


def _told(
    openings: Sequence[Opening],
    replies: Sequence[Reply],
    tones: Sequence[str] | None,
    measures: Measures,
) -> _Told:
    said, wanted = [one.reply for one in replies], [one.target for one in openings]
    near = None if measures.encoder is None else similarities(measures.encoder, said, wanted)
    numbers = {
        "told_tokens": [float(tokens_in(one.told)) for one in replies],
        "prompt_tokens": [float(one.prompt_tokens) for one in replies],
        "seconds": [one.seconds for one in replies],
        "dropped": [float(one.dropped) for one in replies],
    }
    if tones is not None and measures.judge is not None:
        named = measures.judge(said)
        numbers["tone_match"] = [100.0 * (a == b) for a, b in zip(named, tones, strict=True)]
    return _Told(
        scores=Scores.of(said, wanted, near),
        numbers={name: np.array(rows) for name, rows in numbers.items()},
    )


def _changed(openings: Sequence[Opening], replies: Mapping[Key, Reply], show: Show) -> float:
    """The share of replies that are not letter for letter those without a state."""
    other = [
        replies[one.conversation, show].reply != replies[one.conversation, Show.NONE].reply
        for one in openings
    ]
    return round(float(np.mean(other)), 4)


def _table(values: Metrics, drawn: Sequence[Metrics]) -> dict[str, Any]:
    limits = bounds(values, drawn)
    return {
        "metrics": {name: round(value, 4) for name, value in values.items()},
        "interval95": {name: [round(b, 4) for b in pair] for name, pair in limits.items()},
    }
