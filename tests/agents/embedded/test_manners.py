"""What a listener should not say."""

import pytest

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


@pytest.mark.parametrize(
    "text",
    [
        "I had a dog too.",
        "My wife would kill me.",
        "Me too!",
        "I've been there.",
        "I would love to go there.",
        "That happened to me last year.",
        "We went to Paris.",
        "I am going to the store.",
        "I know how you feel.",
    ],
)
def test_a_life_of_its_own_is_seen(text: str) -> None:
    assert tells_of_itself(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'm so sorry to hear that.",
        "I hope it goes well!",
        "I would be so mad.",
        "I can imagine how hard that is.",
        "Oh my goodness, what happened?",
        "I think you did the right thing.",
        "How did your wife take it?",
    ],
)
def test_sympathy_is_no_claim_of_a_life(text: str) -> None:
    assert not tells_of_itself(text)


@pytest.mark.parametrize(
    "text", ["You idiot.", "It's your fault.", "That sucks!", "Shame on you.", "How could you?"]
)
def test_words_against_the_person_are_seen(text: str) -> None:
    assert is_rude(text)


def test_anger_at_the_situation_is_not_rude() -> None:
    assert not is_rude("That is so unfair! I would be so mad about that.")


def test_saying_a_thing_twice_is_seen() -> None:
    assert stutters("Oh no. Oh no, what happened?")
    assert not stutters("Oh no, what happened?")


@pytest.mark.parametrize(
    ("said", "odd"),
    [("I lost my job and can't tell my wife", True), ("My cat is missing", False)],
)
def test_only_what_is_missing_is_to_be_found(said: str, odd: bool) -> None:
    assert searches("I hope you find her soon.", said) is odd


@pytest.mark.parametrize("text", ["I hope you get to the water and water.", "It is a dog or dog."])
def test_a_word_beside_itself_is_a_stutter(text: str) -> None:
    assert stutters(text)


def test_more_and_more_is_no_stutter() -> None:
    assert not stutters("That happens more and more, again and again.")


@pytest.mark.parametrize(
    "text", ["Why did you tell her?", "You should have asked.", "What do you mean?"]
)
def test_asking_for_a_justification_is_a_reproach(text: str) -> None:
    assert reproaches(text)


def test_asking_why_somebody_else_did_it_is_no_reproach() -> None:
    assert not reproaches("Why did they do that?")
    assert not reproaches("You could have been hurt!")


def test_only_the_persons_own_part_says_thanks() -> None:
    assert takes_thanks_for_its_own("Yeah, thanks! I hope it goes well.")
    assert not takes_thanks_for_its_own("Thank you for telling me.")


def test_numbers_that_nobody_said_are_made_up() -> None:
    assert counts_unasked("I think she is 13 now.", "My daughter swims.")
    assert not counts_unasked("4 is a good age to swim!", "She is 4.")


def test_unfair_of_you_is_against_the_person_and_unfair_to_you_is_not() -> None:
    assert is_rude("That is so unfair of you.")
    assert not is_rude("That was so unfair to you.")


def test_telling_what_to_do_is_seen() -> None:
    assert directs("You should buy a car.")
    assert not directs("I hope you get better.")
