"""What a listener should not say."""

import pytest

from insideout.agents.embedded.manners import (
    asks_again,
    clashes,
    counts_unasked,
    directs,
    is_rude,
    repeats_sentence,
    reproaches,
    searches,
    stutters,
    takes_thanks_for_its_own,
    tells_of_itself,
    wishes,
)
from insideout.perception.affect import Emotion


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


def test_cheering_clashes_with_sorrow_and_condoling_with_joy() -> None:
    assert clashes("That's awesome!", Emotion.SADNESS)
    assert clashes("I'm sorry to hear that.", Emotion.JOY)
    assert not clashes("I hope it will be great.", Emotion.SADNESS)
    assert not clashes("That's awesome!", None)


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


def test_being_sorry_clashes_where_only_the_words_are_glad() -> None:
    assert clashes("I'm sorry to hear that.", None, "I had such great times back then.")
    assert not clashes("I'm sorry to hear that.", None, "I went to my old town.")
    assert not clashes("I'm sorry to hear that.", None, "It was great, but now I feel terrible.")


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


def test_wishes_are_counted_by_sentence() -> None:
    assert wishes("I hope it works out. Good luck!") == 2
    assert wishes("That must be hard.") == 0


def test_numbers_that_nobody_said_are_made_up() -> None:
    assert counts_unasked("I think she is 13 now.", "My daughter swims.")
    assert not counts_unasked("4 is a good age to swim!", "She is 4.")


def test_a_sentence_said_before_is_known_whatever_its_end() -> None:
    assert repeats_sentence("I'm sorry to hear that. Why?", ("I'm sorry to hear that!",))
    assert not repeats_sentence("I'm sorry for you.", ("I'm sorry to hear that!",))


def test_unfair_of_you_is_against_the_person_and_unfair_to_you_is_not() -> None:
    assert is_rude("That is so unfair of you.")
    assert not is_rude("That was so unfair to you.")


def test_telling_what_to_do_is_seen() -> None:
    assert directs("You should buy a car.")
    assert not directs("I hope you get better.")


def test_a_question_is_not_asked_twice_in_other_words() -> None:
    earlier = ("That's great! How long have you been together?",)
    assert asks_again("Lovely. How long have you two been together?", earlier)


def test_another_question_about_the_same_thing_may_be_asked() -> None:
    earlier = ("How long have you been together?",)
    assert not asks_again("Where did you two meet?", earlier)
