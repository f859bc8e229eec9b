"""Least squares over data sets with other labels."""

import numpy as np

from insideout.perception.voice.train.linear import Rows, fit_linear


def _rows(count: int = 120) -> Rows:
    draw = np.random.default_rng(0)
    gold = draw.integers(0, 3, count)
    features = draw.normal(size=(count, 6)).astype(np.float32)
    features[np.arange(count), gold] += 3.0
    return Rows(features=features, gold=gold, possible=np.ones((count, 3), bool))


def test_it_tells_labels_apart() -> None:
    rows = _rows()
    model, _ = fit_linear(rows, 0.1)
    assert (model.scores(rows.features).argmax(axis=1) == rows.gold).mean() > 0.9


def test_a_part_left_out_is_as_if_it_had_never_been_there() -> None:
    """But for the spread and the balance, which are of all rows: here they are nearly the same."""
    rows = _rows(2_000)
    part = np.arange(0, 2_000, 4)
    _, (without,) = fit_linear(rows, 0.1, [part])
    alone, _ = fit_linear(rows.at(np.setdiff1d(np.arange(2_000), part)), 0.1)
    assert np.allclose(without.scores(rows.features), alone.scores(rows.features), atol=0.05)


def test_a_data_set_without_a_label_does_not_speak_against_it() -> None:
    rows = _rows()
    features = np.vstack([rows.features, rows.features + 5.0])  # another data set, without label 2
    keep = np.concatenate([np.ones(120, bool), rows.gold != 2])
    possible = np.vstack([rows.possible, np.tile([True, True, False], (120, 1))])
    both = Rows(features=features[keep], gold=np.tile(rows.gold, 2)[keep], possible=possible[keep])
    model, _ = fit_linear(both, 0.1)
    alone, _ = fit_linear(rows, 0.1)
    told, own = model.scores(rows.features)[:, 2], alone.scores(rows.features)[:, 2]
    assert np.corrcoef(told, own)[0, 1] > 0.99


def test_scores_are_multiplied() -> None:
    model, _ = fit_linear(_rows(), 0.1)
    features = _rows().features
    assert np.allclose(model.times(2.0).scores(features), 2.0 * model.scores(features), atol=1e-4)
