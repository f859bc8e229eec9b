"""Asking: how a candidate reply asks, and whether it says again what was said before."""

import re

from insideout.agents.embedded.patterns import any_of, plain, whole

_SAME_QUESTION = 0.8  # of the words of both
_INTERJECTIONS = frozenset({"oh", "wow", "so", "well", "and", "aw", "aww", "no", "yes"})
_QUESTION = re.compile(
    r"(?:(?:oh|no|wow|yes|yeah|so|and|but|well|really|aww?|man|okay|ok|hmm)\b[\s,]*)*"
    + any_of(
        r"""what|how|why|who|whose|where|when|which|do|did|does|don't|didn't|is|isn't|are|aren't|was
        were|have|haven't|has|had|can|can't|could|will|won't|would|should|any|am|in what|for what"""
    )
    + r"\b|really\?",
    re.IGNORECASE,
)
_OPEN = whole("what|how|why|who|where|which|when|are you (?:ok|okay|alright|all right)")


def repeats_sentence(text: str, earlier: tuple[str, ...]) -> bool:
    """Whether one of its sentences was said before, word for word.

    >>> repeats_sentence("I'm sorry to hear that. Why?", ("I'm sorry to hear that!",))
    True
    """
    said = {sentence for reply in earlier for sentence in _sentences(reply)}
    return bool(said & set(_sentences(text)))


def asks_again(text: str, earlier: tuple[str, ...]) -> bool:
    """Whether it asks what was asked before, in the same words or nearly.

    >>> asks_again("How long have you two been together?", ("How long have you been together?",))
    True
    """
    asked = [_words_of(question) for reply in earlier for question in _questions(reply)]
    own = [_words_of(question) for question in _questions(text)]
    return any(
        one and len(one & other) >= _SAME_QUESTION * len(one | other)
        for one in own
        for other in asked
    )


def asks_oddly(text: str) -> bool:
    """Whether a question does not begin as questions do, which a small model often gets wrong.

    >>> asks_oddly("I hope she finds it?"), asks_oddly("Oh no, what happened?")
    (True, False)
    """
    questions = re.findall(r"[^.!?]+\?", plain(text))
    return any(not _QUESTION.match(question.strip()) for question in questions)


def asks_closed(text: str) -> bool:
    """Whether a question can be answered by yes or no; those guess at facts and often guess wrong.

    >>> asks_closed("Did she leave?"), asks_closed("How do you feel about it?")
    (True, False)
    """
    return any(not _OPEN.search(question) for question in re.findall(r"[^.!?]+\?", text))


def _questions(text: str) -> list[str]:
    return [part for part in re.findall(r"[^.!?]*[.!?]+", plain(text).lower()) if "?" in part]


def _words_of(question: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z']+", question)) - _INTERJECTIONS


def _sentences(text: str) -> list[str]:
    parts = re.split(r"[.!?]+", plain(text).lower())
    return [part.strip() for part in parts if part.strip()]
