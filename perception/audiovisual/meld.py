"""MELD on film (Poria et al. 2019): utterances of a television series, seven emotions, with the words.

    train_sent_emo.csv, dev_sent_emo.csv, test_sent_emo.csv    anywhere under the folder; their columns
        Utterance, Speaker, Emotion, Dialogue_ID, Utterance_ID are used
    train_splits/dia0_utt3.mp4                  the film of an utterance; dev_splits_complete and
                                                output_repeated_splits_test for the other two

Utterances without a film are left out; MELD lacks a few. The series' six friends are speakers of all
three splits.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from insideout.perception.affect import Emotion
from insideout.perception.audiovisual.clips import (
    FilmClip,
    films_under,
    found_clips,
    tables_under,
)
from insideout.perception.errors import BadSignalError, unknown_name
from insideout.perception.voice.datasets.clips import column, table_rows

EMOTIONS: Mapping[str, Emotion] = {
    "neutral": Emotion.NEUTRAL,
    "joy": Emotion.JOY,
    "surprise": Emotion.SURPRISE,
    "anger": Emotion.ANGER,
    "sadness": Emotion.SADNESS,
    "disgust": Emotion.DISGUST,
    "fear": Emotion.FEAR,
}
_TABLES = {f"{split}_sent_emo.csv": split for split in ("train", "dev", "test")}
_FOLDERS = {
    "train_splits": "train",
    "dev_splits_complete": "dev",
    "output_repeated_splits_test": "test",
}
_FILM = re.compile(r"dia(\d+)_utt(\d+)")
# The authors' tables have Windows' apostrophes and dashes as control characters of Unicode.
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}

_Films = Mapping[tuple[str, str, str], Path]


def clips(folder: Path) -> tuple[FilmClip, ...]:
    """Every utterance whose film is there, of the splits that are; raises BadSignalError for none."""
    found = _clips(folder)
    return found_clips(found, folder, "test_sent_emo.csv with its films dia0_utt0.mp4")


def _clips(folder: Path) -> Iterator[FilmClip]:
    tables = list(tables_under(folder, _TABLES))
    films = _films(folder)
    for split, table in tables:
        for row in table_rows(table):
            clip = _clip(row, table, split, films)
            if clip is not None:
                yield clip


def _films(folder: Path) -> _Films:
    """(split, dialogue, utterance) to film."""
    found = {}
    for path in films_under(folder):
        name = _FILM.fullmatch(path.stem)
        split = next((_FOLDERS[p.name] for p in path.parents if p.name in _FOLDERS), None)
        if name and split:
            found[split, name[1], name[2]] = path
    return found


def _clip(row: Mapping[str, str], table: Path, split: str, films: _Films) -> FilmClip | None:
    dialogue, utterance = column(row, "Dialogue_ID", table), column(row, "Utterance_ID", table)
    label = column(row, "Emotion", table).strip().lower()
    if label not in EMOTIONS:
        raise BadSignalError(f"{table}: {unknown_name('MELD label', label, EMOTIONS)}")
    path = films.get((split, dialogue, utterance))
    if path is None:
        return None
    return FilmClip(
        name=f"{split}/{path.stem}",
        path=path,
        speaker=column(row, "Speaker", table),
        label=label,
        words=column(row, "Utterance", table).translate(_WINDOWS),
        split=split,
    )
