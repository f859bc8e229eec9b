"""Voices: the thoughts of the emotions, each from its own tone-conditioned continuations."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from insideout.agents.embedded import appraisal
from insideout.agents.embedded.candidates import Candidate, Draft, ranked, sayable, toned, weigh
from insideout.agents.embedded.decoding import Decoding
from insideout.agents.embedded.model import EmbeddedModel
from insideout.agents.embedded.numbers import unit
from insideout.agents.embedded.openings import openings
from insideout.agents.embedded.prompting import feeling, prompt
from insideout.agents.embedded.safety import ACKNOWLEDGEMENTS, intent
from insideout.agents.embedded.situation import Situation
from insideout.agents.role import Role

# Pieces of the dialogue that a voice goes on from: the last three or four turns. What came before is in
# the state; to draw four voices after 200 pieces takes half a second, after 96 half of that.
HEARD_PIECES = 96
DECODING = Decoding(samples=3, temperature=0.7, most_pieces=28)
FREE = 2  # times as many candidates begin freely as with an opening
LISTENED_TO = 5  # of a voice's candidates, whose tone is scored too
# Emotions that the training data gave no tone of their own speak in the nearest one.
NEAREST: Mapping[str, str | None] = {"disgust": "anger", "surprise": None}
# What a voice says where every candidate was barred: true of any situation, and brief.
PLAIN: Mapping[str, str] = {
    "joy": "There may still be something good ahead. What would help most right now?",
    "sadness": "That is a lot to carry. I'm here if you want to tell me more.",
    "fear": "That could be worrying. What are you most afraid will happen?",
    "anger": "That doesn't sound fair. What bothers you most about it?",
}
ELSE = "I'm listening. Tell me more about it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one emotion thinks. asked: pieces of its prompt."""

    emotion: str
    appraisal: str
    reply: str
    urgency: float
    confidence: float
    asked: int

    def to_dict(self) -> dict[str, object]:
        """The object of the schema ThoughtOutput."""
        return {
            "appraisal": self.appraisal,
            "reply": self.reply,
            "urgency": self.urgency,
            "confidence": self.confidence,
        }

    def to_json(self) -> str:
        """The same as text."""
        return json.dumps(self.to_dict(), ensure_ascii=False)


def tone_of(emotion: str | None) -> str | None:
    """The tone marker an emotion speaks with."""
    return NEAREST.get(emotion, emotion) if emotion else None


def think(
    model: EmbeddedModel, roles: Sequence[Role], decoding: Decoding = DECODING
) -> list[Voice]:
    """The thought of each role's emotion, drawn and scored as one batch."""
    situations = [Situation.of(role.dialogue, role.state, other_side=True) for role in roles]
    tones = [tone_of(role.emotion) for role in roles]
    prompts = [
        prompt(
            model.vocabulary, role.dialogue, felt=feeling(role.state), tone=tone, most=HEARD_PIECES
        )
        for role, tone in zip(roles, tones, strict=True)
    ]
    drawn = _draw(model, prompts, tones, situations, decoding)
    flat = [(draft, index) for index, drafts in enumerate(drawn) for draft in drafts]
    weighed = weigh(model, [draft for draft, _ in flat], [prompts[index] for _, index in flat])
    own: list[list[Candidate]] = [[] for _ in roles]
    for one, (_, index) in zip(weighed, flat, strict=True):
        own[index].append(one)
    best = [
        (one, index)
        for index, found in enumerate(own)
        for one in ranked(found, situations[index])[:LISTENED_TO]
    ]
    heard = toned(model, [one for one, _ in best], [tones[index] for _, index in best])
    voices: list[Voice] = []
    for index, role in enumerate(roles):
        mine = [one for one, (_, whose) in zip(heard, best, strict=True) if whose == index]
        others = [thought.reply for thought in role.thoughts] + [
            voice.reply for voice, other in zip(voices, roles, strict=False)
            if other.dialogue is role.dialogue
        ]  # fmt: skip
        voices.append(_voice(role, mine, situations[index], others, len(prompts[index])))
    return voices


def _draw(
    model: EmbeddedModel,
    prompts: Sequence[list[str]],
    tones: Sequence[str | None],
    situations: Sequence[Situation],
    decoding: Decoding,
) -> list[list[Draft]]:
    """Words for each prompt, drawn freely and after each of the tone's openings."""
    begun: list[tuple[int, list[str]]] = []
    for index, (tone, situation) in enumerate(zip(tones, situations, strict=True)):
        first_words = openings(tone, situation.mood, situation.last)
        begun += [(index, model.vocabulary.pieces(words)) for words in ("",) * FREE + first_words]
    drawn = model.generate([[*prompts[index], *first] for index, first in begun], decoding)
    opened = [(index, first) for index, first in begun if first]
    nats = iter(
        model.log_likelihoods(
            [prompts[index] for index, _ in opened], [first for _, first in opened], ended=False
        )
    )
    drafts: list[list[Draft]] = [[] for _ in prompts]
    for (index, first), group in zip(begun, drawn, strict=True):
        before = next(nats) if first else 0.0
        drafts[index] += [Draft.of(model, sample, first, before) for sample in group]
    return [sayable(said, where) for said, where in zip(drafts, situations, strict=True)]


def _voice(
    role: Role,
    own: Sequence[Candidate],
    situation: Situation,
    others: Sequence[str],
    asked: int,
) -> Voice:
    emotion, words = str(role.emotion), situation.last
    best = next(iter(ranked(own, situation, others)), None)
    said, tone = PLAIN.get(emotion, ELSE), -1.0
    if subject := intent(words):
        said = ACKNOWLEDGEMENTS[subject]
    elif best is not None:
        said, tone = best.text, best.tone
    share = appraisal.share_of(emotion, role.state)
    return Voice(
        emotion=emotion,
        appraisal=appraisal.appraisal(emotion, words, role.state),
        reply=said,
        urgency=appraisal.urgency(emotion, role.state),
        confidence=round(unit(0.5 * share + 0.5 * math.exp(tone)), 3),
        asked=asked,
    )


def together(model: EmbeddedModel, role: Role, decoding: Decoding = DECODING) -> list[Voice]:
    """The thoughts of all of a role's emotions."""
    return think(model, [replace(role, emotion=name) for name in role.emotions], decoding)
