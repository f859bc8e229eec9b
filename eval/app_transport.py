"""Two ways for a camera's frames to a server: Gradio's streaming picture, and a socket with JPEGs.

Run as a module it serves both, each answering with the number of the frame and its mean grey level, so
that the two differ in nothing but the way. `transports` measures them in a real browser, before whose
camera a picture turns from black to white and back every second.
"""

import argparse
import asyncio
import io
import itertools
import statistics
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from insideout.eval.app_place import free_port
from insideout.eval.errors import EvalError
from insideout.perception.face.libraries import need

ASSETS = Path(__file__).resolve().parents[1] / "service" / "web" / "assets"
FRAMES_A_SECOND = 15
_HEAD = struct.Struct("<Bd")
_SIZE = (640, 480)
_BLINK_FRAMES = 25  # of 25 a second
_START_SECS = 60.0

PAGE = """<video id="seen" muted playsinline></video><input id="told">
<script type="module" src="/assets/live.js"></script>
<script type="module">
window.insideoutLive.start({guest: 'bench', video: document.getElementById('seen'), camera: true,
  onMessage: (message) => { document.getElementById('told').value = message.told; }});
</script>"""

# Edges of the picture before the camera, and what the server said of which frame when.
WATCH = """() => {
  const seen = window.benchSeen = {edges: [], told: []};
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 8;
  const pen = canvas.getContext('2d', {willReadFrequently: true});
  let bright = null;
  let before = '';
  const look = () => {
    const video = document.querySelector('video');
    if (video?.videoWidth) {
      pen.drawImage(video, 0, 0, 8, 8);
      const now = pen.getImageData(4, 4, 1, 1).data[0] > 127;
      if (bright !== null && now !== bright) seen.edges.push([performance.now(), now]);
      bright = now;
    }
    const told = document.querySelector('#told textarea, #told input, input#told')?.value || '';
    if (told && told !== before) {
      const [number, level] = told.split(' ').map(Number);
      seen.told.push([performance.now(), number, level > 127]);
      before = told;
    }
    requestAnimationFrame(look);
  };
  look();
}"""


def blinking(out: Path) -> Path:
    """Two seconds of black and white, as chromium's fake camera takes them over and over."""
    image = need("PIL.Image")
    with out.open("wb") as sink:
        for level, _ in itertools.product((16, 235), range(_BLINK_FRAMES)):
            jpeg = io.BytesIO()
            image.new("RGB", _SIZE, (level, level, level)).save(jpeg, "JPEG")
            sink.write(jpeg.getvalue())
    return out


def transports(browser: Any, secs: float) -> dict[str, Any]:
    """By way: frames that came to the server a second, and milliseconds from what the camera shows to
    the answer on the page.
    """
    figures: dict[str, Any] = {"transport_secs": secs}
    with _serving() as address:
        for name, path in (("socket", "socket"), ("gradio", "gradio/")):
            page = browser.new_context().new_page()
            page.goto(address + path)
            if name == "gradio":
                _press_record(page)
            page.wait_for_function("() => document.querySelector('video')?.videoWidth")
            page.wait_for_timeout(3_000)
            page.evaluate(WATCH)
            page.wait_for_timeout(secs * 1000)
            seen = page.evaluate("() => window.benchSeen")
            page.context.close()
            figures |= {f"{name}_{key}": value for key, value in _figures(seen).items()}
    return figures


def _press_record(page: Any) -> None:
    """Gradio opens the camera with a first click, and sends it with a second one."""
    page.click("#camera button:has-text('Click to Access Webcam')")
    page.wait_for_selector("#camera video")
    page.click("#camera .button-wrap button")


def _figures(seen: dict[str, Any]) -> dict[str, float]:
    told = seen["told"]
    if len(told) < 2:
        return {"per_sec": 0.0, "ms_p50": float("nan"), "ms_p95": float("nan")}
    span = (told[-1][0] - told[0][0]) / 1000
    ms = _latencies(seen["edges"], told)
    return {
        "per_sec": round((told[-1][1] - told[0][1]) / span, 2),
        "ms_n": len(ms),
        "ms_p50": round(statistics.median(ms)) if ms else float("nan"),
        "ms_p95": round(float(np.percentile(ms, 95))) if ms else float("nan"),
    }


def _latencies(
    edges: Sequence[tuple[float, bool]], told: Sequence[tuple[float, int, bool]]
) -> list[float]:
    """From each edge of the picture to the first answer that knows of it, before the next edge."""
    found = []
    for (at, bright), following in zip(edges, [*edges[1:], (float("inf"), False)], strict=True):
        for when, _, level in told:
            if at < when < following[0] and level == bright:
                found.append(when - at)
                break
    return found


@contextmanager
def _serving() -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "insideout.eval.app_transport", "--port", str(port)]
    process = subprocess.Popen(command)  # noqa: S603
    address = f"http://127.0.0.1:{port}/"
    try:
        until = time.monotonic() + _START_SECS
        while True:
            try:
                httpx.get(f"{address}socket", trust_env=False)
                break
            except httpx.TransportError as error:
                if time.monotonic() > until or process.poll() is not None:
                    raise EvalError("the server of the transports did not start") from error
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


def _app() -> Any:
    """Both ways in one app."""
    gr, fastapi = need("gradio", "app"), need("fastapi", "app")
    responses, static = need("starlette.responses", "app"), need("starlette.staticfiles", "app")
    routing = need("starlette.routing", "app")
    app = fastapi.FastAPI()
    app.mount("/assets", static.StaticFiles(directory=ASSETS))

    def page() -> Any:
        return responses.HTMLResponse(PAGE)

    app.add_api_route("/socket", page)
    app.router.routes.append(routing.WebSocketRoute("/live", _answer))
    counted = itertools.count(1)

    def grey(picture: Any) -> str:
        return "" if picture is None else f"{next(counted)} {picture.mean():.0f}"

    with gr.Blocks() as blocks:
        camera = gr.Image(sources=["webcam"], streaming=True, elem_id="camera")
        told = gr.Textbox(elem_id="told")
        camera.stream(
            grey, camera, told, stream_every=1 / FRAMES_A_SECOND, time_limit=600, queue=True
        )
    return gr.mount_gradio_app(app, blocks, path="/gradio")


async def _answer(websocket: Any) -> None:
    cv = need("cv2")
    await websocket.accept()
    for number in itertools.count(1):
        message = await websocket.receive()
        data = message.get("bytes")
        if message["type"] == "websocket.disconnect":
            return
        if data is not None:
            jpeg = np.frombuffer(data[_HEAD.size :], np.uint8)
            picture = await asyncio.to_thread(cv.imdecode, jpeg, cv.IMREAD_COLOR)
            await websocket.send_json({"type": "told", "told": f"{number} {picture.mean():.0f}"})


def main() -> None:
    """Serves both until it is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    need("uvicorn", "app").run(_app(), port=parser.parse_args().port, log_level="warning")


if __name__ == "__main__":
    main()
