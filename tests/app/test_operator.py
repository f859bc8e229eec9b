"""The operator's page: who gets in, what is seen there, and that everybody can be sent home."""

import logging
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from pydantic import SecretStr

pytest.importorskip("gradio", reason="gradio is not installed (pip install -e '.[app]')")
pytest.importorskip("psutil", reason="psutil is not installed (pip install -e '.[app]')")

import gradio as gr
import httpx
from fastapi import FastAPI
from tests.app.conftest import _app
from tests.app.results import ATTACK

from insideout.agents.insideout import InsideOut
from insideout.service.settings import Settings
from insideout.service.web.guests import Step
from insideout.service.web.live.measured import Measured
from insideout.service.web.operator.gate import TRIES, WAIT_SECS, Answer, Gate
from insideout.service.web.operator.handlers import SIGNED_SECS, Desk
from insideout.service.web.operator.health import Health, Weights, health
from insideout.service.web.operator.mishaps import Mishap, Mishaps
from insideout.service.web.operator.parts import lay_out
from insideout.service.web.operator.routes import router
from insideout.service.web.operator.texts import ENGLISH, OPERATOR_TEXTS, duration
from insideout.service.web.operator.views import status
from insideout.service.web.result.content import content
from insideout.service.web.result.saved import shelf
from insideout.service.web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PASSWORD = "correct horse"
HEALTH = Health(
    version="1.0",
    up_secs=12_000.0,
    model="openai:m",
    fallback="embedded",
    policy="open",
    used_mb=300,
    free_mb=4_000,
    guests=(),
    results=2,
    weights=(Weights(name="face recogniser", ready=True),),
    detector="haar",
    writer=None,
    loaded=("face recogniser",),
    mishaps=(),
)


class Clock:
    """Seconds that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Client:
    """Where a request comes from."""

    host: str = "10.0.0.7"


class Request:
    """What the handlers need of Gradio's."""

    def __init__(self) -> None:
        self.client = Client()
        self.headers = {"accept-language": "en", "host": "localhost:7860"}


REQUEST: Any = Request()


@pytest.fixture
def site(assistant: InsideOut) -> Site:
    settings = Settings(pages=("operator",), operator_password=SecretStr(PASSWORD))
    return Site(assistant=assistant, settings=settings)


@pytest.fixture
async def desk(site: Site) -> Desk:
    # Within a loop, since Gradio makes one of its own otherwise and does not close it.
    with gr.Blocks() as blocks:
        parts = lay_out()
    return Desk(site, Gate(SecretStr(PASSWORD)), parts, blocks)


def entered(desk: Desk) -> float:
    """Until when the one who came in is signed in."""
    until: float = desk.enter(PASSWORD, "en", REQUEST)[desk.parts.signed_until]
    return until


def test_both_languages_have_every_word() -> None:
    for texts in OPERATOR_TEXTS.values():
        assert all(getattr(texts, one.name) for one in fields(texts))
        assert set(texts.steps) == set(Step)


def test_the_gate_opens_for_the_password_alone() -> None:
    gate = Gate(SecretStr("пароль"))
    assert gate.try_("parol", "a").answer is Answer.WRONG
    assert gate.try_("", "a").answer is Answer.WRONG
    assert gate.try_("пароль", "a").answer is Answer.OPEN


def test_after_some_wrong_ones_even_the_right_one_has_to_wait() -> None:
    clock = Clock()
    gate = Gate(SecretStr(PASSWORD), clock)
    for _ in range(TRIES):
        assert gate.try_("no", "a").answer is Answer.WRONG
    clock.now = 10.0
    assert gate.try_(PASSWORD, "a").wait_secs == WAIT_SECS - 10.0
    assert gate.try_(PASSWORD, "another place").answer is Answer.OPEN
    clock.now = WAIT_SECS
    assert gate.try_(PASSWORD, "a").answer is Answer.OPEN


def test_mishaps_are_counted_without_a_word_of_them() -> None:
    clock = Clock()
    mishaps = Mishaps(clock)
    with mishaps.listening():
        try:
            raise KeyError(ATTACK)
        except KeyError:
            logging.getLogger("insideout.x").exception("%s", ATTACK)
        logging.getLogger("insideout.x").warning("not an error")
    logging.getLogger("insideout.x").error("nobody listens")
    clock.now = 90.0
    assert mishaps.lately == (Mishap(name="insideout.x: KeyError", count=1, ago_secs=90.0),)
    clock.now = 3_601.0
    assert not mishaps.lately


def test_health_finds_every_model_file_and_counts_guests(site: Site) -> None:
    site.guests.welcome("kiosk", "en").step = Step.TALK
    found = health(site)
    assert found.well, [one for one in found.weights if not one.ready]
    assert [guest.step for guest in found.guests] == [Step.TALK]
    assert found.used_mb > 0


def test_a_monitor_sees_counts_alone() -> None:
    sick = replace(HEALTH, weights=(Weights(name="face recogniser", ready=False, how="get it"),))
    told = sick.to_json()
    assert told["status"] == "degraded"
    assert told["missing"] == ["face recogniser"]
    assert told["guests"] == 0
    assert told["errors_last_hour"] == 0


async def test_the_health_route_answers(site: Site) -> None:
    app = FastAPI()
    app.include_router(router(site))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://kiosk"
    ) as client:
        answer = await client.get("/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_panel_is_well_formed_and_renders_no_text(language: str) -> None:
    shown = replace(HEALTH, mishaps=(Mishap(name=ATTACK, count=3, ago_secs=5.0),), model=ATTACK)
    html = status(shown, language, waiting=1, running=0, phones=None, minutes=15.0)
    ElementTree.fromstring(html)
    assert "<script" not in html


def test_a_missing_model_says_how_to_get_it() -> None:
    sick = replace(HEALTH, weights=(Weights(name="face recogniser", ready=False, how="get it"),))
    html = status(sick, "en", waiting=0, running=0, phones="http://k", minutes=15.0)
    assert "Something is missing" in html
    assert "missing: get it" in html


def test_lengths_of_time_in_words() -> None:
    assert [duration(secs, ENGLISH) for secs in (3.7, 61.0, 12_000.0)] == [
        "3 s",
        "1 min",
        "3 h 20 min",
    ]


def test_a_wrong_password_shows_nothing(desk: Desk) -> None:
    shown = desk.enter("no", "en", REQUEST)
    assert desk.parts.status not in shown
    assert desk.parts.signed_until not in shown


@pytest.mark.parametrize("handler", ["look", "reset", "clear"])
def test_who_is_not_signed_in_sees_and_does_nothing(
    handler: str, desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.guests.welcome("kiosk", "en")
    shown = getattr(desk, handler)(0.0, "en", REQUEST)
    assert shown[desk.parts.status] == ""
    assert len(site.guests.present) == 1


def test_the_room_shuts_by_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    until = entered(desk)
    clock = Clock()
    clock.now = until
    monkeypatch.setattr("insideout.service.web.operator.handlers.time.monotonic", clock)
    assert desk.look(until, "en", REQUEST)[desk.parts.status] == ""
    assert SIGNED_SECS > 0


def test_resetting_sends_everybody_home(desk: Desk, site: Site) -> None:
    gone: list[str] = []
    site.guests.on_leave.append(lambda guest: gone.append(guest.token))
    guests = [site.guests.welcome(page, "en") for page in ("kiosk", "assistant")]
    shown = desk.reset(entered(desk), "en", REQUEST)
    assert gone == [guest.token for guest in guests]
    assert site.guests.present == []
    assert "2 guests left" in shown[desk.parts.note]


def test_saved_results_can_be_deleted(desk: Desk, site: Site) -> None:
    visit = site.guests.welcome("kiosk", "en").visit
    key = shelf(site).keep(content(Measured(), visit, "en"))
    desk.clear(entered(desk), "en", REQUEST)
    assert shelf(site).find(key) is None


@pytest.mark.slow
def test_the_page_in_a_browser(site: Site, browser: "Browser") -> None:
    site.guests.welcome("kiosk", "ru").step = Step.MEASURE
    with _app().server(site, port=0) as server:
        page = browser.new_context(locale="ru-RU").new_page()
        page.goto(f"{server.address}operator")
        page.wait_for_selector(".o-head")
        page.fill("#o-password input", "no")
        page.click("#o-enter")
        page.wait_for_selector("#o-note .wrong")
        assert page.inner_text("#o-note") == "Пароль неверный."
        assert not page.is_visible("#o-status")
        page.fill("#o-password input", PASSWORD)
        page.press("#o-password input", "Enter")
        page.wait_for_selector(".o-status")
        assert "измерение" in page.inner_text("#o-status table")
        page.click("#o-reset")
        page.click("#o-yes")
        page.wait_for_selector("#o-note .well")
        assert site.guests.present == []
        page.reload()
        page.wait_for_selector("#o-password")
        assert not page.is_visible("#o-status")
