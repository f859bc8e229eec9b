"""Both classifiers and their temperature."""

from dataclasses import replace

import numpy as np
import pytest

from insideout.perception.errors import PerceptionError
from insideout.perception.voice.train.examples import Examples
from insideout.perception.voice.train.fit import (
    Options,
    best_slope,
    enrolled_features,
    fit,
    log_softmax,
    speaker_folds,
)


def made(speakers: int = 6, each: int = 12) -> Examples:
    """Speakers whose voices differ more than their emotions do."""
    draw = np.random.default_rng(0)
    names = np.repeat(np.arange(speakers), each)
    gold = np.tile(np.arange(each) % 3, speakers)
    features = draw.normal(size=(len(names), 2, 8)).astype(np.float32)
    features += 5.0 * draw.normal(size=(speakers, 1, 8))[names].astype(np.float32)
    features[np.arange(len(names)), :, gold] += 4.0
    return Examples(
        labels=("neutral", "happy", "sad"),
        features=features,
        gold=gold,
        possible=np.ones((len(names), 3), bool),
        speakers=tuple(f"set/{name}" for name in names),
        neutral=gold == 0,
        texts=("",) * len(names),
    )


def test_enrolled_rows_lack_what_sets_the_speaker_apart() -> None:
    found, names = made(), np.array(made().speakers)
    own = enrolled_features(found, Options(trust=1.0))
    apart, before = (
        np.var([rows[names == name].mean(axis=(0, 1)) for name in np.unique(names)], axis=0).mean()
        for rows in (own, found.features)
    )
    assert apart < 0.2 * before


def test_enrolment_helps_with_strangers() -> None:
    found, names = made(speakers=12), np.array(made(speakers=12).speakers)
    options = Options(trust=1.0)
    strangers = np.isin(names, ["set/0", "set/1", "set/2", "set/3"])
    fitted = fit(found.at(np.flatnonzero(~strangers)), options)
    assert fitted.enrolled is not None
    gold = found.gold[strangers]
    own, heard = enrolled_features(found, options)[strangers, 0], found.features[strangers, 0]
    plain = (fitted.plain.scores(heard, heard).argmax(axis=1) == gold).mean()
    enrolled = (fitted.enrolled.scores(own, heard).argmax(axis=1) == gold).mean()
    assert enrolled > plain


def test_nobody_is_enrolled_without_neutral_sentences() -> None:
    found = made()
    blank = found.at(np.flatnonzero(found.gold != 0))
    assert fit(blank, Options()).enrolled is None


def test_two_speakers_are_too_few() -> None:
    with pytest.raises(
        PerceptionError, match="2 speakers; fitting and calibrating need at least 3"
    ):
        fit(made(speakers=2), Options())


def test_folds_hold_whole_speakers_and_everything_once() -> None:
    found = made()
    parts = speaker_folds(found.speakers, 4, 0)
    assert np.array_equal(np.sort(np.concatenate(parts)), np.arange(len(found.gold)))
    whose = [{found.speakers[place] for place in part} for part in parts]
    assert sum(map(len, whose)) == len(set(found.speakers))


def test_the_slope_undoes_a_temperature() -> None:
    draw = np.random.default_rng(0)
    logits = 3.0 * draw.normal(size=(4_000, 4))
    gold = np.array([draw.choice(4, p=row) for row in np.exp(log_softmax(logits))])
    assert best_slope((logits / 5.0).astype(np.float32), gold) == pytest.approx(5.0, rel=0.1)


def test_strange_sound_gets_less_certain_answers() -> None:
    found = made(speakers=9)
    other = np.array([int(name[-1]) % 2 for name in found.speakers])
    names = tuple(
        f"{'other' if o else 'set'}/{n}" for o, n in zip(other, found.speakers, strict=True)
    )
    draw = np.random.default_rng(1)
    noise = 9.0 * draw.normal(size=found.features.shape) * other[:, None, None]
    strange = replace(found, speakers=names, features=(found.features + noise).astype(np.float32))
    plain = fit(strange, Options()).plain
    assert plain.familiarity.fall > 0.0
    near = found.features[:1, 0]
    assert plain.familiarity.share(near * 20.0) < plain.familiarity.share(near)
