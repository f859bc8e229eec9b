"""Asking once, keeping the answer with the session."""

import pytest

from insideout.agents.memory import Sessions
from insideout.perception.policy import VARIABLE, Consent
from insideout.perception.reading import Modality
from insideout.service.cli.consenting import agreed, notice, taken_back, version

FACE, BOTH = (Modality.FACE,), (Modality.FACE, Modality.VOICE)


def ask(sessions: Sessions, *modalities: Modality, says: bool = True) -> tuple[Consent | None, int]:
    """The consent, and how often the person was asked."""
    asked: list[str] = []

    def answer(question: str) -> bool:
        asked.append(question)
        return says

    found = agreed(sessions, "s", modalities, language="en", ask=answer, tell=lambda text: None)
    return found, len(asked)


def test_a_yes_is_kept_with_the_session() -> None:
    sessions = Sessions()
    consent, _ = ask(sessions, *FACE)
    assert consent is not None
    assert sessions.consent("s") == consent
    assert consent.modalities == {Modality.TEXT, Modality.FACE}


def test_a_no_keeps_nothing() -> None:
    sessions = Sessions()
    assert ask(sessions, *FACE, says=False) == (None, 1)
    assert sessions.consent("s") is None


def test_the_same_is_asked_once() -> None:
    sessions = Sessions()
    ask(sessions, *FACE)
    assert ask(sessions, *FACE)[1] == 0


def test_more_is_asked_again() -> None:
    sessions = Sessions()
    ask(sessions, *FACE)
    consent, times = ask(sessions, *BOTH)
    assert consent is not None
    assert (times, Modality.VOICE in consent.modalities) == (1, True)


def test_what_was_taken_back_is_asked_again() -> None:
    sessions = Sessions()
    consent, _ = ask(sessions, *FACE)
    assert consent is not None
    assert taken_back(sessions, "s", consent).modalities == {Modality.TEXT}
    assert ask(sessions, *FACE)[1] == 1


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_text_names_what_is_asked_about(language: str) -> None:
    assert len(notice(BOTH, language).splitlines()) == 4
    assert version(FACE, language) != version(BOTH, language)


def test_at_a_workplace_the_text_says_that_no_feeling_is_read_from_a_voice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, "workplace")
    assert "no feeling is read from your voice" in notice((Modality.VOICE,), "en")
