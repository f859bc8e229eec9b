"""Word error rate of the transcribers on clips with transcripts."""

import csv
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.eval.ed import interval
from insideout.eval.errors import DataSetError
from insideout.perception.voice.loading import load_sound
from insideout.perception.voice.sound import Sound, Transcriber

LISTING = "transcripts.csv"
PROTOCOL = (
    "word error rate: substitutions, deletions and insertions over the words of the reference, all "
    "clips together; both sides in lower case, without punctuation, English numbers to twenty and "
    "titles spelled out; each clip by itself, its language not told to the transcriber; interval: "
    "bootstrap over clips, 1,000 draws"
)

_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_SPELLED = dict(enumerate(_NUMBERS.split()))
_TITLES = {"mr": "mister", "mrs": "missus", "dr": "doctor"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A recording, what is said in it, and the part of the data it belongs to."""

    path: Path
    words: tuple[str, ...]
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a transcriber made of one clip; cpu_secs: of the processor, all its cores together."""

    clip: Clip
    text: str
    secs: float
    cpu_secs: float

    @property
    def errors(self) -> int:
        """Words put in, left out or put for another."""
        return distance(self.clip.words, words_of(self.text))


def words_of(text: str) -> tuple[str, ...]:
    """The words that are compared: of "Mr. Ill-Disposed's 2" mister, ill, disposeds, two."""
    plain = re.sub(r"[’']", "", text.lower().replace("ё", "е"))
    words = re.findall(r"\w+", plain)
    spelled = [_SPELLED.get(int(w), w) if re.fullmatch("[0-9]+", w) else w for w in words]
    return tuple(_TITLES.get(word, word) for word in spelled)


def distance(said: Sequence[str], written: Sequence[str]) -> int:
    """How many words must be put in, left out or put for another (Levenshtein)."""
    row = list(range(len(written) + 1))
    for place, word in enumerate(said, start=1):
        corner, row[0] = row[0], place
        for column, other in enumerate(written, start=1):
            change = corner + (word != other)
            corner, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, change)
    return row[-1]


def clips(folder: Path) -> list[Clip]:
    """The clips of transcripts.csv (columns file, transcript, and set if there is more than one).

    Raises DataSetError where the file or a clip is missing.
    """
    listing = folder / LISTING
    if not listing.is_file():
        raise DataSetError(
            f"there is no {listing}; expected a folder with sounds and {LISTING}, columns file and "
            "transcript"
        )
    with listing.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {"file", "transcript"} <= set(rows[0]):
        found = ", ".join(rows[0]) if rows else "no row"
        raise DataSetError(f"{listing} has {found}; expected the columns file and transcript")
    return [
        Clip(
            path=folder / row["file"],
            words=words_of(row["transcript"]),
            part=row.get("set") or "all",
        )
        for row in rows
    ]


def write_down(
    found: Sequence[Clip], transcriber: Transcriber, tick: Callable[[], None] = lambda: None
) -> list[Written]:
    """Each clip written down; `tick` is called after each. Raises BadSignalError for a broken one."""
    answers = []
    for clip in found:
        sound = load_sound(clip.path)
        answers.append(_timed(clip, sound, transcriber))
        tick()
    return answers


def _timed(clip: Clip, sound: Sound, transcriber: Transcriber) -> Written:
    begun = time.process_time()
    text = transcriber.transcribe(sound).text
    return Written(clip=clip, text=text, secs=sound.secs, cpu_secs=time.process_time() - begun)


def figures(answers: Sequence[Written], model: str, *, rough: bool) -> dict[str, Any]:
    """One row of the report: word error rate of all clips and of each part, with intervals."""
    parts = sorted({answer.clip.part for answer in answers})
    by = {part: _rate([a for a in answers if a.clip.part == part]) for part in parts}
    seconds = sum(answer.secs for answer in answers)
    return {
        "model": model,
        "rough": rough,
        **_rate(answers),
        "by": by if len(parts) > 1 else {},
        "cpu_secs_per_sec": round(sum(a.cpu_secs for a in answers) / seconds, 3),
        "written": {answer.clip.path.name: answer.text for answer in answers},
    }


def _rate(answers: Sequence[Written]) -> dict[str, Any]:
    errors = np.array([answer.errors for answer in answers])
    words = np.array([len(answer.clip.words) for answer in answers])

    def rate(places: NDArray[np.int64]) -> dict[str, float]:
        return {"wer": float(errors[places].sum() / max(1, words[places].sum()))}

    low, high = interval(rate, [answer.clip.path.name for answer in answers])["wer"]
    return {
        "n": len(answers),
        "words": int(words.sum()),
        "metrics": {"wer": round(rate(np.arange(len(answers)))["wer"], 4)},
        "interval95": {"wer": [round(low, 4), round(high, 4)]},
    }


def report(rows: Sequence[dict[str, Any]], missing: dict[str, str]) -> dict[str, Any]:
    """The one object that `insideout eval asr --json` prints. missing: models, and why they are."""
    return {"task": "asr", "protocol": PROTOCOL, "models": list(rows), "missing": missing}
