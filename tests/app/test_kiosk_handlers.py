"""The kiosk's buttons: what changes on the page, and what may never be left on it."""

import asyncio
import json
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from insideout.agents.insideout import InsideOut
from insideout.perception.errors import PerceptionError
from insideout.perception.policy import VARIABLE
from insideout.service.web.guests import Guest, Step
from insideout.service.web.live.live import Live
from insideout.service.web.site import Site

pytest.importorskip("gradio", reason="gradio is not installed (pip install -e '.[app]')")

import gradio as gr  # asked for above

from insideout.service.web.kiosk import visitors
from insideout.service.web.kiosk.handlers import Kiosk
from insideout.service.web.kiosk.parts import Parts, lay_out
from insideout.service.web.kiosk.texts import KIOSK_TEXTS
from insideout.service.web.shown import Shown


async def laid_out() -> tuple[Parts, gr.State]:
    """The page's parts, which belong to some Blocks; without a running loop Gradio leaves one open."""
    with gr.Blocks():
        return lay_out(), gr.State("")


@pytest.fixture(scope="module")
def parts() -> tuple[Parts, gr.State]:
    """Laid out once: handlers only name them."""
    return asyncio.run(laid_out())


@pytest.fixture
def kiosk(assistant: InsideOut, parts: tuple[Parts, gr.State]) -> Iterator[Kiosk]:
    """The handlers behind a page."""
    made = Kiosk(Site(assistant=assistant), *parts)
    yield made
    for guest in made.site.guests.present:
        made.site.guests.leave(guest.token)


RUSSIAN: Any = SimpleNamespace(headers={"accept-language": "ru-RU"})
ENGLISH: Any = SimpleNamespace(
    headers={"accept-language": "en-US", "origin": "http://kiosk.local:7860"}
)


def arrived(kiosk: Kiosk, step: Step = Step.CONSENT) -> Guest:
    """A visitor at that step, who agreed to nothing but words."""
    guest = kiosk.visitors.arrive("en")
    if step is not Step.CONSENT:
        kiosk.visitors.agree(guest, ())
        guest.step = step
    return guest


def scene(kiosk: Kiosk, shown: Shown) -> dict[str, Any]:
    """What the browser is told."""
    told: dict[str, Any] = json.loads(shown[kiosk.parts.scene])
    return told


def note(kiosk: Kiosk, shown: Shown) -> str:
    """The notice above the step; empty where it stays as it was."""
    said = shown.get(kiosk.parts.note, "")
    return said if isinstance(said, str) else ""


async def all_of(course: AsyncGenerator[Shown, None]) -> Shown:
    """Everything that changed, the latest of each."""
    shown: Shown = {}
    async for some in course:
        shown |= some
    return shown


def test_a_stranger_is_at_the_door_in_the_browsers_language(kiosk: Kiosk) -> None:
    told = scene(kiosk, kiosk.open("", RUSSIAN))
    assert (told["step"], told["language"], told["token"]) == ("welcome", "ru", None)


def test_a_page_that_is_loaded_anew_is_at_its_step(kiosk: Kiosk) -> None:
    guest = arrived(kiosk, Step.TALK)
    told = scene(kiosk, kiosk.open(guest.token, RUSSIAN))
    assert (told["step"], told["language"], told["token"]) == ("talk", "en", guest.token)


def test_an_old_token_opens_the_door(kiosk: Kiosk) -> None:
    guest = arrived(kiosk)
    kiosk.site.guests.leave(guest.token)
    assert scene(kiosk, kiosk.open(guest.token, ENGLISH))["step"] == "welcome"


def test_a_visitor_of_the_assistant_is_none_of_the_kiosk(kiosk: Kiosk) -> None:
    other = kiosk.site.guests.welcome("assistant", "en")
    assert scene(kiosk, kiosk.open(other.token, ENGLISH))["step"] == "welcome"


def test_beginning_leads_to_the_consent_with_nothing_ticked(kiosk: Kiosk) -> None:
    shown = kiosk.begin("", "en")
    assert scene(kiosk, shown)["step"] == "consent"
    assert [shown[switch] for switch in kiosk.parts.switches.values()] == [False] * 3


def test_a_second_click_on_begin_makes_no_second_visitor(kiosk: Kiosk) -> None:
    token = scene(kiosk, kiosk.begin("", "en"))["token"]
    assert kiosk.parts.scene not in kiosk.begin(token, "en")
    assert len(kiosk.site.guests.present) == 1


def test_what_is_ticked_is_agreed_to(kiosk: Kiosk) -> None:
    guest = arrived(kiosk)
    kiosk.agree(guest.token, "en", True, False, False)
    assert guest.consent is not None
    assert sorted(guest.consent.modalities) == ["face", "text"]


def test_all_is_agreed_to_at_once(kiosk: Kiosk) -> None:
    guest = arrived(kiosk)
    kiosk.agree_to_all(guest.token, "en")
    assert guest.consent is not None
    assert len(guest.consent.modalities) == 4


def test_nothing_is_an_answer(kiosk: Kiosk) -> None:
    guest = arrived(kiosk)
    shown = kiosk.agree_to_nothing(guest.token, "en")
    assert scene(kiosk, shown)["step"] == "talk"
    assert note(kiosk, shown) == ""


def test_where_only_words_are_read_the_way_leads_to_the_talk(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "text-only")
    guest = arrived(kiosk)
    told = scene(kiosk, kiosk.agree(guest.token, "en", True, True, True))
    assert (told["step"], told["camera"], told["microphone"]) == ("talk", False, False)


async def test_a_camera_that_cannot_be_used_is_explained(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise PerceptionError("no OpenCV")

    monkeypatch.setattr(visitors, "begin", broken)
    guest = arrived(kiosk)
    kiosk.agree_to_all(guest.token, "en")
    assert "You can still talk" in note(kiosk, await kiosk.prepare(guest.token, "en"))


async def test_the_camera_opens_once_the_server_reads_it(kiosk: Kiosk) -> None:
    guest = arrived(kiosk)
    assert not scene(kiosk, kiosk.agree_to_all(guest.token, "en"))["camera"]
    assert scene(kiosk, await kiosk.prepare(guest.token, "en"))["camera"]


async def test_a_turn_is_shown_and_kept(kiosk: Kiosk) -> None:
    guest = arrived(kiosk, Step.TALK)
    shown = await all_of(kiosk.respond(guest.token, "en", "I lost my job"))
    assert "hardest" in shown[kiosk.parts.chat][1]["content"]
    assert "A job is lost" in shown[kiosk.parts.team]
    assert shown[kiosk.parts.box] == ""
    assert len(guest.visit.exchanges) == 1


@pytest.mark.parametrize("text", ["  ", "a" * 10_000])
async def test_what_cannot_be_sent_stays_in_the_box(kiosk: Kiosk, text: str) -> None:
    guest = arrived(kiosk, Step.TALK)
    shown = await all_of(kiosk.respond(guest.token, "ru", text))
    assert 'class="wrong"' in note(kiosk, shown)
    assert kiosk.parts.box not in shown


async def test_nothing_is_said_before_the_talk(kiosk: Kiosk) -> None:
    guest = arrived(kiosk)
    await all_of(kiosk.respond(guest.token, "en", "hello"))
    assert guest.visit.exchanges == ()


async def test_a_broken_turn_gives_the_words_back(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> AsyncGenerator[None, None]:
        raise RuntimeError("boom")
        yield

    monkeypatch.setattr(kiosk.visitors, "say", broken)
    guest = arrived(kiosk, Step.TALK)
    shown = await all_of(kiosk.respond(guest.token, "en", "hello"))
    assert shown[kiosk.parts.box] == "hello"
    assert KIOSK_TEXTS["en"].broke in note(kiosk, shown)


async def test_leaving_empties_the_page(kiosk: Kiosk) -> None:
    guest = arrived(kiosk, Step.TALK)
    await all_of(kiosk.respond(guest.token, "en", "my secret"))
    shown = await kiosk.leave(guest.token, "en")
    told = scene(kiosk, shown)
    assert (told["step"], told["token"], shown[kiosk.token]) == ("welcome", None, "")
    assert shown[kiosk.parts.chat] == []
    assert shown[kiosk.parts.result] == shown[kiosk.parts.saved] == shown[kiosk.parts.box] == ""
    assert "deleted" in note(kiosk, shown)


async def test_a_visitor_who_went_away_leaves_an_empty_box(kiosk: Kiosk) -> None:
    guest = arrived(kiosk, Step.TALK)
    shown = await kiosk.leave_idle(guest.token, RUSSIAN)
    assert scene(kiosk, shown)["language"] == "ru"
    assert shown[kiosk.parts.box].value == ""
    assert [shown[switch].value for switch in kiosk.parts.switches.values()] == [False] * 3
    assert KIOSK_TEXTS["ru"].gone_idle in note(kiosk, shown)


def test_a_visitor_whom_the_server_let_go_sees_the_door(kiosk: Kiosk) -> None:
    guest = arrived(kiosk, Step.TALK)
    assert kiosk.parts.scene not in kiosk.tick(guest.token, "1", ENGLISH)
    kiosk.site.guests.leave(guest.token)
    assert kiosk.parts.gone in kiosk.tick(guest.token, "1", ENGLISH)
    assert scene(kiosk, kiosk.gone(guest.token, ENGLISH))["step"] == "welcome"


def test_only_a_sign_of_life_is_one(kiosk: Kiosk) -> None:
    guest = arrived(kiosk)
    guest.active_secs -= 100
    kiosk.tick(guest.token, "", ENGLISH)
    assert kiosk.site.guests.idle_secs(guest) >= 100
    kiosk.tick(guest.token, "1", ENGLISH)
    assert kiosk.site.guests.idle_secs(guest) < 100


def test_another_language_keeps_the_step(kiosk: Kiosk) -> None:
    guest = arrived(kiosk, Step.TALK)
    shown = kiosk.translate(guest.token, "ru")
    assert scene(kiosk, shown)["step"] == "talk"
    assert guest.language == "ru"
    assert KIOSK_TEXTS["ru"].talk_title in shown[kiosk.parts.talk]


def test_the_result_says_what_was_not_measured(kiosk: Kiosk) -> None:
    guest = arrived(kiosk, Step.TALK)
    shown = kiosk.to_result(guest.token, "en")
    assert scene(kiosk, shown)["step"] == "result"
    assert "not measured" in shown[kiosk.parts.result]


async def test_the_conversation_is_shown_where_it_is_wished_for(kiosk: Kiosk) -> None:
    guest = arrived(kiosk, Step.TALK)
    await all_of(kiosk.respond(guest.token, "en", "I lost my job"))
    assert "I lost my job" not in kiosk.to_result(guest.token, "en")[kiosk.parts.result]
    shown = kiosk.show_result(guest.token, "en", True)
    assert "I lost my job" in shown[kiosk.parts.result]


def test_a_saved_result_has_its_code(kiosk: Kiosk) -> None:
    guest = arrived(kiosk, Step.RESULT)
    shown = kiosk.save(guest.token, "en", False, ENGLISH)
    assert guest.result is not None
    assert f"http://kiosk.local:7860/result/{guest.result}" in shown[kiosk.parts.saved]
    assert "<svg" in shown[kiosk.parts.saved]


def test_nothing_is_saved_before_the_result(kiosk: Kiosk) -> None:
    guest = arrived(kiosk, Step.TALK)
    kiosk.save(guest.token, "en", False, ENGLISH)
    assert guest.result is None


async def test_back_from_the_result_is_the_talk(kiosk: Kiosk) -> None:
    guest = arrived(kiosk, Step.RESULT)
    assert scene(kiosk, await kiosk.back(guest.token, "en"))["step"] == "talk"
    assert scene(kiosk, await kiosk.back(guest.token, "en"))["step"] == "consent"
    assert scene(kiosk, await kiosk.back(guest.token, "en"))["step"] == "welcome"


async def test_a_bad_recording_is_explained_and_deleted(kiosk: Kiosk, tmp_path: Path) -> None:
    guest = arrived(kiosk)
    kiosk.agree_to_all(guest.token, "ru")
    await kiosk.prepare(guest.token, "ru")
    assert isinstance(guest.live, Live)
    upload = tmp_path / "holiday.jpg"
    upload.write_bytes(b"no heart")
    shown = await all_of(kiosk.bring(guest.token, "ru", [str(upload)]))
    assert KIOSK_TEXTS["ru"].heart_unread in note(kiosk, shown)
    assert not upload.exists()


async def test_a_recording_without_a_measurement_is_refused(kiosk: Kiosk, tmp_path: Path) -> None:
    guest = arrived(kiosk, Step.TALK)
    upload = tmp_path / "pulse.csv"
    upload.write_text("1")
    shown = await all_of(kiosk.bring(guest.token, "en", [str(upload)]))
    assert KIOSK_TEXTS["en"].no_live in note(kiosk, shown)
    assert not upload.exists()
