"""Triples of strangers: what is split, damaged and swapped, and how ways to join them are scored."""

from pathlib import Path

import numpy as np
import pytest
from tests.eval.fusion_samples import people, said_by

from insideout.eval import fusion_faces, fusion_voices
from insideout.eval.ed_scores import calibration_error, class_means
from insideout.eval.errors import DataSetError
from insideout.eval.fusion_pairs import (
    MODALITIES,
    Triples,
    contradicting,
    dropped,
    joined,
    parts,
    whole,
    wrong,
)
from insideout.eval.fusion_said import EMOTIONS, Damage, Said, some_of_each
from insideout.eval.fusion_scores import (
    Joiner,
    alone,
    averaged,
    best_single,
    fused,
    measured,
    named,
    possible,
    states,
    with_interval,
)
from insideout.eval.fusion_words import mistyped, words_lost
from insideout.perception.affect import Emotion
from insideout.perception.fusing.way import Way
from insideout.perception.reading import Modality
from insideout.perception.reliability import PRIORS
from insideout.perception.voice.sound import Sound

_PLAIN = Joiner(reliabilities=PRIORS, way=Way.POOLED)


@pytest.fixture
def said() -> dict[Modality, Said]:
    return people()


@pytest.fixture
def clean(said: dict[Modality, Said]) -> Triples:
    return joined([part.triples() for part in parts(said)])


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
            assert (said[modality].gold[places] == part.triples().gold).all()


def test_sets_that_share_too_little_are_refused(said: dict[Modality, Said]) -> None:
    few = said_by(1.0, 3, each=2)
    with pytest.raises(DataSetError, match="share too few items"):
        parts({**said, Modality.TEXT: few})


def test_a_signal_that_a_reader_would_not_read_is_missing(said: dict[Modality, Said]) -> None:
    part = parts(said)[0]
    missing = said[Modality.FACE].qualities[Damage.NOISY][part.places[:, 0]] == 0.0
    assert ((part.triples(Damage.NOISY).weights[:, 0] == 0.0) == missing).all()
    assert (part.triples(Damage.NOISY, told=False).weights == 1.0).all()


def test_of_the_half_noisy_some_are_as_they_are(said: dict[Modality, Said]) -> None:
    part = parts(said)[0]
    clean, noisy, half = part.triples(), part.triples(Damage.NOISY), part.half(Damage.NOISY)
    as_it_is = (half.rows == clean.rows).all(axis=2)
    assert (as_it_is | (half.rows == noisy.rows).all(axis=2)).all()
    assert 0.3 < as_it_is.mean() < 0.7


def test_items_that_are_paired_again_share_their_emotion(said: dict[Modality, Said]) -> None:
    part = parts(said)[0]
    again = part.paired_again(1)
    assert (again.places != part.places).any()
    for column, modality in enumerate(MODALITIES):
        assert sorted(again.places[:, column]) == sorted(part.places[:, column])
        assert (said[modality].gold[again.places[:, column]] == again.triples().gold).all()


def test_the_whole_has_the_triples_of_all_parts(said: dict[Modality, Said]) -> None:
    both = parts(said)
    assert len(whole(both).triples()) == sum(len(part.triples()) for part in both)


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


def test_nothing_heard_counts_as_neutral(clean: Triples) -> None:
    rows = averaged(clean.only())
    assert (rows.argmax(axis=1) == EMOTIONS.index(Emotion.NEUTRAL)).all()


def test_the_best_single_modality_is_the_most_often_right(clean: Triples) -> None:
    assert best_single(clean) is Modality.TEXT


def test_a_gain_is_the_difference_of_two_accuracies(clean: Triples) -> None:
    ways = {"text": alone(clean, Modality.TEXT), "fuse": fused(clean, _PLAIN)}
    found = measured(ways, clean, 20, [("fuse", "text")])
    gain = found["fuse"]["accuracy"]["value"] - found["text"]["accuracy"]["value"]
    assert found["fuse - text"]["accuracy"]["value"] == pytest.approx(gain, abs=2e-4)


def test_figures_and_intervals_are_those_of_drawing_the_triples_themselves(clean: Triples) -> None:
    rows = fused(clean, _PLAIN)

    def statistic(places: np.ndarray) -> dict[str, float]:
        right = rows[places].argmax(axis=1) == clean.gold[places]
        return {
            "accuracy": float(right.mean()),
            "macro_f1": class_means(rows[places].argmax(axis=1), clean.gold[places])["macro_f1"],
            "ece": calibration_error(rows[places].max(axis=1), right),
        }

    assert measured({"fuse": rows}, clean, 30)["fuse"] == with_interval(
        statistic, clean.speakers, 30
    )


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
    assert named(found, states(found, _PLAIN)).all()
    assert possible(found).all()


def test_a_contradiction_between_the_others_does_not_count() -> None:
    others = (Emotion.SURPRISE, Emotion.JOY, Emotion.SADNESS)
    found = _one(*others, gold=Emotion.SADNESS, swapped=0)
    assert not named(found, states(found, _PLAIN)).any()
    assert not possible(found).any()


def test_answers_are_kept_as_they_were(tmp_path: Path) -> None:
    found = said_by(1.0, 0)
    found.save(tmp_path / "said.npz")
    read = Said.load(tmp_path / "said.npz")
    for damage in Damage:
        assert (read.rows[damage] == found.rows[damage]).all()
        assert (read.qualities[damage] == found.qualities[damage]).all()
    assert read.groups.tolist() == found.groups.tolist()


def test_of_each_emotion_at_most_so_many_are_asked() -> None:
    places = some_of_each([0] * 10 + [3] * 2, most=4)
    assert len(places) == 6
    assert (np.diff(places) > 0).all()


def test_a_word_is_always_left() -> None:
    assert words_lost("Oh", np.random.default_rng(0)) == "Oh"


def test_what_is_mistyped_keeps_its_letters_and_short_words() -> None:
    changed = mistyped("I lost my job today", np.random.default_rng(0))
    assert changed != "I lost my job today"
    assert [sorted(word) for word in changed.split()] == [
        sorted(word) for word in ["I", "lost", "my", "job", "today"]
    ]
    assert changed.split()[0] == "I"


def test_each_image_is_worse_after_each_damage() -> None:
    pytest.importorskip("cv2")
    picture = np.kron(np.tile([[40, 200], [200, 40]], (12, 12)), np.ones((2, 2)))[:, :, None]
    plain = np.repeat(picture, 3, axis=2).astype(np.uint8)
    for damage, change in fusion_faces.DAMAGES.items():
        changed = change(plain, np.random.default_rng(0))
        assert changed.shape == plain.shape
        assert (changed.std() < plain.std()) == (damage is not Damage.NONE)


def test_a_sound_is_drowned_as_deep_whoever_asks() -> None:
    spoken = np.sin(np.arange(16_000) / 10.0).astype(np.float32)
    variant = fusion_voices.DAMAGES[Damage.GRADED]
    one, other = (variant.of(Sound(samples=spoken), seed).samples - spoken for seed in (1, 2))
    assert not np.allclose(one, other)
    assert (one**2).mean() == pytest.approx((other**2).mean(), rel=1e-3)
