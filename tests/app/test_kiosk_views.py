"""The kiosk's pictures and words: complete in both languages, and no text becomes markup."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from tests.app.test_views import ATTACK, turn_of

from insideout.agents.thought import Outcome, Thought
from insideout.perception.affect import Emotion
from insideout.perception.policy import VARIABLE, Consent
from insideout.perception.reading import Modality
from insideout.service.settings import Settings
from insideout.service.web.guests import Guest, Step
from insideout.service.web.kiosk.drawings import DRAWINGS, Mood, portrait, sign
from insideout.service.web.kiosk.scene import scene_of
from insideout.service.web.kiosk.texts import KIOSK_TEXTS
from insideout.service.web.kiosk.views import (
    consent_view,
    gauges_view,
    kept_view,
    measure_view,
    result_title,
    small_print,
    starters_view,
    talk_view,
    team_view,
    way,
    welcome_view,
)
from insideout.service.web.kiosk.wording import LiveTexts
from insideout.service.web.live.sight import Hint
from insideout.service.web.visit import Exchange

TEAM = ("joy", "sadness", "fear", "anger")


def words(thing: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a dataclass of texts, by where it stands."""
    if isinstance(thing, str):
        yield where, thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from words(getattr(thing, field.name), f"{where}.{field.name}")
    elif isinstance(thing, tuple):
        for i, one in enumerate(thing):
            yield from words(one, f"{where}.{i}")
    else:
        for key, one in thing.items():
            yield from words(one, f"{where}.{key}")


def test_both_languages_say_everything() -> None:
    english, russian = (dict(words(KIOSK_TEXTS[language])) for language in ("en", "ru"))
    assert english.keys() == russian.keys()
    assert all(word.strip() for word in (*english.values(), *russian.values()))
    assert {name for name in english if english[name] == russian[name]} <= {".live.looks"}


def test_both_languages_have_the_same_blanks() -> None:
    english, russian = (dict(words(KIOSK_TEXTS[language])) for language in ("en", "ru"))
    for name, text in english.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", russian[name])), name


@pytest.mark.parametrize("language", KIOSK_TEXTS)
def test_nothing_is_shouted(language: str) -> None:
    assert not [text for _, text in words(KIOSK_TEXTS[language]) if "!" in text]


@pytest.mark.parametrize("language", KIOSK_TEXTS)
def test_every_hint_of_the_camera_has_words(language: str) -> None:
    assert set(KIOSK_TEXTS[language].live.hints) == {hint.value for hint in Hint}


def test_every_emotion_has_a_face_of_its_own() -> None:
    assert set(DRAWINGS) == set(Emotion)
    assert len({drawing.body for drawing in DRAWINGS.values()}) == len(Emotion)


def test_an_unknown_name_has_the_plain_face() -> None:
    assert DRAWINGS["neutral"].body in portrait(ATTACK, Mood.THINKS)
    assert "<script" not in portrait(ATTACK)


def test_every_modality_has_a_sign() -> None:
    assert len({sign(modality) for modality in Modality}) == len(Modality)


@pytest.mark.parametrize("language", KIOSK_TEXTS)
@pytest.mark.parametrize(
    "view", [welcome_view, consent_view, measure_view, talk_view, result_title]
)
def test_every_step_has_one_heading_that_takes_the_focus(view: Any, language: str) -> None:
    assert view(language).count('<h1 tabindex="-1">') == 1


@pytest.mark.parametrize("language", KIOSK_TEXTS)
def test_the_door_says_that_it_is_a_machine(language: str) -> None:
    texts = KIOSK_TEXTS[language]
    assert texts.machine in small_print(language)
    assert texts.not_medical in small_print(language)


def test_the_way_marks_where_the_visitor_stands() -> None:
    drawn = way(Step.TALK, "en", measured=True)
    assert drawn.count("<li") == 4
    assert '<li class="k-now" aria-current="step">Talk</li>' in drawn
    assert drawn.count("k-past") == 2


def test_the_way_leaves_out_what_is_not_theirs() -> None:
    assert "Measure" not in way(Step.TALK, "en", measured=False)
    assert way(Step.WELCOME, "en", measured=True) == ""


@pytest.mark.parametrize("policy", ["workplace", "text-only"])
@pytest.mark.parametrize("language", KIOSK_TEXTS)
def test_a_policy_says_why_less_is_asked(
    policy: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "k-rule" not in consent_view(language)
    monkeypatch.setenv(VARIABLE, policy)
    assert "k-rule" in consent_view(language)


def test_a_model_elsewhere_is_named() -> None:
    assert "openai:big&lt;b&gt;" in kept_view("en", "openai:big<b>", 15.0, here=False)
    assert "do not go to the internet" in kept_view("en", "", 15.0, here=True)
    assert "15 minutes" in kept_view("en", "", 15.0, here=True)


def test_the_gauges_have_a_face_for_every_emotion() -> None:
    drawn = gauges_view("en")
    assert all(f'data-emotion="{emotion.value}" hidden' in drawn for emotion in Emotion)


@pytest.mark.parametrize("language", KIOSK_TEXTS)
def test_there_are_ways_to_begin(language: str) -> None:
    assert starters_view(language).count('class="k-starter"') == 3


def test_the_emotions_rest_until_something_is_said() -> None:
    drawn = team_view(None, TEAM, "en")
    assert "k-rest" in drawn
    assert drawn.count("k-face") == 4
    assert "k-thinks" not in drawn


def test_an_emotion_thinks_until_its_thought_comes() -> None:
    thought = Thought(emotion="joy", appraisal=ATTACK, reply="stay", urgency=0.4)
    drawn = team_view(Exchange(said="hello", thoughts={"joy": thought}), TEAM, "en")
    assert "k-joy k-spoke" in drawn
    assert "k-fear k-thinks" in drawn
    assert "<script" not in drawn


@pytest.mark.parametrize("outcome", [Outcome.UNPARSABLE, Outcome.FAILED, Outcome.LATE])
def test_an_emotion_that_dropped_out_says_so(outcome: Outcome) -> None:
    thought = Thought(emotion="anger", outcome=outcome, why="grr")
    drawn = team_view(Exchange(said="hello", thoughts={"anger": thought}), TEAM, "en")
    assert "lost the thread" in drawn
    assert "grr" not in drawn


def test_an_emotion_that_was_not_asked_says_so() -> None:
    drawn = team_view(Exchange(said="hello", turn=turn_of()), ("joy",), "ru")
    assert "не спрашивали" in drawn


def test_in_a_crisis_the_emotions_are_silent() -> None:
    drawn = team_view(Exchange(said="hello", turn=turn_of(crisis="suicide")), TEAM, "en")
    assert drawn.count("k-member k-") == drawn.count("k-silent") // 2
    assert "written by people" in drawn
    assert "k-rest" not in drawn  # which would hide the conversation, and the help with it


def test_an_emotion_of_ones_own_is_escaped() -> None:
    assert "<script" not in team_view(None, (ATTACK,), "en")


def guest(step: Step, *modalities: Modality, live: bool = True) -> Guest:
    """A guest at that step, who agreed to these."""
    made = Guest(token="t", page="kiosk", language="en", active_secs=0.0, step=step)
    made.consent = Consent.to(modalities, at="2026-01-31T10:00:00+01:00", notice="n")
    made.live = _Camera() if live else None
    return made


class _Camera:
    def measured(self) -> Any: ...

    def close(self) -> None: ...


def test_the_browser_opens_what_was_agreed_to_and_no_more() -> None:
    scene = scene_of(guest(Step.MEASURE, Modality.FACE), "en")
    assert (scene.camera, scene.microphone, scene.heart) == (True, False, False)
    scene = scene_of(guest(Step.TALK, Modality.VOICE), "en")
    assert (scene.camera, scene.microphone) == (False, True)


@pytest.mark.parametrize("step", [Step.CONSENT, Step.RESULT])
def test_the_camera_is_open_while_it_is_needed_only(step: Step) -> None:
    scene = scene_of(guest(step, Modality.FACE, Modality.VOICE), "en")
    assert not scene.camera
    assert not scene.microphone


def test_the_camera_waits_for_the_server() -> None:
    assert not scene_of(guest(Step.MEASURE, Modality.FACE, live=False), "en").camera


@pytest.mark.parametrize("language", KIOSK_TEXTS)
def test_the_browser_is_told_all_its_words(language: str) -> None:
    told = json.loads(scene_of(None, language).to_json(Settings()))
    assert told["step"] == "welcome"
    assert told["token"] is None
    assert set(told["words"]) == {field.name for field in fields(LiveTexts)}
    assert set(told["emotions"]) == {emotion.value for emotion in Emotion}
