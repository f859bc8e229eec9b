"""The server of the pages: Gradio's app, and beside it what Gradio has no parts for."""

import asyncio
import contextlib
import socket
import threading
import warnings
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from types import TracebackType

import gradio as gr
import uvicorn
from fastapi import APIRouter, FastAPI
from starlette.responses import RedirectResponse
from starlette.staticfiles import StaticFiles

from insideout.service.web.site import Site
from insideout.service.web.theme import style, theme

ASSETS = Path(__file__).with_name("assets")
# Module scripts of every page, in this order.
SCRIPTS = ("site.js", "live.js", "kiosk.js")
MOST_UPLOADED = "64mb"
_LOOK_SECS = 5.0  # between two looks for guests who have gone


def web_app(site: Site, blocks: gr.Blocks, routers: Iterable[APIRouter] = ()) -> FastAPI:
    """The whole app: the pages at their addresses, the scripts, and the routes of the routers."""

    @contextlib.asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        watch = asyncio.create_task(_send_off(site))
        yield
        watch.cancel()
        for guest in site.guests.present:
            site.guests.leave(guest.token)

    app = FastAPI(lifespan=living, docs_url=None, redoc_url=None, openapi_url=None)
    app.mount(
        "/insideout", StaticFiles(directory=ASSETS), name="insideout"
    )  # /assets is Gradio's own
    for router in routers:
        app.include_router(router)

    first = site.addresses[0]

    @app.get("/", include_in_schema=False)
    def front() -> RedirectResponse:
        return RedirectResponse(first)

    with warnings.catch_warnings():
        # Gradio says so of several pages even where it was not asked for.
        warnings.filterwarnings("ignore", message="SSR mode is not supported")
        return _mounted(app, blocks)


def _mounted(app: FastAPI, blocks: gr.Blocks) -> FastAPI:
    return gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=theme(),
        css=style(),
        head="".join(
            f'<script type="module" src="/insideout/{name}"></script>' for name in SCRIPTS
        ),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        max_file_size=MOST_UPLOADED,
        show_error=False,
    )


async def _send_off(site: Site) -> None:
    """Lets guests go who closed the page without a word."""
    while True:
        await asyncio.sleep(_LOOK_SECS)
        await asyncio.to_thread(site.guests.leave_idle, site.longest_idle_secs)


class Server:
    """An app on an address of this machine, in a thread of its own from `start` to `stop`.

    port: 0 for any that is free. Raises OSError where the address cannot be listened on.
    """

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.socket(family)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((host, port))
        except OSError:
            self._socket.close()
            raise
        self.address = f"http://{_for_url(host)}:{self._socket.getsockname()[1]}/"
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2)
        self._server = uvicorn.Server(config)
        self._thread: threading.Thread | None = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def run(self) -> None:
        """Serve until Ctrl-C."""
        self._server.run(sockets=[self._socket])

    def start(self) -> None:
        """Serve beside what the caller does; returns when the first request can be answered."""
        self._thread = threading.Thread(target=self.run, name="insideout-web", daemon=True)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._thread.join(0.02)

    def stop(self) -> None:
        """End it, and wait until it has."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()


def _for_url(host: str) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
    return f"[{shown}]" if ":" in shown and not shown.startswith("[") else shown
