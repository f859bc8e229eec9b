"""RAMAS on film (Perepelkina et al. 2018): ten Russian actors in pairs, improvised scenes.

    Annotations_by_emotions/*.csv    as for its sounds (`voice/datasets/ramas.py`): stretches of scenes
    Data/Audio/FILE_mic.wav          the person's own microphone
    Data/Video_close/FILE….avi       the person's face, in any format; what follows FILE begins with "_"

Kept are the stretches that have both; speakers, labels and what is left out are those of the sounds. The
data set is given by its authors (Neurodata Lab) under a research licence.
"""

from collections.abc import Iterator
from pathlib import Path

from insideout.perception.audiovisual.clips import FilmClip, films_under, found_clips
from insideout.perception.voice.datasets import ramas

_FILMS = Path("Data") / "Video_close"
_MICROPHONE = "_mic"


def clips(folder: Path) -> tuple[FilmClip, ...]:
    """Every labelled stretch that is seen and heard; raises BadSignalError where there is none."""
    return found_clips(
        _clips(folder), folder, f"films in {_FILMS} for the scenes of Annotations_by_emotions"
    )


def _clips(folder: Path) -> Iterator[FilmClip]:
    sounds = ramas.clips(folder)
    films = {path.stem: path for path in films_under(folder / _FILMS)}
    for number, clip in enumerate(sounds):
        scene = clip.path.stem.removesuffix(_MICROPHONE)
        path = _film(films, scene)
        if path is not None:
            yield FilmClip(
                name=f"{scene}/{number}",
                path=path,
                sound=clip.path,
                speaker=clip.speaker,
                label=clip.label,
                start_secs=clip.start_secs,
                end_secs=clip.end_secs,
            )


def _film(films: dict[str, Path], scene: str) -> Path | None:
    """The film of a scene; "1_2_close" is of scene "1_2" and "1_2_3_close" is not."""
    if scene in films:
        return films[scene]
    endings = {
        stem: stem.removeprefix(f"{scene}_") for stem in films if stem.startswith(f"{scene}_")
    }
    return next((films[stem] for stem, rest in sorted(endings.items()) if rest.isalpha()), None)
