"""Asking: what may be agreed to under each policy, and which steps follow from the answer."""

from dataclasses import replace
from datetime import datetime

import pytest

from insideout.perception.policy import VARIABLE, Consent, Policy
from insideout.perception.reading import Modality
from insideout.service.web.guests import Step
from insideout.service.web.kiosk import asking
from insideout.service.web.kiosk.asking import (
    asked,
    before,
    consent_to,
    is_measured,
    notice,
    opens_microphone,
    wording,
)
from insideout.service.web.kiosk.texts import KIOSK_TEXTS

FACE, HEART, VOICE = Modality.FACE, Modality.HEART, Modality.VOICE


@pytest.fixture(params=list(Policy))
def policy(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Policy:
    """A policy in force."""
    monkeypatch.setenv(VARIABLE, request.param.value)
    return Policy(request.param)


def test_what_is_asked_follows_from_the_policy(policy: Policy) -> None:
    expected = {
        Policy.OPEN: (FACE, HEART, VOICE),
        Policy.WORKPLACE: (VOICE,),
        Policy.TEXT_ONLY: (),
    }
    assert asked() == expected[policy]


def test_nobody_consents_to_more_than_is_asked(policy: Policy) -> None:
    consent = consent_to((FACE, HEART, VOICE), "en")
    assert consent.modalities == {Modality.TEXT, *asked()}


def test_a_face_is_measured_under_the_open_policy_alone(policy: Policy) -> None:
    given = Consent.to((FACE,), at="2026-01-31T10:00:00+01:00", notice="n")
    assert is_measured(given) is (policy is Policy.OPEN)


def test_the_microphone_opens_unless_only_typing_is_allowed(policy: Policy) -> None:
    given = Consent.to((VOICE,), at="2026-01-31T10:00:00+01:00", notice="n")
    assert opens_microphone(given) is (policy is not Policy.TEXT_ONLY)


def test_a_voice_that_is_only_written_down_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken = wording(VOICE, "en").what
    monkeypatch.setenv(VARIABLE, "workplace")
    assert wording(VOICE, "en").what != spoken
    assert "written down" in wording(VOICE, "en").what


def test_nothing_is_opened_without_consent() -> None:
    assert not is_measured(None)
    assert not opens_microphone(None)
    assert not opens_microphone(consent_to((FACE,), "en"))


def test_a_consent_says_when_and_to_which_text() -> None:
    consent = consent_to((FACE,), "ru")
    assert datetime.fromisoformat(consent.at).tzinfo is not None
    assert consent.notice == notice("ru")


def test_each_language_and_policy_has_its_own_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    notices = {notice("en"), notice("ru")}
    monkeypatch.setenv(VARIABLE, "text-only")
    assert len(notices | {notice("en"), notice("ru")}) == 4


def test_a_changed_text_is_another_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = notice("en")
    texts = {**KIOSK_TEXTS, "en": replace(KIOSK_TEXTS["en"], kept="Everything is kept.")}
    monkeypatch.setattr(asking, "KIOSK_TEXTS", texts)
    assert notice("en") != earlier


@pytest.mark.parametrize(
    ("step", "modalities", "earlier"),
    [
        (Step.RESULT, (FACE,), Step.TALK),
        (Step.TALK, (FACE,), Step.MEASURE),
        (Step.TALK, (HEART,), Step.MEASURE),
        (Step.TALK, (VOICE,), Step.CONSENT),
        (Step.MEASURE, (FACE,), Step.CONSENT),
        (Step.CONSENT, (), Step.WELCOME),
        (Step.WELCOME, (), Step.WELCOME),
    ],
)
def test_back_leaves_out_what_was_left_out_before(
    step: Step, modalities: tuple[Modality, ...], earlier: Step
) -> None:
    assert before(step, consent_to(modalities, "en")) is earlier
