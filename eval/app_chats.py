"""Many visitors who chat at once: what their pages would send, without drawing them.

Twenty browsers would take more of a small machine than the server they measure. So one page in a real
browser is listened to as it opens and sends a message; the others say the same over HTTP, each as a
visitor of its own, and read the same stream of events.
"""

import asyncio
import json
import re
import secrets
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx
from gradio_client.utils import apply_diff

from insideout.eval.app_browser import visitor
from insideout.eval.app_place import Place
from insideout.eval.errors import EvalError

_JOIN, _DATA = "gradio_api/queue/join", "gradio_api/queue/data"
_HEADERS = {"x-gradio-user": "app"}
_TOKEN = re.compile(r"[\w-]{32}")
_WAITS_SECS = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What a page sends as it opens, and with a message: the bodies of its requests."""

    opening: dict[str, Any]
    message: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Milliseconds until the first words of a reply came, and until it was complete."""

    first: float
    done: float


def recorded(browser: Any, place: Place, text: str) -> Recorded:
    """Open the assistant's page and say that; raises EvalError where it sends something else."""
    bodies: list[dict[str, Any]] = []

    def note(request: Any) -> None:
        if _JOIN in request.url:
            bodies.append(json.loads(request.post_data))

    page = visitor(browser, place.address + "assistant", note)
    page.wait_for_selector(".greeting", timeout=60_000)
    page.fill("#box textarea", text)
    page.press("#box textarea", "Enter")
    page.wait_for_selector("#chat .bot:not(:has(.waits))", timeout=60_000)
    page.context.close()
    message = next((body for body in bodies if text in body["data"]), None)
    if message is None or bodies[0] is message:
        raise EvalError(f"the page of the assistant sent {bodies}; expected a message {text!r}")
    return Recorded(opening=bodies[0], message=message)


def all_at_once(
    place: Place, said: Recorded, texts: Sequence[str], tell: Callable[[float], None]
) -> list[Told]:
    """As many visitors as texts, all there before the first message is sent."""

    async def run() -> list[Told]:
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(
            base_url=place.address,
            headers=_HEADERS,
            timeout=_WAITS_SECS,
            limits=limits,
            trust_env=False,
        ) as client:
            visitors = [_Visitor(client, said) for _ in texts]
            for one in visitors:
                await one.come()
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(one.say(text))
                    for one, text in zip(visitors, texts, strict=True)
                ]
                for task in tasks:
                    task.add_done_callback(lambda _: tell(1.0))
            return [task.result() for task in tasks]

    with ThreadPoolExecutor(1) as thread:  # Playwright's own loop runs in this one
        return thread.submit(lambda: asyncio.run(run())).result()


class _Visitor:
    """One page without a browser."""

    def __init__(self, client: httpx.AsyncClient, said: Recorded) -> None:
        self._client, self._said = client, said
        self._session, self._token = secrets.token_hex(5), ""

    async def come(self) -> None:
        """Open the page; the server gives it a token."""
        async for data in self._ask(self._said.opening, []):
            found = [one for one in data if isinstance(one, str) and _TOKEN.fullmatch(one)]
            self._token = found[0] if found else ""
        if not self._token:
            raise EvalError("the page of the assistant was given no token")

    async def say(self, text: str) -> Told:
        """Send a message and read until its reply is complete."""
        _, _, *how = self._said.message["data"]
        begun, first = time.perf_counter(), None
        async for chat, *_ in self._ask(self._said.message, [text, self._token, *how]):
            if isinstance(chat, list) and _is_answered(
                chat
            ):  # else it says only that nothing changed
                first = first or time.perf_counter()
        if first is None:
            raise EvalError(f"nothing was replied to {text!r}")
        return Told(first=(first - begun) * 1000, done=(time.perf_counter() - begun) * 1000)

    async def _ask(self, body: dict[str, Any], data: list[Any]) -> AsyncIterator[list[Any]]:
        """The outputs of an event, each time that they change."""
        asked = {**body, "session_hash": self._session, "data": data or body["data"]}
        joined = await self._client.post(_JOIN, json=asked)
        joined.raise_for_status()
        shown: list[Any] = []
        query = {"session_hash": self._session}
        async with self._client.stream("GET", _DATA, params=query) as lines:
            async for line in lines.aiter_lines():
                told = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if told.get("msg") == "process_generating":
                    changes = told["output"]["data"]
                    shown = (
                        [apply_diff(old, new) for old, new in zip(shown, changes, strict=True)]
                        if shown
                        else changes
                    )
                    yield shown
                if told.get("msg") == "process_completed":
                    if not told["success"]:
                        raise EvalError(f"the server failed: {told['output']}")
                    yield told["output"]["data"] or shown
                    return


def _is_answered(chat: list[dict[str, Any]]) -> bool:
    """Whether words of a reply stand there, rather than the sign that it is waited for."""
    last = chat[-1] if chat else {}
    return last.get("role") == "assistant" and "waits" not in json.dumps(last)
