"""Pooling: one that says nothing leaves the others alone; doubts and qualities weaken what is said."""

import numpy as np

from insideout.perception.affect import Emotion
from insideout.perception.fusing.pool import Rows, pooled, trusted

_EVEN = np.full((2, 8), 0.125)
_JOY, _SADNESS = (list(Emotion).index(one) for one in (Emotion.JOY, Emotion.SADNESS))


def _saying(emotion: int, share: float) -> Rows:
    row = np.full(8, (1.0 - share) / 7)
    row[emotion] = share
    return row


def _pooled(one: Rows, other: Rows, clear: tuple[float, float], doubts: float = 0.1) -> Rows:
    rows, seen = np.array([[one, other]]), np.array([clear])
    found = pooled(rows, seen, np.full(2, doubts), np.ones((2, 8)), _EVEN)
    return np.asarray(found[0])


def test_probabilities_sum_to_one() -> None:
    found = _pooled(_saying(_JOY, 0.9), _saying(_SADNESS, 0.7), (1.0, 0.5))
    assert np.isclose(found.sum(), 1.0)


def test_one_that_says_its_base_rate_leaves_the_other_as_it_is() -> None:
    sad = _saying(_SADNESS, 0.7)
    assert np.allclose(_pooled(sad, _EVEN[1], (1.0, 1.0)), sad)


def test_one_that_fades_away_leaves_the_other_as_it_is() -> None:
    sad = _saying(_SADNESS, 0.7)
    assert np.allclose(_pooled(sad, _saying(_JOY, 0.9), (1.0, 1e-6)), sad, atol=1e-3)


def test_one_that_is_missing_leaves_the_other_as_it_is() -> None:
    sad = _saying(_SADNESS, 0.7)
    assert np.allclose(_pooled(sad, _saying(_JOY, 0.9), (1.0, 0.0)), sad)


def test_the_clearer_of_two_that_contradict_each_other_wins() -> None:
    sad, glad = _saying(_SADNESS, 0.8), _saying(_JOY, 0.8)
    assert _pooled(sad, glad, (1.0, 0.6)).argmax() == _SADNESS
    assert _pooled(sad, glad, (0.6, 1.0)).argmax() == _JOY


def test_two_that_agree_are_surer_than_one() -> None:
    sad = _saying(_SADNESS, 0.7)
    assert _pooled(sad, sad, (1.0, 1.0))[_SADNESS] > 0.7


def test_the_more_they_are_doubted_the_less_one_sure_answer_weighs() -> None:
    sure, mild = _saying(_JOY, 0.99), _saying(_SADNESS, 0.6)
    doubted, believed = (_pooled(sure, mild, (1.0, 1.0), doubts=one) for one in (0.4, 0.05))
    assert doubted[_JOY] < believed[_JOY]


def test_nobody_is_doubted_where_no_other_has_news() -> None:
    rows = np.array([[_saying(_JOY, 0.9), _EVEN[0]]])
    trust = trusted(rows, np.ones((1, 2)), np.full(2, 0.2), _EVEN)
    assert np.allclose(trust, [[1.0, 0.8]])


def test_a_small_exponent_alone_counts_as_a_full_one() -> None:
    glad = _saying(_JOY, 0.9)
    rows, seen = np.array([[glad, _EVEN[1]]]), np.array([[1.0, 0.0]])
    exponents = np.stack([np.full(8, 0.2), np.ones(8)])
    assert np.allclose(pooled(rows, seen, np.zeros(2), exponents, _EVEN)[0], glad)
