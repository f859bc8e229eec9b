"""The server of the pages: Gradio's app, and beside it what Gradio has no parts for."""

import asyncio
import contextlib
import logging
import warnings
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import gradio as gr
from fastapi import APIRouter, FastAPI
from starlette.responses import RedirectResponse
from starlette.staticfiles import StaticFiles

from insideout.service.web.closed_pages import forget_closed
from insideout.service.web.site import Site
from insideout.service.web.theme import style, theme

log = logging.getLogger(__name__)

ASSETS = Path(__file__).with_name("assets")
# Module scripts of every page, in this order.
SCRIPTS = ("live.js", "kiosk.js")
MOST_UPLOADED = "64mb"
_LOOK_SECS = 5.0  # between two looks for guests who have gone


def web_app(site: Site, blocks: gr.Blocks, routers: Iterable[APIRouter] = ()) -> FastAPI:
    """The whole app: the pages at their addresses, the scripts, and the routes of the routers."""

    @contextlib.asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        watch = asyncio.create_task(_send_off(site, blocks))
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
    # Else Gradio takes any path of this machine, named in a crafted request, for an upload.
    blocks.has_launched = True
    mounted: FastAPI = gr.mount_gradio_app(
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
    return mounted


async def _send_off(site: Site, blocks: gr.Blocks) -> None:
    """Lets guests go who closed the page without a word, and what Gradio keeps of them."""
    while True:
        await asyncio.sleep(_LOOK_SECS)
        try:
            await asyncio.to_thread(site.guests.leave_idle, site.longest_idle_secs)
            forget_closed(blocks)
        except Exception:
            log.exception("guests who are gone could not be let go; it is tried again")
