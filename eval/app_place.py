"""The web app in a process of its own, as `python app.py` starts it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from insideout.eval.errors import EvalError

APP = Path(__file__).resolve().parents[1] / "app.py"
_START_SECS = 120.0
_MB = 1024.0 * 1024.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A web app that is served on a port of this machine. began: time.monotonic() of its start."""

    process: subprocess.Popen[bytes]
    port: int
    began: float

    @property
    def address(self) -> str:
        """Its front page; ends with a slash."""
        return f"http://127.0.0.1:{self.port}/"

    def memory_mb(self) -> float:
        """Resident memory of the process and its children."""
        return float(sum(one.memory_info().rss for one in self._family())) / _MB

    def cpu_secs(self) -> float:
        """Processor time of the process and its children so far."""
        return float(sum(sum(one.cpu_times()[:2]) for one in self._family()))

    def _family(self) -> list[psutil.Process]:
        first = psutil.Process(self.process.pid)
        return [first, *first.children(recursive=True)]


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def served(**settings: str) -> Iterator[Place]:
    """The app on the embedded models; settings as in INSIDEOUT_*. Raises EvalError without app.py."""
    if not APP.is_file():
        raise EvalError(f"there is no {APP}; `make bench-app` runs in a checkout of the repository")
    port = free_port()
    command = [sys.executable, str(APP), "--port", str(port), "--model", "embedded"]
    given = {f"INSIDEOUT_{name.upper()}": value for name, value in settings.items()}
    began = time.monotonic()
    process = subprocess.Popen(command, env={**os.environ, **given}, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        yield Place(process=process, port=port, began=began)
    finally:
        process.terminate()
        process.wait()


def wait_for(place: Place) -> None:
    """Until the app answers; raises EvalError where it ends or takes two minutes."""
    until = time.monotonic() + _START_SECS
    while time.monotonic() < until:
        if place.process.poll() is not None:
            raise EvalError(f"app.py ended with code {place.process.returncode}; run it to see why")
        try:
            socket.create_connection(("127.0.0.1", place.port), timeout=1.0).close()
        except OSError:
            time.sleep(0.02)  # asking costs next to nothing, or the start would be the later for it
        else:
            return
    raise EvalError(f"app.py did not answer within {_START_SECS:.0f} s")
