"""Moods: whether a candidate reply sounds glad, sorry or afraid, and whether that is in place."""

import re

from insideout.agents.embedded.patterns import plain, whole
from insideout.perception.affect import Emotion

_CHEERS = whole(
    r"""congrat\w*|awesome|amazing|wonderful|fantastic|great|cool|fun|exciting|excited|nice|lucky|yay
    happy|good for you|glad|proud|sweet|love|lovely|beautiful|haha\w*|lol|enjoy\w*|excellent
    (?:is|'s|so|very|really|always|pretty|sounds) good|good (?:idea|thing|time|news|one|day|job)
    looking forward|can't wait|interesting"""
)
_CONDOLES = whole(
    r"""sorry|sad|terrible|awful|horrible|too bad|heartbreaking|tragic|devastat\w*|rough|tough
    condolences|painful|loss|scary|unfortunate|bummer|frustrating|oh no"""
)
_HOPEFUL = whole(r"hope|will|can|could|would|you'll|someone|luck|soon|if|not|isn't|wasn't|never")
_WISHES = whole(r"hope|hopefully|wish you|good luck|best of luck|all the best")
_DREADS = whole(r"scared|afraid|worried|terrif\w+|scary|frightening")
_OTHERS, _YOU = whole("he|she|him|her|they|them"), whole("you|your|you're|you've|you'd|you'll")
_HEARD = whole(
    r"""(?:that|this|it|you) (?:must|sounds?|has to|is so|feels?)|i can (?:imagine|understand|see)
    i (?:imagine|understand|hear)|i would be|hard|stressful|unfair|worried|i'm here"""
)
LOW_SPIRITS = frozenset({Emotion.SADNESS, Emotion.FEAR, Emotion.ANGER, Emotion.DISGUST})


def dreads(text: str) -> bool:
    """Whether it speaks of fear, which is out of place where the person tells of something good.

    >>> dreads("Are you scared of the cake?")
    True
    """
    return bool(_DREADS.search(text))


def wishes(text: str) -> int:
    """In how many sentences it hopes or wishes; a reply after another of them is a formula.

    >>> wishes("I hope it works out. Good luck!")
    2
    """
    return sum(bool(_WISHES.search(part)) for part in re.split(r"[.!?]+", plain(text)))


def acknowledges(text: str) -> bool:
    """Whether it says that what happened was heard and is hard.

    >>> acknowledges("That must be so hard."), acknowledges("Did you tell her?")
    (True, False)
    """
    return condoles(text) or bool(_HEARD.search(plain(text)))


def looks_away(text: str) -> bool:
    """Whether it speaks of somebody else and not of the person, who is the one to be listened to.

    >>> looks_away("What did she do?"), looks_away("How will you tell her?")
    (True, False)
    """
    return bool(_OTHERS.search(text)) and not _YOU.search(text)


def sorrows(text: str) -> int:
    """How many times it is sorry or sad; once is sympathy, twice is a formula.

    >>> sorrows("I'm sorry to hear that. I am sorry for you.")
    2
    """
    return len(_CONDOLES.findall(plain(text)))


def cheers(text: str) -> bool:
    """Whether it sounds glad of what happened; hoping for better does not count.

    >>> cheers("That's awesome!"), cheers("I hope it will be great.")
    (True, False)
    """
    parts = re.split(r"[.!?,]", plain(text))
    return any(_CHEERS.search(part) and not _HOPEFUL.search(part) for part in parts)


def condoles(text: str) -> bool:
    """Whether it treats what happened as bad news.

    >>> condoles("I'm sorry to hear that.")
    True
    """
    return bool(_CONDOLES.search(plain(text)))


def clashes(text: str, mood: Emotion | None, said: str = "") -> bool:
    """Whether it cheers at bad news, or is sorry about good news.

    said: the person's last words, which tell where the mood is not clear.

    >>> clashes("I'm sorry to hear that.", None, "I had such great times back then.")
    True
    """
    if mood in LOW_SPIRITS:
        return cheers(text)
    if mood is Emotion.JOY:
        return condoles(text)
    return mood is None and condoles(text) and cheers(said) and not condoles(said)
