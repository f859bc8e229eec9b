"""Nothing of the user's is touched; the network is off but for this machine (pyproject, addopts)."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before anything of ours is imported: a developer's keys must not reach a test.
OURS = ("INSIDEOUT_", "OPENAI_", "GIGACHAT_", "OLLAMA_", "LANGSMITH_", "LANGCHAIN_")
for name in list(os.environ):
    if name.startswith(OURS) and name != "INSIDEOUT_SHARED":
        del os.environ[name]
os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions, caches and settings of a test live in its own folder."""
    monkeypatch.setenv("INSIDEOUT_SESSIONS", str(tmp_path / "sessions.sqlite"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture(autouse=True)
def forgotten_detector() -> Iterator[None]:
    """Whether YuNet's file is there is asked once a process; a test must not answer for the next."""
    yield
    detecting = sys.modules.get("insideout.perception.face.detecting")
    if detecting is not None:
        getattr(detecting.why_without_yunet, "cache_clear", lambda: None)()


SHARED = Path(os.environ.get("INSIDEOUT_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared_or_none() -> Path | None:
    """The folder of shared data sets and models, where it is there."""
    return SHARED if SHARED.is_dir() else None


@pytest.fixture(scope="session")
def shared(shared_or_none: Path | None) -> Path:
    """The folder of shared data sets and models; the test is skipped where it is absent."""
    if shared_or_none is None:
        pytest.skip(f"no shared data at {SHARED}; set INSIDEOUT_SHARED")
    return shared_or_none


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's chromium; the test is skipped where it is not installed."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    return found
