"""Model files that are not ours and not shipped: fetched once, checked, and kept in the user's cache."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from insideout.perception.errors import WeightsError
from insideout.perception.weights import OVERRIDE_VARIABLE, sha256

_QUIET_SECS = 30.0
_MOST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteFile:
    """One file of somebody else's: its name, where it is published, its SHA-256, its licence."""

    name: str
    url: str
    sha256: str
    licence: str


def fetched(file: RemoteFile, cache: Path | None = None) -> Path:
    """The file: from the folder INSIDEOUT_WEIGHTS_DIR, from the cache, else fetched into the cache.

    Raises WeightsError where it cannot be had or is not the published one.
    """
    override = os.environ.get(OVERRIDE_VARIABLE)
    if override and (own := Path(override) / file.name).is_file():
        return _checked(own, file)
    kept = (cache or user_cache_path("insideout", appauthor=False) / "models") / file.name
    if not kept.is_file():
        _fetch(file, kept)
    return _checked(kept, file)


def _checked(path: Path, file: RemoteFile) -> Path:
    if other := _other_than_published(path, file):
        raise WeightsError(f"{path} {other}; delete it, or get it from {file.url}")
    return path


def _other_than_published(path: Path, file: RemoteFile) -> str:
    """How the file differs from the published one; empty where it does not."""
    if (found := sha256(path)) == file.sha256:
        return ""
    return (
        f"is not the published {file.name}: its SHA-256 is {found[:12]}…, expected "
        f"{file.sha256[:12]}…"
    )


def _fetch(file: RemoteFile, kept: Path) -> None:
    """Put the file there, whole and checked, or leave nothing behind."""
    import httpx

    advice = f"get the file, put it into a folder and name that folder in {OVERRIDE_VARIABLE}"
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            part = Path(folder) / file.name
            _download(file.url, part)
            if other := _other_than_published(part, file):
                raise WeightsError(f"what {file.url} gives {other}; {advice}")
            part.replace(kept)
    except (httpx.HTTPError, OSError) as error:
        raise WeightsError(
            f"{file.name} is not here and {file.url} cannot be reached ({error}); {advice}"
        ) from error


def _download(url: str, path: Path) -> None:
    import httpx

    with (
        path.open("wb") as part,
        httpx.stream("GET", url, follow_redirects=True, timeout=_QUIET_SECS) as answer,
    ):
        answer.raise_for_status()
        size = 0
        for chunk in answer.iter_bytes():
            size += len(chunk)
            if size > _MOST_BYTES:
                raise WeightsError(f"{url} is larger than {_MOST_BYTES // 10**6} MB")
            part.write(chunk)
