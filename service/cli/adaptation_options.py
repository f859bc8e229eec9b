"""What `train rest` and `eval adaptation` share: where the sets lie."""

import os
from pathlib import Path

from platformdirs import user_cache_path

from insideout.perception.errors import InsideOutError
from insideout.perception.text.corpora import SHARED_VARIABLE

_SHARED = {
    "fer": "signals/face/fer2013/train.zip",
    "fer-test": "signals/face/fer2013/public_test.zip",
    "ravdess": "signals/voice/ravdess16",
    "emodb": "signals/voice/emodb_2s",
    "stress": "signals/ecg/stress_predict",
}


class AdaptationOptionError(InsideOutError):
    """Data that is not where it should be."""


def place(name: str, given: Path | None) -> Path:
    """The path given, or the set's in INSIDEOUT_SHARED; raises AdaptationOptionError."""
    path = given or Path(os.environ.get(SHARED_VARIABLE, "../shared")) / _SHARED[name]
    if not path.exists():
        raise AdaptationOptionError(f"there is nothing at {path}; name the data with --{name}")
    return path


def cache_folder(given: Path | None) -> Path:
    """The folder given, else one in the user's cache; it is made."""
    folder = given or user_cache_path("insideout", appauthor=False) / "adaptation"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
