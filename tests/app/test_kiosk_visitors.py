"""Visitors: one step for one click, nobody in another's place, and nothing left behind."""

import asyncio

import pytest

from insideout.agents.errors import UnknownSessionError
from insideout.agents.insideout import InsideOut
from insideout.perception.errors import PerceptionError
from insideout.perception.policy import VARIABLE
from insideout.perception.reading import Modality
from insideout.service.web.guests import Guest, Step
from insideout.service.web.kiosk import visitors as module
from insideout.service.web.kiosk.visitors import Visitors
from insideout.service.web.live.measured import Measured
from insideout.service.web.site import Site

FACE, VOICE = Modality.FACE, Modality.VOICE


class Camera:
    """A measurement that notes when it is closed."""

    def __init__(self) -> None:
        self.closed = False

    def measured(self) -> Measured:
        """Nothing yet."""
        return Measured()

    def close(self) -> None:
        """It is over."""
        self.closed = True


@pytest.fixture
def site(assistant: InsideOut) -> Site:
    """A site whose assistant is scripted."""
    return Site(assistant=assistant)


@pytest.fixture
def visitors(site: Site, monkeypatch: pytest.MonkeyPatch) -> Visitors:
    """The kiosk's visitors, before a camera that opens at once."""
    monkeypatch.setattr(module, "begin", _begin)
    return Visitors(site)


def _begin(guest: Guest, *_: object) -> None:
    guest.live = Camera()


def camera_of(guest: Guest) -> Camera:
    """The guest's camera, which has to be there."""
    assert isinstance(guest.live, Camera)
    return guest.live


async def said(visitors: Visitors, guest: Guest, text: str) -> None:
    """A turn, complete."""
    async for _ in visitors.say(guest, text):
        pass


async def at_rest() -> None:
    """Wait for everything that goes on beside the test."""
    await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}), return_exceptions=True)


def kept(site: Site, guest: Guest) -> bool:
    """Whether the assistant has anything of the guest."""
    try:
        site.assistant.sessions.export(guest.visit.session)
    except UnknownSessionError:
        return False
    return True


def test_a_visitor_is_asked_before_anything_else(visitors: Visitors) -> None:
    guest = visitors.arrive("ru")
    assert (guest.step, guest.consent, guest.live) == (Step.CONSENT, None, None)


def test_a_visitor_of_another_page_is_not_found(visitors: Visitors, site: Site) -> None:
    assert visitors.find(site.guests.welcome("assistant", "en").token) is None


def test_a_second_answer_changes_nothing(visitors: Visitors) -> None:
    guest = visitors.arrive("en")
    assert visitors.agree(guest, (FACE,))
    assert not visitors.agree(guest, ())
    assert guest.step is Step.MEASURE
    assert guest.consent is not None
    assert FACE in guest.consent.modalities


def test_the_consent_is_kept_with_the_session(visitors: Visitors, site: Site) -> None:
    guest = visitors.arrive("en")
    visitors.agree(guest, (FACE, VOICE))
    exported = site.assistant.sessions.export(guest.visit.session)["consent"]
    assert exported["modalities"] == ["text", "face", "voice"]


@pytest.mark.parametrize(("modalities", "step"), [((), Step.TALK), ((VOICE,), Step.TALK)])
def test_nothing_to_measure_leads_to_the_talk(
    visitors: Visitors, modalities: tuple[Modality, ...], step: Step
) -> None:
    guest = visitors.arrive("en")
    visitors.agree(guest, modalities)
    assert guest.step is step


def test_ten_clicks_are_one_step(visitors: Visitors) -> None:
    guest = visitors.arrive("en")
    visitors.agree(guest, (FACE,))
    taken = [visitors.onward(guest, Step.MEASURE) for _ in range(10)]
    assert taken == [True, *[False] * 9]
    assert guest.step is Step.TALK


@pytest.mark.parametrize("step", [Step.WELCOME, Step.CONSENT, Step.RESULT])
def test_no_button_leads_past_the_consent(visitors: Visitors, step: Step) -> None:
    guest = visitors.arrive("en")
    guest.step = step
    assert not visitors.onward(guest, step)


async def test_the_camera_is_opened_after_the_consent_only(visitors: Visitors) -> None:
    guest = visitors.arrive("en")
    await visitors.prepare(guest)
    assert guest.live is None
    visitors.agree(guest, (FACE,))
    await visitors.prepare(guest)
    assert guest.live is not None


async def test_nothing_is_opened_where_nothing_was_agreed_to(visitors: Visitors) -> None:
    guest = visitors.arrive("en")
    visitors.agree(guest, ())
    await visitors.prepare(guest)
    assert guest.live is None


async def test_nothing_is_opened_under_the_policy_for_words_alone(
    visitors: Visitors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "text-only")
    guest = visitors.arrive("en")
    visitors.agree(guest, (FACE, VOICE))
    await visitors.prepare(guest)
    assert (guest.step, guest.live) == (Step.TALK, None)


async def test_a_camera_that_opens_too_late_is_closed(
    visitors: Visitors, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Camera()

    def slow(guest: Guest, *_: object) -> None:
        visitors._site.guests.leave(guest.token)
        guest.live = made

    monkeypatch.setattr(module, "begin", slow)
    guest = visitors.arrive("en")
    visitors.agree(guest, (FACE,))
    await visitors.prepare(guest)
    assert made.closed
    assert guest.live is None


async def test_a_camera_that_cannot_open_leaves_the_talk(
    visitors: Visitors, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise PerceptionError("a library is missing")

    monkeypatch.setattr(module, "begin", broken)
    guest = visitors.arrive("en")
    visitors.agree(guest, (FACE,))
    with pytest.raises(PerceptionError):
        await visitors.prepare(guest)
    assert visitors.onward(guest, Step.MEASURE)


async def test_back_to_the_consent_closes_the_camera(visitors: Visitors) -> None:
    guest = visitors.arrive("en")
    visitors.agree(guest, (FACE,))
    await visitors.prepare(guest)
    camera = camera_of(guest)
    await visitors.back(guest)
    assert guest.step is Step.CONSENT
    assert camera.closed
    assert visitors.agree(guest, ())
    assert str(guest.step) == "talk"


async def test_back_before_the_consent_is_leaving(visitors: Visitors) -> None:
    guest = visitors.arrive("en")
    await visitors.back(guest)
    assert visitors.find(guest.token) is None


async def test_leaving_wipes_everything(visitors: Visitors, site: Site) -> None:
    guest = visitors.arrive("en")
    visitors.agree(guest, (FACE,))
    await visitors.prepare(guest)
    camera = camera_of(guest)
    visitors.onward(guest, Step.MEASURE)
    await said(visitors, guest, "my secret")
    assert kept(site, guest)
    await visitors.leave(guest.token)
    assert camera.closed
    assert not kept(site, guest)
    assert visitors.find(guest.token) is None


async def test_whoever_is_let_go_by_the_server_is_wiped_too(visitors: Visitors, site: Site) -> None:
    guest = visitors.arrive("en")
    visitors.agree(guest, ())
    await said(visitors, guest, "my secret")
    await asyncio.to_thread(site.guests.leave_idle, -1.0)
    assert not kept(site, guest)


async def test_a_turn_under_way_ends_with_its_visitor(visitors: Visitors, site: Site) -> None:
    guest = visitors.arrive("en")
    visitors.agree(guest, ())
    course = visitors.say(guest, "tell me a long story")
    await anext(course)
    assert visitors.talks(guest)
    await asyncio.to_thread(site.guests.leave, guest.token)
    await at_rest()
    assert not visitors.talks(guest)
    assert not kept(site, guest)


async def test_guests_of_other_pages_are_left_alone(visitors: Visitors, site: Site) -> None:
    guest = site.guests.welcome("assistant", "en")
    async for _ in Visitors(site).say(guest, "hello"):
        pass
    site.guests.leave(guest.token)
    assert kept(site, guest)


async def test_what_was_said_is_there_for_a_page_that_comes_back(visitors: Visitors) -> None:
    guest = visitors.arrive("en")
    visitors.agree(guest, ())
    course = visitors.say(guest, "hello")
    await anext(course)
    await course.aclose()  # the page was reloaded
    await at_rest()
    assert guest.visit.last is not None
    assert guest.visit.last.turn is not None


async def test_a_turn_that_is_stopped_keeps_what_was_said(visitors: Visitors) -> None:
    guest = visitors.arrive("en")
    visitors.agree(guest, ())
    async for visit in visitors.say(guest, "tell me a long story"):
        if visit.last is not None and "word3" in visit.last.reply:
            await visitors.stop(guest)
    assert guest.visit.last is not None
    assert guest.visit.last.stopped
    assert "word3" in guest.visit.last.reply


async def test_two_visitors_never_meet(visitors: Visitors) -> None:
    one, other = visitors.arrive("en"), visitors.arrive("en")
    await asyncio.gather(said(visitors, one, "my cat"), said(visitors, other, "my dog"))
    assert [e.said for e in one.visit.exchanges] == ["my cat"]
    assert [e.said for e in other.visit.exchanges] == ["my dog"]
    assert one.token != other.token


def test_asking_whether_somebody_is_here_is_no_sign_of_life(visitors: Visitors, site: Site) -> None:
    guest = visitors.arrive("en")
    guest.active_secs -= 100
    assert visitors.is_here(guest.token)
    assert site.guests.idle_secs(guest) >= 100
