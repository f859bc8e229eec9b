"""RAMAS (Perepelkina et al. 2018): ten Russian actors in pairs, improvised scenes.

    Annotations_by_emotions/*.csv    columns File, Start, End, Emotion (any case): a stretch of a scene,
                                     in seconds, and what annotators called it; more columns may follow
    Data/Audio/FILE_mic.wav          the person's own microphone

Scenes of one actor share what stands before the scene's number in the file's name, and are taken as one
speaker. Kept are the six emotions and neutral; domination and submission are left out, and so are
stretches under half a second. Stretches that two annotators marked alike are two clips. The data set is
given by its authors (Neurodata Lab) under a research licence.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from insideout.perception.voice.datasets.clips import (
    Clip,
    column,
    found_clips,
    number,
    table_rows,
)

_EMOTIONS = frozenset({"angry", "disgusted", "happy", "neutral", "sad", "scared", "surprised"})
_SCENE_NUMBER = re.compile(r"[_-]?\d+$")
_SHORTEST_SECS = 0.5


def clips(folder: Path) -> tuple[Clip, ...]:
    """Every labelled stretch whose sound is there; raises BadSignalError where there is none."""
    return found_clips(
        _clips(folder), folder, "Annotations_by_emotions/*.csv with Data/Audio/*_mic.wav"
    )


def _clips(folder: Path) -> Iterator[Clip]:
    for table in sorted((folder / "Annotations_by_emotions").glob("*.csv")):
        for row in table_rows(table):
            clip = _clip({str(name).lower(): value for name, value in row.items()}, table, folder)
            if clip is not None:
                yield clip


def _clip(row: Mapping[str, str], table: Path, folder: Path) -> Clip | None:
    scene, label = column(row, "file", table), column(row, "emotion", table).lower()
    path = folder / "Data" / "Audio" / f"{scene}_mic.wav"
    start, end = number(row, "start", table), number(row, "end", table)
    if label not in _EMOTIONS or end - start < _SHORTEST_SECS or not path.is_file():
        return None
    speaker = _SCENE_NUMBER.sub("", scene) or scene
    return Clip(path=path, speaker=speaker, label=label, start_secs=start, end_secs=end)
