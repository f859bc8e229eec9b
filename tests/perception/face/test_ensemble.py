from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from insideout.perception.affect import Affect, Emotion
from insideout.perception.errors import PerceptionError
from insideout.perception.expression import Expression
from insideout.perception.face.ensemble import Ensemble, mean_of_logs
from insideout.perception.face.face import DetectedFace, Picture
from insideout.perception.label_spaces import AFFECTNET, CANONICAL, FER_2013, LabelSpace

FACE = np.zeros((8, 8, 3), dtype=np.uint8)


class Says:
    """A recogniser that says the same of every face."""

    def __init__(
        self, space: LabelSpace, said: Mapping[str, float], affect: Affect | None = None
    ) -> None:
        self.name, self.space = space.name, space
        self._said = Expression(probabilities=said, affect=affect)

    def recognise(self, picture: Picture, faces: Sequence[DetectedFace]) -> list[Expression]:
        """The same for each."""
        del picture
        return [self._said] * len(faces)

    def recognise_cut(self, faces: Sequence[Picture]) -> list[Expression]:
        """The same for each."""
        return [self._said] * len(faces)


def test_log_probabilities_are_averaged() -> None:
    found = mean_of_logs([{"happy": 0.9, "sad": 0.1}, {"happy": 0.5, "sad": 0.5}])
    assert found == pytest.approx({"happy": 0.75, "sad": 0.25})


def test_a_certain_member_does_not_rule_out_a_label() -> None:
    found = mean_of_logs([{"happy": 1.0, "sad": 0.0}, {"happy": 0.0, "sad": 1.0}])
    assert found == pytest.approx({"happy": 0.5, "sad": 0.5})


def test_members_of_one_space_keep_it() -> None:
    said = Says(FER_2013, {"happy": 1.0})
    assert Ensemble([said, said]).space is FER_2013


def test_members_of_two_spaces_meet_in_the_canonical_one() -> None:
    seven = Says(FER_2013, dict.fromkeys(FER_2013.labels, 1 / 7))
    eight = Says(AFFECTNET, dict.fromkeys(AFFECTNET.labels, 1 / 8))
    both = Ensemble([seven, eight])
    found = both.recognise_cut([FACE])[0].probabilities
    assert both.space is CANONICAL
    assert set(found) == {emotion.value for emotion in Emotion}
    assert sum(found.values()) == pytest.approx(1.0)
    assert found["contempt"] == pytest.approx(found["joy"], rel=0.1)


def test_affect_is_the_mean_of_those_who_give_it() -> None:
    silent = Says(FER_2013, {"happy": 1.0})
    told = Says(FER_2013, {"happy": 1.0}, Affect(valence=0.4, arousal=-0.2))
    assert Ensemble([silent, told]).recognise_cut([FACE])[0].affect == Affect(
        valence=0.4, arousal=-0.2
    )


def test_an_ensemble_has_members() -> None:
    with pytest.raises(PerceptionError, match="no members"):
        Ensemble([])
