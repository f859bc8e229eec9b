"""What the camera shows is seen as such; what may not be used, or is not there, stops nobody."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.app.journey.conftest import Open, Visitors, at, click, say

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

UNPLEASANT = {"sadness", "fear", "anger", "disgust", "contempt"}
FILM_SECS = 19.7
# Notes down each face that the page is told of, with the film's own clock (it begins when the camera
# is opened, and again and again after that).
LISTEN = """() => {
  window.seen = [];
  document.addEventListener('insideout:live', ({detail}) => {
    if (detail.type === 'face' && detail.emotion) window.seen.push([performance.now(), detail.emotion]);
  });
}"""

# A browser ends the track of a camera that is gone; a script that stops it is not told so.
PULL_OUT = """() => {
  const [track] = document.querySelector('#k-video').srcObject.getTracks();
  track.stop();
  track.dispatchEvent(new Event('ended'));
}"""


def test_crying_and_then_laughing_is_seen_as_such_and_stands_on_the_result(
    kiosk: Open, visitors: Visitors, camera_film: Path
) -> None:
    place = kiosk(kiosk_measure_secs=21.0)
    page = visitors.arrive(visitors.browser(camera_film), place)
    page.evaluate(LISTEN)
    click(page, "k-begin", "consent")
    page.check("#k-may-face input")
    click(page, "k-agree", "measure")
    page.wait_for_selector('body[data-k-done="yes"]', timeout=60_000)
    seen: list[tuple[float, str]] = page.evaluate("window.seen")
    unpleasant = [emotion in UNPLEASANT for _, emotion in seen]
    happy = [emotion == "joy" for _, emotion in seen]
    assert sum(unpleasant) > 0.3 * len(seen)
    assert sum(happy) > 0.3 * len(seen)
    # One mood and then the other: it changes with the film, and not from frame to frame.
    turns = sum(a != b for a, b in itertools.pairwise(happy))
    assert turns <= 8
    click(page, "k-on", "talk")
    click(page, "k-to-result", "result")
    shares = page.inner_text("#k-shown .r-shares").lower()
    assert "joy" in shares
    assert any(name in shares for name in ("sadness", "fear"))


@pytest.mark.parametrize("allowed", [[], ["camera"], ["microphone"]])
def test_what_may_not_be_used_is_said_and_the_talk_goes_on(
    kiosk: Open, visitors: Visitors, allowed: list[str]
) -> None:
    place = kiosk()
    page = visitors.arrive(visitors.browser(allowed=False), place, permissions=allowed)
    click(page, "k-begin", "consent")
    click(page, "k-agree-all", "measure")
    if "camera" not in allowed:
        page.wait_for_selector("#k-hint:has-text('camera may not be used')")
        click(page, "k-on", "talk")
    else:
        click(page, "k-skip", "talk")
    if "microphone" not in allowed:
        page.wait_for_selector("#k-hearing:has-text('microphone may not be used')")
    assert len(say(page, "I passed my exam today.")) > 10


def test_a_camera_that_is_pulled_out_is_told_and_stops_nobody(
    kiosk: Open, visitors: Visitors, camera_film: Path
) -> None:
    page = visitors.arrive(visitors.browser(camera_film), kiosk(kiosk_measure_secs=60.0))
    click(page, "k-begin", "consent")
    page.check("#k-may-face input")
    click(page, "k-agree", "measure")
    page.wait_for_selector(".k-seen:not([hidden])")
    page.evaluate(PULL_OUT)
    page.wait_for_selector("#k-hint:has-text('camera')")
    click(page, "k-on", "talk")
    assert len(say(page, "I passed my exam today.")) > 10
    click(page, "k-to-result", "result")
    assert page.locator("#k-shown .r-shares").count() == 1  # what was seen before it went


def test_nothing_measured_says_so_in_the_result(
    kiosk: Open, visitors: Visitors, shoot: Callable[["Page", str], None]
) -> None:
    page = visitors.arrive(visitors.browser(), kiosk())
    click(page, "k-begin", "consent")
    click(page, "k-nothing", "talk")
    click(page, "k-to-result", "result")
    shoot(page, "kiosk-nothing-measured")
    assert page.locator("#k-shown dd.r-absent").count() >= 3
    assert page.locator("#k-shown [data-figure]:not(.r-absent)").count() == 0


def test_what_is_spoken_is_written_down(
    kiosk: Open, visitors: Visitors, microphone_clip: Path, camera_film: Path
) -> None:
    pytest.importorskip("pocketsphinx", reason="pocketsphinx is not installed")
    page = visitors.arrive(visitors.browser(camera_film, microphone_clip), kiosk())
    click(page, "k-begin", "consent")
    page.check("#k-may-voice input")
    page.click("#k-agree")
    at(page, "talk")
    page.wait_for_selector('body[data-k-mic="on"]')
    page.hover("#k-speak")
    page.mouse.down()
    page.wait_for_timeout(6_000)
    page.mouse.up()
    page.wait_for_function(
        "document.querySelector('#k-box textarea').value.split(' ').length > 3"
        " || document.querySelectorAll('#k-chat .user').length > 0",
        timeout=60_000,
    )


def test_a_heart_file_that_is_none_is_told(
    kiosk: Open, visitors: Visitors, camera_film: Path, tmp_path: Path
) -> None:
    page = visitors.arrive(visitors.browser(camera_film), kiosk(kiosk_measure_secs=60.0))
    click(page, "k-begin", "consent")
    click(page, "k-agree-all", "measure")
    page.wait_for_selector('body[data-k-heart="yes"]')
    wrong = tmp_path / "heart.csv"
    wrong.write_text("name,age\nanna,33\n")
    with page.expect_file_chooser() as chooser:
        page.click("#k-file")
    chooser.value.set_files(str(wrong))
    page.wait_for_selector("#k-note:has-text('could not be read')")
