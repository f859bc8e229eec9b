"""Saved results: found under their key for a while by a phone, and gone when they are to be gone."""

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.app.results import by_camera, talked

pytest.importorskip("gradio", reason="gradio is not installed (pip install -e '.[app]')")

import httpx
from fastapi import FastAPI

from insideout.agents.insideout import InsideOut
from insideout.perception.policy import Consent
from insideout.perception.reading import Modality
from insideout.service.settings import Settings
from insideout.service.web.guests import Guest
from insideout.service.web.live.measured import Measured
from insideout.service.web.result.content import content
from insideout.service.web.result.kept import address, kept_view, reachable
from insideout.service.web.result.page import phone_page
from insideout.service.web.result.routes import router
from insideout.service.web.result.saved import Shelf, forget, measured_of, save, shelf
from insideout.service.web.site import Site
from insideout.service.web.visit import Visit

RESULT = content(by_camera(), Visit(session="web-1"), "en")


class Clock:
    """Seconds that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Measurement:
    """A measurement that is over."""

    def measured(self) -> Measured:
        """What a camera saw."""
        return by_camera()

    def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
def site(assistant: InsideOut) -> Site:
    return Site(assistant=assistant, settings=Settings(result_minutes=15.0))


@pytest.fixture
def guest(site: Site) -> Guest:
    guest = site.guests.welcome("kiosk", "ru")
    guest.live, guest.visit = Measurement(), talked("тайна")
    return guest


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Phone:
    """A browser that is not the visitor's own tab."""

    def __init__(self, site: Site) -> None:
        app = FastAPI()
        app.include_router(router(site))
        self._transport = httpx.ASGITransport(app)

    async def get(self, path: str, method: str = "GET") -> httpx.Response:
        async with httpx.AsyncClient(
            transport=self._transport, base_url="http://kiosk", headers={"accept-language": "ru"}
        ) as client:
            return await client.request(method, path)


@pytest.fixture
def phone(site: Site) -> Phone:
    return Phone(site)


def test_a_result_is_found_until_its_time_is_up(clock: Clock) -> None:
    results = Shelf(60.0, clock=clock)
    key = results.keep(RESULT)
    clock.now = 59.0
    assert results.find(key) is RESULT
    assert results.left_secs(key) == 1.0
    clock.now = 60.0
    assert results.find(key) is None
    assert len(results) == 0


def test_sweeping_wipes_what_nobody_asks_for(clock: Clock) -> None:
    results = Shelf(60.0, clock=clock)
    results.keep(RESULT)
    clock.now = 61.0
    results.sweep()
    assert len(results) == 0


def test_the_oldest_goes_where_there_is_no_more_room() -> None:
    results = Shelf(60.0, capacity=2)
    keys = [results.keep(RESULT) for _ in range(3)]
    assert [results.find(key) is not None for key in keys] == [False, True, True]


@pytest.mark.parametrize("minutes", [15.0, 60.0])
def test_there_is_room_for_a_visitor_every_twelve_seconds(minutes: float, clock: Clock) -> None:
    results = Shelf(60.0 * minutes, clock=clock)
    first = results.keep(RESULT)
    for at in range(12, round(60.0 * minutes), 12):
        clock.now = float(at)
        results.keep(RESULT)
    clock.now = 60.0 * minutes - 1.0
    assert results.find(first) is RESULT


def test_there_is_one_shelf_of_a_site_however_many_ask_at_once(assistant: InsideOut) -> None:
    for _ in range(20):
        site, start = Site(assistant=assistant), threading.Barrier(4)

        def ask(site: Site = site, start: threading.Barrier = start) -> Shelf:
            start.wait()
            return shelf(site)

        with ThreadPoolExecutor(4) as threads:
            found = [one.result() for one in [threads.submit(ask) for _ in range(4)]]
        assert len({id(one) for one in found}) == 1


def test_a_shelf_is_there_as_long_as_its_site(site: Site, guest: Guest) -> None:
    key = save(site, guest)
    site.guests.leave(guest.token)
    gc.collect()
    assert shelf(site).find(key) is not None


def test_a_shelf_goes_with_its_site(assistant: InsideOut) -> None:
    gone = weakref.ref(shelf(Site(assistant=assistant)))
    gc.collect()
    assert gone() is None


def test_saving_again_takes_the_place_of_the_first(site: Site, guest: Guest) -> None:
    first = save(site, guest)
    second = save(site, guest, conversation=True)
    assert shelf(site).find(first) is None
    found = shelf(site).find(second)
    assert found is not None
    assert found.conversation[0].said == "тайна"


def test_forgetting_deletes_it(site: Site, guest: Guest) -> None:
    key = save(site, guest)
    forget(site, guest)
    assert guest.result is None
    assert shelf(site).find(key) is None


def test_it_stays_for_the_phone_when_the_guest_has_left(site: Site, guest: Guest) -> None:
    key = save(site, guest)
    site.guests.leave(guest.token)
    assert shelf(site).find(key) is not None


def test_two_sites_share_nothing(assistant: InsideOut, site: Site) -> None:
    assert shelf(site) is shelf(site)
    assert shelf(site) is not shelf(Site(assistant=assistant))


def test_of_a_guest_who_was_not_measured_it_says_why(site: Site) -> None:
    guest = site.guests.welcome("kiosk", "en")
    guest.consent = Consent.to([Modality.FACE], at="2026-05-03T14:05:00+00:00", notice="1")
    missing = measured_of(guest).missing
    assert missing[Modality.FACE] == "the measurement was skipped"
    assert missing[Modality.VOICE] == "you did not agree to it"


def test_the_policy_comes_first(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSIDEOUT_POLICY", "text-only")
    missing = measured_of(site.guests.welcome("kiosk", "en")).missing
    assert missing[Modality.FACE] == "the policy 'text-only' reads no feelings from faces"


def test_the_public_address_comes_before_that_of_the_page(assistant: InsideOut) -> None:
    plain = Site(assistant=assistant)
    assert address(plain, "K", "http://10.0.0.5:7860/kiosk") == "http://10.0.0.5:7860/result/K"
    public = Site(assistant=assistant, settings=Settings(public_url="https://k.example/"))
    assert address(public, "K", "http://127.0.0.1/") == "https://k.example/result/K"


def test_what_is_kept_for_less_than_a_minute_says_so(assistant: InsideOut) -> None:
    brief = Site(assistant=assistant, settings=Settings(result_minutes=0.5))
    assert "Kept for 0.5 minutes" in kept_view(brief, "K", "http://10.0.0.5:7860/", "en")


@pytest.mark.parametrize(
    ("left_secs", "says"),
    [(900.0, "for 15 more min"), (119.0, "for 1 more min"), (59.0, "for less than a minute")],
)
def test_a_phone_is_promised_no_more_time_than_is_left(left_secs: float, says: str) -> None:
    assert says in phone_page(RESULT, "K", left_secs)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"])
def test_an_address_of_this_machine_gives_no_code(host: str, site: Site) -> None:
    assert not reachable(f"http://{host}:7860/")
    html = kept_view(site, "K", f"http://{host}:7860/", "en")
    assert "r-qr" not in html
    assert "A phone cannot reach this screen" in html


def test_the_code_has_the_address_in_words_too(site: Site) -> None:
    html = kept_view(site, "K", "http://10.0.0.5:7860/", "ru")
    assert 'class="r-qr"' in html
    assert "http://10.0.0.5:7860/result/K" in html
    assert html.count(" download>") == 3


async def test_a_phone_gets_a_page_in_the_guests_language(
    site: Site, guest: Guest, phone: Phone
) -> None:
    answer = await phone.get(f"/result/{save(site, guest)}")
    assert answer.status_code == 200
    assert '<html lang="ru">' in answer.text
    assert "Похоже на страх" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "script-src" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("kind", "begins", "media_type"),
    [
        ("pdf", b"%PDF-", "application/pdf"),
        ("png", b"\x89PNG", "image/png"),
        ("json", b"{", "application/json"),
    ],
)
async def test_a_phone_gets_the_files(
    kind: str, begins: bytes, media_type: str, site: Site, guest: Guest, phone: Phone
) -> None:
    pytest.importorskip("fpdf", reason="fpdf2 is not installed (pip install -e '.[app]')")
    answer = await phone.get(f"/result/{save(site, guest)}.{kind}")
    assert answer.content.startswith(begins)
    assert answer.headers["content-type"].startswith(media_type)
    assert f'.{kind}"' in answer.headers["content-disposition"]


@pytest.mark.parametrize("name", ["nothing", "{key}.exe", "{key}.pdf.pdf", "..%2f{key}"])
async def test_what_is_not_there_has_a_page_that_says_so(
    name: str, site: Site, guest: Guest, phone: Phone
) -> None:
    answer = await phone.get(f"/result/{name.format(key=save(site, guest))}")
    assert answer.status_code == 404
    if "%" not in name:
        assert "Результаты хранятся только 15 мин" in answer.text


async def test_help_is_on_the_phone_too(site: Site, guest: Guest, phone: Phone) -> None:
    guest.visit = talked("a", crisis="suicide")
    assert "Call 112." in (await phone.get(f"/result/{save(site, guest)}")).text


async def test_a_phone_can_delete_it(site: Site, guest: Guest, phone: Phone) -> None:
    key = save(site, guest)
    assert "Результата больше нет" in (await phone.get(f"/result/{key}/forget", "POST")).text
    assert (await phone.get(f"/result/{key}")).status_code == 404
    assert (await phone.get(f"/result/{key}/forget", "POST")).status_code == 404
