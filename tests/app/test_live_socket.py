from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect
from tests.app.lives import consent, jpeg, order, packet, pcm, small_models
from tests.perception.voice.speech import speaking

from insideout.agents.insideout import InsideOut
from insideout.agents.scripted import ScriptedChatModel
from insideout.service.settings import Settings
from insideout.service.web.guests import Guest
from insideout.service.web.live import socket
from insideout.service.web.live.closing import Closing
from insideout.service.web.live.live import Live
from insideout.service.web.live.socket import router
from insideout.service.web.live.starting import begin
from insideout.service.web.live.wire import MOST_PACKET_BYTES
from insideout.service.web.site import Site

pytestmark = pytest.mark.usefixtures("small_models")
__all__ = ["small_models"]

OURS = {"origin": "http://testserver"}


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site whose assistant says nothing; no model is warmed up."""
    monkeypatch.setattr(socket, "warm", lambda: None)
    monkeypatch.setattr(socket, "cool", lambda: None)
    return Site(assistant=InsideOut(ScriptedChatModel([]), fallback=None), settings=Settings())


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    """A browser."""
    app = FastAPI()
    app.include_router(router(site))
    with TestClient(app) as browser:
        yield browser
    for one in site.guests.present:
        site.guests.leave(one.token)


@pytest.fixture
def guest(site: Site) -> Guest:
    """A guest whose measurement has begun."""
    one = site.guests.welcome("kiosk", "en")
    begin(one, consent(), site.settings)
    return one


def live_of(guest: Guest) -> Live:
    assert isinstance(guest.live, Live)
    return guest.live


def opened(client: TestClient, guest: Guest) -> WebSocketTestSession:
    return client.websocket_connect(f"/live?guest={guest.token}", headers=OURS)


def until(page: WebSocketTestSession, kind: str) -> dict[str, Any]:
    """The next message of that kind."""
    while True:
        message: dict[str, Any] = page.receive_json()
        if message["type"] == kind:
            return message


def closed_with(page: WebSocketTestSession) -> int:
    """The code that the socket is closed with, whatever comes before."""
    try:
        while True:
            page.receive_json()
    except WebSocketDisconnect as gone:
        return gone.code


def test_frames_go_in_and_faces_come_out(client: TestClient, guest: Guest) -> None:
    with opened(client, guest) as page:
        page.send_bytes(packet(1, 100.0, jpeg()))
        assert until(page, "face")["emotion"] == "joy"


def test_speech_goes_in_and_words_come_out(client: TestClient, guest: Guest) -> None:
    with opened(client, guest) as page:
        page.send_text(order(type="speak", on=True))
        page.send_bytes(packet(2, 100.0, pcm(speaking(1.5))))
        page.send_text(order(type="speak", on=False))
        heard = until(page, "heard")
        assert heard["text"].startswith("I lost my job")
        assert heard["rough"] is False


def test_a_measurement_begins_when_the_page_says_so(client: TestClient, guest: Guest) -> None:
    with opened(client, guest) as page:
        page.send_text(order(type="measure", on=True))
        page.send_bytes(packet(1, 100.0, jpeg()))
        assert until(page, "progress")["of"] == 45.0


def test_an_unknown_token_is_told_and_sent_away(client: TestClient) -> None:
    with client.websocket_connect("/live?guest=nobody", headers=OURS) as page:
        assert "over" in page.receive_json()["why"]
        assert closed_with(page) == Closing.NOT_YOURS


def test_it_is_told_in_the_browsers_language(client: TestClient) -> None:
    headers = {**OURS, "accept-language": "ru"}
    with client.websocket_connect("/live?guest=nobody", headers=headers) as page:
        assert "завершено" in page.receive_json()["why"]


def test_a_guest_who_agreed_to_nothing_yet_is_not_measured(client: TestClient, site: Site) -> None:
    with opened(client, site.guests.welcome("kiosk", "en")) as page:
        assert closed_with(page) == Closing.NOT_BEGUN


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "http://testserver.evil"])
def test_a_page_of_another_site_is_not_let_in(
    client: TestClient, guest: Guest, origin: str
) -> None:
    address = f"/live?guest={guest.token}"
    headers = {"origin": origin} if origin else {}
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(address, headers=headers):
        pass


def test_the_public_address_is_ours_too(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    settings = Settings(public_url="https://kiosk.example/")
    public = Site(assistant=site.assistant, settings=settings)
    one = public.guests.welcome("kiosk", "en")
    begin(one, consent(), settings)
    app = FastAPI()
    app.include_router(router(public))
    headers = {"origin": "https://kiosk.example"}
    address = f"/live?guest={one.token}"
    with (
        TestClient(app) as browser,
        browser.websocket_connect(address, headers=headers) as page,
    ):
        page.send_bytes(packet(1, 1.0, jpeg()))
        assert until(page, "face")


def test_of_two_pages_of_one_guest_the_newer_one_counts(client: TestClient, guest: Guest) -> None:
    with opened(client, guest) as old, opened(client, guest) as new:
        assert closed_with(old) == Closing.ELSEWHERE
        new.send_bytes(packet(1, 100.0, jpeg()))
        assert until(new, "face")


def test_a_page_that_comes_back_goes_on_with_the_same_measurement(
    client: TestClient, guest: Guest
) -> None:
    with opened(client, guest) as page:
        page.send_text(order(type="measure", on=True))
        page.send_bytes(packet(1, 100.0, jpeg()))
        until(page, "face")
    with opened(client, guest) as page:
        page.send_bytes(packet(1, 0.5, jpeg()))  # a page that was reloaded has a clock of its own
        until(page, "face")
    assert live_of(guest).measured().faces == 2


def test_some_garbage_is_left_out(client: TestClient, guest: Guest) -> None:
    with opened(client, guest) as page:
        page.send_bytes(b"")
        page.send_bytes(b"\xff" * 100)
        page.send_bytes(packet(1, 1.0, b"no picture"))
        page.send_text("no order")
        page.send_bytes(packet(1, 2.0, jpeg()))
        assert until(page, "face")["emotion"] == "joy"


def test_nothing_but_garbage_is_sent_away(client: TestClient, guest: Guest) -> None:
    with opened(client, guest) as page:
        for _ in range(30):
            page.send_bytes(b"\xff" * 100)
        assert closed_with(page) == Closing.BAD_PACKETS


def test_a_huge_frame_is_left_out(client: TestClient, guest: Guest) -> None:
    with opened(client, guest) as page:
        page.send_bytes(packet(1, 1.0, bytes(MOST_PACKET_BYTES)))
        page.send_bytes(packet(1, 2.0, jpeg()))
        assert until(page, "face")["emotion"] == "joy"


def test_a_guest_who_leaves_is_measured_no_longer(
    client: TestClient, site: Site, guest: Guest
) -> None:
    with opened(client, guest) as page:
        site.guests.leave(guest.token)
        assert closed_with(page) == Closing.OVER


def test_a_face_before_the_camera_is_a_sign_of_life(
    client: TestClient, site: Site, guest: Guest
) -> None:
    guest.active_secs -= 1_000.0
    with opened(client, guest) as page:
        guest.active_secs -= 1_000.0
        page.send_bytes(packet(1, 100.0, jpeg()))
        until(page, "face")
        page.send_bytes(packet(1, 100.1, jpeg()))
    assert site.guests.idle_secs(guest) < 500.0


def test_two_guests_get_their_own_messages_alone(
    client: TestClient, site: Site, guest: Guest
) -> None:
    other = site.guests.welcome("kiosk", "ru")
    begin(other, consent(), site.settings)
    with opened(client, guest) as one, opened(client, other) as two:
        two.send_text(order(type="speak", on=True))
        two.send_text(order(type="speak", on=False))
        assert "микрофона" in until(two, "unheard")["why"]
        one.send_bytes(packet(1, 100.0, jpeg()))
        assert one.receive_json()["type"] == "face"
