import pytest

from insideout.perception.affect import Emotion
from insideout.perception.errors import PerceptionError
from insideout.perception.face.film_wording import (
    LOOKS,
    PLOT,
    SAYS,
    check_language,
    course_words,
    says,
)


def test_both_languages_say_the_same_things() -> None:
    for words in (SAYS, PLOT):
        assert words["en"].keys() == words["ru"].keys()
    assert all(LOOKS[language].keys() == set(Emotion) for language in ("en", "ru"))


def test_blanks_are_filled() -> None:
    assert says("en", "short", secs=3.2, told=9.0) == (
        "the film breaks off at 3.2 s; it says it is 9.0 s long"
    )


def test_a_course_is_told_in_order() -> None:
    course = [(Emotion.SADNESS, 9.3), (Emotion.JOY, 0.6)]
    assert course_words(course, "en") == "looks sad for 9 s, then happy for a moment"
    assert course_words(course, "ru") == "на лице: грусть 9 с, затем радость на мгновение"


def test_an_unknown_language_lists_the_known() -> None:
    with pytest.raises(PerceptionError, match="Known: en, ru"):
        check_language("fr")
