"""Reloads, the back button, idleness, haste, and two visitors at once."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.app.journey.conftest import Kiosk, Open, Visitors, at, click, say

from insideout.agents.insideout import InsideOut

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

SECRET = "My password is swordfish and my name is Anna."


def talking(page: "Page") -> "Page":
    """The visitor at the talk, unmeasured."""
    click(page, "k-begin", "consent")
    click(page, "k-nothing", "talk")
    return page


def is_wiped(place: Kiosk) -> bool:
    """Whether nothing is held of anybody."""
    return place.site.guests.present == [] and place.site.assistant.sessions.list() == []


def test_a_reload_comes_back_to_the_talk_with_what_was_said(
    kiosk: Open, visitors: Visitors, assistant: InsideOut
) -> None:
    page = talking(visitors.arrive(visitors.browser(), kiosk(assistant)))
    reply = say(page, "I lost my job.")
    page.reload()
    at(page, "talk")
    assert page.locator("#k-chat .bot").last.inner_text() == reply


def test_a_reload_while_measured_goes_on_measuring(
    kiosk: Open, visitors: Visitors, assistant: InsideOut, camera_film: Path
) -> None:
    place = kiosk(assistant, kiosk_measure_secs=60.0)
    page = visitors.arrive(visitors.browser(camera_film), place)
    click(page, "k-begin", "consent")
    click(page, "k-agree-all", "measure")
    page.wait_for_selector(".k-seen:not([hidden])")
    page.reload()
    at(page, "measure")
    page.wait_for_selector(".k-seen:not([hidden])")
    assert len(place.site.guests.present) == 1


def test_another_tab_is_another_visitor(
    kiosk: Open, visitors: Visitors, assistant: InsideOut
) -> None:
    place = kiosk(assistant)
    page = talking(visitors.arrive(visitors.browser(), place))
    say(page, SECRET)
    other = page.context.new_page()
    other.goto(place.address)
    at(other, "welcome")
    assert "swordfish" not in other.content()


def test_back_goes_one_step_back(kiosk: Open, visitors: Visitors, assistant: InsideOut) -> None:
    page = talking(visitors.arrive(visitors.browser(), kiosk(assistant)))
    say(page, "I passed my exam.")
    click(page, "k-to-result", "result")
    page.go_back()
    at(page, "talk")
    page.go_back()
    at(page, "consent")
    page.go_back()
    at(page, "welcome")


def test_back_after_leaving_shows_nothing_of_the_visit(
    kiosk: Open, visitors: Visitors, assistant: InsideOut
) -> None:
    place = kiosk(assistant)
    page = talking(visitors.arrive(visitors.browser(), place))
    say(page, SECRET)
    click(page, "k-leave", "welcome")
    page.go_back()
    page.wait_for_timeout(1_500)
    assert "swordfish" not in page.content()
    assert is_wiped(place)


def test_idleness_wipes_the_visit(kiosk: Open, visitors: Visitors, assistant: InsideOut) -> None:
    place = kiosk(assistant, kiosk_idle_secs=8.0)
    page = talking(visitors.arrive(visitors.browser(), place))
    say(page, SECRET)
    page.wait_for_selector("#k-still[open]", timeout=20_000)
    at(page, "welcome")
    assert "swordfish" not in page.content()
    assert is_wiped(place)


def test_who_is_still_there_goes_on(kiosk: Open, visitors: Visitors, assistant: InsideOut) -> None:
    page = talking(visitors.arrive(visitors.browser(), kiosk(assistant, kiosk_idle_secs=8.0)))
    page.wait_for_selector("#k-still[open]", timeout=20_000)
    page.click('#k-still [data-k="stay"]')
    page.wait_for_timeout(1_000)
    at(page, "talk")


def test_ten_clicks_are_one_step(kiosk: Open, visitors: Visitors, assistant: InsideOut) -> None:
    place = kiosk(assistant)
    page = visitors.arrive(visitors.browser(), place)
    for _ in range(10):
        page.mouse.click(*middle(page, "#k-begin"), delay=5)
    at(page, "consent")
    page.wait_for_timeout(800)
    assert len(place.site.guests.present) == 1


def middle(page: "Page", part: str) -> tuple[float, float]:
    """Where its middle was when the page was still at the first step."""
    if not hasattr(page, "_middle"):
        box = page.locator(part).bounding_box()
        assert box is not None
        page._middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)  # type: ignore[attr-defined]
    found: tuple[float, float] = page._middle  # type: ignore[attr-defined]
    return found


def test_two_visitors_never_see_each_others_words(
    kiosk: Open, visitors: Visitors, assistant: InsideOut
) -> None:
    place, browser = kiosk(assistant), visitors.browser()
    anna, boris = (talking(visitors.arrive(browser, place)) for _ in range(2))
    say(anna, SECRET)
    say(boris, "I won the lottery.")
    click(anna, "k-to-result", "result")
    anna.check("#k-with-talk input")
    anna.wait_for_selector("#k-shown .r-talk")
    assert "lottery" not in anna.content()
    assert "swordfish" not in boris.content()
    assert len(place.site.guests.present) == 2


def test_leaving_with_an_answer_under_way_wipes_it(
    kiosk: Open, visitors: Visitors, assistant: InsideOut
) -> None:
    place = kiosk(assistant)
    page = talking(visitors.arrive(visitors.browser(), place))
    page.fill("#k-box textarea", "tell me a long story")
    page.press("#k-box textarea", "Enter")
    page.wait_for_function("document.querySelector('#k-chat .bot')?.innerText.includes('word9')")
    click(page, "k-leave", "welcome")
    page.wait_for_timeout(500)
    assert is_wiped(place)
