"""A whole kiosk, and visitors with a camera that shows a film and a microphone that plays a clip."""

import importlib.util
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.app.conftest import CHROMIUM_ARGUMENTS, SCREENSHOTS
from tests.app.media import chromium_media, spoken

from insideout.agents.insideout import InsideOut
from insideout.eval.app_browser import motion_jpeg
from insideout.service.settings import Settings
from insideout.service.web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[3]
FILM = "signals/face/video/WolfgangLanger_Pexels.mp4"
CLIP = "signals/voice/asr_clips/sense_and_sensibility_01_austen_64kb-0880.wav"
SIZES = {"phone": (390, 844), "desktop": (1280, 800), "standing": (1080, 1920)}
MEASURE_SECS = 10.0


@pytest.fixture(scope="session")
def camera_film(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A woman who cries and then laughs, as a camera shows her, again and again."""
    pytest.importorskip("av", reason="av is not installed (pip install -e '.[camera]')")
    out = tmp_path_factory.mktemp("camera") / "film.mjpeg"
    return motion_jpeg(shared / FILM, out)


@pytest.fixture(scope="session")
def microphone_clip(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody who reads a sentence, as a microphone hears them, again and again."""
    pytest.importorskip("av", reason="av is not installed (pip install -e '.[voice]')")
    from insideout.perception.voice.loading import load_sound

    sound = load_sound(shared / CLIP)
    out = tmp_path_factory.mktemp("microphone") / "clip.wav"
    return spoken(sound.samples, 16_000, out, before_secs=0.5)


@dataclass(slots=True)
class Kiosk:
    """A kiosk that is served. address: of its first page."""

    site: Site
    address: str


Open = Callable[..., Kiosk]


@pytest.fixture
def kiosk(chromium: str) -> Iterator[Open]:
    """Serves kiosks: of an assistant, by default the embedded one, with these settings."""
    pytest.importorskip("gradio", reason="gradio is not installed (pip install -e '.[app]')")
    spec = importlib.util.spec_from_file_location("app", ROOT / "app.py")
    assert spec is not None
    assert spec.loader is not None
    app = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(app)
    with ExitStack() as stack:

        def one(assistant: InsideOut | None = None, **settings: Any) -> Kiosk:
            usual = {"kiosk_measure_secs": MEASURE_SECS, "kiosk_idle_secs": 300.0}
            given = {"pages": ("kiosk",), **usual, **settings}
            site = Site(
                assistant=assistant or InsideOut("embedded", sessions=":memory:"),
                settings=Settings(**given),
            )
            server = stack.enter_context(app.server(site, port=0))
            return Kiosk(site=site, address=server.address)

        yield one


@dataclass(slots=True)
class Visitors:
    """Opens browsers and tabs, and closes them."""

    chromium: str
    driver: Any
    browsers: list["Browser"] = field(default_factory=list)

    def browser(
        self, film: Path | None = None, clip: Path | None = None, *, allowed: bool = True
    ) -> "Browser":
        """A browser with these devices. allowed: without, it asks, and nobody answers."""
        media = chromium_media(film, clip, allowed=allowed)
        browser: Browser = self.driver.chromium.launch(
            executable_path=self.chromium, args=[*CHROMIUM_ARGUMENTS, *media]
        )
        self.browsers.append(browser)
        return browser

    def arrive(
        self, browser: "Browser", kiosk: Kiosk, locale: str = "en-US", **options: Any
    ) -> "Page":
        """A new visitor at the door."""
        given = {
            "locale": locale,
            "viewport": {"width": 1280, "height": 800},
            "reduced_motion": "reduce",  # drawn without a graphics card, motion takes a core
            **options,
        }
        page = browser.new_context(**given).new_page()
        page.goto(kiosk.address)
        at(page, "welcome")
        return page


@pytest.fixture
def visitors(chromium: str) -> Iterator[Visitors]:
    """Chromiums without a window."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed (pip install playwright)"
    )
    with playwright.sync_playwright() as driver:
        coming = Visitors(chromium, driver)
        yield coming
        for browser in coming.browsers:
            browser.close()


def at(page: "Page", step: str, timeout_ms: int = 30_000) -> None:
    """Waits until the page stands at a step, and clicks count again."""
    page.wait_for_selector(f'body[data-k-step="{step}"] #k-{step} h1', timeout=timeout_ms)
    page.wait_for_timeout(700)


def click(page: "Page", part: str, to: str) -> None:
    """Clicks a button that leads to a step."""
    page.click(f"#{part}")
    at(page, to)


def say(page: "Page", text: str) -> str:
    """Types a message and sends it; the reply, once it is complete."""
    before = page.locator("#k-chat .bot").count()
    page.fill("#k-box textarea", text)
    page.press("#k-box textarea", "Enter")
    page.wait_for_selector("#k-stop:not([disabled])")
    page.wait_for_selector("#k-stop[disabled]", state="attached", timeout=90_000)
    page.wait_for_function(f"document.querySelectorAll('#k-chat .bot').length > {before}")
    return page.locator("#k-chat .bot").last.inner_text()


@pytest.fixture
def shoot() -> Callable[["Page", str], None]:
    """Keeps pictures of the page at all sizes where SCREENSHOTS names a folder."""

    def shoot_one(page: "Page", name: str) -> None:
        if not SCREENSHOTS:
            return
        usual = page.viewport_size
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(400)
            page.screenshot(path=Path(SCREENSHOTS) / f"{name}-{size}.png")
        if usual:
            page.set_viewport_size(usual)

    return shoot_one
