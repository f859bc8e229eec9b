"""The server that any OpenAI client can talk to: /v1/chat/completions and /v1/models."""

import asyncio
import logging
import secrets
import uuid
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from insideout.agents.errors import UnknownSessionError
from insideout.agents.events import DoneEvent, Event
from insideout.agents.insideout import InsideOut
from insideout.perception.errors import InsideOutError
from insideout.service.http.answers import (
    END,
    NAME,
    Completion,
    answered,
    error_body,
    models,
    status_of,
    unanswered,
)
from insideout.service.http.asked import ChatRequest
from insideout.service.http.conversation import Asked, as_asked
from insideout.service.http.signals import Senses

log = logging.getLogger(__name__)
_MOST_BYTES = 32 * 1024 * 1024  # of a request: some pictures and a minute of sound in base64
_BROKE = "something broke on the server; the request can be sent again"


def api(assistant: InsideOut, key: str | None = None) -> FastAPI:
    """The app. key: what clients must send as their API key; None lets everybody in."""
    app = FastAPI(title="InsideOut", docs_url=None, redoc_url=None)
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=_MOST_BYTES)
    app.include_router(_routes(assistant, key))

    @app.exception_handler(InsideOutError)
    async def ours(_: Request, error: InsideOutError) -> JSONResponse:
        return _error(str(error), status_of(error))

    @app.exception_handler(RequestValidationError)
    async def malformed(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"] if step != "body")
        return _error(f"{where or 'the body'}: {first['msg']}", 400)

    @app.exception_handler(StarletteHTTPException)
    async def refused(_: Request, error: StarletteHTTPException) -> JSONResponse:
        return _error(str(error.detail), error.status_code)

    @app.exception_handler(Exception)
    async def broken(_: Request, error: Exception) -> JSONResponse:
        log.error("a request broke down", exc_info=error)
        return _error(_BROKE, 500)

    return app


def _error(message: str, status: int) -> JSONResponse:
    return JSONResponse(error_body(message, status), status)


def _routes(assistant: InsideOut, key: str | None) -> APIRouter:
    senses = Senses()

    def check_key(authorization: Annotated[str, Header()] = "") -> None:
        given = authorization.removeprefix("Bearer ").encode()
        if key is not None and not secrets.compare_digest(given, key.encode()):
            raise HTTPException(
                401, "the API key is missing or wrong; expected that of this server"
            )

    routes = APIRouter(dependencies=[Depends(check_key)])

    @routes.get("/v1/models")
    def list_models() -> JSONResponse:
        return JSONResponse(models())

    @routes.post("/v1/chat/completions", response_model=None)
    async def complete(chat: ChatRequest) -> Response:
        asked = await asyncio.to_thread(as_asked, chat, senses)
        completion = Completion(model=chat.model or NAME)
        events = _events(assistant, asked)
        if chat.stream:
            usage = bool(chat.stream_options and chat.stream_options.include_usage)
            stream = await _begun(_streamed(events, completion, usage=usage))
            return StreamingResponse(stream, media_type="text/event-stream")
        async with aclosing(events):
            async for event in events:
                if isinstance(event, DoneEvent):
                    if not answered(event.turn):
                        return _error(unanswered(event.turn), 502)
                    return JSONResponse(completion.whole(event.turn))
        raise AssertionError("a turn ends with its DoneEvent")

    return routes


async def _begun(stream: AsyncGenerator[str, None]) -> AsyncGenerator[str, None]:
    """The same, once its first piece is there: what is wrong with the request shows as its status."""
    first = await anext(stream)

    async def all_of_it() -> AsyncGenerator[str, None]:
        async with aclosing(stream):
            yield first
            async for piece in stream:
                yield piece

    return all_of_it()


async def _events(assistant: InsideOut, asked: Asked) -> AsyncGenerator[Event, None]:
    """The turn's events. A conversation that the client keeps is deleted here when it is over."""
    request = asked.request
    kept = request.session is not None
    if not kept:
        request = replace(request, session=f"http-{uuid.uuid4().hex}")
    try:
        if asked.earlier:
            await assistant.arecall(str(request.session), asked.earlier)
        async with aclosing(assistant.astream(request)) as events:
            async for event in events:
                yield event
    finally:
        if not kept:
            with suppress(UnknownSessionError):
                assistant.sessions.delete(str(request.session))


async def _streamed(
    events: AsyncGenerator[Event, None], completion: Completion, *, usage: bool
) -> AsyncGenerator[str, None]:
    """The events as server-sent ones. A reply that breaks off and begins anew is told as an error."""
    opened = False
    try:
        async with aclosing(events):
            async for event in events:
                if not opened:
                    opened = True
                    yield completion.first()
                if isinstance(event, DoneEvent):
                    if not answered(event.turn):
                        yield completion.failed(unanswered(event.turn))
                    else:
                        yield completion.last(event.turn, usage=usage)
                elif piece := completion.piece(event):
                    yield piece
    except InsideOutError as error:
        if not opened:
            raise
        yield completion.failed(str(error), status_of(error))
    except Exception:
        if not opened:
            raise
        log.exception("a stream broke down")
        yield completion.failed(_BROKE, 500)
    yield END
