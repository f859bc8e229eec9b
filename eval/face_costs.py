"""What reading faces costs: the milliseconds of a frame, the speed of a film, the memory of an hour."""

import resource
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

from insideout.perception.affect import Emotion
from insideout.perception.face.detecting import face_detector
from insideout.perception.face.face import DetectedFace, Picture
from insideout.perception.face.film import read_film
from insideout.perception.face.film_frames import Film
from insideout.perception.face.reader import FaceReader
from insideout.perception.face.recognisers import CutFaceRecogniser
from insideout.perception.face.stream import FaceStream
from insideout.perception.face.timeline import Row

WIDTH, HEIGHT = 640, 480
EARLY_SECS = 300.0  # of film; what has been loaded and reserved by then is there to stay
EVERY = 12  # a frame of the film is taken
CRIES_UNTIL_SECS, LAUGHS_FROM_SECS = 9.2, 10.2  # given by eye in the film's labels.csv
NEGATIVE = frozenset({Emotion.SADNESS, Emotion.FEAR, Emotion.ANGER, Emotion.DISGUST})
JOY = frozenset({Emotion.JOY})
Tell = Callable[[float], None]
Costs = dict[str, float]


def frames(film: Path) -> list[Picture]:
    """Every twelfth frame of the film, on black where it is not of 640 x 480."""
    return [framed(picture) for _, picture in islice(Film(film), 0, None, EVERY)]


def framed(picture: Picture) -> Picture:
    """The picture's left upper part of 640 x 480, on black where it is smaller."""
    frame = np.zeros((HEIGHT, WIDTH, 3), dtype=np.uint8)
    part = picture[:HEIGHT, :WIDTH]
    frame[: part.shape[0], : part.shape[1]] = part
    return frame


def frame_times(
    found: Mapping[str, CutFaceRecogniser], shots: Sequence[Picture], turns: int, tell: Tell
) -> dict[str, dict[str, float]]:
    """Milliseconds of a frame, p50 and p95, models in turn.

    frame_ms: finding, judging and reading its face. frame_cpu_ms: the same in time of the processor,
    which other programs do not lengthen. recogniser_ms: the recogniser alone, its cut-out with it.
    """
    detector = face_detector()
    readers = {name: FaceReader(detector=detector, recogniser=one) for name, one in found.items()}
    spent: dict[str, list[Costs]] = {name: [] for name in found}
    for turn in range(-1, turns):  # the first one warms
        shot = shots[turn % len(shots)]
        faces = detector.detect(shot)[:1]
        for name, reader in readers.items():
            once = _costs(reader, shot, faces)
            if turn >= 0:
                spent[name].append(once)
        tell(1)
    return {name: _percentiles(rows) for name, rows in spent.items()}


def _costs(reader: FaceReader, shot: Picture, faces: Sequence[DetectedFace]) -> Costs:
    begun, cpu_begun = perf_counter(), process_time()
    reader.observe(shot)
    read, cpu_read = perf_counter(), process_time()
    reader.recogniser.recognise(shot, faces)
    return {
        "frame_ms": 1000.0 * (read - begun),
        "frame_cpu_ms": 1000.0 * (cpu_read - cpu_begun),
        "recogniser_ms": 1000.0 * (perf_counter() - read),
    }


def _percentiles(rows: Sequence[Costs]) -> Costs:
    told = {}
    for name in rows[0]:
        column = [row[name] for row in rows]
        told[f"{name}_p50"] = round(statistics.median(column), 2)
        told[f"{name}_p95"] = round(float(np.percentile(column, 95)), 2)
    return told


def of_film(path: Path, reader: FaceReader) -> dict[str, float]:
    """Frames a second, and the shares of time that show the film's two parts as they are.

    film_fps_of_cpu: frames a second of the processor's time, which other programs do not lengthen.
    """
    begun, cpu_begun = perf_counter(), process_time()
    found = read_film(path, reader)
    spent, cpu_spent = perf_counter() - begun, process_time() - cpu_begun
    return {
        "film_fps": round(found.frames / spent, 1),
        "film_fps_of_cpu": round(found.frames / cpu_spent, 1),
        "film_frames": found.frames,
        "film_frames_read": found.read,
        "negative_while_crying": share(found.timeline, 0.0, CRIES_UNTIL_SECS, NEGATIVE),
        "joy_while_laughing": share(found.timeline, LAUGHS_FROM_SECS, found.secs, JOY),
    }


def share(
    rows: Sequence[Row], start_secs: float, end_secs: float, wanted: frozenset[Emotion]
) -> float:
    """Of that time, how much one of these emotions leads; time without an answer counts against it."""
    inside = [
        max(0.0, min(row.end_secs, end_secs) - max(row.start_secs, start_secs))
        for row in rows
        if row.emotion in wanted
    ]
    return round(sum(inside) / (end_secs - start_secs), 4)


def soak(reader: FaceReader, film: Path, hours: float, tell: Tell) -> dict[str, Any]:
    """The film over and over for hours of its time; peak of memory in MB on the way and at the end.

    tell: called with the seconds of film since the last call.
    """
    stream, early, begun, last = FaceStream(reader), 0.0, perf_counter(), 0.0
    for secs, picture in over_and_over(film, 3600.0 * hours):
        stream.feed(picture, secs)
        if secs <= EARLY_SECS:
            early = _peak_mb()
        tell(secs - last)
        last = secs
    return {
        "hours": hours,
        "frames": stream.fed,
        "frames_read": stream.read,
        "fps": round(stream.fed / (perf_counter() - begun), 1),
        "peak_mb_5min": round(early, 1),
        "peak_mb": round(_peak_mb(), 1),
        "grown_mb": round(_peak_mb() - early, 1),
    }


def over_and_over(film: Path, secs: float) -> Iterator[tuple[float, Picture]]:
    """Seconds and pictures of the film, which begins anew until so many seconds are full."""
    begin, found = 0.0, Film(film)
    while True:
        for at_secs, picture in found:
            if begin + at_secs >= secs:
                return
            yield begin + at_secs, picture
        begin += found.secs


def _peak_mb() -> float:
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
