"""Manners: what a listener should not say, found in the words of a candidate reply.

The model learnt from people who listened to people, and they tell of their own lives, cheer at the
wrong moment and curse. A program has no dog, no wife and no exam of its own to tell of.
"""

import re

from insideout.agents.embedded.patterns import any_of, whole
from insideout.perception.affect import Emotion

_VERY = r"(?: (?:so|really|very|truly|just|also|only|definitely|totally|quite|sure|actually|too))*"
# What "I …" may go on with in the mouth of a listener who is no person.
_OWN = whole(
    rf"""i(?:'m| am){_VERY} (?:sorry|glad|happy|proud|sure|here|not sure|excited for|worried|hoping
    curious|listening|impressed|surprised|shocked|sad to|sad for|afraid(?! of)|all ears|with you)
    i(?:'d| would){_VERY} (?:be|feel|have been|have felt|say|think|imagine|guess|hope|not|hate|love
    like to (?:hear|know)|want to know)
    i (?:could|can|can't|cannot|couldn't){_VERY} (?:imagine|understand|see|hear|tell|believe)
    i{_VERY} (?:wonder|hope|bet|imagine|understand|think|believe|guess|see|agree|wish|suppose
    hear (?:you|that|how)|mean|admire|appreciate|know (?:that|it|you|this)
    don't (?:think|know|blame)|do (?:hope|think)
    feel (?:for|bad|sorry|sad)|get (?:it|that)|love that)"""
)
_FIRST_PERSON = re.compile(r"\bi(?:'ve|'m|'d|'ll)?\b", re.IGNORECASE)
_LIFE = whole(
    r"""my(?! (?:goodness|god|gosh|word|condolences|apologies|bad))|mine|we|we're|we've|our|ours|myself
    us|me (?:too|either|neither|as well)|same here|can relate|been there|so do i|neither do i
    (?:happened|sounds|seems|familiar|good|true|hard|scary|weird) (?:to|for|like) me|for me
    remind(?:s|ed)? me
    i (?:wish|bet|hope|think|guess|believe) i|i know (?:how|what) (?:you|that|it)|know the feeling
    i(?:'d| would) (?:love|like) to (?:go|have|try|visit|see|do|get|be|eat)
    i (?:hate|love) (?:it|them|those)"""
)
_RUDE = whole(
    r"""idiots?|stupid|morons?|dumb|losers?|pathetic|lazy|shut up|fuck\w*|shit\w*|bitch\w*|bastards?
    why (?:did|would) you (?:do|say) that|pissed
    damn|crap\w*|ass|asshole|jerks?|hell|sucks?|sucked|hate you|your (?:own )?fault|serves you
    shame on you|fat|ugly|crazy|weird|weirdo|grow up|get over it|calm down|you people|sexy|naked
    (?:unfair|rude|mean|annoying|ridiculous|selfish|horrible|awful) of you
    drunk|hit you|kill you|mad at (?:you|him|her)|how could (?:you|she|he)|hate (?:him|her)
    you're (?:bad|mean|wrong|lying|terrible|awful)|how dare you|slut|gay"""
)
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
_SAME_QUESTION = 0.8  # of the words of both
_INTERJECTIONS = frozenset({"oh", "wow", "so", "well", "and", "aw", "aww", "no", "yes"})
_REPEATS = re.compile(
    r"\b(\w+(?: \w+)?)\b[\s,.!?]+\b\1\b"
    r"|\b(?!(?:more|over|again|on|better|so)\b)(\w{2,}) (?:and|or|with|of) \2\b",
    re.IGNORECASE,
)
_WISHES = whole(r"hope|hopefully|wish you|good luck|best of luck|all the best")
_THANKS = re.compile(
    r"^\W*(?:(?:yeah|yes|oh|well|ah|aww?)\W+)*(?:thanks|thank you)\b(?! for (?:shar|tell|trust))",
    re.IGNORECASE,
)
_HINDSIGHT = whole(
    r"""you (?:should|shouldn't) have|you should've|why (?:did|didn't|do|don't|would) you
    what do you mean|what (?:are|were) you talking about"""
)
_DIRECTS = whole(r"you (?:should|need to|ought to|better|had better)|you'd better")
_DREADS = whole(r"scared|afraid|worried|terrif\w+|scary|frightening")
_QUESTION = re.compile(
    r"(?:(?:oh|no|wow|yes|yeah|so|and|but|well|really|aww?|man|okay|ok|hmm)\b[\s,]*)*"
    + any_of(
        r"""what|how|why|who|whose|where|when|which|do|did|does|don't|didn't|is|isn't|are|aren't|was
        were|have|haven't|has|had|can|can't|could|will|won't|would|should|any|am|in what|for what"""
    )
    + r"\b|really\?",
    re.IGNORECASE,
)
_OTHERS, _YOU = whole("he|she|him|her|they|them"), whole("you|your|you're|you've|you'd|you'll")
_OPEN = whole("what|how|why|who|where|which|when|are you (?:ok|okay|alright|all right)")
_HEARD = whole(
    r"""(?:that|this|it|you) (?:must|sounds?|has to|is so|feels?)|i can (?:imagine|understand|see)
    i (?:imagine|understand|hear)|i would be|hard|stressful|unfair|worried|i'm here"""
)

LOW_SPIRITS = frozenset({Emotion.SADNESS, Emotion.FEAR, Emotion.ANGER, Emotion.DISGUST})


def _plain(text: str) -> str:
    return text.replace("’", "'")


def tells_of_itself(text: str) -> bool:
    """Whether the speaker claims a life of its own.

    >>> tells_of_itself("I had a dog too."), tells_of_itself("I'm so sorry, I hope he gets well.")
    (True, False)
    """
    plain = _plain(text)
    return bool(_LIFE.search(plain) or _FIRST_PERSON.search(_OWN.sub(" ", plain)))


def is_rude(text: str) -> bool:
    """Whether it curses, blames or belittles the person.

    >>> is_rude("It's your own fault."), is_rude("That is so unfair!")
    (True, False)
    """
    return bool(_RUDE.search(_plain(text)))


def stutters(text: str) -> bool:
    """Whether it says a word or two twice in a row.

    >>> stutters("Oh no. Oh no, what happened?"), stutters("That is very, very kind")
    (True, True)
    """
    return bool(_REPEATS.search(text))


_SEARCH = whole(
    r"""find (?:her|him|them|someone|somebody|another one|one|it)
    (?:ask|asked|tell|told) (?:her|him|them) why"""
)
_MISSING = re.compile(r"\b(?:find|found|missing|search\w*|looking for|disappear\w*|ran away)\b")


def takes_thanks_for_its_own(text: str) -> bool:
    """Whether it thanks as if the person had been kind to it, which the person's own part would say.

    >>> takes_thanks_for_its_own("Yeah, thanks! I hope it goes well.")
    True
    >>> takes_thanks_for_its_own("Thank you for telling me.")
    False
    """
    return bool(_THANKS.search(text))


def reproaches(text: str) -> bool:
    """Whether it asks the person to justify what they did or said, or knows better afterwards.

    >>> reproaches("Why did you tell her?"), reproaches("How will you tell her?")
    (True, False)
    """
    return bool(_HINDSIGHT.search(_plain(text)))


def directs(text: str) -> bool:
    """Whether it tells the person what to do, which a listener seldom should.

    >>> directs("You should find a job."), directs("What would help you most?")
    (True, False)
    """
    return bool(_DIRECTS.search(_plain(text)))


def counts_unasked(text: str, said: str) -> bool:
    """Whether it holds a number that the person did not say: it can only be made up.

    >>> counts_unasked("I think she is 13 now.", "My daughter swims.")
    True
    """
    return not set(re.findall(r"\d+", text)) <= set(re.findall(r"\d+", said))


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


def _questions(text: str) -> list[str]:
    return [part for part in re.findall(r"[^.!?]*[.!?]+", _plain(text).lower()) if "?" in part]


def _words_of(question: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z']+", question)) - _INTERJECTIONS


def _sentences(text: str) -> list[str]:
    parts = re.split(r"[.!?]+", _plain(text).lower())
    return [part.strip() for part in parts if part.strip()]


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
    return sum(bool(_WISHES.search(part)) for part in re.split(r"[.!?]+", _plain(text)))


def searches(text: str, said: str) -> bool:
    """Whether it speaks of finding somebody whom the person, by their words, has not mislaid.

    To a small model whoever lost a job and has a wife may well have lost the wife.

    >>> searches("I hope you find her!", "I lost my job and can't tell my wife")
    True
    >>> searches("I hope you find her!", "My cat is missing")
    False
    """
    return bool(_SEARCH.search(_plain(text))) and not _MISSING.search(said.lower())


def asks_oddly(text: str) -> bool:
    """Whether a question does not begin as questions do, which a small model often gets wrong.

    >>> asks_oddly("I hope she finds it?"), asks_oddly("Oh no, what happened?")
    (True, False)
    """
    questions = re.findall(r"[^.!?]+\?", _plain(text))
    return any(not _QUESTION.match(question.strip()) for question in questions)


def asks_closed(text: str) -> bool:
    """Whether a question can be answered by yes or no; those guess at facts and often guess wrong.

    >>> asks_closed("Did she leave?"), asks_closed("How do you feel about it?")
    (True, False)
    """
    return any(not _OPEN.search(question) for question in re.findall(r"[^.!?]+\?", text))


def acknowledges(text: str) -> bool:
    """Whether it says that what happened was heard and is hard.

    >>> acknowledges("That must be so hard."), acknowledges("Did you tell her?")
    (True, False)
    """
    return condoles(text) or bool(_HEARD.search(_plain(text)))


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
    return len(_CONDOLES.findall(_plain(text)))


def cheers(text: str) -> bool:
    """Whether it sounds glad of what happened; hoping for better does not count.

    >>> cheers("That's awesome!"), cheers("I hope it will be great.")
    (True, False)
    """
    parts = re.split(r"[.!?,]", _plain(text))
    return any(_CHEERS.search(part) and not _HOPEFUL.search(part) for part in parts)


def condoles(text: str) -> bool:
    """Whether it treats what happened as bad news.

    >>> condoles("I'm sorry to hear that.")
    True
    """
    return bool(_CONDOLES.search(_plain(text)))


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
