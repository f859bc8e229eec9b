"""Prompt: the line a person types, into which words that were heard are put while they type."""

import signal
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from types import FrameType
from typing import Any, Self

from insideout.service.cli.render import PROMPT, err, note

with suppress(ImportError):  # Windows, whose console edits lines by itself
    # Going back to earlier lines comes with it. They stay in memory: a history file would keep words
    # that /forget is to delete.
    import readline

_TRIES, _PAUSE_SECS = 100, 0.05
_CALLS = "readline" in globals() and hasattr(signal, "pthread_kill")
_CLEAR_LINE = "\r\x1b[K"


class Prompt:
    """Reads lines that a person types; other threads may write into the line, and tell things above it.

    Readline is not to be touched from another thread than the one that reads. A signal makes it call us
    there: CPython runs handlers on the main thread, while readline waits. Where there is no readline or
    no such signal, an empty line stands for what was heard.

        with Prompt() as prompt:
            words = prompt.read()
    """

    def __init__(self) -> None:
        self._words: deque[str] = deque()
        self._notes: deque[str] = deque()
        self._typing, self._calling = threading.Event(), threading.Lock()
        self._before: Any = None
        self._main = threading.get_ident()

    def __enter__(self) -> Self:
        if _CALLS:
            self._before = signal.signal(signal.SIGUSR1, self._called)
            readline.set_startup_hook(self._insert)
        return self

    def __exit__(self, *error: Any) -> None:
        if _CALLS:
            readline.set_startup_hook(None)
            with self._calling:
                self._typing.clear()
                signal.signal(signal.SIGUSR1, signal.SIG_IGN)  # what is on its way would end us
                signal.signal(signal.SIGUSR1, self._before)

    def read(self) -> str:
        """The next line; raises EOFError and KeyboardInterrupt as `input` does."""
        self._tell()
        print()
        self._typing.set()
        try:
            line = input(PROMPT)
        finally:
            self._typing.clear()
        return line if line or _CALLS else _taken(self._words)

    def put(self, words: str) -> None:
        """Write into the line that is being typed, else into the next one."""
        self._words.append(words)
        if not _CALLS:
            self._notes.append(f"heard: {words} (Enter sends it)")
        self._call()

    def tell(self, text: str) -> None:
        """Tell something above the line; before the next one where none is being typed."""
        self._notes.append(text)
        self._call()

    def _call(self) -> None:
        """Have the main thread come for it; a signal that reaches readline at work is lost."""
        if not _CALLS:
            return
        for _ in range(_TRIES):
            with self._calling:
                if not (self._words or self._notes) or not self._typing.is_set():
                    return
                signal.pthread_kill(self._main, signal.SIGUSR1)
            time.sleep(_PAUSE_SECS)

    def _called(self, number: int, frame: FrameType | None) -> None:
        if not self._typing.is_set():
            return
        if self._notes:
            sys.stdout.write(_CLEAR_LINE)
            sys.stdout.flush()
            self._tell()
            sys.stdout.write(f"{PROMPT}{readline.get_line_buffer()}")
            sys.stdout.flush()
        self._insert()
        readline.redisplay()

    def _tell(self) -> None:
        while self._notes:
            note(err(), self._notes.popleft())

    def _insert(self) -> None:
        """Behind what stands in the line already."""
        if self._words:
            line = readline.get_line_buffer()
            gap = " " if line and not line.endswith(" ") else ""
            readline.insert_text(gap + _taken(self._words))


def _taken(words: deque[str]) -> str:
    taken = []
    while words:
        taken.append(words.popleft())
    return " ".join(taken)
