"""RAVDESS on film (Livingstone and Russo 2018): 24 actors, eight emotions, two English sentences.

Films are named by the seven codes of its sounds (`voice/datasets/ravdess.py`), in folders
`Actor_01` … `Actor_24` of `Video_Speech_Actor_01.zip` … or together:

    01-01-06-01-02-01-12.mp4    modality 01 (sound and picture), channel 01 (speech), emotion 06
                                (fearful), strength 01, sentence 02, repetition 01, actor 12

Songs (channel 02) and films without sound (modality 02) are left out. Both sentences are said in every
emotion, so that words tell nothing and are not given. CC BY-NC-SA 4.0.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from insideout.perception.audiovisual.clips import FilmClip, films_under, found_clips
from insideout.perception.voice.datasets.ravdess import EMOTIONS

_NAME = re.compile(r"01-01-(\d\d)-\d\d-\d\d-\d\d-(\d\d)")


def clips(folder: Path) -> tuple[FilmClip, ...]:
    """Every spoken film with sound; raises BadSignalError where there is none."""
    return found_clips(_clips(folder), folder, "films named as 01-01-06-01-02-01-12.mp4")


def _clips(folder: Path) -> Iterator[FilmClip]:
    for path in films_under(folder):
        found = _NAME.fullmatch(path.stem)
        if found and found[1] in EMOTIONS:
            yield FilmClip(name=path.stem, path=path, speaker=found[2], label=EMOTIONS[found[1]])
