"""IEMOCAP (Busso et al. 2008): five sessions of a woman and a man, scripted and improvised.

    Session1/dialog/EmoEvaluation/Ses01F_impro01.txt    the labels of a dialogue, a line an utterance:
        [6.2901 - 8.2357]  Ses01F_impro01_F000  neu  [2.5000, 2.5000, 2.5000]
    Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav

Kept are the four labels most papers report: angry, happy (with excited, as they do), neutral, sad.
The person who speaks is told by the letter before the utterance's number. The data set is given by its
authors (University of Southern California) under a research licence.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from insideout.perception.voice.datasets.clips import Clip, found_clips

_LINE = re.compile(r"\[[\d.]+ - [\d.]+\]\s+((Ses0\d)[FM]_\w+?_([FM])\w*\d+)\s+([a-z]{3})\b")
_EMOTIONS = {"ang": "angry", "hap": "happy", "exc": "happy", "neu": "neutral", "sad": "sad"}


def clips(folder: Path) -> tuple[Clip, ...]:
    """Every utterance of the four labels; raises BadSignalError where there is none."""
    return found_clips(
        _clips(folder), folder, "Session1/dialog/EmoEvaluation/*.txt with its sounds"
    )


def _clips(folder: Path) -> Iterator[Clip]:
    for listing in sorted(folder.glob("Session*/dialog/EmoEvaluation/Ses*.txt")):
        sounds = listing.parents[2] / "sentences" / "wav" / listing.stem
        for found in _LINE.finditer(listing.read_text("utf-8", errors="replace")):
            path = sounds / f"{found[1]}.wav"
            if found[4] in _EMOTIONS and path.is_file():
                yield Clip(path=path, speaker=f"{found[2]}{found[3]}", label=_EMOTIONS[found[4]])
