"""What counts as a double feeling, and what is only an answer that knows little."""

from collections.abc import Mapping

import numpy as np
import pytest

from insideout.perception.affect import Emotion
from insideout.perception.agreement import Row, compound_of
from insideout.perception.fusion import fuse
from insideout.perception.label_spaces import (
    CANONICAL,
    EMPATHETIC_DIALOGUES,
    LABEL_SPACES,
    LabelSpace,
)
from insideout.perception.reading import EmotionState, Modality, Reading

EVEN = np.full(8, 1 / 8)
JOY_AND_SADNESS = (Emotion.JOY, Emotion.SADNESS)


def row(**shares: float) -> Row:
    """These probabilities; the other emotions share what is left."""
    rest = (1.0 - sum(shares.values())) / (8 - len(shares))
    return np.array([shares.get(emotion.value, rest) for emotion in Emotion])


def compound(fused: Row, *rows: Row, even: Row = EVEN) -> tuple[Emotion, Emotion] | None:
    """Of what was fused; of one modality that says the same where no rows are given."""
    said = rows or (fused,)
    return compound_of(fused, said, [even] * len(said))


def spoken(space: LabelSpace, probabilities: Mapping[str, float]) -> EmotionState:
    """The state of words of which a reader said this."""
    emotions = space.emotions(probabilities)
    reading = Reading(
        modality=Modality.TEXT,
        model="test",
        space=space.name,
        probabilities=probabilities,
        emotions=emotions,
        affect=space.affect(probabilities),
        confidence=max(emotions.values()),
    )
    return fuse([reading])


def leaning(space: LabelSpace, by: float, *emotions: Emotion) -> dict[str, float]:
    """An even answer but for the labels of these emotions, each so many times as probable."""
    weights = {name: by if space.canonical[name] in emotions else 1.0 for name in space.labels}
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


@pytest.mark.parametrize("space", LABEL_SPACES.values(), ids=lambda space: space.name)
def test_an_even_answer_over_any_labels_is_no_double_feeling(space: LabelSpace) -> None:
    assert spoken(space, leaning(space, 1.0)).compound is None


@pytest.mark.parametrize("by", [0.7, 1.2, 1.4])
@pytest.mark.parametrize("space", LABEL_SPACES.values(), ids=lambda space: space.name)
def test_a_nearly_even_answer_is_none(space: LabelSpace, by: float) -> None:
    assert spoken(space, leaning(space, by, *JOY_AND_SADNESS)).compound is None


def test_noise_on_an_even_answer_over_32_labels_is_none() -> None:
    chance = np.random.default_rng(0)
    for _ in range(50):
        shares = chance.uniform(0.5, 1.5, 32)
        noisy = dict(zip(EMPATHETIC_DIALOGUES.labels, shares / shares.sum(), strict=True))
        assert spoken(EMPATHETIC_DIALOGUES, noisy).compound is None


def test_two_labels_that_stand_out_of_32_are_a_double_feeling() -> None:
    shares = dict.fromkeys(EMPATHETIC_DIALOGUES.labels, 0.1 / 30)
    shares |= {"proud": 0.5, "lonely": 0.4}
    assert spoken(EMPATHETIC_DIALOGUES, shares).compound == JOY_AND_SADNESS


def test_what_a_space_has_many_labels_of_must_say_more() -> None:
    shares = {"joy": 0.34, "sadness": 0.44}
    over_32 = np.array([EMPATHETIC_DIALOGUES.even()[emotion] for emotion in Emotion])
    assert compound(row(**shares)) == JOY_AND_SADNESS[::-1]
    assert compound(row(**shares), even=over_32) is None


@pytest.mark.parametrize(("second", "found"), [(0.26, JOY_AND_SADNESS), (0.24, None)])
def test_both_hold_a_real_share(second: float, found: object) -> None:
    assert compound(row(joy=0.5, sadness=second)) == found


@pytest.mark.parametrize(("each", "found"), [(0.31, JOY_AND_SADNESS), (0.29, None)])
def test_the_two_hold_most_of_it(each: float, found: object) -> None:
    assert compound(row(joy=each + 0.001, sadness=each - 0.001)) == found


@pytest.mark.parametrize("third", ["anger", "neutral"])
@pytest.mark.parametrize(("share", "found"), [(0.14, JOY_AND_SADNESS), (0.16, None)])
def test_the_second_is_clearly_ahead_of_the_third(third: str, share: float, found: object) -> None:
    assert compound(row(joy=0.4, sadness=0.3, **{third: share})) == found


def test_neutral_is_no_half_of_a_double_feeling() -> None:
    assert compound(row(joy=0.5, neutral=0.45)) is None
    assert compound(row(joy=0.3, sadness=0.3, neutral=0.35)) is None


def test_two_modalities_that_name_one_each_are_a_contradiction() -> None:
    both = row(joy=0.45, sadness=0.45)
    assert compound(both, row(joy=0.9), row(sadness=0.9)) is None
    assert compound(both, row(joy=0.9), both) == JOY_AND_SADNESS


def test_an_even_answer_is_that_of_the_labels() -> None:
    assert CANONICAL.even() == dict.fromkeys(Emotion, 0.125)
    assert EMPATHETIC_DIALOGUES.even()[Emotion.JOY] == pytest.approx(12 / 32)
