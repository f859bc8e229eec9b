"""Several recognisers as one: the mean of their log-probabilities."""

from collections.abc import Mapping, Sequence

import numpy as np

from insideout.perception.affect import Affect, Emotion
from insideout.perception.errors import PerceptionError
from insideout.perception.expression import Expression
from insideout.perception.face.cut_faces import CutFaceRecogniser
from insideout.perception.face.face import DetectedFace, Picture
from insideout.perception.label_spaces import CANONICAL, LabelSpace

_LEAST = 1e-6  # of a probability, so that one certain member does not rule out a label alone


class Ensemble:
    """The mean of the members' log-probabilities, made to sum to 1.

    Members of one label space keep it. Others meet in the canonical eight, where a label is averaged
    over the members that know it: a model of seven emotions says nothing of contempt. Valence and
    arousal are the mean of those that members give themselves. Raises PerceptionError without members.
    """

    def __init__(self, members: Sequence[CutFaceRecogniser]) -> None:
        if not members:
            raise PerceptionError("an ensemble has no members; name at least one recogniser")
        self.members = tuple(members)
        self.name = "+".join(member.name for member in members)
        self.space = members[0].space
        if any(member.space.name != self.space.name for member in members):
            self.space = CANONICAL

    def recognise(self, picture: Picture, faces: Sequence[DetectedFace]) -> list[Expression]:
        """One Expression a face, in the same order."""
        return self._averaged([member.recognise(picture, faces) for member in self.members])

    def recognise_cut(self, faces: Sequence[Picture]) -> list[Expression]:
        """One Expression a picture, each of which is one face and nothing else."""
        return self._averaged([member.recognise_cut(faces) for member in self.members])

    def _averaged(self, found: Sequence[list[Expression]]) -> list[Expression]:
        return [
            Expression(
                probabilities=mean_of_logs(
                    [
                        self._in_space(one, member.space)
                        for one, member in zip(face, self.members, strict=True)
                    ]
                ),
                affect=_mean_affect([one.affect for one in face if one.affect is not None]),
            )
            for face in zip(*found, strict=True)
        ]

    def _in_space(self, one: Expression, space: LabelSpace) -> Mapping[str, float]:
        if space.name == self.space.name:
            return one.probabilities
        known = {space.canonical[label] for label in one.probabilities}
        emotions = space.emotions(one.probabilities)
        return {emotion.value: emotions[emotion] for emotion in Emotion if emotion in known}


def mean_of_logs(members: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Probabilities in proportion to the geometric mean; of each label over the members that have it.

    >>> mean_of_logs([{"happy": 0.9, "sad": 0.1}, {"happy": 0.5, "sad": 0.5}])
    {'happy': 0.75, 'sad': 0.25}
    """
    labels = dict.fromkeys(label for member in members for label in member)
    logs = {
        label: float(
            np.mean([np.log(max(member[label], _LEAST)) for member in members if label in member])
        )
        for label in labels
    }
    highest = max(logs.values())
    raised = {label: float(np.exp(log - highest)) for label, log in logs.items()}
    total = sum(raised.values())
    return {label: number / total for label, number in raised.items()}


def _mean_affect(affects: Sequence[Affect]) -> Affect | None:
    if not affects:
        return None
    return Affect(
        valence=float(np.mean([affect.valence for affect in affects])),
        arousal=float(np.mean([affect.arousal for affect in affects])),
    )
