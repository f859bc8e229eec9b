"""How people in general look and sound at rest to our recognisers, for `learn_shift`.

Two small JSON files beside the recognisers' own, made by `insideout train rest` of faces and voices that
these had not learnt from: FER-2013's neutral faces that were held out, and neutral sentences of speakers
each judged by classifiers that had not heard them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from insideout.perception.errors import WeightsError
from insideout.perception.person import Shift
from insideout.perception.reading import Modality
from insideout.perception.weights import WeightsFile, locate

FORMAT = 1  # of the file; raised when a field changes its meaning
_TRAINED_BY = "insideout train rest"

WEIGHTS: Mapping[Modality, WeightsFile] = {
    Modality.FACE: WeightsFile(
        name="face_rest.json",
        package="insideout.perception.face",
        licence="research and non-commercial use, as FER-2013; see MODEL_CARD.md",
        trained_by=_TRAINED_BY,
    ),
    Modality.VOICE: WeightsFile(
        name="voice_rest.json",
        package="insideout.perception.voice",
        licence="CC BY-NC-SA 4.0 (measured on RAVDESS and EMO-DB)",
        trained_by=_TRAINED_BY,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRest:
    """What one recogniser says of people at rest.

    logs: the mean log-probability of each label. n: of how many, and of what, in words.
    """

    logs: Shift
    n: int
    of: str

    def to_json(self) -> dict[str, Any]:
        """A JSON object; `load` reads it back."""
        logs = {label: round(value, 4) for label, value in self.logs.items()}
        return {"n": self.n, "of": self.of, "logs": logs}


def others_at_rest(modality: Modality, model: str) -> Shift | None:
    """The mean log-probabilities of that recogniser for people at rest; None where it is not known.

    Raises WeightsError where the file is missing or damaged.
    """
    found = _load(locate(WEIGHTS[modality])).get(model)
    return None if found is None else found.logs


def save(found: Mapping[str, AtRest], path: Path) -> None:
    """Write the file, by id of the recogniser."""
    record = {"format": FORMAT, "models": {model: one.to_json() for model, one in found.items()}}
    path.write_text(json.dumps(record, indent=1) + "\n", "utf-8")


def load(path: Path) -> dict[str, AtRest]:
    """What `save` wrote, by id of the recogniser; raises WeightsError where it is something else."""
    try:
        record = json.loads(path.read_text("utf-8"))
        if record["format"] != FORMAT:
            raise ValueError(f"its format is {record['format']}")
        return {
            model: AtRest(
                logs={str(label): float(value) for label, value in one["logs"].items()},
                n=int(one["n"]),
                of=str(one["of"]),
            )
            for model, one in record["models"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsError(
            f"{path} does not say how people are at rest, in format {FORMAT} ({error}); restore it from "
            f"the release or make it again with `{_TRAINED_BY}`"
        ) from error


@lru_cache(maxsize=4)
def _load(path: Path) -> dict[str, AtRest]:
    return load(path)
