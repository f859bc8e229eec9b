"""Dusha (Kondratenko et al. 2022): Russian speech to an assistant, 2,068 people; and podcasts.

    crowd_train/raw_crowd_train.tsv (or .jsonl), a row an answer of one annotator:
        hash_id  audio_path  duration  annotator_emo  golden_emo  annotator_id  speaker_text
        speaker_emo  source_id
    crowd_train/wavs/HASH.wav

and the same for crowd_test, podcast_train, podcast_test. A clip's label is what most of its annotators
said, where at least two thirds of at least two agree; the authors weigh annotators (Dawid and Skene)
instead. Clips that test the annotators (golden_emo) and those called "other" are left out. Podcasts
come without sound, so only their clips whose sound is there are read.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from insideout.perception.errors import BadSignalError
from insideout.perception.voice.datasets.clips import Clip, column, found_clips, table_rows

_PARTS = ("crowd_train", "crowd_test", "podcast_train", "podcast_test")
_EMOTIONS = frozenset({"angry", "sad", "neutral", "positive"})
_FEWEST_ANSWERS, _LEAST_AGREEMENT = 2, 2 / 3


def clips(folder: Path) -> tuple[Clip, ...]:
    """Every clip most annotators agree on; raises BadSignalError where there is none."""
    found = (clip for part in _PARTS for clip in _part(folder / part))
    return found_clips(found, folder, "crowd_train/raw_crowd_train.tsv with its wavs")


def _part(folder: Path) -> Iterator[Clip]:
    table = _table(folder)
    if table is None:
        return
    answers: dict[str, Counter[str]] = defaultdict(Counter)
    firsts: dict[str, dict[str, str]] = {}
    for row in _rows(table):
        if not row.get("golden_emo"):
            name = column(row, "hash_id", table)
            answers[name][column(row, "annotator_emo", table)] += 1
            firsts.setdefault(name, row)
    for name, row in firsts.items():
        path = folder / column(row, "audio_path", table)
        label = _agreed(answers[name])
        if label in _EMOTIONS and path.is_file():
            yield Clip(
                path=path,
                speaker=row.get("source_id") or name,
                label=label,
                text=row.get("speaker_text", ""),
                split=folder.name.rsplit("_", 1)[-1],
            )


def _agreed(answers: Counter[str]) -> str:
    """What most said; empty where too few agree."""
    label, most = answers.most_common(1)[0]
    total = answers.total()
    return label if total >= _FEWEST_ANSWERS and most >= _LEAST_AGREEMENT * total else ""


def _table(folder: Path) -> Path | None:
    for ending in (".tsv", ".jsonl"):
        path = folder / f"raw_{folder.name}{ending}"
        if path.is_file():
            return path
    return None


def _rows(table: Path) -> Iterator[dict[str, str]]:
    if table.suffix == ".tsv":
        yield from table_rows(table, "\t")
        return
    with table.open(encoding="utf-8") as file:
        for place, line in enumerate(file, start=1):
            try:
                row = json.loads(line)
            except ValueError as error:
                raise BadSignalError(f"{table}, line {place} is not JSON: {error}") from error
            yield {name: "" if value is None else str(value) for name, value in row.items()}
