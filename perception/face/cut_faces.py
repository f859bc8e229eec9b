"""CutFaceRecogniser: a recogniser that also takes faces as data sets hold them."""

from collections.abc import Sequence
from typing import Protocol

from insideout.perception.expression import Expression
from insideout.perception.face.face import FaceRecogniser, Picture


class CutFaceRecogniser(FaceRecogniser, Protocol):
    """A recogniser that also takes faces which are cut out already."""

    def recognise_cut(self, faces: Sequence[Picture]) -> list[Expression]:
        """One Expression a picture, each of which is one face and nothing else; run as one batch."""
        ...
