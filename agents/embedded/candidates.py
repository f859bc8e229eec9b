"""Candidates: possible replies, scored and chosen.

score = fit − PRIOR · prior + TONE · tone + ACCORD · accord + manners: how likely the words are after
the dialogue, less how likely they are out of the blue (so that "I'm sorry to hear that" does not
always win; the maximum mutual information objective of Li et al. 2016), plus how clearly they have
the tone of the emotion that speaks, plus how much of them the other candidates say too (the minimum
Bayes risk rule, Kumar and Byrne 2004: what many draws agree on is seldom a slip), less what a
listener should not do.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from insideout.agents.embedded import markers
from insideout.agents.embedded.asking import asks_again, asks_closed, asks_oddly, repeats_sentence
from insideout.agents.embedded.decoding import Sample
from insideout.agents.embedded.manners import (
    counts_unasked,
    directs,
    is_rude,
    reproaches,
    searches,
    stutters,
    takes_thanks_for_its_own,
    tells_of_itself,
)
from insideout.agents.embedded.model import EmbeddedModel
from insideout.agents.embedded.moods import (
    LOW_SPIRITS,
    acknowledges,
    clashes,
    condoles,
    dreads,
    looks_away,
    sorrows,
    wishes,
)
from insideout.agents.embedded.numbers import log_softmax
from insideout.agents.embedded.prompting import alone
from insideout.agents.embedded.safety import advises
from insideout.agents.embedded.situation import Situation, content_words, overlap
from insideout.agents.embedded.vocabulary import closed
from insideout.perception.affect import Emotion

PRIOR = 0.35
# A reply may be a formula sooner than it may miss the point: at 0.35 half of the replies to "I lost
# my job today and I don't know how to tell my wife" were about finding her, at 0.15 next to none.
REPLY_PRIOR = 0.15
TONE = 1.0
# Chosen with HEARD in `replying.py` on listener turns of training conversations that the network had
# not seen; BLEU-2 8.3 → 9.3 and ROUGE-L 18.8 → 19.7 on 394 of them, Dist as before (see the card).
ACCORD = 8.0
SCORED = 72  # pieces of a prompt that a candidate's likelihood is taken after
BARRED = 20.0  # as good as never, yet an order remains where every candidate is barred


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Words that may become a candidate. fit: as a Candidate's, where drawing them told it."""

    text: str
    fit: float | None = None

    @classmethod
    def of(
        cls, model: EmbeddedModel, sample: Sample, first: Sequence[str] = (), nats: float = 0.0
    ) -> "Draft":
        """The words of a sample with an end to their last sentence.

        first: pieces that the sample goes on from; nats: their log-likelihood. Words that were cut
        or closed are not those that were drawn, so their fit is open.
        """
        drawn = model.vocabulary.text([*first, *sample.pieces])
        text = closed(drawn, sample.cut)
        if sample.cut or text != drawn:
            return cls(text=text)
        pieces = len(first) + len(sample.pieces) + 1
        return cls(text=text, fit=(nats + sample.log_likelihood) / pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A possible reply. fit, prior: mean log-likelihood a piece, after the dialogue and alone.

    tone: log-probability that it has the wanted tone, among joy, sadness, fear and anger; 0 where
    no tone is wanted. accord: how much of it the other candidates say too, in [0, 1]. weight: how
    much more, or less, its author is to be heard, in nats.
    """

    text: str
    pieces: tuple[str, ...]
    fit: float
    prior: float
    tone: float = 0.0
    accord: float = 0.0
    weight: float = 0.0

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences."""
        return tuple(re.findall(r"[^.!?]+[.!?]+|[^.!?]+$", self.text))

    @property
    def asks(self) -> bool:
        """Whether it holds a question."""
        return "?" in self.text


def weigh(
    model: EmbeddedModel, drafts: Sequence[Draft], context: Sequence[Sequence[str]]
) -> list[Candidate]:
    """Candidates with their likelihoods, all scored as one batch; context: each draft's prompt."""
    spoken = [model.vocabulary.pieces(draft.text) for draft in drafts]
    open_ = [place for place, draft in enumerate(drafts) if draft.fit is None]
    prompts = [*(_end_of(context[place]) for place in open_), *(alone() for _ in spoken)]
    said = [*(spoken[place] for place in open_), *spoken]
    scores = model.log_likelihoods(prompts, said) if said else []
    means = [score / (len(pieces) + 1) for score, pieces in zip(scores, said, strict=True)]
    fits = {place: draft.fit for place, draft in enumerate(drafts) if draft.fit is not None}
    fits |= dict(zip(open_, means[: len(open_)], strict=True))
    return [
        Candidate(text=draft.text, pieces=tuple(spoken[place]), fit=fits[place], prior=prior)
        for place, (draft, prior) in enumerate(zip(drafts, means[len(open_) :], strict=True))
    ]


def _end_of(prompt: Sequence[str]) -> list[str]:
    """A prompt with its first two markers and its last pieces: how well words fit shows there."""
    return list(prompt) if len(prompt) <= SCORED else [*prompt[:2], *prompt[2 - SCORED :]]


def toned(
    model: EmbeddedModel, candidates: Sequence[Candidate], tones: Sequence[str | None]
) -> list[Candidate]:
    """The candidates with how clearly each has the tone wanted of it; None: none is wanted."""
    places = [index for index, tone in enumerate(tones) if tone in markers.TONES]
    prompts = [alone(tone) for _ in places for tone in markers.TONES]
    spoken = [candidates[index].pieces for index in places for _ in markers.TONES]
    scores = model.log_likelihoods(prompts, spoken) if spoken else []
    size, found = len(markers.TONES), list(candidates)
    for place, index in enumerate(places):
        shares = log_softmax(scores[place * size : (place + 1) * size])
        wanted = markers.TONES.index(str(tones[index]))
        found[index] = replace(candidates[index], tone=shares[wanted])
    return found


def agreed(candidates: Sequence[Candidate], others: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with their accord: mean F1 of the pieces they share with each of the others."""
    bags = [Counter(other.pieces) for other in others]
    found: list[Candidate] = []
    for one in candidates:
        own, size = Counter(one.pieces), len(one.pieces)
        shared = [
            2.0 * (own & bag).total() / (size + bag.total())
            for bag, other in zip(bags, others, strict=True)
            if other.text != one.text
        ]
        found.append(replace(one, accord=sum(shared) / len(shared) if shared else 0.0))
    return found


def score(
    candidate: Candidate,
    situation: Situation,
    others: Sequence[str] = (),
    prior: float = PRIOR,
) -> float:
    """How good a reply it is; higher is better. others: replies it should not repeat."""
    value = candidate.fit - prior * candidate.prior + TONE * max(candidate.tone, -4.0)
    value += ACCORD * candidate.accord + candidate.weight
    return value - faults(candidate.text, situation) - _echo(candidate.text, situation, others)


# Faults of the words alone and what each costs, in nats.
_FAULTS: tuple[tuple[Callable[[str], bool], float], ...] = (
    (is_rude, BARRED),
    (tells_of_itself, BARRED / 2),
    (stutters, 4.0),
    (takes_thanks_for_its_own, 3.0),
    (reproaches, 1.5),
    (asks_oddly, 1.0),
    (directs, 0.7),
    (looks_away, 0.6),
    (asks_closed, 0.4),
    (lambda text: text[-1:] not in ".!?", 3.0),  # it was cut off
)


def faults(text: str, situation: Situation) -> float:
    """The cost of what a listener should not do, in nats; from BARRED / 2 it must not be said."""
    cost = sum(price for found, price in _FAULTS if found(text))
    if advises(text, " ".join(situation.said)):
        cost += BARRED
    if searches(text, " ".join(situation.said)):
        cost += 3.0
    if counts_unasked(text, " ".join(situation.said)):
        cost += 3.0
    if repeats_sentence(text, situation.earlier[-3:]):
        cost += 1.5
    if asks_again(text, situation.earlier):
        cost += BARRED
    if clashes(text, situation.mood, situation.last):
        cost += 1.5 if situation.other_side else 4.0
    if situation.mood is Emotion.JOY and not situation.other_side and dreads(text):
        cost += 2.0
    return cost + _clumsiness(text, situation)


def _clumsiness(text: str, situation: Situation) -> float:
    """Too short, too long, too many questions, condolences or wishes; no acknowledgement at first."""
    words, sentences = len(text.split()), len(re.findall(r"[.!?]+", text))
    cost = 0.3 * max(0, 5 - words) + 0.05 * max(0, words - 25) + 0.5 * max(0, sentences - 3)
    cost += 0.7 * max(0, sorrows(text) - 1) + 0.7 * max(0, wishes(text) - 1)
    if wishes(text):
        cost += 0.4 * sum(bool(wishes(earlier)) for earlier in situation.earlier[-2:])
    if "?" in text:
        cost += 0.4 * situation.asked_lately
    if situation.mood in LOW_SPIRITS and not situation.earlier and not acknowledges(text):
        cost += 0.5  # who is told of something bad for the first time says first that they heard
    if condoles(text) and any(condoles(earlier) for earlier in situation.earlier[-2:]):
        cost += 0.5  # once is sympathy, twice is a formula
    return cost


def _echo(text: str, situation: Situation, others: Sequence[str]) -> float:
    """The cost of saying again what was said, by itself, by the others or by the person."""
    again = max((overlap(text, earlier) for earlier in situation.earlier), default=0.0)
    same = max((overlap(text, other) for other in others), default=0.0)
    parrot = len(content_words(text)) > 2 and content_words(text) <= content_words(situation.last)
    return 3.0 * max(0.0, again - 0.4) + 2.0 * max(0.0, same - 0.3) + (2.0 if parrot else 0.0)


def ranked(
    candidates: Sequence[Candidate],
    situation: Situation,
    others: Sequence[str] = (),
    prior: float = PRIOR,
) -> list[Candidate]:
    """Best first."""
    return sorted(candidates, key=lambda one: -score(one, situation, others, prior))


def is_barred(text: str, situation: Situation) -> bool:
    """Whether it must not be said."""
    return faults(text, situation) >= BARRED / 2


def sayable(drafts: Iterable[Draft], situation: Situation) -> list[Draft]:
    """The drafts that may be said, each text once; sorting them out first saves scoring the others."""
    known: dict[str, Draft] = {}
    for draft in drafts:
        same = known.get(draft.text)
        if draft.text and (same is None or same.fit is None):
            known[draft.text] = draft
    return [draft for draft in known.values() if not is_barred(draft.text, situation)]
