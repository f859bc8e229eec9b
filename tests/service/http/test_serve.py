"""`insideout serve`, as a program of its own."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable

import pytest
from openai import OpenAI

from insideout.service.http.server import is_local

pytest.importorskip("fastapi", reason="fastapi is not installed (pip install -e '.[serve]')")


def test_it_serves_until_ctrl_c(scripted: Callable[..., str]) -> None:
    command = "from insideout.service.cli.main import run; raise SystemExit(run())"
    arguments = ["serve", "--port", "0", "--model", scripted()]
    with subprocess.Popen(
        [sys.executable, "-c", command, *arguments], stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stderr is not None
        address = next(
            found[0] for line in program.stderr if (found := re.search(r"http://\S+", line))
        )
        with OpenAI(base_url=address, api_key="any") as client:
            models = client.models.list().data
        program.send_signal(signal.SIGINT)
        code = program.wait(timeout=20)
    assert models[0].id == "insideout"
    assert code in (0, 130)


def test_a_port_that_is_taken_is_said(
    cli: Callable[..., object], scripted: Callable[..., str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = cli("serve", "--port", str(taken.getsockname()[1]), "--model", scripted())
    assert ran.code == 2  # type: ignore[attr-defined]
    assert "cannot listen on" in ran.err  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("10.0.0.1", False)],
)
def test_who_reaches_an_address(host: str, *, local: bool) -> None:
    assert is_local(host) is local
