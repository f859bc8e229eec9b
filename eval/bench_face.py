"""`make bench-face`: what reading a face costs, and how right it is, every model in one run.

The embedded recogniser stands beside every model of other people's under INSIDEOUT_SHARED/models that
has a card. A frame of 640 x 480 is read by all of them in turn, so that they meet the same machine; then
each reads the film of a woman who cries, then laughs, and answers FER-2013's public test and the
labelled photos. Last, the film is fed again and again for an hour of its time, with the peak of memory
on the way.
"""

import argparse
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from insideout.eval import face_fer, face_files
from insideout.eval.errors import DataSetError
from insideout.eval.face_costs import Tell, frame_times, frames, of_film, soak
from insideout.eval.face_running import Asked
from insideout.perception.errors import PerceptionError
from insideout.perception.face.datasets.photos import load_photos
from insideout.perception.face.detecting import face_detector
from insideout.perception.face.reader import FaceReader
from insideout.perception.face.recognisers import EMBEDDED, face_recogniser
from insideout.perception.text.corpora import SHARED_VARIABLE

AIMS = {
    "frame_ms_p50": "< 14",
    "film_fps": ">= 60",
    "top1": ">= 0.68",
    "ece": "<= 0.03",
    "negative_while_crying": ">= 0.95",
    "joy_while_laughing": ">= 0.95",
    "grown_mb": "about 0",
}


Watch = Callable[[str, float], Tell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the models and the data lie, all under INSIDEOUT_SHARED."""

    models: Path
    film: Path
    fer: Path
    photos: Path

    @classmethod
    def of(cls, shared: Path) -> "Places":
        """Raises DataSetError where one of them is missing."""
        face = shared / "signals" / "face"
        found = cls(
            models=shared / "models",
            film=face / "video" / "WolfgangLanger_Pexels.mp4",
            fer=face / "fer2013" / "public_test.zip",
            photos=face / "photos",
        )
        for path in (found.models, found.film, found.fer, found.photos):
            if not path.exists():
                raise DataSetError(
                    f"there is no {path}; name the folder that holds it in {SHARED_VARIABLE}"
                )
        return found


def recognisers(folder: Path, more: Sequence[str] = ()) -> tuple[dict[str, str], dict[str, str]]:
    """Recogniser's name to how it is asked for, embedded first; and why files were left out.

    Raises PerceptionError where one of `more`, which are asked for by name, cannot be had.
    """
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".onnx", ".tflite"))
    found: dict[str, str] = {}
    left_out: dict[str, str] = {}
    for spec in (EMBEDDED, *map(str, files)):
        try:
            found[face_recogniser(spec).name] = spec
        except PerceptionError as error:
            left_out[Path(spec).name] = str(error)
    return found | {face_recogniser(spec).name: spec for spec in more}, left_out


def accuracy(name: str, task: face_fer.FerTask, photos: Path, tell: Tell) -> dict[str, Any]:
    """top1, macro_f1, ece on FER-2013 and the photos, with their intervals."""

    def track(what: str, total: int) -> Callable[[int], None]:
        del what
        return lambda done: tell(done / total)

    asked = Asked(model=name, track=track)
    fer, seen = task.run(asked), face_files.photos(asked, photos)
    return {
        **{key: fer["metrics"][key] for key in ("top1", "macro_f1", "ece")},
        "top1_without_doubles": fer["metrics"].get(f"top1_{face_fer.WITHOUT}"),
        "top1_interval95": fer["interval95"]["top1"],
        "photos_top1": seen["metrics"]["top1"],
        "photos_top1_interval95": seen["interval95"]["top1"],
        "photos_lenient_top1": seen["metrics"]["lenient_top1"],
    }


def measure(
    places: Places, turns: int, hours: float, more: Sequence[str], watch: Watch
) -> dict[str, Any]:
    """Everything. more: recognisers by name beside those that are found. watch: opens a bar."""
    specs, left_out = recognisers(places.models, more)
    found = {name: face_recogniser(spec) for name, spec in specs.items()}
    if not found:
        raise DataSetError(f"no model could be loaded: {left_out}")
    times = frame_times(found, frames(places.film), turns, watch("frames", turns + 1))
    task = face_fer.fer_2013(places.fer)
    told = {}
    for name, one in found.items():
        film = of_film(places.film, FaceReader(recogniser=one))
        right = accuracy(specs[name], task, places.photos, watch(name, 2))
        told[name] = {**times[name], **film, **right}
    first = next(iter(found.values()))
    kept = soak(FaceReader(recogniser=first), places.film, hours, watch("soak", 3600 * hours))
    return {
        "cpus": os.cpu_count(),
        "detector": face_detector().name,
        "n": {
            "frames": turns,
            "fer2013": len(task.items),
            "photos": len(load_photos(places.photos)),
        },
        "doubles": task.doubles,
        "models": told,
        "left_out": left_out,
        "soak": {"model": first.name, **kept},
    }


def show(figures: dict[str, Any], console: Console) -> None:
    """A row a figure, a column a model."""
    models = figures["models"]
    table = Table("what", *models, "aim, embedded", title="make bench-face")
    for name in next(iter(models.values())):
        cells = (_cell(one[name]) for one in models.values())
        table.add_row(name, *cells, AIMS.get(name, ""))
    console.print(table)
    kept = Table("soak", "measured", "aim")
    for name, value in figures["soak"].items():
        kept.add_row(name, str(value), AIMS.get(name, ""))
    console.print(kept)
    for name in ("cpus", "detector", "n", "doubles"):
        console.print(f"{name}: {figures[name]}", markup=False, highlight=False)
    for name, why in figures["left_out"].items():
        console.print(f"left out: {name}: {why}", markup=False, highlight=False)


def _cell(value: Any) -> str:
    return " to ".join(map(str, value)) if isinstance(value, list) else str(value)


def main() -> None:
    """Prints the figures; `--json` as one object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=200)
    parser.add_argument("--hours", type=float, default=1.0, help="of film, for the soak")
    parser.add_argument("--model", action="append", default=[], help="one more recogniser")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    places = Places.of(Path(os.environ.get(SHARED_VARIABLE, "../shared")))
    with Progress(console=Console(stderr=True), transient=True) as progress:

        def watch(what: str, total: float) -> Tell:
            bar = progress.add_task(what, total=total)
            return lambda step: progress.advance(bar, step)

        figures = measure(places, options.turns, options.hours, options.model, watch)
    if options.json:
        print(json.dumps(figures))
    else:
        show(figures, Console())


if __name__ == "__main__":
    main()
