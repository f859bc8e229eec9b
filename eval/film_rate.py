"""`python -m insideout.eval.film_rate FILM…`: what the adaptive frame rate saves, and what it costs.

Each film is read three times: every frame; at the adaptive rate; and at a fixed rate that reads as many
frames. The last two are compared with the first at 25 moments a second: how often the leading emotion,
or that there is none, is the same. Interval: 95 %, bootstrap over blocks of one second, 1,000 draws;
seconds of few films are no sample of all films. cpu_ms: of all threads, a frame of the film.
"""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from insideout.perception.face.film import FilmObservation, read_film
from insideout.perception.face.frame_rate import EVERY_FRAME, FrameRate
from insideout.perception.face.reader import FaceReader
from insideout.perception.face.recognisers import EMBEDDED, face_recogniser
from insideout.perception.face.stream import PictureReader, StreamOptions
from insideout.perception.face.timeline import at

MOMENTS_HZ = 25
DRAWS = 1_000
WAYS = ("every", "adaptive", "fixed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One film read one way. same: per moment, whether the leading emotion is that of every frame."""

    frames: int
    read: int
    cpu_secs: float
    same: NDArray[np.bool_]


def compare(film: Path, reader: PictureReader) -> dict[str, Ran]:
    """The film read each way."""
    whole, whole_secs = _timed(film, reader, EVERY_FRAME)
    adaptive, adaptive_secs = _timed(film, reader, FrameRate())
    pause = whole.secs / max(1, adaptive.read)
    fixed, fixed_secs = _timed(
        film, reader, FrameRate(shortest_secs=pause, unsure_secs=pause, longest_secs=pause)
    )
    runs = zip(
        WAYS,
        (whole, adaptive, fixed),
        (whole_secs, adaptive_secs, fixed_secs),
        strict=True,
    )
    return {
        way: Ran(frames=found.frames, read=found.read, cpu_secs=secs, same=_same(whole, found))
        for way, found, secs in runs
    }


def _timed(film: Path, reader: PictureReader, rate: FrameRate) -> tuple[FilmObservation, float]:
    begun = time.process_time()
    found = read_film(film, reader, StreamOptions(rate=rate))
    return found, time.process_time() - begun


def _same(whole: FilmObservation, found: FilmObservation) -> NDArray[np.bool_]:
    moments = np.arange(round(whole.secs * MOMENTS_HZ)) / MOMENTS_HZ
    return np.array(
        [_leads(whole, secs) == _leads(found, secs) for secs in moments], dtype=np.bool_
    )


def _leads(found: FilmObservation, secs: float) -> str | None:
    row = at(found.timeline, secs)
    return None if row is None or row.emotion is None else row.emotion.value


def summary(runs: Sequence[Ran]) -> dict[str, Any]:
    """Of all films: share of frames read, CPU milliseconds a frame, agreement with its interval."""
    frames = sum(run.frames for run in runs)
    blocks = [
        (int(part.sum()), len(part))
        for run in runs
        for part in np.split(run.same, range(MOMENTS_HZ, len(run.same), MOMENTS_HZ))
    ]
    same, count = np.array(blocks).T
    draws = np.random.default_rng(0).integers(0, len(blocks), (DRAWS, len(blocks)))
    shares = same[draws].sum(axis=1) / count[draws].sum(axis=1)
    low, high = np.percentile(shares, (2.5, 97.5)).tolist()
    return {
        "frames": frames,
        "read": round(sum(run.read for run in runs) / frames, 4),
        "cpu_ms": round(1000.0 * sum(run.cpu_secs for run in runs) / frames, 2),
        "n": int(count.sum()),
        "same": round(float(same.sum() / count.sum()), 4),
        "interval": [round(low, 4), round(high, 4)],
    }


def main() -> None:
    """Read the films, print the table or the JSON object."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    asked.add_argument("films", nargs="+", type=Path, metavar="FILM")
    asked.add_argument("--model", default=EMBEDDED, help="as --face-model of insideout perceive")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    reader = FaceReader(recogniser=face_recogniser(given.model))
    runs: dict[str, list[Ran]] = {way: [] for way in WAYS}
    with Progress(console=Console(stderr=True), transient=True) as progress:
        for film in progress.track(given.films, description="films"):
            for way, ran in compare(film, reader).items():
                runs[way].append(ran)
    report = {way: summary(ran) for way, ran in runs.items()}
    if given.json:
        print(json.dumps({"model": reader.recogniser.name, **report}))
    else:
        Console().print(_table(reader.recogniser.name, report))


def _table(model: str, report: dict[str, dict[str, Any]]) -> Table:
    table = Table("", "frames read", "CPU ms a frame", "same as every frame", title=model)
    for way, found in report.items():
        low, high = found["interval"]
        table.add_row(
            way,
            f"{found['read']:.0%} of {found['frames']:,}",
            f"{found['cpu_ms']:.1f}",
            f"{found['same']:.1%} ({low:.1%} to {high:.1%})",
        )
    return table


if __name__ == "__main__":
    main()
