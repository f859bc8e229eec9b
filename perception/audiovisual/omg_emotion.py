"""OMG-Emotion (Barros et al. 2018, arXiv 1803.05434): monologues from the web, valence and arousal.

    omg_TrainVideos.csv, omg_ValidationVideos.csv, omg_TestVideos_WithLabels.csv
        link,start,end,video,utterance,arousal,valence,EmotionMaxVote
    omg_TrainTranscripts.csv, omg_ValidationTranscripts.csv, omg_TestTranscripts.csv    (or .tsv)
        link,video,utterance,transcript
    …/VIDEO/utterance_1.mp4    the films, cut by the authors' script, in any folder

Tables may lie anywhere under the folder. Arousal is told from 0 (calm) to 1; it is put on the scale of
valence, -1 to 1. EmotionMaxVote: 0 anger, 1 disgust, 2 fear, 3 happy, 4 neutral, 5 sad, 6 surprise. A
video's person is its speaker. Films that are gone from the web are left out.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from insideout.perception.affect import Affect, Emotion
from insideout.perception.audiovisual.clips import (
    FilmClip,
    films_under,
    found_clips,
    tables_under,
)
from insideout.perception.errors import BadSignalError
from insideout.perception.voice.datasets.clips import column, number, table_rows

EMOTIONS: Mapping[str, Emotion] = {
    "anger": Emotion.ANGER,
    "disgust": Emotion.DISGUST,
    "fear": Emotion.FEAR,
    "happy": Emotion.JOY,
    "neutral": Emotion.NEUTRAL,
    "sad": Emotion.SADNESS,
    "surprise": Emotion.SURPRISE,
}
_LABELS = tuple(EMOTIONS)  # by number
_TABLES = {
    "omg_TrainVideos.csv": "train",
    "omg_ValidationVideos.csv": "validation",
    "omg_TestVideos_WithLabels.csv": "test",
}
_TRANSCRIPTS = {
    f"omg_{name}Transcripts.{ending}": name
    for name in ("Train", "Validation", "Test")
    for ending in ("csv", "tsv")
}

_Key = tuple[str, str]


def clips(folder: Path) -> tuple[FilmClip, ...]:
    """Every utterance whose film is there; raises BadSignalError where there is none."""
    expected = "omg_ValidationVideos.csv with its films VIDEO/utterance_1.mp4"
    return found_clips(_clips(folder), folder, expected)


def _clips(folder: Path) -> Iterator[FilmClip]:
    tables = list(tables_under(folder, _TABLES))
    films = {(path.parent.name, path.stem): path for path in films_under(folder)}
    words = _words(folder)
    for split, table in tables:
        for row in table_rows(table):
            key = _key(row, table)
            if key in films:
                yield _clip(row, table, split, films[key], words.get(key))


def _key(row: Mapping[str, str], table: Path) -> _Key:
    return column(row, "video", table), Path(column(row, "utterance", table)).stem


def _words(folder: Path) -> dict[_Key, str]:
    """The `.tsv` of the test part has commas as well."""
    found = {}
    for _, table in tables_under(folder, _TRANSCRIPTS):
        for row in table_rows(table):
            said = column(row, "transcript", table).strip()
            if said:
                found[_key(row, table)] = said
    return found


def _clip(
    row: Mapping[str, str], table: Path, split: str, path: Path, words: str | None
) -> FilmClip:
    video, utterance = _key(row, table)
    return FilmClip(
        name=f"{split}/{video}/{utterance}",
        path=path,
        speaker=video,
        label=_label(row, table),
        affect=_affect(row, table),
        words=words,
        split=split,
    )


def _label(row: Mapping[str, str], table: Path) -> str:
    place = number(row, "EmotionMaxVote", table)
    if place not in range(len(_LABELS)):
        raise BadSignalError(
            f"{table}: EmotionMaxVote is {place:g}; expected 0 to {len(_LABELS) - 1}"
        )
    return _LABELS[int(place)]


def _affect(row: Mapping[str, str], table: Path) -> Affect:
    valence, arousal = number(row, "valence", table), number(row, "arousal", table)
    if not -1.0 <= valence <= 1.0 or not 0.0 <= arousal <= 1.0:
        raise BadSignalError(
            f"{table}: valence is {valence:g}, arousal {arousal:g}; expected -1 to 1, and 0 to 1"
        )
    return Affect(valence=valence, arousal=2.0 * arousal - 1.0)
