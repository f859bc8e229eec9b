"""Runner: one benchmark at a time, in a process of its own, watched and stopped from the page."""

import atexit
import json
import logging
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from insideout.eval.compare import Run
from insideout.eval.errors import RunError
from insideout.eval.report_page import write_pages
from insideout.perception.errors import InsideOutError
from insideout.service.web.lab.bench_runs import LOG, REPORT, Note, Status

log = logging.getLogger(__name__)

_PATIENCE_SECS = 5.0  # between the signals, each harder than the one before
_LINES = 40  # of what the process says, kept in memory
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_BAR = re.compile("[━╸╺─]+")
_COUNT = re.compile(r"([\d,]+)/([\d,]+)")
_PERCENT = re.compile(r"(\d+)%")


class BusyError(RunError):
    """Another benchmark is running."""


@dataclass(slots=True, kw_only=True)
class Running:
    """The run under way. line: what it said last; share: how far it says it is, None where unknown."""

    folder: Path
    note: Note
    process: subprocess.Popen[bytes]
    begun_secs: float
    line: str = ""
    share: float | None = None
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=_LINES))
    stopped: bool = False
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def secs(self) -> float:
        """Since it began."""
        return time.monotonic() - self.begun_secs

    def hear(self, said: str) -> None:
        """One line of the process: a bar of progress, or something to remember."""
        plain = " ".join(_BAR.sub(" ", _CONTROL.sub("", said)).split())
        if not plain:
            return
        self.line, share = plain, progress_of(plain)
        self.share = share if share is not None else self.share
        if share is None:
            self.lines.append(plain)


def progress_of(line: str) -> float | None:
    """
    >>> progress_of("face-embedded 7/35 0:00:04")
    0.2
    """
    if counted := _COUNT.search(line):
        done, of = (int(number.replace(",", "")) for number in counted.groups())
        return min(1.0, done / of) if of else None
    percent = _PERCENT.search(line)
    return min(1.0, int(percent[1]) / 100.0) if percent else None


class Runner:
    """Starts benchmarks and keeps their reports below `runs`; one at a time for the whole program."""

    def __init__(self, runs: Path) -> None:
        self.runs = runs
        self.running: Running | None = None
        self.last: Path | None = None
        self._lock = threading.Lock()
        atexit.register(self.stop)

    def folder_for(self, name: str) -> Path:
        """A new run's folder, by name and time."""
        begun = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
        return self.runs / f"{name}-{begun}"

    def start(self, name: str, arguments: Sequence[str], folder: Path) -> Running:
        """Run `insideout` with those arguments; raises BusyError, RunError where it cannot be kept."""
        with self._lock:
            if self.running is not None:
                raise BusyError(self.running.note.name)
            note = Note(
                name=name,
                arguments=tuple(arguments),
                started=datetime.now(UTC).isoformat(timespec="seconds"),
                status=Status.RUNNING,
            )
            note.write(folder)
            process = _process(arguments)
            self.running = Running(
                folder=folder, note=note, process=process, begun_secs=time.monotonic()
            )
        threading.Thread(
            target=self._attend, args=(self.running,), name="insideout-bench", daemon=True
        ).start()
        return self.running

    def stop(self) -> None:
        """End the run under way and wait until it is over; what it kept stays."""
        running = self.running
        if running is None:
            return
        running.stopped = True
        for hard in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            _signal(running.process, hard)
            if running.over.wait(_PATIENCE_SECS):
                return

    def _attend(self, running: Running) -> None:
        """Listens until the process is over, and writes down what came of it."""
        try:
            note = replace(_outcome(running), secs=round(running.secs, 1))
            note.write(running.folder)
        except InsideOutError as error:
            log.warning("a benchmark's outcome is not kept: %s", error)
        finally:
            with self._lock:
                self.running, self.last = None, running.folder
            running.over.set()


def _process(arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """`insideout` with those arguments; it is told that somebody watches, so that it shows progress.

    The terminal is said to be wide, so that no message is broken into lines.
    """
    watched = {"TTY_COMPATIBLE": "1", "TTY_INTERACTIVE": "1", "NO_COLOR": "1", "COLUMNS": "1000"}
    return subprocess.Popen(  # noqa: S603 - a list, and no shell: nothing in it is a command
        [sys.executable, "-m", "insideout.service.cli.main", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **watched},
        start_new_session=True,
    )


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """To the process and all it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _outcome(running: Running) -> Note:
    """Hears the process to its end; its report and its log lie in the folder then."""
    printed: list[bytes] = []
    with running.process as process:
        assert process.stdout is not None
        assert process.stderr is not None
        printer = threading.Thread(target=_drain, args=(process.stdout, printed), daemon=True)
        printer.start()
        for said in _lines(process.stderr):
            running.hear(said)
        printer.join()
    code = running.process.returncode
    (running.folder / LOG).write_text("\n".join([*running.lines, ""]), "utf-8")
    if running.stopped:
        return replace(running.note, status=Status.STOPPED)
    why = "" if code == 0 else (running.lines[-1] if running.lines else f"exit code {code}")
    why = why or _keep_report(running.folder, b"".join(printed))
    return replace(running.note, status=Status.FAILED if why else Status.DONE, why=why)


def _drain(stream: IO[bytes], into: list[bytes]) -> None:
    into.append(stream.read())


def _lines(stream: IO[bytes]) -> Iterator[str]:
    """What is said, at line ends and where a bar is drawn anew, as soon as it is there."""
    rest = b""
    while piece := os.read(stream.fileno(), 4096):
        *whole, rest = re.split(rb"[\r\n]", rest + piece)
        yield from (line.decode(errors="replace") for line in whole)
    yield rest.decode(errors="replace")


def _keep_report(folder: Path, printed: bytes) -> str:
    """Write the report, and the pictures of runs that have some; why there is no report, else empty."""
    try:
        report = json.loads(printed)
    except ValueError:
        return "it printed no JSON"
    (folder / REPORT).write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    with suppress(RunError):  # other commands keep other folders, of which no pages are made
        write_pages([Run.read(folder)])
    return ""
