"""The strip of the conversation: a dot a message, told in words as well."""

import pytest
from tests.app.test_views import state_of, visit_of

from insideout.perception.affect import Emotion
from insideout.service.web.history import TURNS, history
from insideout.service.web.texts import TEXTS


def test_one_message_is_no_course() -> None:
    assert history(visit_of(state_of()), "en") == ""


@pytest.mark.parametrize("language", TEXTS)
def test_each_message_has_its_dot_and_its_words(language: str) -> None:
    drawn = history(visit_of(state_of(Emotion.JOY), state_of(Emotion.FEAR)), language)
    assert drawn.count("<circle") == 2
    assert 'class="was joy"' in drawn
    assert drawn.count("<li>") == 2
    assert TEXTS[language].history_title in drawn


def test_a_pleasant_message_stands_above_an_unpleasant_one() -> None:
    drawn = history(visit_of(state_of(Emotion.JOY), state_of(Emotion.SADNESS)), "en")
    heights = [float(part.split('"')[0]) for part in drawn.split('cy="')[1:]]
    assert heights[0] < heights[1]


def test_of_a_long_conversation_the_latest_are_shown() -> None:
    drawn = history(visit_of(*[state_of()] * (TURNS + 3)), "en")
    assert drawn.count("<circle") == TURNS
    assert f"message {TURNS + 3}:" in drawn
    assert "message 1:" not in drawn
