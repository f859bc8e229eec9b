"""Openings: first words that an emotion tends to begin with, for the model to go on from.

Beside its free continuations each voice is drawn with some of these; so fear gets a chance to be
afraid where the likeliest reply to anything sad is "I'm sorry". What is out of place, the scores
put last. They speak of the situation, never against the person.
"""

from collections.abc import Mapping

from insideout.agents.embedded.moods import LOW_SPIRITS
from insideout.perception.affect import Emotion

TRIED = 1  # openings of the table that one turn tries, beside going on freely

# By tone: where the person is low, where they are glad, and where it is not clear.
_LOW: Mapping[str, tuple[str, ...]] = {
    "joy": ("i hope", "at least you", "i'm glad you", "maybe you", "i'm sure you"),
    "sadness": (
        "i'm so sorry",
        "that must be so hard",
        "that is so sad",
        "that's heartbreaking",
        "you must feel so",
    ),
    "fear": (
        "that sounds scary",
        "i would be so worried",
        "are you worried",
        "are you scared",
        "that is terrifying",
    ),
    "anger": (
        "that is so unfair",
        "that is so frustrating",
        "i would be so mad",
        "that's ridiculous",
        "you have every right to be angry",
    ),
}
_GLAD: Mapping[str, tuple[str, ...]] = {
    "joy": ("that's", "congratulations", "i'm so happy", "how", "what a"),
    "sadness": ("it must have been hard", "i'm sorry you had to", "you must have missed"),
    "fear": ("were you nervous", "i would be so nervous", "are you worried", "were you scared"),
    "anger": ("it would be so frustrating", "it's annoying when", "it must be frustrating"),
}
_UNCLEAR: Mapping[str, tuple[str, ...]] = {
    "joy": ("i hope", "that's", "how", "i'm glad you"),
    "sadness": ("that must be hard", "i'm sorry", "that's sad", "it must have been hard"),
    "fear": ("that sounds scary", "i would be so nervous", "are you worried", "are you scared"),
    "anger": ("that is so annoying", "i would be so mad", "that is so frustrating", "how rude"),
}


def openings(tone: str | None, mood: Emotion | None, words: str = "") -> tuple[str, ...]:
    """An opening of a tone for a person in that mood; none for an unmarked tone.

    words: the person's; other words give other openings, the same words the same.

    >>> openings("fear", Emotion.JOY)
    ('were you nervous',)
    """
    if tone is None:
        return ()
    table = _LOW if mood in LOW_SPIRITS else _GLAD if mood is Emotion.JOY else _UNCLEAR
    known = table.get(tone, ())
    start = sum(words.encode()) % len(known) if known else 0
    return (known[start:] + known[:start])[:TRIED]
