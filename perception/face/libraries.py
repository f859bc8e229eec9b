"""The optional libraries of faces, imported where they are first needed."""

from importlib import import_module
from typing import Any

from insideout.perception.errors import PerceptionError

EXTRA = "camera"


def need(name: str, extra: str = EXTRA) -> Any:
    """The module; raises PerceptionError that names the extra which brings it."""
    try:
        return import_module(name)
    except ImportError as error:
        raise PerceptionError(
            f"faces are read with {name.split('.')[0]}, but {error.name or name} cannot be imported "
            f'({error}); install it with: pip install "insideout-emotions[{extra}]"'
        ) from error
