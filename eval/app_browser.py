"""A real chromium with a fake camera and microphone, and what is measured inside its pages."""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from insideout.eval.errors import EvalError
from insideout.perception.face.libraries import need

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
_QUALITY = 92

# How far timers and drawing are late, and when which message of the measurement came.
WATCH = """() => {
  const seen = window.benchSeen = {late: [], gaps: [], faces: [], pulses: 0};
  let due = performance.now() + 50;
  setInterval(() => { const now = performance.now(); seen.late.push(now - due); due = now + 50; }, 50);
  let before = performance.now();
  const drawn = (now) => { seen.gaps.push(now - before); before = now; requestAnimationFrame(drawn); };
  requestAnimationFrame(drawn);
  document.addEventListener('insideout:live', ({detail}) => {
    if (detail.type === 'face') seen.faces.push(performance.now());
    if (detail.type === 'pulse') seen.pulses += 1;
  });
}"""
SEEN = """() => window.benchSeen"""

# When the first words of the reply are on the screen, and when the reply is complete.
REPLY = """() => {
  const told = window.benchReply = {first: null, done: null};
  const before = document.querySelectorAll('#chat .bot').length;
  let from = null;
  document.querySelector('#box textarea').addEventListener('keydown', (event) => {
    if (event.key === 'Enter') from ??= performance.now();
  }, true);
  const look = () => {
    due = false;
    const all = document.querySelectorAll('#chat .bot');
    const last = all[all.length - 1];
    if (from === null || all.length <= before || last.querySelector('.waits')) return;
    told.first ??= performance.now() - from;
    if (!document.querySelector('#stop').disabled) return;
    told.done = performance.now() - from;
    watched.disconnect();
  };
  // Looks with the next frame drawn after a change; looking at every frame would itself cost a share.
  let due = false;
  const watched = new MutationObserver(() => {
    if (!due) requestAnimationFrame(look);
    due = true;
  });
  watched.observe(document.body,
    {subtree: true, childList: true, characterData: true, attributeFilter: ['disabled', 'class']});
}"""
REPLIED = """() => window.benchReply.done !== null"""
REPLY_MS = """() => window.benchReply"""


def motion_jpeg(film: Path, out: Path, fps: int = 25) -> Path:
    """The film as chromium's fake camera takes it, over and over; raises EvalError for no film."""
    av, image = need("av"), need("PIL.Image")
    shown = 0
    try:
        with av.open(str(film)) as source, out.open("wb") as sink:
            for frame in source.decode(video=0):
                jpeg = io.BytesIO()
                picture = frame.to_ndarray(format="rgb24")
                image.fromarray(picture).save(jpeg, "JPEG", quality=_QUALITY)
                while shown / fps <= float(frame.time or 0.0):
                    sink.write(jpeg.getvalue())
                    shown += 1
    except (OSError, av.FFmpegError) as error:
        raise EvalError(f"{film} cannot be read as a film ({error})") from error
    return out


@contextmanager
def chromium(camera: Path, microphone: Path) -> Iterator[Any]:
    """A browser whose camera shows the film; raises EvalError where it or Playwright is missing."""
    path = shutil.which("chromium")
    if path is None:
        raise EvalError("chromium is not installed; install it with: apt-get install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError as error:
        raise EvalError(
            "playwright is not installed; install it with: pip install playwright"
        ) from error
    devices = (
        f"--use-file-for-fake-video-capture={camera}",
        f"--use-file-for-fake-audio-capture={microphone}",
    )
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=[*_ARGUMENTS, *devices])
        try:
            yield browser
        finally:
            browser.close()


def visitor(browser: Any, address: str, note: Callable[[Any], None] | None = None) -> Any:
    """A page of a visitor of their own. note: is shown each of its requests."""
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    if note is not None:
        page.on("request", note)
    page.goto(address)
    return page


def to_step(page: Any, step: str) -> None:
    """Wait until the kiosk stands at that step and takes clicks."""
    page.wait_for_selector(f'body[data-k-step="{step}"] #k-{step} h1', timeout=60_000)
    page.wait_for_timeout(700)


def be_measured(page: Any) -> None:
    """From the door to the measurement, agreeing to everything."""
    to_step(page, "welcome")
    page.click("#k-begin")
    to_step(page, "consent")
    page.click("#k-agree-all")
    to_step(page, "measure")
