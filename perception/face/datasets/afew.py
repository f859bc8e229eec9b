"""AFEW (Dhall et al. 2012; EmotiW), or any folder of clips: label/clip.avi, one label a clip.

AFEW holds scenes of films, seven labels: `Val_AFEW/Angry/000149120.avi`. Folders above the label do not
matter. 773 clips to train on and 383 to validate with; those of the test have no labels. Get it from its
authors.
"""

from pathlib import Path

from insideout.perception.errors import BadSignalError
from insideout.perception.face.datasets.labelled import LabelledClip
from insideout.perception.face.datasets.labels import label_of
from insideout.perception.label_spaces import FER_2013, LabelSpace

FILMS = frozenset({".avi", ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".mpg", ".mpeg"})


def load_clips(folder: Path, space: LabelSpace = FER_2013) -> tuple[LabelledClip, ...]:
    """The clips, by name; they are not opened.

    Raises BadSignalError where the folder holds none, UnknownLabelError where a clip's folder is not
    named by a label.
    """
    if not folder.is_dir():
        raise BadSignalError(f"{folder} is not a folder; expected one of label/clip.avi")
    files = sorted(f for f in folder.rglob("*") if f.suffix.lower() in FILMS and f.is_file())
    if not files:
        raise BadSignalError(
            f"{folder} holds no films ({', '.join(sorted(FILMS))}); expected label/clip.avi"
        )
    return tuple(
        LabelledClip(
            name=file.relative_to(folder).as_posix(),
            path=file,
            label=label_of(file.parent.name, space, file),
        )
        for file in files
    )
