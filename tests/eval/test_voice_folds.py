"""Speakers are left out, and nothing of them is fitted."""

from dataclasses import replace

import numpy as np
import pytest
from tests.perception.voice.train.test_fit import made

from insideout.eval.voice_folds import ALL_CLIPS, ENROLLED, PLAIN, answers, leave_out, per_speaker
from insideout.perception.errors import PerceptionError
from insideout.perception.label_spaces import BROAD_FOUR
from insideout.perception.voice.train.fit import Options


def test_every_clip_is_asked_once_and_enrolling_sentences_are_not_scored() -> None:
    found = made()
    scores = leave_out(found, None, Options(), folds=3, changed=("other_",))
    assert np.isfinite(scores[PLAIN]).all()
    assert np.isfinite(scores[ALL_CLIPS]).all()
    assert np.isfinite(scores["other_"]).all()
    scored = np.isfinite(scores[ENROLLED]).all(axis=1)
    assert (~scored).sum() == 2 * len(set(found.speakers))
    assert found.neutral[~scored].all()


def test_answers_of_a_way_hold_what_it_scored() -> None:
    found = made()
    parts = answers(leave_out(found, None, Options(), folds=3), found, BROAD_FOUR)
    assert len(parts[PLAIN].gold) == 72
    assert len(parts[ENROLLED].gold) == 60
    assert np.allclose(parts[PLAIN].probabilities.sum(axis=1), 1.0)


def test_a_strangers_labels_change_nothing_of_what_is_said_about_them() -> None:
    found = made()
    own = np.array(found.speakers) == "set/0"
    other = replace(found, gold=np.where(own, (found.gold + 1) % 3, found.gold))
    first, second = (
        leave_out(examples, None, Options(), folds=6)[PLAIN][own] for examples in (found, other)
    )
    assert np.array_equal(first, second)


def test_per_speaker_rows_have_mean_0_and_deviation_1() -> None:
    found = made()
    rows = per_speaker(found)[np.array(found.speakers) == "set/2"]
    assert np.allclose(rows.mean(axis=0), 0.0, atol=1e-4)
    assert np.allclose(rows.std(axis=0), 1.0, atol=1e-3)


def test_one_speaker_cannot_be_left_out() -> None:
    with pytest.raises(PerceptionError, match="leaving speakers out needs at least four"):
        leave_out(made(speakers=1), None, Options())
