"""The content of a result: what is said of what was measured, and of what was not."""

from dataclasses import fields, replace

import pytest
from tests.app.results import MADE_AT, by_camera, by_ecg, state_of, talked

from insideout.perception.affect import Emotion
from insideout.perception.reading import Modality
from insideout.service.web.live.measured import Measured
from insideout.service.web.result.content import Content, content
from insideout.service.web.result.figures import NONE, Figure
from insideout.service.web.result.texts import RESULT_TEXTS
from insideout.service.web.visit import Visit

NOBODY = Visit(session="web-1")


def result(measured: Measured, visit: Visit = NOBODY, language: str = "en") -> Content:
    return content(measured, visit, language, made_at=MADE_AT)


def figure(key: str, measured: Measured, language: str = "en") -> Figure:
    found = {one.key: one for one in result(measured, language=language).figures}
    return found[key]


def said(modality: Modality, measured: Measured, visit: Visit = NOBODY) -> str:
    found = {source.modality: source.said for source in result(measured, visit).sources}
    return found[modality]


def test_both_languages_have_every_word() -> None:
    for texts in RESULT_TEXTS.values():
        assert all(getattr(texts, one.name) for one in fields(texts))


def test_the_headline_names_what_was_measured() -> None:
    assert result(by_camera()).headline == "It looks like joy"
    assert result(by_camera(), language="ru").headline == "Похоже на радость"


def test_after_a_talk_the_headline_is_of_its_last_message() -> None:
    assert result(by_camera(), talked("I am afraid")).top is Emotion.FEAR


def test_a_state_without_confidence_is_no_guess() -> None:
    unsure = by_camera(state=replace(state_of(Emotion.JOY), confidence=0.0))
    assert result(unsure).headline == "No feelings were read"


def test_after_a_call_for_help_nothing_is_guessed_and_the_help_goes_along() -> None:
    found = result(by_camera(), talked("hello", crisis="suicide"))
    assert found.top is None
    assert found.help is not None
    assert found.help.said == "Call 112."


def test_shares_are_of_the_time_and_sum_to_100() -> None:
    shares = {share.emotion: share.percent for share in result(by_camera()).shares}
    assert shares == {Emotion.JOY: 60, Emotion.SADNESS: 40}


def test_a_camera_gives_a_rough_pulse_and_no_variability() -> None:
    assert figure("pulse", by_camera()).value == "≈ 72"
    assert figure("pulse", by_camera()).note == "by camera, experimental; 70 to 74"
    assert figure("sdnn", by_camera()).value == NONE
    assert figure("sdnn", by_camera()).note == "takes an ECG or a pulse sensor"


def test_figures_of_an_ecg_have_units_and_quality_and_say_when_they_are_rough() -> None:
    rough = figure("sdnn", by_ecg())
    assert (rough.value, rough.unit, rough.quality) == ("≈ 41", "ms", "quality 91%")
    assert rough.note == "45 s of usable beats; trusted from 120"
    assert figure("rmssd", by_ecg()).value == "38"
    assert figure("pulse", by_ecg(), "ru").unit == "уд/мин"


def test_a_figure_that_an_ecg_was_too_short_for_says_so() -> None:
    measured = by_ecg()
    assert measured.vitals is not None
    short = replace(measured.vitals, sdnn=replace(measured.vitals.lf_hf, name="sdnn", unit="ms"))
    found = figure("sdnn", replace(measured, vitals=short))
    assert found.value == NONE
    assert found.note == "not measured: 45 s of usable beats; it takes 30"


def test_the_trend_of_stress_goes_from_the_first_third_to_the_last() -> None:
    trend = figure("stress", by_ecg())
    assert (trend.value, trend.number) == ("20 → 80", 80)
    assert trend.note == "probability of stress, rising"


def test_a_small_change_of_stress_is_no_trend() -> None:
    level = by_ecg().stress[0]
    flat = by_ecg(), (level, replace(level, secs=60.0, level=0.25))
    assert figure("stress", replace(flat[0], stress=flat[1])).note.endswith("steady")


def test_what_was_not_measured_says_why() -> None:
    assert said(Modality.VOICE, by_camera()) == "not measured: nothing was said"
    assert said(Modality.TEXT, by_camera()) == "nothing was said or written"


def test_what_ended_early_says_what_was_read_and_why_it_ended() -> None:
    gone = by_camera(missing={Modality.FACE: "the camera is gone"})
    assert said(Modality.FACE, gone).endswith("quality 82%; then: the camera is gone")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_of_nothing_everything_says_that_it_was_not_measured(language: str) -> None:
    found = result(Measured(), language=language)
    assert {one.value for one in found.figures} == {NONE}
    assert not any(source.measured for source in found.sources)


def test_what_was_talked_about_is_in_it_only_where_that_is_wished() -> None:
    visit = talked("a secret")
    assert result(by_camera(), visit).conversation == ()
    assert content(by_camera(), visit, "en", conversation=True).conversation[0].said == "a secret"


def test_the_date_is_in_words() -> None:
    assert result(by_camera()).made == "3 May 2026, 14:05"
    assert result(by_camera(), language="ru").made == "3 мая 2026 г., 14:05"
