"""`python -m insideout.eval.face_cues`: the thresholds of the action units, and how often each is shown.

With `--norms` and FER-2013's training images it measures, on faces labelled neutral, the score that
95 % of them stay below: the thresholds in perception/face/cues/action_units.py. Without it it says, on
the images given (the public test), which share of the faces of each label shows each unit, with
Wilson's 95 % interval. Images in which the landmarker sees no face are counted apart.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from insideout.eval.beats import wilson
from insideout.perception.face.cues.action_units import ACTION_UNITS, LEAST, STAY_BELOW
from insideout.perception.face.cues.blendshapes import shown
from insideout.perception.face.cues.landmarker import FaceLandmarker
from insideout.perception.face.datasets.fer2013 import SIDE, FerSet, load_fer2013
from insideout.perception.face.face import DetectedFace, FaceBox
from insideout.perception.label_spaces import FER_2013

NEUTRAL, ANY = "neutral", "any"
# The picture is the face and nothing else.
_WHOLE = DetectedFace(box=FaceBox(left=0.0, top=0.0, width=SIDE, height=SIDE), score=1.0)

Seen = Mapping[str, float] | None


def sample(images: FerSet, limit: int | None, seed: int, only: str | None = None) -> FerSet:
    """`limit` of the images, drawn without replacement; only: of that label."""
    places = np.arange(len(images))
    if only is not None:
        places = places[images.labels == FER_2013.labels.index(only)]
    if limit is not None and limit < len(places):
        places = np.random.default_rng(seed).choice(places, size=limit, replace=False)
    mask = np.zeros(len(images), dtype=np.bool_)
    mask[places] = True
    return images.only(mask)


def look(landmarker: FaceLandmarker, images: FerSet, console: Console) -> list[Seen]:
    """The blendshapes of each image; None where no face was seen."""
    found: list[Seen] = []
    with Progress(console=console, transient=True) as progress:
        for image in progress.track(images.images, description="Faces looked at"):
            picture = np.repeat(image[:, :, None], 3, axis=2)
            found.append(landmarker.blendshapes(picture, _WHOLE))
    return found


def norms(seen: Sequence[Seen]) -> dict[str, Any]:
    """n, unseen and the threshold of each action unit."""
    faces = [one for one in seen if one is not None]
    return {
        "n": len(faces),
        "unseen": len(seen) - len(faces),
        "thresholds": {
            unit.code: round(
                max(LEAST, float(np.quantile([unit.score(one) for one in faces], STAY_BELOW))), 2
            )
            for unit in ACTION_UNITS
        },
    }


def shares(seen: Sequence[Seen], labels: Sequence[str]) -> dict[str, Any]:
    """For each label that is there: n, unseen, the share that shows each unit, its interval.

    "any" is the share that shows at least one.
    """
    report: dict[str, Any] = {}
    for label in FER_2013.labels:
        own = [one for one, said in zip(seen, labels, strict=True) if said == label]
        faces = [{unit.code for unit in shown(one)} for one in own if one is not None]
        counts = {unit.code: sum(unit.code in one for one in faces) for unit in ACTION_UNITS}
        counts[ANY] = sum(bool(one) for one in faces)
        n = len(faces)
        if own:
            report[label] = {
                "n": n,
                "unseen": len(own) - n,
                "shown": {code: round(count / n, 3) for code, count in counts.items() if n},
                "interval95": {code: wilson(count, n) for code, count in counts.items() if n},
            }
    return report


def table(report: Mapping[str, Any]) -> Table:
    """Units down, labels across, in per cent."""
    seen = {label: one for label, one in report.items() if one["n"]}
    names = [f"{label}\nn={one['n']}" for label, one in seen.items()]
    found = Table("unit", *names, title="Faces that show an action unit, %")
    for code, name in ((unit.code, unit.name) for unit in ACTION_UNITS):
        found.add_row(f"{code} {name}", *_cells(seen, code))
    found.add_row("at least one", *_cells(seen, ANY))
    return found


def _cells(report: Mapping[str, Any], code: str) -> list[str]:
    return [f"{100 * one['shown'][code]:.0f}" for one in report.values()]


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table; `--json` one object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="FER-2013: zip, folder or csv")
    parser.add_argument("--model", type=Path, help="face_landmarker.task; else it is fetched")
    parser.add_argument("--norms", action="store_true", help="measure the thresholds")
    parser.add_argument("--limit", type=int, help="so many images, drawn by the seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    console = Console(stderr=True)
    images = sample(
        load_fer2013(options.data),
        options.limit,
        options.seed,
        NEUTRAL if options.norms else None,
    )
    seen = look(FaceLandmarker(options.model), images, console)
    labels = [FER_2013.labels[place] for place in images.labels]
    found = norms(seen) if options.norms else shares(seen, labels)
    if options.json or options.norms:
        print(json.dumps(found))
    else:
        Console().print(table(found))


if __name__ == "__main__":
    main()
