"""The result on the screen and its drawings."""

import re
from xml.etree import ElementTree

import pytest
from tests.app.results import ATTACK, by_camera, by_ecg, course, talked

from insideout.perception.affect import Affect, Emotion
from insideout.perception.reading import Modality
from insideout.service.web.live.measured import Measured, Spot
from insideout.service.web.result.content import content
from insideout.service.web.result.drawing import (
    MOST_POINTS,
    curve,
    in_colours,
    mood_map,
    strip,
    thinned,
    unread,
)
from insideout.service.web.result.view import result_view
from insideout.service.web.theme import DARK, LIGHT
from insideout.service.web.visit import Visit

NOBODY = Visit(session="web-1")


def figures(html: str) -> dict[str, str]:
    found = re.findall(r'data-figure="(\w+)".*?<p>(.*?)</p>', html)
    return {key: re.sub(r"<[^>]+>", "", said) for key, said in found}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_all_five_figures_are_shown(language: str) -> None:
    html = result_view(by_ecg(), NOBODY, language)
    assert list(figures(html)) == ["pulse", "sdnn", "rmssd", "pnn50", "stress"]


def test_figures_are_shown_with_their_units() -> None:
    assert figures(result_view(by_ecg(), NOBODY, "en"))["sdnn"] == "≈ 41 ms"


def test_it_always_says_that_it_is_no_medical_device() -> None:
    assert "Not a medical device" in result_view(Measured(), NOBODY, "en")
    assert "не медицинский прибор" in result_view(Measured(), NOBODY, "ru")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_html_is_well_formed(language: str) -> None:
    for measured in (Measured(), by_camera(), by_ecg()):
        visit = talked("a", "b", crisis="suicide")
        ElementTree.fromstring(result_view(measured, visit, language, conversation=True))


def test_nothing_that_was_said_or_named_is_rendered() -> None:
    measured = by_camera(missing={Modality.VOICE: ATTACK}, remarks=(ATTACK,))
    html = result_view(measured, talked(ATTACK), "en", conversation=True)
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 4


def test_without_a_wish_the_conversation_is_not_shown() -> None:
    assert "a secret" not in result_view(by_camera(), talked("a secret"), "en")


def test_the_map_stays_within_its_circle() -> None:
    corner = Spot(
        secs=1.0, affect=Affect(valence=1.0, arousal=1.0), top=Emotion.JOY, confidence=1.0
    )
    drawn = mood_map(content(by_camera(course=(corner,)), NOBODY, "en"))
    assert 'cx="70.7" cy="-70.7"' in drawn


def test_the_map_says_in_words_where_it_began_and_ended() -> None:
    label = ElementTree.fromstring(mood_map(content(by_camera(), NOBODY, "en"))).get("aria-label")
    assert label is not None
    assert "began slightly pleasant, moderately calm and ended slightly pleasant" in label


def test_a_long_course_is_drawn_with_few_points() -> None:
    points = thinned(course(*[Emotion.JOY] * 1_800))
    assert len(points) <= MOST_POINTS
    assert points[-1].secs == 1_800.0


def test_a_gap_in_the_course_stays_empty_on_the_strip() -> None:
    spots = course(*[Emotion.JOY] * 10)
    whole = content(by_camera(course=spots), NOBODY, "en")
    torn = content(by_camera(course=(*spots[:3], *spots[8:])), NOBODY, "en")
    assert not unread(whole)
    assert unread(torn)
    assert strip(torn).count("<rect") == 3


def test_a_drawing_has_no_named_colours_left_on_paper() -> None:
    drawn = mood_map(content(by_camera(), talked("a"), "en"))
    for palette in (LIGHT, DARK):
        assert "var(" not in in_colours(drawn, palette)


def test_a_curve_of_one_value_is_flat_and_of_two_points_is_none() -> None:
    assert curve([(0.0, 70.0), (1.0, 70.0)]) == ""
    assert curve([(0.0, 70.0), (1.0, 70.0), (2.0, 70.0)]).count("29.0") == 4
