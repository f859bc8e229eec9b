"""Questions and sentences that were there before."""

from insideout.agents.embedded.asking import asks_again, repeats_sentence


def test_a_sentence_said_before_is_known_whatever_its_end() -> None:
    assert repeats_sentence("I'm sorry to hear that. Why?", ("I'm sorry to hear that!",))
    assert not repeats_sentence("I'm sorry for you.", ("I'm sorry to hear that!",))


def test_a_question_is_not_asked_twice_in_other_words() -> None:
    earlier = ("That's great! How long have you been together?",)
    assert asks_again("Lovely. How long have you two been together?", earlier)


def test_another_question_about_the_same_thing_may_be_asked() -> None:
    earlier = ("How long have you been together?",)
    assert not asks_again("Where did you two meet?", earlier)
