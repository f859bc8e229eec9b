"""Manners: what a listener should not say, found in the words of a candidate reply.

The model learnt from people who listened to people, and they tell of their own lives, cheer at the
wrong moment and curse. A program has no dog, no wife and no exam of its own to tell of.
"""

import re

from insideout.agents.embedded.patterns import plain, whole

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
_REPEATS = re.compile(
    r"\b(\w+(?: \w+)?)\b[\s,.!?]+\b\1\b"
    r"|\b(?!(?:more|over|again|on|better|so)\b)(\w{2,}) (?:and|or|with|of) \2\b",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^\W*(?:(?:yeah|yes|oh|well|ah|aww?)\W+)*(?:thanks|thank you)\b(?! for (?:shar|tell|trust))",
    re.IGNORECASE,
)
_HINDSIGHT = whole(
    r"""you (?:should|shouldn't) have|you should've|why (?:did|didn't|do|don't|would) you
    what do you mean|what (?:are|were) you talking about"""
)
_DIRECTS = whole(r"you (?:should|need to|ought to|better|had better)|you'd better")
_SEARCH = whole(
    r"""find (?:her|him|them|someone|somebody|another one|one|it)
    (?:ask|asked|tell|told) (?:her|him|them) why"""
)
_MISSING = re.compile(r"\b(?:find|found|missing|search\w*|looking for|disappear\w*|ran away)\b")


def tells_of_itself(text: str) -> bool:
    """Whether the speaker claims a life of its own.

    >>> tells_of_itself("I had a dog too."), tells_of_itself("I'm so sorry, I hope he gets well.")
    (True, False)
    """
    said = plain(text)
    return bool(_LIFE.search(said) or _FIRST_PERSON.search(_OWN.sub(" ", said)))


def is_rude(text: str) -> bool:
    """Whether it curses, blames or belittles the person.

    >>> is_rude("It's your own fault."), is_rude("That is so unfair!")
    (True, False)
    """
    return bool(_RUDE.search(plain(text)))


def stutters(text: str) -> bool:
    """Whether it says a word or two twice in a row.

    >>> stutters("Oh no. Oh no, what happened?"), stutters("That is very, very kind")
    (True, True)
    """
    return bool(_REPEATS.search(text))


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
    return bool(_HINDSIGHT.search(plain(text)))


def directs(text: str) -> bool:
    """Whether it tells the person what to do, which a listener seldom should.

    >>> directs("You should find a job."), directs("What would help you most?")
    (True, False)
    """
    return bool(_DIRECTS.search(plain(text)))


def counts_unasked(text: str, said: str) -> bool:
    """Whether it holds a number that the person did not say: it can only be made up.

    >>> counts_unasked("I think she is 13 now.", "My daughter swims.")
    True
    """
    return not set(re.findall(r"\d+", text)) <= set(re.findall(r"\d+", said))


def searches(text: str, said: str) -> bool:
    """Whether it speaks of finding somebody whom the person, by their words, has not mislaid.

    To a small model whoever lost a job and has a wife may well have lost the wife.

    >>> searches("I hope you find her!", "I lost my job and can't tell my wife")
    True
    >>> searches("I hope you find her!", "My cat is missing")
    False
    """
    return bool(_SEARCH.search(plain(text))) and not _MISSING.search(said.lower())
