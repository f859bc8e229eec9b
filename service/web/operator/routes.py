"""/health: how the program fares, as JSON for a monitor. No personal data."""

import contextlib
from collections.abc import AsyncIterator

from fastapi import APIRouter, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from insideout.service.web.operator.health import health
from insideout.service.web.operator.mishaps import MISHAPS
from insideout.service.web.site import Site


def router(site: Site) -> APIRouter:
    """The route of the health, and the counting of errors while the app runs."""

    @contextlib.asynccontextmanager
    async def counting(_: FastAPI) -> AsyncIterator[None]:
        with MISHAPS.listening():
            yield

    routes = APIRouter(lifespan=counting, include_in_schema=False)

    @routes.get("/health")
    async def look() -> JSONResponse:
        found = await run_in_threadpool(health, site)
        status = 200 if found.well else 503
        return JSONResponse(found.to_json(), status, headers={"Cache-Control": "no-store"})

    return routes
