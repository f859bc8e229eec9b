"""The optional libraries of the voice, imported where they are first needed."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from insideout.perception.errors import PerceptionError

EXTRA = "voice"


def need(name: str, extra: str = EXTRA) -> Any:
    """The module; raises PerceptionError that names the extra which brings it."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise PerceptionError(_missing(name, error.name or name, extra)) from error
    except OSError as error:  # sounddevice without PortAudio
        raise PerceptionError(
            f"{name} cannot be loaded ({error}); a system library is missing: "
            f"{_SYSTEM.get(name, 'see the documentation of ' + name)}"
        ) from error


def folder_of(name: str, extra: str = EXTRA) -> Path:
    """Where a package lies, without importing it; raises PerceptionError where it is not installed."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise PerceptionError(_missing(name, name, extra))
    return Path(next(iter(spec.submodule_search_locations)))


_SYSTEM = {"sounddevice": "install PortAudio, on Debian: apt-get install libportaudio2"}


def _missing(name: str, found: str, extra: str) -> str:
    return (
        f"voices are read with {name.split('.')[0]}, but {found} is not installed; "
        f'install it with: pip install "insideout-emotions[{extra}]"'
    )
