"""A visitor's whole way, in both languages: measured, talked to, the result saved, everything gone."""

import contextlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.app.journey.conftest import Open, Visitors, at, click, say

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

SAID = {"en": "I lost my job today.", "ru": "Я сегодня потерял работу."}
LOCALES = {"en": "en-US", "ru": "ru-RU"}
NOTHING = {
    "en": "Everything of your visit was deleted",
    "ru": "Всё, что было за ваш визит, удалено",
}


def figures(page: "Page") -> dict[str, str]:
    """The figures on the screen, by key."""
    return {
        str(one.get_attribute("data-figure")): " ".join(one.locator("p").inner_text().split())
        for one in page.locator("#k-shown [data-figure]").all()
    }


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_whole_visit(
    language: str,
    kiosk: Open,
    visitors: Visitors,
    camera_film: Path,
    microphone_clip: Path,
    shoot: Callable[["Page", str], None],
    tmp_path: Path,
) -> None:
    place = kiosk()
    browser = visitors.browser(camera_film, microphone_clip)
    page = visitors.arrive(browser, place, LOCALES[language], accept_downloads=True)
    shoot(page, f"kiosk-{language}-1-welcome")
    click(page, "k-begin", "consent")
    shoot(page, f"kiosk-{language}-2-consent")
    click(page, "k-agree-all", "measure")
    page.wait_for_selector(".k-seen:not([hidden])")
    shoot(page, f"kiosk-{language}-3-measure")
    page.wait_for_selector('body[data-k-done="yes"]', timeout=60_000)
    click(page, "k-on", "talk")
    reply = say(page, SAID[language])
    shoot(page, f"kiosk-{language}-4-talk")
    click(page, "k-to-result", "result")
    shoot(page, f"kiosk-{language}-5-result")
    shown = figures(page)
    state = page.inner_text("#k-shown h2")
    page.click("#k-save")
    with page.expect_download() as download:
        page.click('#k-saved a[href$=".json"]')
    saved = json.loads(Path(download.value.path()).read_text("utf-8"))
    with page.expect_download() as download:
        page.click('#k-saved a[href$=".pdf"]')
    paper = written(Path(download.value.path()))
    click(page, "k-leave-now", "welcome")

    assert len(reply) > 20
    assert shown
    assert state in paper
    for value in shown.values():
        assert loosely(value) in loosely(paper)
    assert saved["language"] == language
    assert NOTHING[language] in page.inner_text("#k-note")
    assert place.site.guests.present == []
    assert place.site.assistant.sessions.list() == []


def written(paper: Path) -> str:
    """The text of a PDF."""
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed ('.[app]')")
    with contextlib.closing(pdfium.PdfDocument(paper)) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def loosely(text: str) -> str:
    """Without what breaks lines."""
    return re.sub(r"\s+", "", text)


def test_the_page_in_the_dark(
    kiosk: Open, visitors: Visitors, shoot: Callable[["Page", str], None]
) -> None:
    page = visitors.arrive(visitors.browser(), kiosk())
    page.click("#k-light")
    assert page.evaluate("document.body.classList.contains('dark')")
    shoot(page, "kiosk-dark-welcome")
    page.click("#k-begin")
    at(page, "consent")
    shoot(page, "kiosk-dark-consent")
