"""An ASGI app on an address of this machine, until it is told to stop."""

import socket
import threading
from types import TracebackType
from typing import Any

import uvicorn

ANYWHERE = "0.0.0.0"  # noqa: S104 - what somebody may ask to listen on
_SOCKET_BYTES = 1_000_000  # of one packet; a frame has a tenth of that
_LAST_SECS = 2  # for requests under way when the server is stopped


class Server:
    """An app on an address, with `run` in this thread or with `start` and `stop` beside it.

    port: 0 for any that is free. Raises OSError where the address cannot be listened on.

        with Server(app, "127.0.0.1", 0) as server:
            httpx.get(server.address)
    """

    def __init__(self, app: Any, host: str, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((host, port))
        except OSError:
            self._socket.close()
            raise
        self.address = f"http://{_for_url(host)}:{self._socket.getsockname()[1]}/"
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                ws_max_size=_SOCKET_BYTES,
                timeout_graceful_shutdown=_LAST_SECS,
            )
        )
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
        self._thread = threading.Thread(target=self.run, name="insideout-server", daemon=True)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._thread.join(0.02)

    def stop(self) -> None:
        """End it, and wait until it has."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()


def is_local(host: str) -> bool:
    """Whether only this machine reaches what listens there."""
    return host in ("localhost", "::1") or host.startswith("127.")


def _for_url(host: str) -> str:
    shown = {ANYWHERE: "127.0.0.1", "::": "::1"}.get(host, host)
    return f"[{shown}]" if ":" in shown else shown
