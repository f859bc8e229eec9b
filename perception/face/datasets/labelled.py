"""What the loaders give: pictures and clips with what people said of them."""

from dataclasses import dataclass
from pathlib import Path

from insideout.perception.affect import Affect
from insideout.perception.face.face import FaceBox


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledFace:
    """One face of a data set.

    name: unique in the set. path: of the picture; None where the data set has a label of the frame but
    no picture of a face. box: where the face is; None where the picture is the face and nothing else.
    label: of the data set's labels; None where it was not labelled. affect: valence and arousal as
    people rated them, or None. film: the film a frame is of, "" for a photo.
    """

    name: str
    path: Path | None
    box: FaceBox | None = None
    label: str | None = None
    affect: Affect | None = None
    film: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledClip:
    """One film with one label."""

    name: str
    path: Path
    label: str
