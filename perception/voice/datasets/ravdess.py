"""RAVDESS (Livingstone and Russo 2018): 24 actors, eight emotions, two English sentences.

Files are named by seven codes, in folders `Actor_01` … `Actor_24` or together:

    03-01-06-01-02-01-12.wav    modality 03 (sound alone), channel 01 (speech), emotion 06 (fearful),
                                strength 01, sentence 02, repetition 01, actor 12

Songs (channel 02) and pictures without sound (modality 02) are left out. CC BY-NC-SA 4.0.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from insideout.perception.voice.datasets.clips import Clip, found_clips, sounds_under

_NAME = re.compile(r"0[13]-01-(\d\d)-\d\d-(\d\d)-\d\d-(\d\d)")
EMOTIONS: Mapping[str, str] = {
    "01": "neutral",
    "02": "calm",
    "03": "happy",
    "04": "sad",
    "05": "angry",
    "06": "fearful",
    "07": "disgust",
    "08": "surprised",
}
_SENTENCES = {"01": "Kids are talking by the door", "02": "Dogs are sitting by the door"}


def clips(folder: Path) -> tuple[Clip, ...]:
    """Every spoken clip under the folder; raises BadSignalError where there is none."""
    return found_clips(_clips(folder), folder, "files named as 03-01-06-01-02-01-12.wav")


def _clips(folder: Path) -> Iterator[Clip]:
    for path in sounds_under(folder):
        found = _NAME.fullmatch(path.stem)
        if found and found[1] in EMOTIONS:
            yield Clip(
                path=path,
                speaker=found[3],
                label=EMOTIONS[found[1]],
                text=_SENTENCES.get(found[2], ""),
            )
