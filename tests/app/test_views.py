"""The views: figures right, words complete, nothing of a person's text rendered."""

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest

from insideout.agents.modes import Mode
from insideout.agents.thought import Outcome, Thought
from insideout.agents.turn import Turn
from insideout.perception.affect import CORE_AFFECT, Emotion
from insideout.perception.reading import EmotionState, Modality, Reading, Trend
from insideout.service.web.circumplex import circumplex
from insideout.service.web.faces import STROKES
from insideout.service.web.texts import TEXTS, preferred
from insideout.service.web.views import bars, facts_view, state_view
from insideout.service.web.visit import Exchange, Visit
from insideout.service.web.voices import voices_view
from insideout.service.web.wording import headline, percents, rule, trend_words

ATTACK = "<script>alert(1)</script>"


def state_of(top: Emotion = Emotion.SADNESS, share: float = 0.65, **more: Any) -> EmotionState:
    """A state in which one emotion stands out and the rest share what is left."""
    emotions = {e: share if e is top else (1 - share) / 7 for e in Emotion}
    reading = Reading(
        modality=Modality.TEXT,
        model="words",
        probabilities={"devastated": 0.5, "lonely": 0.3},
        emotions=emotions,
        confidence=share,
        cues=("lost my job", ATTACK),
    )
    given = {"affect": CORE_AFFECT[top], "confidence": share, "readings": (reading,), **more}
    return EmotionState(emotions=emotions, **given)


def visit_of(*states: EmotionState, **last: Any) -> Visit:
    """A visit in which these states were perceived."""
    exchanges = [Exchange(said="hello", state=state) for state in states[:-1]]
    return Visit(
        session="s",
        exchanges=(
            *exchanges,
            Exchange(said="hello", state=states[-1] if states else None, **last),
        ),
    )


def turn_of(**given: Any) -> Turn:
    """A complete turn."""
    return Turn(
        **{
            "session": "s",
            "text": "hello",
            "language": "en",
            "mode": Mode.PARALLEL,
            "model": {"answered_by": "scripted"},
            "state": None,
            "thoughts": {},
            "reply": "hi",
            **given,
        }
    )


@pytest.mark.parametrize("share", [1 / 8, 0.3333, 0.651, 0.999])
def test_percents_sum_to_a_hundred(share: float) -> None:
    assert sum(percents(state_of(share=share).emotions).values()) == 100


def test_every_emotion_has_a_bar() -> None:
    drawn = bars(state_of(), "en")
    assert all(f'<i class="{emotion.value}"' in drawn for emotion in Emotion)


@pytest.mark.parametrize("language", TEXTS)
def test_the_state_is_told_as_a_guess(language: str) -> None:
    shown = state_view(visit_of(state_of()), language)
    assert rule(state_of(), language) in shown
    assert headline(state_of(), language) in shown


@pytest.mark.parametrize(
    ("top", "share", "said"),
    [
        (Emotion.SADNESS, 0.6, "Sounds like sadness"),
        (Emotion.NEUTRAL, 0.6, "Sounds even"),
        (Emotion.ANGER, 0.2, "Hard to tell"),
    ],
)
def test_the_headline_claims_no_more_than_it_knows(top: Emotion, share: float, said: str) -> None:
    assert headline(state_of(top, share), "en") == said


def test_fine_labels_are_said_in_russian() -> None:
    assert "опустошённость 50%" in state_view(visit_of(state_of()), "ru")


def test_cues_are_escaped() -> None:
    shown = state_view(visit_of(state_of()), "en")
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_words_that_could_not_be_read_say_why() -> None:
    silent = Reading(modality=Modality.TEXT, model="words", abstained="no words <b>")
    assert "no words &lt;b&gt;" in state_view(visit_of(state_of(readings=(silent,))), "en")


def test_a_crisis_hides_the_state() -> None:
    shown = state_view(visit_of(state_of(), turn=turn_of(crisis="suicide")), "en")
    assert TEXTS["en"].not_read_crisis in shown
    assert facts_view(visit_of(turn=turn_of(crisis="suicide")), "embedded", "en") == ""
    assert "sadness" not in shown


def test_the_trail_has_a_dot_for_each_turn() -> None:
    drawn = circumplex([state_of(), state_of(Emotion.JOY), state_of(Emotion.FEAR)], "en")
    assert drawn.count('class="was') == 2
    assert drawn.count('class="now fear"') == 1
    assert drawn.count("<polyline") == 1


def test_the_map_is_told_in_words() -> None:
    assert "Valence -0.70, arousal -0.40" in circumplex([state_of()], "en")


@pytest.mark.parametrize(
    ("trend", "said"),
    [
        (Trend(), "first message"),
        (Trend(valence=0.1, turns=2), "much the same"),
        (Trend(valence=-0.5, arousal=0.5, turns=2), "mood falling, more agitated"),
    ],
)
def test_the_trend_is_told_in_words(trend: Trend, said: str) -> None:
    assert trend_words(trend, "en") == said


def test_a_voice_thinks_until_its_thought_comes() -> None:
    thought = Thought(emotion="joy", appraisal="a hope", reply="stay", urgency=0.4)
    shown = voices_view(Exchange(said="hello", thoughts={"joy": thought}), ("joy", "fear"), "en")
    assert "a hope" in shown
    assert "40%" in shown
    assert 'class="voice fear thinks"' in shown


def test_a_voice_that_was_not_asked_says_so() -> None:
    shown = voices_view(Exchange(said="hello", turn=turn_of()), ("joy",), "en")
    assert "was not asked" in shown


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome is not Outcome.OK])
def test_a_voice_that_dropped_out_says_why(outcome: Outcome) -> None:
    thought = Thought(emotion="fear", outcome=outcome, why=ATTACK)
    shown = voices_view(Exchange(said="hello", thoughts={"fear": thought}), ("fear",), "en")
    assert TEXTS["en"].outcomes[outcome] in shown
    assert "<script" not in shown


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome is not Outcome.OK])
def test_why_a_voice_dropped_out_is_in_the_visitors_language(
    outcome: Outcome, language: str
) -> None:
    thought = Thought(emotion="fear", outcome=outcome, why='no answer "in" 20 s')
    shown = voices_view(Exchange(said="hello", thoughts={"fear": thought}), ("fear",), language)
    assert 'title="no answer &quot;in&quot; 20 s"' in shown
    words = re.sub(r"<[^>]*>", "", shown)
    assert words.count(TEXTS[language].outcomes[outcome]) == 1
    assert "no answer" not in words


def test_a_voice_that_recognises_names_the_emotion() -> None:
    thought = Thought(emotion="joy", label="lonely", appraisal="nobody calls")
    shown = voices_view(Exchange(said="hello", thoughts={"joy": thought}), ("joy",), "ru")
    assert "видит: одиночество – nobody calls" in shown


def test_the_facts_tell_what_the_turn_took() -> None:
    visit = visit_of(state_of(), turn=turn_of(total_secs=2.14, notes=("fear was late <b>",)))
    shown = facts_view(visit, "embedded", "en")
    assert "parallel · scripted · 2.1 s" in shown
    assert "fear was late &lt;b&gt;" in shown


def _words(language: str) -> Iterator[tuple[str, str]]:
    for field in fields(TEXTS[language]):
        value = getattr(TEXTS[language], field.name)
        if isinstance(value, str):
            yield field.name, value
        else:
            yield from ((f"{field.name}.{key}", word) for key, word in value.items())


def test_both_languages_say_everything() -> None:
    english, russian = dict(_words("en")), dict(_words("ru"))
    assert english.keys() == russian.keys()
    assert all(word.strip() for word in (*english.values(), *russian.values()))
    same = {name for name in english if english[name] == russian[name]}
    assert same == set()


def test_both_languages_name_every_mode_and_outcome() -> None:
    for texts in TEXTS.values():
        assert set(texts.modes) == set(Mode)
        assert set(texts.outcomes) == set(Outcome) - {Outcome.OK}


def test_every_emotion_has_a_face() -> None:
    assert set(STROKES) == set(Emotion)


@pytest.mark.parametrize(
    ("header", "language"), [("ru-RU,ru;q=0.9", "ru"), ("de,en;q=0.5", "en"), ("", "en")]
)
def test_the_browser_says_its_language(header: str, language: str) -> None:
    assert preferred(header) == language
