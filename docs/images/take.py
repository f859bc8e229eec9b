"""Takes the pictures of the README: real pages of the web app, photographed in chromium.

    python docs/images/take.py --film FILM --ecg ECG ... [--model SPEC] [--chromium PATH] [--out FOLDER]

It makes kiosk.gif (a visit from the door to the result), assistant.png, result.png and lab.png. FILM is
what the camera shows; people in it are blurred in the pictures. ECG is dropped on the lab. Needs
`pip install -e ".[dev]"` and Debian's chromium.
"""

import argparse
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT))  # app.py and the tests' fake camera lie outside the packages

import app  # noqa: E402
from tests.app.media import chromium_media  # noqa: E402

from insideout.agents.memory import MEMORY  # noqa: E402
from insideout.eval.app_browser import motion_jpeg  # noqa: E402
from insideout.service.assistant import assistant_from  # noqa: E402
from insideout.service.settings import load_settings  # noqa: E402
from insideout.service.web.site import Site  # noqa: E402

SAID = "I lost my job today and I don't know how to tell my wife"
MORE = "She will be kind about it. I'm more afraid of what comes after."
MEASURE_SECS = 12.0
SIZE = {"width": 1280, "height": 800}
TALL = {"width": 1280, "height": 1180}
SHOWN = (800, 500)  # of the animated picture
# A README should not weigh more.
MOST_BYTES = {"kiosk.gif": 2_500_000, "": 300_000}
# Nobody's face is published: the live picture is out of focus, the frame round the face is not.
BLUR = "#k-video, #live-video, video { filter: blur(16px) saturate(.8); }"


class Reel:
    """Pictures one after another, each with how long it is seen."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._frames: list[tuple[Image.Image, int]] = []

    def take(self, millisecs: int, times: int = 1, pause: int = 0) -> None:
        """Photograph the page so many times; each picture is seen for `millisecs`."""
        for _ in range(times):
            shot = Image.open(io.BytesIO(self._page.screenshot())).convert("RGB")
            self._frames.append((shot.resize(SHOWN, Image.Resampling.LANCZOS), millisecs))
            self._page.wait_for_timeout(pause)

    def keep(self, out: Path) -> None:
        """All of them as one animated picture of one palette."""
        wide = Image.new("RGB", (SHOWN[0], SHOWN[1] * 4))
        spread = [self._frames[i][0] for i in (0, len(self._frames) // 2, -2, -1)]
        for i, frame in enumerate(spread):
            wide.paste(frame, (0, SHOWN[1] * i))
        palette = wide.quantize(256, dither=Image.Dither.NONE)
        frames = [f.quantize(palette=palette, dither=Image.Dither.NONE) for f, _ in self._frames]
        frames[0].save(
            out,
            save_all=True,
            append_images=frames[1:],
            duration=[millisecs for _, millisecs in self._frames],
            loop=0,
            optimize=True,
        )


def take_kiosk(browser: Browser, address: str, out: Path) -> None:
    """A visit: kiosk.gif, and result.png at its end."""
    page = _page(browser, SIZE)
    page.goto(f"{address}kiosk")
    _at(page, "welcome")
    reel = Reel(page)
    reel.take(1800)
    page.click("#k-begin")
    _at(page, "consent")
    reel.take(1200)
    page.check("#k-may-face input")
    page.check("#k-may-heart input")
    reel.take(900)
    page.click("#k-agree")
    _at(page, "measure")
    page.wait_for_selector(".k-seen:not([hidden])")
    reel.take(350, times=10, pause=700)
    page.wait_for_selector('body[data-k-done="yes"]', timeout=120_000)
    reel.take(1000)
    page.click("#k-on")
    _at(page, "talk")
    page.fill("#k-box textarea", SAID)
    reel.take(1400)
    page.press("#k-box textarea", "Enter")
    reel.take(250, times=8, pause=80)
    page.wait_for_selector("#k-stop[disabled]", state="attached", timeout=120_000)
    page.wait_for_timeout(600)
    reel.take(4000)
    page.click("#k-to-result")
    _at(page, "result")
    page.wait_for_timeout(600)
    reel.take(4000)
    reel.keep(out / "kiosk.gif")
    page.set_viewport_size(TALL)
    page.wait_for_timeout(400)
    _keep(page.screenshot(), out / "result.png")
    page.context.close()


def take_assistant(browser: Browser, address: str, out: Path) -> None:
    """Two turns of a conversation: assistant.png."""
    page = _page(browser, TALL)
    page.goto(f"{address}assistant")
    page.wait_for_selector(".greeting")
    for text in (SAID, MORE):
        page.fill("#box textarea", text)
        page.press("#box textarea", "Enter")
        page.wait_for_selector("#stop:not([disabled])")
        page.wait_for_selector("#stop[disabled]", timeout=120_000)
        page.wait_for_timeout(800)  # the bars and the scrolling come to rest
    _keep(page.screenshot(), out / "assistant.png")
    page.context.close()


def take_lab(browser: Browser, address: str, ecg: Sequence[Path], out: Path) -> None:
    """What the reader of hearts sees in a recording: lab.png."""
    page = _page(browser, TALL)
    page.goto(f"{address}lab")
    page.wait_for_selector("#l-view-a .l-nothing")
    page.set_input_files("#l-files-a input[type=file]", [str(path) for path in ecg])
    page.wait_for_selector("#l-view-a svg.l-plot", timeout=120_000)
    page.wait_for_timeout(800)
    _keep(page.screenshot(), out / "lab.png")
    page.context.close()


def _page(browser: Browser, size: dict[str, int]) -> Page:
    context = browser.new_context(viewport=size, locale="en-US")  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { const style = document.createElement('style');"
        f" style.textContent = {BLUR!r}; document.head.append(style); }});"
    )
    return page


def _at(page: Page, step: str) -> None:
    page.wait_for_selector(f'body[data-k-step="{step}"] #k-{step} h1')
    page.wait_for_timeout(800)


def _keep(picture: bytes, out: Path) -> None:
    """As a palette picture: a page of few colours loses nothing visible and weighs a third."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(256, dither=Image.Dither.NONE).save(out, optimize=True)


@contextmanager
def _served(model: str) -> Iterator[str]:
    given: dict[str, Any] = {"model": model, "kiosk_measure_secs": MEASURE_SECS}
    settings = load_settings({**given, "kiosk_idle_secs": 600.0})
    site = Site(assistant=assistant_from(settings, sessions=MEMORY), settings=settings)
    with app.server(site, port=0) as server:
        yield server.address


def main() -> int:
    """Takes all of them."""
    asked = _parser().parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        _served(asked.model) as address,
        sync_playwright() as driver,
    ):
        film = motion_jpeg(asked.film, Path(folder) / "film.mjpeg")
        arguments = ["--no-sandbox", "--disable-gpu", *chromium_media(film)]
        browser = driver.chromium.launch(executable_path=asked.chromium, args=arguments)
        take_kiosk(browser, address, asked.out)
        take_assistant(browser, address, asked.out)
        take_lab(browser, address, asked.ecg, asked.out)
        browser.close()
    for picture in sorted(asked.out.glob("*.[gp][in][fg]")):
        size = picture.stat().st_size
        print(f"{picture}: {size} bytes")
        if size > MOST_BYTES.get(picture.name, MOST_BYTES[""]):
            sys.exit(f"{picture} is too heavy for a README")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Photographs the pages for the README.")
    parser.add_argument("--film", type=Path, required=True, help="what the camera shows")
    parser.add_argument(
        "--ecg", type=Path, nargs="+", required=True, help="the files of a recording for the lab"
    )
    parser.add_argument("--model", default="embedded")
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    return parser


if __name__ == "__main__":
    sys.exit(main())
