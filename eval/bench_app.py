"""`make bench-app`: what the web app costs, in a real browser with a film before its camera.

The app runs in a process of its own on the embedded models, the browser is Debian's chromium, and both
share the machine: what they measure holds for both together. The start is that of a cold process until
the greeting is on the screen. A visitor is measured at the kiosk while a film of a face plays; page and
server are watched for how late they are. A reply counts from the Enter key to its first words on the
screen. Visitors come and go one after another while the server's memory is watched; then many chat at
once. Last, the camera's frames go to a server by Gradio's own streaming picture and by the app's socket.
"""

import argparse
import json
import os
import tempfile
import wave
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from insideout.eval.app_browser import chromium, motion_jpeg
from insideout.eval.app_costs import (
    chat_costs,
    live_costs,
    memory_costs,
    reply_costs,
    start_costs,
)
from insideout.eval.app_place import served, wait_for
from insideout.eval.app_transport import blinking, transports
from insideout.eval.bench_fusion import film_file
from insideout.eval.bench_voice import speech_file
from insideout.perception.errors import InsideOutError
from insideout.perception.voice.loading import load_sound
from insideout.perception.voice.sound import RATE_HZ

PARTS = ("start", "live", "reply", "memory", "chats", "transport")
AIMS = {
    "start_secs_p50": "< 3",
    "live_read_per_sec": ">= 8",
    "live_page_late_ms_p95": "< 100",
    "live_server_ms_p95": "< 100",
    "live_core_share": "< 0.5",
    "reply_first_ms_p95": "< 1000",
    "memory_grown_mb": "about 0",
    "chats_replied": "all of them",
}
_SETTINGS = {"pages": "kiosk,assistant", "kiosk_idle_secs": "300"}


def measure(options: argparse.Namespace, folder: Path, progress: Progress) -> dict[str, Any]:
    """The parts that were asked for, each with a bar."""
    camera = motion_jpeg(film_file(options.film), folder / "face.mjpeg")
    microphone = _wav(speech_file(options.sound), folder / "speech.wav")
    figures: dict[str, Any] = {"cpus": os.cpu_count(), "load": round(os.getloadavg()[0], 2)}

    def bar(name: str, total: float) -> Any:
        task = progress.add_task(name, total=total)
        return lambda done: progress.advance(task, done)

    with chromium(camera, microphone) as browser:
        if "start" in options.parts:
            figures |= start_costs(browser, options.starts, bar("starts", options.starts))
        with served(**_SETTINGS) as place:
            wait_for(place)
            if "live" in options.parts:
                figures |= live_costs(browser, place, options.secs, bar("live", options.secs))
            if "reply" in options.parts:
                figures |= reply_costs(browser, place, options.turns, bar("replies", options.turns))
            if "chats" in options.parts:
                figures |= chat_costs(browser, place, options.chats, bar("chats", options.chats))
            if "memory" in options.parts:
                count = options.visitors
                figures |= memory_costs(browser, place, count, bar("visitors", count))
    if "transport" in options.parts:
        with chromium(blinking(folder / "blink.mjpeg"), microphone) as browser:
            figures |= transports(browser, options.secs)
    return figures


def _wav(source: Path, out: Path) -> Path:
    """The recording as chromium's fake microphone takes it."""
    samples = (load_sound(source).samples * 32_767).astype("<i2")
    with wave.open(str(out), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())
    return out


def main() -> None:
    """Prints the figures; `--json` as one object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--film", type=Path, help="a film of a face")
    parser.add_argument("--sound", type=Path, help="a recording of speech")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="all by default")
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--secs", type=float, default=30.0, help="of a measurement")
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--chats", type=int, default=20)
    parser.add_argument("--visitors", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if min(options.starts, options.secs, options.turns, options.chats, options.visitors) < 1:
        parser.error("--starts, --secs, --turns, --chats and --visitors are 1 or more")
    try:
        with (
            tempfile.TemporaryDirectory(prefix="insideout-bench-") as folder,
            Progress(console=Console(stderr=True), transient=True) as progress,
        ):
            figures = measure(options, Path(folder), progress)
    except InsideOutError as error:
        raise SystemExit(str(error)) from error
    if options.json:
        print(json.dumps(figures))
        return
    table = Table("what", "measured", "aim", title="make bench-app")
    for name, value in figures.items():
        table.add_row(name, str(value), AIMS.get(name, ""))
    Console().print(table)


if __name__ == "__main__":
    main()
