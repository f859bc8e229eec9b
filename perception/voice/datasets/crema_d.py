"""CREMA-D (Cao et al. 2014): 91 actors, six emotions, twelve English sentences.

Files lie in `AudioWAV`, named by actor, sentence, emotion and strength:

    1001_DFA_ANG_XX.wav    actor 1001, sentence DFA, anger, strength not told

The label is what the actor was asked for. Open Database License.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from insideout.perception.voice.datasets.clips import Clip, found_clips, sounds_under

_NAME = re.compile(r"(\d{4})_([A-Z]{3})_([A-Z]{3})_(?:LO|MD|HI|XX|X)")
_EMOTIONS = {
    "ANG": "anger",
    "DIS": "disgust",
    "FEA": "fear",
    "HAP": "happiness",
    "NEU": "neutral",
    "SAD": "sadness",
}


def clips(folder: Path) -> tuple[Clip, ...]:
    """Every clip under the folder; raises BadSignalError where there is none."""
    return found_clips(_clips(folder), folder, "files named as 1001_DFA_ANG_XX.wav")


def _clips(folder: Path) -> Iterator[Clip]:
    for path in sounds_under(folder):
        found = _NAME.fullmatch(path.stem)
        if found and found[3] in _EMOTIONS:
            yield Clip(path=path, speaker=found[1], label=_EMOTIONS[found[3]], text=found[2])
