"""The shipped network joins what it knows, adds what it does not, and gives way where that is little."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from insideout.perception.affect import Emotion
from insideout.perception.errors import PerceptionError, WeightsError
from insideout.perception.fusing.features import FEATURES, features
from insideout.perception.fusing.learned import LearnedFusion, shipped_network
from insideout.perception.fusing.way import VARIABLE, Way, network_of
from insideout.perception.fusion import fuse
from insideout.perception.reading import Modality, Reading
from insideout.perception.reliability import PRIORS


def reading(modality: Modality, quality: float = 1.0, **p: float) -> Reading:
    rest = (1.0 - sum(p.values())) / max(1, 8 - len(p))
    return Reading(
        modality=modality,
        model="test",
        emotions={e: p.get(e.value, rest) for e in Emotion},
        confidence=0.8,
        quality=quality,
    )


SAD = reading(Modality.TEXT, sadness=0.6)
GRIEVED = reading(Modality.VOICE, sadness=0.6)


def test_two_that_agree_are_surer_than_one() -> None:
    assert fuse([SAD, GRIEVED], way=Way.LEARNED).emotions[Emotion.SADNESS] > 0.6


def test_a_modality_that_is_sure_and_wrong_does_not_outvote_two() -> None:
    glad = reading(Modality.FACE, joy=0.99)
    assert fuse([SAD, GRIEVED, glad], way=Way.LEARNED).top is Emotion.SADNESS


def test_one_alone_passes_through() -> None:
    assert fuse([SAD], way=Way.LEARNED).emotions == fuse([SAD], way=Way.POOLED).emotions


def test_words_and_a_heart_are_pooled() -> None:
    heart = reading(Modality.HEART, fear=0.6)
    both = [SAD, heart]
    assert fuse(both, way=Way.LEARNED).emotions == fuse(both, way=Way.POOLED).emotions


def test_a_heart_adds_its_evidence() -> None:
    heart = reading(Modality.HEART, fear=0.9)
    without, beside = (
        fuse(readings, way=Way.LEARNED) for readings in ([SAD, GRIEVED], [SAD, GRIEVED, heart])
    )
    assert beside.emotions[Emotion.FEAR] > without.emotions[Emotion.FEAR]


def test_a_heart_that_says_its_base_rate_changes_nothing() -> None:
    base = PRIORS[Modality.HEART].base
    heart = replace(reading(Modality.HEART), emotions=base)
    without, beside = (
        fuse(readings, way=Way.LEARNED) for readings in ([SAD, GRIEVED], [SAD, GRIEVED, heart])
    )
    assert np.allclose(list(without.emotions.values()), list(beside.emotions.values()))


def test_an_old_reading_counts_less() -> None:
    glad = reading(Modality.FACE, joy=0.9)
    late = [replace(one, end_secs=60.0) for one in (SAD, GRIEVED)]
    now, then = (
        fuse([*late, replace(glad, end_secs=end)], now_secs=60.0, way=Way.LEARNED)
        for end in (60.0, 30.0)
    )
    assert then.emotions[Emotion.JOY] < now.emotions[Emotion.JOY]


def test_without_a_setting_they_are_pooled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert network_of(None) is None
    assert fuse([SAD, GRIEVED]).emotions == fuse([SAD, GRIEVED], way=Way.POOLED).emotions


def test_the_setting_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "learned")
    assert network_of(None) is shipped_network()
    assert network_of(Way.POOLED) is None


def test_an_unknown_way_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "averaged")
    with pytest.raises(PerceptionError, match=r"INSIDEOUT_FUSION: .*averaged.*pooled"):
        fuse([SAD])


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fusion_learned.onnx"
    path.write_bytes(b"no network")
    with pytest.raises(WeightsError, match="is not a learned fusion of format 1"):
        LearnedFusion.load(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"nowhere\.onnx"):
        LearnedFusion.load(tmp_path / "nowhere.onnx")


def test_features_of_a_missing_modality_are_zero() -> None:
    rows = np.full((1, 3, 8), 0.125)
    told = features(rows, np.array([[1.0, 0.5, 0.0]]))
    assert told.shape == (1, 3, 8, FEATURES)
    assert not told[0, 2].any()
    assert told[0, :2].any()


def test_a_modality_alone_stands_against_even_chances() -> None:
    told = features(np.full((1, 2, 8), 0.125), np.array([[1.0, 0.0]]))
    together = features(np.full((1, 2, 8), 0.125), np.array([[1.0, 1.0]]))
    assert np.allclose(told[0, 0, :, :-1], together[0, 0, :, :-1])
