"""Turns: the turns under way, each in a task of its own, so that it can be cut short from elsewhere."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TypeVar

T = TypeVar("T")

# The page is drawn at most this often; faster than an eye follows costs only.
REDRAW_SECS = 0.05


class Turns:
    """What runs, by session.

    A turn is not left to the generator that a page reads it from: a page that stops reading may
    leave its generator suspended, and with it the session's lock, until it is garbage-collected.
    """

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def running(self, session: str) -> bool:
        """Whether a turn of the session is under way."""
        task = self._tasks.get(session)
        return task is not None and not task.done()

    async def run(self, session: str, source: AsyncGenerator[T, None]) -> AsyncGenerator[T, None]:
        """The source's items until it ends or is cut short, each standing for all before it.

        Of those that come while the one before is being drawn, the newest alone is given.
        """
        newest: list[T] = []
        news = asyncio.Event()

        async def pump() -> None:
            try:
                async with aclosing(source) as stream:
                    async for item in stream:
                        newest[:] = [item]
                        news.set()
            finally:
                news.set()

        task = self._tasks[session] = asyncio.create_task(pump())
        task.add_done_callback(lambda _: self._tasks.pop(session, None))
        while not task.done() or newest:
            await news.wait()
            news.clear()
            if newest:
                yield newest.pop()
                await asyncio.sleep(REDRAW_SECS)
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()

    async def cut(self, session: str) -> None:
        """End the session's turn, if one is under way, and wait until it has been put in order."""
        task = self._tasks.get(session)
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
