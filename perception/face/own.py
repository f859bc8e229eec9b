"""A face that is known: its recogniser adapted to the person."""

from collections.abc import Sequence

from insideout.perception.expression import Expression
from insideout.perception.face.cut_faces import CutFaceRecogniser
from insideout.perception.face.face import DetectedFace, Picture
from insideout.perception.person import Profile

ADAPTED = "{}, adapted"
"""The id of a recogniser whose scores are shifted for a person."""


class OwnFace:
    """A recogniser of faces that says what another says, shifted for one person.

    Whoever is in front is taken to be that person. As for anybody where the profile does not know the
    face.
    """

    def __init__(self, recogniser: CutFaceRecogniser, profile: Profile) -> None:
        self._recogniser, self._profile = recogniser, profile
        known = recogniser.name in profile.shifts
        self.name = ADAPTED.format(recogniser.name) if known else recogniser.name
        self.space = recogniser.space

    def recognise(self, picture: Picture, faces: Sequence[DetectedFace]) -> list[Expression]:
        """One Expression a face, in the same order."""
        return self._adapted(self._recogniser.recognise(picture, faces))

    def recognise_cut(self, faces: Sequence[Picture]) -> list[Expression]:
        """One Expression a picture, each of which is one face and nothing else."""
        return self._adapted(self._recogniser.recognise_cut(faces))

    def _adapted(self, said: Sequence[Expression]) -> list[Expression]:
        return [self._profile.adapt(one, self._recogniser.name) for one in said]
