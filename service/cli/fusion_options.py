"""What `train fusion` and `eval fusion` share: where the three sets lie."""

import os
from pathlib import Path

from platformdirs import user_cache_path

from insideout.eval.fusion_sources import Sets
from insideout.perception.errors import InsideOutError
from insideout.perception.text.corpora import SHARED_VARIABLE, data_folder

_SHARED = {
    "fer": "signals/face/fer2013/public_test.zip",
    "ravdess": "signals/voice/ravdess16",
    "ed": "datasets/empathetic_dialogues/valid.jsonl.gz",
}


class FusionOptionError(InsideOutError):
    """Data that is not where it should be."""


def sets_at(
    fer: Path | None,
    ravdess: Path | None,
    ed: Path | None,
    data: Path | None,
    cache: Path | None,
) -> Sets:
    """The places given, or those in INSIDEOUT_SHARED; raises FusionOptionError for a missing one."""
    return Sets(
        fer=_place("fer", fer),
        ravdess=_place("ravdess", ravdess),
        ed=_place("ed", ed),
        datasets=data_folder(data),
        cache=cache or user_cache_path("insideout", appauthor=False) / "fusion",
    )


def _place(name: str, given: Path | None) -> Path:
    path = given or Path(os.environ.get(SHARED_VARIABLE, "../shared")) / _SHARED[name]
    if not path.exists():
        raise FusionOptionError(f"there is nothing at {path}; name the data with --{name}")
    return path
