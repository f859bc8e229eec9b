"""Situation: what candidate replies are judged by."""

import re
from dataclasses import dataclass

from insideout.agents.embedded.moods import LOW_SPIRITS
from insideout.perception.affect import Emotion
from insideout.perception.reading import EmotionState
from insideout.perception.text.dialogue import Dialogue, Speaker

# A state weaker than both says nothing about which words would be out of place.
CLEAR = 0.35  # probability of the top emotion
LEANING = 0.15  # of valence, on the scale of -1 to 1
_STOP = frozenset(
    re.findall(
        r"\S+",
        """i'm you're that's it's the and you that was for are have not but what did this with your
        just they from then there their been would could about really very sorry hear how why who
        when had has his her him she its do does to of in on is it me my we us our so at be or if
        an as a i""",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """mood: the person's clear emotion, if any. said: all their words. earlier: what was answered.

    other_side: who speaks is to see what the mood does not show, as a voice does.
    """

    mood: Emotion | None = None
    said: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    other_side: bool = False

    @classmethod
    def of(
        cls, dialogue: Dialogue, state: EmotionState | None, *, other_side: bool = False
    ) -> "Situation":
        """The situation at the end of a dialogue."""
        return cls(
            mood=_mood(state),
            said=dialogue.person_turns,
            earlier=tuple(t.text for t in dialogue.turns if t.speaker is Speaker.ASSISTANT),
            other_side=other_side,
        )

    @property
    def last(self) -> str:
        """The person's last words."""
        return self.said[-1] if self.said else ""

    @property
    def asked_lately(self) -> int:
        """How many of the last two answers asked something."""
        return sum("?" in answer for answer in self.earlier[-2:])


def _mood(state: EmotionState | None) -> Emotion | None:
    """The top emotion where it is clear, else the side that valence leans to."""
    if state is None:
        return None
    if state.top is not Emotion.NEUTRAL and state.emotions[state.top] >= CLEAR:
        return state.top
    if state.affect.valence >= LEANING:
        return Emotion.JOY
    if state.affect.valence <= -LEANING:
        return max(sorted(LOW_SPIRITS), key=lambda emotion: state.emotions[emotion])
    return None


def content_words(text: str) -> frozenset[str]:
    """The words that carry what a text is about, lower-cased."""
    words = re.findall(r"[a-z']+", text.lower())
    return frozenset(word for word in words if len(word) > 2 and word not in _STOP)


def overlap(first: str, second: str) -> float:
    """How much of the shorter text's content is in the other, in [0, 1]."""
    one, two = content_words(first), content_words(second)
    shorter = min(len(one), len(two))
    return len(one & two) / shorter if shorter else float(first.strip() == second.strip())
