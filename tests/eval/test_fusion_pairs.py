"""Triples of strangers: what is split and swapped, and that fitting and fusing speak of the same."""

import json
from pathlib import Path

import numpy as np
import pytest

from insideout.eval.errors import DataSetError
from insideout.eval.fusion_fit import base_rates, fitted, pooled
from insideout.eval.fusion_pairs import (
    MODALITIES,
    Triples,
    contradicting,
    dropped,
    joined,
    parts,
    wrong,
)
from insideout.eval.fusion_said import EMOTIONS, Said, some_of_each
from insideout.eval.fusion_scores import (
    alone,
    averaged,
    best_single,
    fused,
    measured,
    named,
    possible,
    states,
)
from insideout.eval.fusion_words import words_lost
from insideout.perception.affect import Emotion
from insideout.perception.reading import Modality
from insideout.perception.reliability import PRIORS, load_reliabilities, to_json

_SHOWN = (0, 1, 2, 3, 7)  # joy, sadness, fear, anger, neutral


def _rows(gold: np.ndarray, strength: float, draw: np.random.Generator) -> np.ndarray:
    scores = draw.normal(size=(len(gold), len(EMOTIONS)))
    scores[np.arange(len(gold)), gold] += strength
    raised = np.exp(scores)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def said_by(strength: float, seed: int, groups: int = 1_000, each: int = 24) -> Said:
    """Made-up answers, right the more often the stronger."""
    draw = np.random.default_rng(seed)
    gold = np.repeat(np.array(_SHOWN, np.int64), each)
    return Said(
        gold=gold,
        groups=np.array([f"{seed}/{place % groups}" for place in range(len(gold))]),
        clean=_rows(gold, strength, draw),
        spoilt=_rows(gold, strength / 3.0, draw),
        spoilt_quality=draw.choice([0.0, 0.5, 1.0], len(gold)),
    )


@pytest.fixture
def said() -> dict[Modality, Said]:
    return {
        Modality.FACE: said_by(2.0, 0),
        Modality.VOICE: said_by(1.5, 1, groups=8),
        Modality.TEXT: said_by(2.5, 2),
    }


@pytest.fixture
def clean(said: dict[Modality, Said]) -> Triples:
    return joined([part.clean() for part in parts(said)])


def test_no_group_stands_on_both_sides(said: dict[Modality, Said]) -> None:
    one, other = parts(said)
    for column, modality in enumerate(MODALITIES):
        groups = said[modality].groups
        assert not set(groups[one.places[:, column]]) & set(groups[other.places[:, column]])


def test_no_item_is_used_twice_and_a_triple_shares_its_emotion(said: dict[Modality, Said]) -> None:
    for part in parts(said):
        for column, modality in enumerate(MODALITIES):
            places = part.places[:, column]
            assert len(set(places.tolist())) == len(places)
            assert (said[modality].gold[places] == part.clean().gold).all()


def test_sets_that_share_too_little_are_refused(said: dict[Modality, Said]) -> None:
    few = said_by(1.0, 3, each=2)
    with pytest.raises(DataSetError, match="share too few items"):
        parts({**said, Modality.TEXT: few})


def test_a_signal_that_a_reader_would_not_read_is_missing(said: dict[Modality, Said]) -> None:
    part = parts(said)[0]
    face = part.places[:, 0]
    missing = said[Modality.FACE].spoilt_quality[face] == 0.0
    assert ((part.spoilt(told=True).weights[:, 0] == 0.0) == missing).all()
    assert (part.spoilt(told=False).weights == 1.0).all()


def test_one_modality_at_least_is_left(clean: Triples) -> None:
    there = dropped(clean).weights > 0.0
    assert there.any(axis=1).all()
    assert not there.all()


def test_the_wrong_one_comes_from_another_emotion(clean: Triples) -> None:
    found = wrong(clean)
    every = np.arange(len(found))
    taken = found.rows[every, found.swapped]
    for place, column in enumerate(found.swapped):
        source = (clean.rows[:, column] == taken[place]).all(axis=1)
        assert (clean.gold[source] != found.gold[place]).all()


def test_planted_contradictions_cross_from_joy_to_the_unpleasant(clean: Triples) -> None:
    found = contradicting(clean, 1)
    joy = EMOTIONS.index(Emotion.JOY)
    assert EMOTIONS.index(Emotion.NEUTRAL) not in found.gold
    for place in range(len(found)):
        source = (clean.rows[:, 1] == found.rows[place, 1]).all(axis=1)
        assert ((clean.gold[source] == joy) != (found.gold[place] == joy)).all()


def test_what_is_fitted_is_what_fuse_computes(said: dict[Modality, Said]) -> None:
    found = parts(said)[0].spoilt(told=True)
    several = found.at((found.weights > 0.0).sum(axis=1) > 1)
    exponents = np.array([[PRIORS[m].exponents[e] for e in EMOTIONS] for m in MODALITIES])
    base = np.array([[PRIORS[m].base[e] for e in EMOTIONS] for m in MODALITIES])
    assert np.allclose(pooled(several, exponents, base), fused(several, PRIORS), atol=1e-6)


def test_fitting_lowers_the_cross_entropy_and_leaves_the_unseen_alone(clean: Triples) -> None:
    found = fitted([clean], rounds=1)
    every = np.arange(len(clean))
    before, after = (
        -np.log(fused(clean, one)[every, clean.gold]).mean() for one in (PRIORS, found)
    )
    assert after < before
    assert found[Modality.HEART] == PRIORS[Modality.HEART]
    contempt = found[Modality.TEXT].exponents[Emotion.CONTEMPT]
    assert contempt == PRIORS[Modality.TEXT].exponents[Emotion.CONTEMPT]


def test_what_is_fitted_is_written_and_read(clean: Triples, tmp_path: Path) -> None:
    path = tmp_path / "fusion.json"
    found = fitted([clean], rounds=1)
    path.write_text(json.dumps(to_json(found)), "utf-8")
    read = load_reliabilities(path)
    assert read[Modality.FACE].exponents == found[Modality.FACE].exponents


def test_base_rates_count_every_emotion_alike(clean: Triples) -> None:
    joyful = np.flatnonzero(clean.gold == 0)
    more = joined([clean, clean.at(joyful), clean.at(joyful)])
    assert np.allclose(base_rates(more), base_rates(clean))


def test_nothing_heard_counts_as_neutral(clean: Triples) -> None:
    rows = averaged(clean.only())
    assert (rows.argmax(axis=1) == EMOTIONS.index(Emotion.NEUTRAL)).all()


def test_the_best_single_modality_is_the_most_often_right(clean: Triples) -> None:
    assert best_single(clean) is Modality.TEXT


def test_a_gain_is_the_difference_of_two_accuracies(clean: Triples) -> None:
    ways = {"text": alone(clean, Modality.TEXT), "fuse": fused(clean, PRIORS)}
    found = measured(ways, clean, 20, [("fuse", "text")])
    gain = found["fuse"]["accuracy"]["value"] - found["text"]["accuracy"]["value"]
    assert found["fuse - text"]["accuracy"]["value"] == pytest.approx(gain, abs=2e-4)


def _sure(*emotions: Emotion) -> np.ndarray:
    rows = np.full((len(emotions), len(EMOTIONS)), 0.01)
    for place, emotion in enumerate(emotions):
        rows[place, EMOTIONS.index(emotion)] = 0.93
    return rows


def _one(*emotions: Emotion, gold: Emotion, swapped: int) -> Triples:
    return Triples(
        gold=np.array([EMOTIONS.index(gold)]),
        speakers=np.array(["one"]),
        rows=_sure(*emotions)[None],
        weights=np.ones((1, 3)),
        swapped=np.array([swapped]),
    )


def test_a_planted_contradiction_is_named_the_right_way_round() -> None:
    sad = (Emotion.JOY, Emotion.SADNESS, Emotion.SADNESS)
    found = _one(*sad, gold=Emotion.SADNESS, swapped=0)
    assert named(found, states(found, PRIORS)).all()
    assert possible(found).all()


def test_a_contradiction_between_the_others_does_not_count() -> None:
    others = (Emotion.SURPRISE, Emotion.JOY, Emotion.SADNESS)
    found = _one(*others, gold=Emotion.SADNESS, swapped=0)
    assert not named(found, states(found, PRIORS)).any()
    assert not possible(found).any()


def test_answers_are_kept_as_they_were(tmp_path: Path) -> None:
    found = said_by(1.0, 0)
    found.save(tmp_path / "said.npz")
    read = Said.load(tmp_path / "said.npz")
    assert (read.clean == found.clean).all()
    assert read.groups.tolist() == found.groups.tolist()


def test_of_each_emotion_at_most_so_many_are_asked() -> None:
    places = some_of_each([0] * 10 + [3] * 2, most=4)
    assert len(places) == 6
    assert (np.diff(places) > 0).all()


def test_a_word_is_always_left() -> None:
    assert words_lost("Oh", np.random.default_rng(0)) == "Oh"
