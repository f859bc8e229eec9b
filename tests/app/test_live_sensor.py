import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect
from tests.app.lives import consent, small_models

from insideout.agents.insideout import InsideOut
from insideout.agents.scripted import ScriptedChatModel
from insideout.perception.errors import BadSignalError
from insideout.perception.heart.signal import SignalKind
from insideout.perception.reading import Modality
from insideout.service.settings import Settings
from insideout.service.web.guests import Guest
from insideout.service.web.live import socket
from insideout.service.web.live.closing import Closing
from insideout.service.web.live.live import Live
from insideout.service.web.live.sensor import hello_of
from insideout.service.web.live.socket import router
from insideout.service.web.live.starting import begin
from insideout.service.web.site import Site

pytestmark = pytest.mark.usefixtures("small_models")
__all__ = ["small_models"]

SECRET = "open sesame"
HELLO = {"kind": "ecg", "rate": 250, "password": SECRET}


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site with an operator."""
    monkeypatch.setattr(socket, "warm", lambda: None)
    monkeypatch.setattr(socket, "cool", lambda: None)
    settings = Settings(operator_password=SECRET)  # type: ignore[arg-type]
    return Site(assistant=InsideOut(ScriptedChatModel([]), fallback=None), settings=settings)


@pytest.fixture
def device(site: Site) -> Iterator[TestClient]:
    """What the device is connected with."""
    app = FastAPI()
    app.include_router(router(site))
    with TestClient(app) as one:
        yield one
    for guest in site.guests.present:
        site.guests.leave(guest.token)


def measured_guest(site: Site, *modalities: Modality) -> tuple[Guest, Live]:
    guest = site.guests.welcome("kiosk", "en")
    live = begin(guest, consent(*modalities), site.settings)
    live.measure(True)
    return guest, live


def station(device: TestClient, whose: str = "station") -> WebSocketTestSession:
    return device.websocket_connect(f"/sensor?guest={whose}")


def chunk(count: int = 50) -> bytes:
    return np.zeros(count, "<f4").tobytes()


def greeted(sensor: WebSocketTestSession, hello: dict[str, Any] | None = None) -> dict[str, Any]:
    sensor.send_text(json.dumps(hello or HELLO))
    answer: dict[str, Any] = sensor.receive_json()
    return answer


def test_a_sensor_feeds_the_visitor_who_is_measured(device: TestClient, site: Site) -> None:
    neurokit = pytest.importorskip("neurokit2")
    _, live = measured_guest(site)
    samples = neurokit.ecg_simulate(duration=20, sampling_rate=250, heart_rate=75, random_state=1)
    with station(device) as sensor:
        assert greeted(sensor) == {"type": "ready"}
        for part in np.array_split(np.asarray(samples, "<f4"), 20):
            sensor.send_bytes(part.tobytes())
        assert sensor.receive_json() == {"type": "measuring", "on": True}
        sensor.send_bytes(chunk(1) + b"\0")  # an answer to this means that all before was taken
        assert sensor.receive_json()["type"] == "failed"
    assert live.settle()
    pulses = [pulse.bpm for pulse in live.measured().pulses]
    assert pulses[0] == pytest.approx(75, abs=3)


def test_without_a_visitor_the_sensor_waits(device: TestClient) -> None:
    with station(device) as sensor:
        greeted(sensor)
        sensor.send_bytes(chunk())
        assert sensor.receive_json() == {"type": "measuring", "on": False}


def test_the_sensor_goes_on_with_the_next_visitor(device: TestClient, site: Site) -> None:
    first, _ = measured_guest(site)
    with station(device) as sensor:
        greeted(sensor)
        sensor.send_bytes(chunk())
        assert sensor.receive_json()["on"] is True
        site.guests.leave(first.token)
        sensor.send_bytes(chunk())
        assert sensor.receive_json()["on"] is False
        measured_guest(site)
        sensor.send_bytes(chunk())
        assert sensor.receive_json()["on"] is True


def test_a_visitor_who_declined_the_heart_is_not_fed(device: TestClient, site: Site) -> None:
    measured_guest(site, Modality.FACE)
    with station(device) as sensor:
        greeted(sensor)
        sensor.send_bytes(chunk())
        assert sensor.receive_json()["on"] is False


def test_of_two_visitors_nobody_gets_the_others_heart(device: TestClient, site: Site) -> None:
    measured_guest(site)
    measured_guest(site)
    with station(device) as sensor:
        greeted(sensor)
        sensor.send_bytes(chunk())
        assert sensor.receive_json()["on"] is False


def test_a_token_names_the_visitor(device: TestClient, site: Site) -> None:
    measured_guest(site)
    guest, _ = measured_guest(site)
    with station(device, guest.token) as sensor:
        greeted(sensor)
        sensor.send_bytes(chunk())
        assert sensor.receive_json()["on"] is True


@pytest.mark.parametrize("password", ["", "guessed", "open sesam"])
def test_a_wrong_password_is_refused(device: TestClient, password: str) -> None:
    with station(device) as sensor:
        answer = greeted(sensor, {**HELLO, "password": password})
        assert "INSIDEOUT_OPERATOR_PASSWORD" in answer["why"]
        with pytest.raises(WebSocketDisconnect) as gone:
            sensor.receive_json()
    assert gone.value.code == Closing.NOT_YOURS


def test_an_unknown_token_is_refused(device: TestClient) -> None:
    with station(device, "nobody") as sensor:
        assert greeted(sensor)["type"] == "failed"


def test_without_a_password_only_this_machine_may_send(
    monkeypatch: pytest.MonkeyPatch, site: Site
) -> None:
    app = FastAPI()
    app.include_router(router(Site(assistant=site.assistant, settings=Settings())))
    with TestClient(app, client=("192.0.2.7", 50_000)) as far, station(far) as sensor:
        assert "another machine" in greeted(sensor)["why"]
    with TestClient(app, client=("127.0.0.1", 50_000)) as near, station(near) as sensor:
        assert greeted(sensor) == {"type": "ready"}


def test_a_page_of_another_site_is_no_sensor(device: TestClient) -> None:
    headers = {"origin": "http://evil.example"}
    address = "/sensor?guest=station"
    with pytest.raises(WebSocketDisconnect), device.websocket_connect(address, headers=headers):
        pass


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no greeting"),
        ("[]", "no greeting"),
        ('{"kind": "ecg"}', "no greeting"),
        ('{"kind": "eeg", "rate": 250}', "eeg"),
        ('{"kind": "ecg", "rate": 5}', "rate"),
        ('{"kind": "ecg", "rate": "NaN"}', "rate"),
    ],
)
def test_a_greeting_that_is_none_is_refused(text: str, says: str) -> None:
    with pytest.raises(BadSignalError, match=says):
        hello_of(text)


def test_a_greeting_says_what_comes() -> None:
    found = hello_of('{"kind": "ppg", "rate": 64}')
    assert (found.kind, found.rate) == (SignalKind.PPG, 64.0)


def test_a_chunk_that_is_no_row_of_samples_is_refused(device: TestClient, site: Site) -> None:
    measured_guest(site)
    with station(device) as sensor:
        greeted(sensor)
        sensor.send_bytes(b"\0" * 7)
        assert "float32" in sensor.receive_json()["why"]
