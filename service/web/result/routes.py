"""Where a saved result is fetched from: /result/KEY, and KEY.pdf, KEY.png, KEY.json."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from insideout.service.web.result.as_json import as_json
from insideout.service.web.result.content import Content
from insideout.service.web.result.page import forgotten_page, gone_page, phone_page
from insideout.service.web.result.saved import Shelf, shelf
from insideout.service.web.site import Site
from insideout.service.web.texts import preferred

_SWEEP_SECS = 5.0
# Nothing of a result stays in a cache, in a history of addresses seen elsewhere, or in an index.
_PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
}


def router(site: Site) -> APIRouter:
    """The routes of saved results."""
    results = shelf(site)

    @contextlib.asynccontextmanager
    async def sweeping(_: FastAPI) -> AsyncIterator[None]:
        task = asyncio.create_task(_sweep(results))
        yield
        task.cancel()

    routes = APIRouter(prefix="/result", lifespan=sweeping, include_in_schema=False)

    @routes.get("/{name}")
    async def fetch(name: str, request: Request) -> Response:
        key, _, kind = name.partition(".")
        result = results.find(key)
        if result is None or kind not in {"", *_WRITERS}:
            return _gone(site, request)
        if not kind:
            return HTMLResponse(phone_page(result, key, results.left_secs(key)), headers=_PRIVATE)
        return await run_in_threadpool(_file, result, kind)

    @routes.post("/{key}/forget")
    async def forget(key: str, request: Request) -> Response:
        result = results.find(key)
        if result is None:
            return _gone(site, request)
        results.forget(key)
        return HTMLResponse(forgotten_page(result.language), headers=_PRIVATE)

    return routes


async def _sweep(results: Shelf) -> None:
    while True:
        await asyncio.sleep(_SWEEP_SECS)
        results.sweep()


def _gone(site: Site, request: Request) -> Response:
    language = preferred(request.headers.get("accept-language", ""))
    page = gone_page(language, site.settings.result_minutes)
    return HTMLResponse(page, status_code=404, headers=_PRIVATE)


def _json(result: Content) -> bytes:
    return json.dumps(as_json(result), ensure_ascii=False, indent=2).encode()


def _pdf(result: Content) -> bytes:
    # What writes PDF takes a third of a second to import, which the start of the app need not wait for.
    from insideout.service.web.result.sheet import pdf

    return pdf(result)


def _png(result: Content) -> bytes:
    from insideout.service.web.result.sheet import png

    return png(result)


_WRITERS = {
    "pdf": (_pdf, "application/pdf"),
    "png": (_png, "image/png"),
    "json": (_json, "application/json"),
}


def _file(result: Content, kind: str) -> Response:
    write, media_type = _WRITERS[kind]
    name = f"insideout-{result.made_at:%Y-%m-%d-%H%M}.{kind}"
    headers = {**_PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write(result), media_type=media_type, headers=headers)
