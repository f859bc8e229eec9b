"""live.js in a real browser: its camera and microphone are chromium's made-up ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from starlette.staticfiles import StaticFiles
from tests.app.conftest import CHROMIUM_ARGUMENTS
from tests.app.lives import consent, small_models
from tests.app.media import chromium_media

from insideout.agents.insideout import InsideOut
from insideout.agents.scripted import ScriptedChatModel
from insideout.service.http.server import Server
from insideout.service.settings import Settings
from insideout.service.web.guests import Guest
from insideout.service.web.live import socket
from insideout.service.web.live.socket import router
from insideout.service.web.live.starting import begin
from insideout.service.web.server import ASSETS
from insideout.service.web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("small_models")]
__all__ = ["small_models"]

START = """async (guest) => {
  window.told = []; window.denied = [];
  const video = document.querySelector('video'), overlay = document.querySelector('canvas');
  window.session = await insideoutLive.start({guest, video, overlay, camera: true, microphone: true,
    onMessage: (message) => told.push(message), onDenied: (...why) => denied.push(why)});
  return [session.camera, session.microphone];
}"""


@dataclass(slots=True)
class Place:
    """A site with a page of nothing but a live picture."""

    site: Site
    server: Server
    guest: Guest


def serve(site: Site, port: int = 0) -> Server:
    app = FastAPI()
    app.include_router(router(site))
    app.mount("/insideout", StaticFiles(directory=ASSETS))
    page = (
        '<video></video><canvas></canvas><script type="module" src="/insideout/live.js"></script>'
    )
    app.add_api_route("/", lambda: HTMLResponse(page))
    return Server(app, "127.0.0.1", port)


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Served, with a guest who agreed to everything."""
    monkeypatch.setattr(socket, "warm", lambda: None)
    monkeypatch.setattr(socket, "cool", lambda: None)
    site = Site(assistant=InsideOut(ScriptedChatModel([]), fallback=None), settings=Settings())
    guest = site.guests.welcome("kiosk", "en")
    begin(guest, consent(), site.settings)
    with serve(site) as server:
        yield Place(site=site, server=server, guest=guest)
    site.guests.leave(guest.token)


@pytest.fixture
def browsers(chromium: str) -> Iterator[Any]:
    """Opens chromiums."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        opened: list[Browser] = []

        def one(*, allowed: bool = True) -> "Browser":
            arguments = [*CHROMIUM_ARGUMENTS, *chromium_media(allowed=allowed)]
            opened.append(driver.chromium.launch(executable_path=chromium, args=arguments))
            return opened[-1]

        yield one
        for browser in opened:
            browser.close()


def opened(browser: "Browser", place: Place, **options: Any) -> "Page":
    page = browser.new_context(**options).new_page()
    page.goto(place.server.address)
    page.wait_for_function("() => window.insideoutLive")
    return page


def hears(page: "Page", kind: str, more_than: int = 0) -> None:
    """Waits for a message of that kind."""
    page.wait_for_function(
        f"() => told.filter((one) => one.type === '{kind}').length > {more_than}", timeout=60_000
    )


def test_picture_and_sound_reach_the_server(browsers: Any, place: Place) -> None:
    page = opened(browsers(), place)
    assert page.evaluate(START, place.guest.token) == [True, True]
    hears(page, "face")
    hears(page, "level")
    assert page.evaluate("denied") == []


def test_what_is_held_is_heard_or_said_to_be_silent(browsers: Any, place: Place) -> None:
    page = opened(browsers(), place)
    page.evaluate(START, place.guest.token)
    hears(page, "level")
    page.evaluate("session.speak(true)")
    hears(page, "level", page.evaluate("told.filter((one) => one.type === 'level').length"))
    page.evaluate("session.speak(false)")
    page.wait_for_function(
        "() => told.some((one) => one.type === 'heard' || one.type === 'unheard')", timeout=60_000
    )


def test_denied_devices_are_told_and_the_session_goes_on(browsers: Any, place: Place) -> None:
    page = opened(browsers(allowed=False), place, permissions=[])
    assert page.evaluate(START, place.guest.token) == [False, False]
    assert page.evaluate("denied") == [["camera", "denied"], ["microphone", "denied"]]
    page.evaluate("session.measure(true)")


def test_a_camera_that_vanishes_is_told(browsers: Any, place: Place) -> None:
    page = opened(browsers(), place)
    page.evaluate(START, place.guest.token)
    hears(page, "face")
    page.evaluate(
        "document.querySelector('video').srcObject.getTracks()[0].dispatchEvent(new Event('ended'))"
    )
    assert page.evaluate("denied") == [["camera", "gone"]]


def test_a_line_that_breaks_comes_back_with_the_same_measurement(
    browsers: Any, place: Place
) -> None:
    page = opened(browsers(), place)
    page.evaluate(START, place.guest.token)
    page.evaluate("session.measure(true)")
    hears(page, "progress")
    page.evaluate("session.line.socket.close()")
    page.wait_for_function("() => told.some((one) => one.state === 'back')", timeout=60_000)
    hears(page, "face", page.evaluate("told.filter((one) => one.type === 'face').length"))


def test_a_guest_who_left_is_told_and_not_asked_again(browsers: Any, place: Place) -> None:
    page = opened(browsers(), place)
    page.evaluate(START, place.guest.token)
    hears(page, "face")
    place.site.guests.leave(place.guest.token)
    page.wait_for_function("() => session.line.closed", timeout=60_000)
    assert page.evaluate("told.some((one) => one.state === 'lost')") is False


def test_stopping_turns_the_camera_off(browsers: Any, place: Place) -> None:
    page = opened(browsers(), place)
    page.evaluate(START, place.guest.token)
    page.evaluate("window.tracks = document.querySelector('video').srcObject.getTracks()")
    page.evaluate("session.stop()")
    assert page.evaluate("tracks.map((track) => track.readyState)") == ["ended"]
    assert page.evaluate("document.querySelector('video').srcObject") is None
