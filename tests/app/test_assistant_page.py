"""The assistant's page without a browser: guests, consent, devices, files beside a message."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("gradio", reason="gradio is not installed (pip install -e '.[app]')")

import gradio as gr  # asked for above
import numpy as np
from tests.app.test_views import state_of

from insideout.agents.insideout import InsideOut
from insideout.agents.scripted import ScriptedChatModel
from insideout.perception.heart.beats import Beats
from insideout.perception.policy import VARIABLE
from insideout.perception.reading import Modality
from insideout.service.web.assistant.attaching import Attached
from insideout.service.web.assistant.desk import Waiting, gathered
from insideout.service.web.assistant.devices import NOTICE, Devices
from insideout.service.web.assistant.files import Files
from insideout.service.web.assistant.handlers import Page
from insideout.service.web.assistant.parts import Parts, lay_out
from insideout.service.web.assistant.room import Room
from insideout.service.web.assistant.texts import ASSISTANT_TEXTS
from insideout.service.web.assistant.told import Told
from insideout.service.web.assistant.tools import tools
from insideout.service.web.guests import Guest
from insideout.service.web.shown import Shown, nothing
from insideout.service.web.site import Site


@pytest.fixture
def site(assistant: InsideOut) -> Site:
    """The site of a scripted assistant."""
    return Site(assistant=assistant)


async def laid_out(assistant: InsideOut) -> Parts:
    """The page's parts, which belong to some Blocks; without a running loop Gradio leaves one open."""
    with gr.Blocks():
        return lay_out(assistant, keeps=False, alive_secs=15)


@pytest.fixture(scope="module")
def parts() -> Parts:
    """Laid out once: handlers only name them."""
    model = ScriptedChatModel(lambda *_: "hi")
    return asyncio.run(laid_out(InsideOut(model, sessions=":memory:", fallback=None)))


@pytest.fixture
def page(site: Site, parts: Parts) -> Iterator[Page]:
    """The page's handlers, without a server."""
    room = Room(site, parts)
    yield Page(room, Devices(room))
    for guest in site.guests.present:
        site.guests.leave(guest.token)


def request(language: str = "en") -> Any:
    """A browser that says its language."""
    return SimpleNamespace(headers={"accept-language": language})


def come(page: Page, language: str = "en") -> Guest:
    """A guest who has just loaded the page."""
    shown = page.welcome("", request(language))
    guest = page.room.guest(shown[page.parts.token])
    assert guest is not None
    return guest


async def speak(page: Page, guest: Guest, text: str) -> list[Shown]:
    """What the page shows while a message is answered."""
    course = page.respond(text, guest.token, guest.language, "parallel", "en")
    shown = [step async for step in course]
    return [*shown, page.settle(guest.token, guest.language, [])]


def order(shown: Shown, page: Page) -> dict[str, Any]:
    """What the browser is told to open."""
    told: dict[str, Any] = json.loads(shown[page.parts.order])
    return told


def told(page: Page, guest: Guest, **data: str) -> Shown:
    """What the page's script notices."""
    hands = Told(page.room, page.devices, Files(page.room))
    return hands.take(guest.token, gr.EventData(None, data))


def ticked(page: Page, guest: Guest, *modalities: Modality) -> Shown:
    """Consent to these."""
    return page.devices.agree(guest.token, [modality.value for modality in modalities])


async def test_a_tab_that_is_loaded_again_goes_on(page: Page) -> None:
    guest = come(page)
    await speak(page, guest, "I lost my job")
    shown = page.welcome(guest.token, request())
    assert shown[page.parts.token] == guest.token
    assert "job" in str(page.room.paint(guest)[page.parts.chat])


def test_a_strangers_token_opens_nothing(page: Page) -> None:
    assert page.welcome("guessed", request())[page.parts.token] != "guessed"


def test_a_guest_of_another_page_is_none_of_this_one(page: Page, site: Site) -> None:
    other = site.guests.welcome("kiosk", "en")
    assert page.room.guest(other.token) is None


async def test_who_was_let_go_gets_a_fresh_page_and_keeps_their_text(page: Page) -> None:
    guest = come(page, "ru")
    await speak(page, guest, "hello")
    page.room.site.guests.leave(guest.token)
    [shown] = [s async for s in page.respond("дальше", guest.token, "ru", "parallel", "en")]
    assert shown[page.parts.box] == "дальше"
    assert page.parts.lost in shown
    anew = page.lost("ru")
    assert anew[page.parts.token] != guest.token
    assert "долго не было" in anew[page.parts.hint]


async def test_what_was_kept_in_memory_goes_with_the_guest(page: Page) -> None:
    guest = come(page)
    await speak(page, guest, "hello")
    page.room.site.guests.leave(guest.token)
    assert page.room.assistant.sessions.list() == []


def test_a_device_is_off_until_it_is_agreed_to(page: Page) -> None:
    guest = come(page)
    shown = told(page, guest, what="switch", device="camera")
    assert not order(shown, page)["camera"]
    assert guest.consent is None
    assert ASSISTANT_TEXTS["en"].consent_title in shown[page.parts.consent_head]


def test_nothing_is_ticked_before_the_person_ticks_it(page: Page) -> None:
    shown = told(page, come(page), what="switch", device="microphone")
    assert shown[page.parts.agreed_to].value == []


def test_consent_switches_on_what_it_covers(page: Page) -> None:
    guest = come(page)
    told(page, guest, what="switch", device="camera")
    shown = ticked(page, guest, Modality.FACE)
    assert order(shown, page)["camera"]
    assert not order(shown, page)["microphone"]
    assert guest.consent is not None
    assert guest.consent.modalities == {Modality.TEXT, Modality.FACE}
    assert guest.consent.notice == NOTICE


def test_a_camera_stays_off_where_only_the_voice_was_agreed_to(page: Page) -> None:
    guest = come(page)
    told(page, guest, what="switch", device="camera")
    assert not order(ticked(page, guest, Modality.VOICE), page)["camera"]


def test_consent_to_nothing_asks_again(page: Page) -> None:
    guest = come(page)
    told(page, guest, what="switch", device="camera")
    assert "Tick at least one" in ticked(page, guest)[page.parts.hint]


def test_made_up_modalities_are_no_consent(page: Page) -> None:
    guest = come(page)
    shown = page.devices.agree(guest.token, ["soul", "text"])
    assert guest.consent is None
    assert "Tick at least one" in shown[page.parts.hint]


async def test_consent_is_kept_with_the_conversation(page: Page) -> None:
    guest = come(page)
    ticked(page, guest, Modality.VOICE)
    await speak(page, guest, "hello")
    kept = page.room.assistant.sessions.consent(guest.visit.session)
    assert kept == guest.consent


async def test_consent_can_be_taken_back(page: Page) -> None:
    guest = come(page)
    told(page, guest, what="switch", device="camera")
    ticked(page, guest, Modality.FACE)
    await speak(page, guest, "hello")
    live = guest.live
    assert live is not None
    shown = ticked(page, guest)
    assert not order(shown, page)["camera"]
    assert guest.consent is None
    kept = page.room.assistant.sessions.consent(guest.visit.session)
    assert kept is not None
    assert kept.modalities == {Modality.TEXT}


async def test_forgetting_takes_the_consent_along(page: Page) -> None:
    guest = come(page)
    ticked(page, guest, Modality.FACE)
    await speak(page, guest, "hello")
    await page.forget_all(guest.token, "en", [])
    assert guest.consent is None
    assert guest.live is None
    assert page.room.assistant.sessions.list() == []


@pytest.mark.parametrize("device", ["camera", "microphone"])
@pytest.mark.parametrize("reason", ["denied", "missing", "busy", "gone"])
def test_a_device_that_is_not_given_is_off_and_the_way_on_is_told(
    page: Page, device: str, reason: str
) -> None:
    guest = come(page, "ru")
    told(page, guest, what="switch", device=device)
    ticked(page, guest, Modality.FACE, Modality.VOICE)
    shown = told(page, guest, what="lost", device=device, reason=reason)
    assert not order(shown, page)[device]
    assert ASSISTANT_TEXTS["ru"].lost_device[device][reason] in shown[page.parts.hint]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"what": "switch", "device": "soul"},
        {"what": "lost"},
        {"what": "rm -rf"},
        {"what": "take"},
    ],
)
def test_what_a_page_makes_up_changes_nothing(page: Page, data: Mapping[str, str]) -> None:
    guest = come(page)
    told(page, guest, **data)
    assert page.room.desk(guest).on == set()


def test_a_workplace_has_no_camera_and_says_why(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "workplace")
    guest = come(page)
    assert 'id="camera"' not in tools("en")
    assert 'id="mic"' in tools("en")
    shown = told(page, guest, what="switch", device="camera")
    assert "the policy 'workplace'" in shown[page.parts.hint].replace("&#x27;", "'")


def test_text_only_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "text-only")
    assert "<button" not in tools("en")


def photo(name: str = "me.jpg") -> Attached:
    """A photo that was read."""
    face = state_of().readings[0]
    return Attached(
        name=name, readings=(replace(face, modality=Modality.FACE),), says="sad 65%", aside="a"
    )


def test_what_lies_beside_the_message_goes_with_it(page: Page) -> None:
    guest = come(page)
    desk = page.room.desk(guest)
    desk.attached = [photo()]
    told_ = gathered(desk, guest, ASSISTANT_TEXTS["en"])
    assert told_.state is not None
    assert told_.state.readings[0].modality is Modality.FACE
    assert told_.beside == ("me.jpg",)
    assert told_.aside == "a"


async def test_a_file_goes_with_one_message_alone(page: Page) -> None:
    guest = come(page)
    page.room.desk(guest).attached = [photo()]
    await speak(page, guest, "look at me")
    state = guest.visit.states[-1]
    assert Modality.FACE in {reading.modality for reading in state.readings}
    assert "with me.jpg" in str(page.room.paint(guest)[page.parts.chat]).replace("&#46;", ".")
    await speak(page, guest, "and now")
    assert Modality.FACE not in {r.modality for r in guest.visit.states[-1].readings}


async def test_a_message_waits_for_files_that_are_being_read(page: Page) -> None:
    guest = come(page)
    page.room.desk(guest).waiting.append(Waiting(name="film.mp4"))
    shown = await speak(page, guest, "hello")
    assert "still reading" in shown[0][page.parts.hint]
    assert guest.visit.exchanges == ()


def test_a_file_can_be_taken_away_again(page: Page) -> None:
    guest = come(page)
    page.room.desk(guest).attached = [photo("a.jpg"), photo("b.jpg")]
    shown = told(page, guest, what="take", name="a.jpg")
    assert "b.jpg" in shown[page.parts.chips]
    assert "a.jpg" not in shown[page.parts.chips]


def test_a_heart_at_rest_is_kept_for_later_recordings(page: Page) -> None:
    guest = come(page)
    beats = Beats.at(np.arange(300.0))
    page.room.desk(guest).attached = [replace(photo("rest.csv"), beats=beats)]
    assert 'data-rest="rest.csv"' in page.room.paint(guest)[page.parts.chips]
    shown = told(page, guest, what="rest", name="rest.csv")
    assert page.room.desk(guest).rest is beats
    assert shown[page.parts.chips] == ""


def test_a_files_name_is_not_rendered(page: Page) -> None:
    guest = come(page)
    page.room.desk(guest).attached = [photo('<img src=x onerror="alert(1)">')]
    assert "<img" not in page.room.paint(guest)[page.parts.chips]


async def test_a_turn_that_breaks_gives_text_and_files_back(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = come(page)
    page.room.desk(guest).attached = [photo()]

    def broken(*args: object, **more: object) -> object:
        raise RuntimeError("broke")

    monkeypatch.setattr(page.room.assistant.__class__, "astream", broken)
    shown = [s async for s in page.respond("hello", guest.token, "en", "parallel", "en")]
    assert shown[-1][page.parts.box] == "hello"
    assert guest.visit.exchanges == ()
    assert [one.name for one in page.room.desk(guest).attached] == ["me.jpg"]


async def test_ten_clicks_give_one_turn(page: Page) -> None:
    guest = come(page)
    await asyncio.gather(*(speak(page, guest, "hello") for _ in range(10)))
    assert len(guest.visit.exchanges) == 1


async def test_two_guests_never_meet(page: Page) -> None:
    one, other = come(page), come(page)
    page.room.desk(one).attached = [photo("secret.jpg")]
    await asyncio.gather(speak(page, one, "my cat"), speak(page, other, "my dog"))
    assert "dog" not in str(page.room.paint(one))
    assert "cat" not in str(page.room.paint(other))
    assert "secret" not in str(page.room.paint(other))


def _words(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _words(inner, f"{name}.{key}")
    else:
        for field in fields(value):
            yield from _words(getattr(value, field.name), field.name)


def test_both_languages_say_everything() -> None:
    english, russian = (dict(_words(ASSISTANT_TEXTS[language])) for language in ("en", "ru"))
    assert english.keys() == russian.keys()
    assert all(word.strip() for word in (*english.values(), *russian.values()))
    assert {name for name in english if english[name] == russian[name]} == set()
    assert not any("!" in word for word in (*english.values(), *russian.values()))


def test_a_sign_of_life_changes_nothing_while_nobody_is_watched(page: Page) -> None:
    assert page.alive(come(page).token) == nothing()
