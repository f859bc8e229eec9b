"""Replying: the one reply, chosen among own candidates and what the emotions suggest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from insideout.agents.embedded import markers
from insideout.agents.embedded.appraisal import share_of
from insideout.agents.embedded.candidates import Candidate, Draft, agreed, sayable, weigh
from insideout.agents.embedded.courtesies import courtesy
from insideout.agents.embedded.decoding import Decoding, Sample
from insideout.agents.embedded.joining import joined
from insideout.agents.embedded.model import EmbeddedModel
from insideout.agents.embedded.prompting import feeling, prompt
from insideout.agents.embedded.safety import ACKNOWLEDGEMENTS, intent
from insideout.agents.embedded.situation import Situation
from insideout.agents.role import Role
from insideout.perception.affect import Emotion

DECODING = Decoding(samples=4, temperature=0.6, most_pieces=40)
PLAIN_TIMES = 2  # how often the plain prompt is drawn after, for each time in a listener's tone
# Nats a piece by which words are likelier in the tone they were drawn in than after the plain prompt:
# mean of 118 on training conversations, standard deviation 0.11.
OWN_TONE = 0.11
# Nats by which a suggestion gains or loses for each share its emotion has in the state above EVEN,
# which is chance among the four.
HEARD, EVEN = 1.0, 0.25
# Their words are never the reply: anger is met by understanding.
UNSPOKEN = frozenset({Emotion.ANGER.value})
# Where every candidate is barred; the first that was not said lately.
PLAIN = (
    "Thank you for telling me. How are you feeling about it now?",
    "I'm listening. What is the hardest part of it?",
    "That sounds important to you. Can you tell me more?",
)
# The tone a good listener takes besides an unmarked one. Anger is met by understanding, not anger.
ANSWERED_BY: Mapping[Emotion, str] = {
    Emotion.JOY: "joy",
    Emotion.SADNESS: "sadness",
    Emotion.FEAR: "sadness",
    Emotion.ANGER: "sadness",
    Emotion.SURPRISE: "joy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The reply. asked: pieces of the prompt. why: how it was come by."""

    text: str
    asked: int
    why: str


def reply(model: EmbeddedModel, role: Role, decoding: Decoding = DECODING) -> Reply:
    """The reply to the person's last words."""
    return replies(model, [role], decoding)[0]


def replies(
    model: EmbeddedModel, roles: Sequence[Role], decoding: Decoding = DECODING
) -> list[Reply]:
    """The reply of each role, drawn and scored as one batch.

    Fixed words where the person's are a courtesy, a task, or a subject that must not be advised
    on; else the best of the model's own candidates and the emotions' suggestions, joined where
    that is better.
    """
    return choose(model, roles, prepare(model, roles, decoding))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What the model itself could reply, before any emotion's suggestion.

    prompts: the plain one, then one in the tone a good listener takes, if any. fixed: a reply that
    leaves no choice.
    """

    situation: Situation
    prompts: tuple[list[str], ...] = ()
    candidates: tuple[Candidate, ...] = ()
    fixed: Reply | None = None

    @property
    def drawn_after(self) -> tuple[list[str], ...]:
        """The prompts to draw after: the plain one PLAIN_TIMES, then the other."""
        return self.prompts[:1] * PLAIN_TIMES + self.prompts[1:]


def prepare(
    model: EmbeddedModel, roles: Sequence[Role], decoding: Decoding = DECODING
) -> list[Prepared]:
    """The model's own candidates for the reply of each role; its thoughts are not looked at."""
    found = [_prompted(model, role) for role in roles]
    prompts = [prompt for one in found for prompt in one.drawn_after]
    drawn = iter(model.generate(prompts, decoding) if prompts else [])
    drafts = [_drafts(model, one, [next(drawn) for _ in one.drawn_after]) for one in found]
    weighed = iter(_weighed(model, found, drafts))
    return [replace(one, candidates=tuple(next(weighed))) for one in found]


def choose(
    model: EmbeddedModel, roles: Sequence[Role], prepared: Sequence[Prepared]
) -> list[Reply]:
    """The best reply to each role among the candidates prepared for it and its thoughts."""
    shares = [_suggested(role) for role in roles]
    drafts = [
        sayable(
            (Draft(text=text) for text in mine if text not in {c.text for c in one.candidates}),
            one.situation,
        )
        if one.prompts
        else []
        for mine, one in zip(shares, prepared, strict=True)
    ]
    added = _weighed(model, prepared, drafts)
    return [
        one.fixed or _chosen(model, one, [_heard(c, mine) for c in (*one.candidates, *more)])
        for one, mine, more in zip(prepared, shares, added, strict=True)
    ]


def _prompted(model: EmbeddedModel, role: Role) -> Prepared:
    situation = Situation.of(role.dialogue, role.state)
    if subject := intent(situation.last):
        fixed = Reply(text=ACKNOWLEDGEMENTS[subject], asked=0, why=f"no advice: {subject}")
        return Prepared(situation=situation, fixed=fixed)
    if answer := courtesy(situation.last):
        fixed = Reply(text=answer, asked=0, why="courtesy")
        return Prepared(situation=situation, fixed=fixed)
    plain = prompt(model.vocabulary, role.dialogue, felt=feeling(role.state))
    tone = ANSWERED_BY.get(situation.mood) if situation.mood else None
    toned = ([*plain[:-1], markers.speaks(True, tone)],) if tone else ()
    return Prepared(situation=situation, prompts=(plain, *toned))


def _drafts(model: EmbeddedModel, one: Prepared, drawn: Sequence[Sequence[Sample]]) -> list[Draft]:
    """What may be said of all that was drawn; how likely it is after the plain prompt, drawing told."""
    drafts = [[Draft.of(model, sample) for sample in group] for group in drawn]
    plain = [draft for group in drafts[:PLAIN_TIMES] for draft in group]
    toned = [_untoned(draft) for group in drafts[PLAIN_TIMES:] for draft in group]
    return sayable((*plain, *toned), one.situation)


def _untoned(draft: Draft) -> Draft:
    return draft if draft.fit is None else replace(draft, fit=draft.fit - OWN_TONE)


def _suggested(role: Role) -> dict[str, float]:
    """What the emotions would say, each with the share its emotion has in the state."""
    return {
        thought.reply: share_of(thought.emotion, role.state)
        for thought in role.thoughts
        if thought.ok and thought.emotion not in UNSPOKEN
    }


def _weighed(
    model: EmbeddedModel, prepared: Sequence[Prepared], drafts: Sequence[Sequence[Draft]]
) -> list[list[Candidate]]:
    """The drafts of each reply as candidates, all scored as one batch."""
    flat = [draft for group in drafts for draft in group]
    contexts = [one.prompts[0] for one, group in zip(prepared, drafts, strict=True) for _ in group]
    weighed = iter(weigh(model, flat, contexts))
    return [[next(weighed) for _ in group] for group in drafts]


def _heard(candidate: Candidate, shares: Mapping[str, float]) -> Candidate:
    """A suggestion counts for more, the more of its emotion the person has."""
    share = shares.get(candidate.text)
    return candidate if share is None else replace(candidate, weight=HEARD * (share - EVEN))


def _chosen(model: EmbeddedModel, one: Prepared, candidates: Sequence[Candidate]) -> Reply:
    asked = len(one.prompts[0])
    if not candidates:
        return Reply(text=_plain(one.situation), asked=asked, why="every candidate was barred")
    best = joined(model, agreed(candidates, candidates), one.situation, one.prompts[0])
    return Reply(text=best.text, asked=asked, why="chosen")


def _plain(situation: Situation) -> str:
    said = situation.earlier[-len(PLAIN) + 1 :]
    return next((text for text in PLAIN if text not in said), PLAIN[0])
