"""AFEW (Dhall et al. 2012; EmotiW): scenes of films, seven labels, `Val_AFEW/Angry/000149120.avi`.

Read as for faces alone (`face/datasets/afew.py`), with the films' sound. Copies do not say who plays or
in which film, so that each clip is taken as a speaker of its own and intervals are somewhat too narrow.
"""

from pathlib import Path

from insideout.perception.audiovisual.clips import FilmClip
from insideout.perception.face.datasets.afew import load_clips


def clips(folder: Path) -> tuple[FilmClip, ...]:
    """The clips, by name; raises BadSignalError where there is none."""
    return tuple(
        FilmClip(name=clip.name, path=clip.path, speaker=clip.name, label=clip.label)
        for clip in load_clips(folder)
    )
