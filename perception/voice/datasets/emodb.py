"""EMO-DB (Burkhardt et al. 2005): ten speakers, seven emotions, ten German sentences.

Files are named by speaker, sentence, emotion and version, in a folder `wav` or elsewhere:

    03a01Fa.wav    speaker 03, sentence a01, F (Freude, happiness), version a

Where a `labels.csv` beside them has the column `audio_seconds_before_padding`, what follows that time is
silence that was added, and is left out.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from insideout.perception.voice.datasets.clips import (
    Clip,
    column,
    found_clips,
    number,
    sounds_under,
    table_rows,
)

_NAME = re.compile(r"(\d\d)([ab]\d\d)([WLEAFTN])([a-z]?)")
_EMOTIONS = {
    "W": "anger",
    "L": "boredom",
    "E": "disgust",
    "A": "fear",
    "F": "happiness",
    "T": "sadness",
    "N": "neutral",
}
_PADDED = "audio_seconds_before_padding"
TABLE = "labels.csv"


def clips(folder: Path) -> tuple[Clip, ...]:
    """Every clip under the folder; raises BadSignalError where there is none."""
    return found_clips(_clips(folder), folder, "files named as 03a01Fa.wav")


def _clips(folder: Path) -> Iterator[Clip]:
    ends = _ends(folder / TABLE)
    for path in sounds_under(folder):
        if found := _NAME.fullmatch(path.stem):
            yield Clip(
                path=path,
                speaker=found[1],
                label=_EMOTIONS[found[3]],
                text=found[2],
                end_secs=ends.get(path.stem),
            )


def _ends(table: Path) -> dict[str, float]:
    if not table.is_file():
        return {}
    rows = table_rows(table)
    if not rows or _PADDED not in rows[0]:
        return {}
    return {Path(column(row, "file", table)).stem: number(row, _PADDED, table) for row in rows}
