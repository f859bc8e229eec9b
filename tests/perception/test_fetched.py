"""Fetching from a real server on this machine."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from insideout.perception.errors import WeightsError
from insideout.perception.fetched import RemoteFile, fetched
from insideout.perception.weights import OVERRIDE_VARIABLE

CONTENT = b"a small model"
HALF = "/half.onnx"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        if self.path != HALF:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Length", str(2 * len(CONTENT)))
        self.end_headers()
        self.wfile.write(CONTENT)
        return None


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "small.onnx").write_bytes(CONTENT)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def remote(address: str, digest: str = hashlib.sha256(CONTENT).hexdigest()) -> RemoteFile:
    return RemoteFile(name="small.onnx", url=f"{address}/small.onnx", sha256=digest, licence="MIT")


def test_a_file_is_fetched_once_and_kept(address: str, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert fetched(remote(address), cache).read_bytes() == CONTENT
    gone = remote("http://127.0.0.1:9")
    assert fetched(gone, cache) == cache / "small.onnx"


def test_another_file_than_the_published_one_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="is not the published"):
        fetched(remote(address, "0" * 64), tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.parametrize("path", [HALF, "/gone.onnx"])
def test_nothing_is_left_of_a_download_that_fails(address: str, tmp_path: Path, path: str) -> None:
    broken = replace(remote(address), url=address + path)
    with pytest.raises(WeightsError, match="cannot be reached"):
        fetched(broken, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_nothing_is_left_of_a_file_that_is_too_large(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("insideout.perception.fetched._MOST_BYTES", len(CONTENT) - 1)
    with pytest.raises(WeightsError, match="is larger than"):
        fetched(remote(address), tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_download_that_broke_off_is_no_obstacle_to_the_next(address: str, tmp_path: Path) -> None:
    with pytest.raises(WeightsError):
        fetched(replace(remote(address), url=address + HALF), tmp_path / "cache")
    assert fetched(remote(address), tmp_path / "cache").read_bytes() == CONTENT


def test_without_network_it_says_where_to_put_the_file(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=OVERRIDE_VARIABLE):
        fetched(remote("http://127.0.0.1:9"), tmp_path / "cache")


def test_a_file_of_ones_own_comes_first(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "small.onnx").write_bytes(CONTENT)
    monkeypatch.setenv(OVERRIDE_VARIABLE, str(tmp_path))
    assert fetched(remote(address), tmp_path / "cache") == tmp_path / "small.onnx"
