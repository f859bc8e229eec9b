"""What the web app costs: the start, a live measurement, a reply, many visitors, many chats."""

import statistics
import time
from collections.abc import Callable, Sequence
from threading import Event, Thread
from typing import Any

import httpx
import numpy as np

from insideout.eval.app_browser import (
    REPLIED,
    REPLY,
    REPLY_MS,
    SEEN,
    WATCH,
    be_measured,
    visitor,
)
from insideout.eval.app_chats import all_at_once, recorded
from insideout.eval.app_place import Place, served, wait_for

SAID = (
    "I lost my job today and I don't know how to tell my wife.",
    "My sister came to see me, and we laughed all evening!",
    "I am so tired of him. Why does he always do that?",
    "Tomorrow is the exam and my hands are shaking.",
)
_ASK_SECS = 0.05  # between two requests that a server which stands still would answer late
_SETTLE_SECS = 6.0  # of a server that has just begun and loads its models
_REPLY_MS = 120_000
_SETTLED = 0.2  # of the visitors, after which memory should not grow

Tell = Callable[[float], None]


def start_costs(browser: Any, runs: int, tell: Tell) -> dict[str, Any]:
    """Seconds from the start of the process until the greeting is on the screen; start_cpu_secs: of all
    cores together, by the process alone.
    """
    secs, cpu = [], []
    for _ in range(runs):
        with served(pages="kiosk,assistant") as place:
            wait_for(place)
            page = visitor(browser, place.address + "kiosk")
            page.wait_for_selector("#k-begin", state="visible", timeout=60_000)
            secs.append(time.monotonic() - place.began)
            cpu.append(place.cpu_secs())
            page.context.close()
        tell(1.0)
    return {
        "start_n": runs,
        "start_secs_p50": round(statistics.median(secs), 2),
        "start_secs_worst": round(max(secs), 2),
        "start_cpu_secs_p50": round(statistics.median(cpu), 2),
    }


class Knocking:
    """Asks the server for a small file twenty times a second; `ms` of each answer."""

    def __init__(self, address: str) -> None:
        self.ms: list[float] = []
        self._address, self._left = f"{address}insideout/site.js", Event()
        self._thread = Thread(target=self._knock, daemon=True)

    def __enter__(self) -> "Knocking":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._left.set()
        self._thread.join()

    def _knock(self) -> None:
        with httpx.Client(trust_env=False, timeout=60.0) as client:
            while not self._left.wait(_ASK_SECS):
                begun = time.perf_counter()
                client.get(self._address)
                self.ms.append((time.perf_counter() - begun) * 1000)


def live_costs(browser: Any, place: Place, secs: float, tell: Tell) -> dict[str, Any]:
    """A visitor is measured: frames read a second, and how late page and server are meanwhile.

    live_page_late_ms: of a timer of 50 ms. live_server_ms: until a small file came. live_core_share: of
    the server, with all that it reads.
    """
    page = visitor(browser, place.address + "kiosk")
    be_measured(page)
    page.wait_for_timeout(_SETTLE_SECS * 1000)
    page.evaluate(WATCH)
    begun, begun_cpu = time.monotonic(), place.cpu_secs()
    with Knocking(place.address) as knocking:
        while time.monotonic() - begun < secs:
            page.wait_for_timeout(1000)
            tell(1.0)
    took, cpu = time.monotonic() - begun, place.cpu_secs() - begun_cpu
    seen = page.evaluate(SEEN)
    page.context.close()
    return {
        "live_secs": secs,
        "live_read_per_sec": round(len(seen["faces"]) / took, 2),
        "live_page_late_ms_p95": _p95(seen["late"]),
        "live_page_frame_ms_p95": _p95(seen["gaps"]),
        "live_server_ms_p95": _p95(knocking.ms),
        "live_core_share": round(cpu / took, 3),
    }


def reply_costs(browser: Any, place: Place, turns: int, tell: Tell) -> dict[str, Any]:
    """Milliseconds from Enter until the first words are on the screen, and until all are."""
    page = visitor(browser, place.address + "assistant")
    page.wait_for_selector(".greeting", timeout=60_000)
    told = []
    for turn in range(turns):
        _send(page, SAID[turn % len(SAID)])
        page.wait_for_function(REPLIED, timeout=_REPLY_MS)
        told.append(page.evaluate(REPLY_MS))
        tell(1.0)
    page.context.close()
    return {"reply_n": turns, **_replies("reply", told)}


def chat_costs(browser: Any, place: Place, chats: int, tell: Tell) -> dict[str, Any]:
    """The same of that many visitors who send at once, without their browsers. chats_replied: who got a
    whole reply.
    """
    said = recorded(browser, place, SAID[0])
    texts = [SAID[number % len(SAID)] for number in range(chats)]
    told = all_at_once(place, said, texts, tell)
    times = [{"first": one.first, "done": one.done} for one in told]
    return {"chats": chats, "chats_replied": len(told), **_replies("chats", times)}


def memory_costs(browser: Any, place: Place, visitors: int, tell: Tell) -> dict[str, Any]:
    """Megabytes of the server while one visitor after another is measured and leaves.

    memory_grown_mb: from the mean after the first fifth of them, to that of the last fifth.
    """
    megabytes = []
    for _ in range(visitors):
        page = visitor(browser, place.address + "kiosk")
        be_measured(page)
        page.wait_for_selector(".k-seen:not([hidden])", timeout=60_000)
        page.click("#k-leave")
        page.wait_for_selector('body[data-k-step="welcome"]', timeout=60_000)
        page.context.close()
        megabytes.append(place.memory_mb())
        tell(1.0)
    share = max(1, round(_SETTLED * visitors))
    early, late = megabytes[share : 2 * share] or megabytes[:1], megabytes[-share:]
    return {
        "visitors": visitors,
        "memory_mb": round(statistics.fmean(late), 1),
        "memory_grown_mb": round(statistics.fmean(late) - statistics.fmean(early), 1),
    }


def _send(page: Any, text: str) -> None:
    page.evaluate(REPLY)
    page.fill("#box textarea", text)
    page.press("#box textarea", "Enter")


def _replies(name: str, told: Sequence[dict[str, float]]) -> dict[str, float]:
    firsts, dones = [one["first"] for one in told], [one["done"] for one in told]
    return {
        f"{name}_first_ms_p50": round(statistics.median(firsts)),
        f"{name}_first_ms_p95": _p95(firsts),
        f"{name}_done_ms_p95": _p95(dones),
    }


def _p95(values: Sequence[float]) -> float:
    return round(float(np.percentile(values, 95)), 1) if values else float("nan")
