"""Whether a reply sounds as the person feels."""

from insideout.agents.embedded.moods import clashes, wishes
from insideout.perception.affect import Emotion


def test_cheering_clashes_with_sorrow_and_condoling_with_joy() -> None:
    assert clashes("That's awesome!", Emotion.SADNESS)
    assert clashes("I'm sorry to hear that.", Emotion.JOY)
    assert not clashes("I hope it will be great.", Emotion.SADNESS)
    assert not clashes("That's awesome!", None)


def test_being_sorry_clashes_where_only_the_words_are_glad() -> None:
    assert clashes("I'm sorry to hear that.", None, "I had such great times back then.")
    assert not clashes("I'm sorry to hear that.", None, "I went to my old town.")
    assert not clashes("I'm sorry to hear that.", None, "It was great, but now I feel terrible.")


def test_wishes_are_counted_by_sentence() -> None:
    assert wishes("I hope it works out. Good luck!") == 2
    assert wishes("That must be hard.") == 0
