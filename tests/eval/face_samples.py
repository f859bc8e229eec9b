"""A recogniser that goes by brightness, for faces whose brightness says their emotion (see layouts)."""

from collections.abc import Sequence

from tests.perception.face.datasets.layouts import STEP

from insideout.perception.affect import Affect, Emotion
from insideout.perception.expression import Expression
from insideout.perception.face.face import DetectedFace, Picture
from insideout.perception.label_spaces import FER_2013, LabelSpace

SURE = 0.76


class BrightnessRecogniser:
    """Right about every made-up face; `wrong` emotions are taken for joy instead.

    asked: how many faces it was shown.
    """

    name = "brightness"

    def __init__(
        self,
        space: LabelSpace = FER_2013,
        wrong: Sequence[Emotion] = (),
        affect: Affect | None = None,
    ) -> None:
        self.space, self.wrong, self.affect = space, tuple(wrong), affect
        self.asked = 0

    def recognise(self, picture: Picture, faces: Sequence[DetectedFace]) -> list[Expression]:
        """By the brightness inside each box."""
        cut = []
        for face in faces:
            left, top = round(face.box.left), round(face.box.top)
            cut.append(
                picture[top : top + round(face.box.height), left : left + round(face.box.width)]
            )
        return self.recognise_cut(cut)

    def recognise_cut(self, faces: Sequence[Picture]) -> list[Expression]:
        """By the brightness in the middle."""
        self.asked += len(faces)
        return [self._one(list(Emotion)[int(face[24, 24, 0]) // STEP]) for face in faces]

    def _one(self, emotion: Emotion) -> Expression:
        told = Emotion.JOY if emotion in self.wrong else emotion
        labels = self.space.labels
        rest = (1.0 - SURE) / (len(labels) - 1)
        return Expression(
            probabilities={
                label: SURE if self.space.canonical[label] is told else rest for label in labels
            },
            affect=self.affect,
        )
