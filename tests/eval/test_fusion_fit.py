"""Fitting speaks of what `fuse` computes, and changes what the data speak of alone."""

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from tests.eval.fusion_samples import people

from insideout.eval import fusion_fit
from insideout.eval.fusion_fit import TAUGHT, base_rates, fitted, taught
from insideout.eval.fusion_pairs import MODALITIES, Part, Triples, joined, parts
from insideout.eval.fusion_said import EMOTIONS, Damage
from insideout.eval.fusion_scores import Joiner, fused
from insideout.perception.affect import Emotion
from insideout.perception.fusing.pool import base_of, exponents_of, pooled
from insideout.perception.fusing.way import Way
from insideout.perception.reading import Modality
from insideout.perception.reliability import PRIORS, Reliabilities, load_reliabilities, to_json

pytest.importorskip("scipy")


def part() -> Part:
    return parts(people())[0]


@lru_cache(maxsize=1)
def found() -> Reliabilities:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fusion_fit, "STEPS", 5)
        return fitted(part())


def _loss(triples: Triples, reliabilities: Reliabilities) -> float:
    rows = fused(triples, Joiner(reliabilities=reliabilities, way=Way.POOLED))
    told = rows[np.arange(len(triples)), triples.gold]
    return float(-np.log(np.maximum(told, 1e-6)).mean())


def test_every_kind_is_taught_in_equal_shares() -> None:
    assert len(taught(part(), 2)) == 2 * len(TAUGHT) * len(part().triples())


def test_many_triples_at_once_are_what_fuse_computes() -> None:
    triples = part().triples(Damage.NOISY)
    several = triples.at((triples.weights > 0.0).sum(axis=1) > 1)
    rows = pooled(
        several.rows,
        several.weights,
        np.array([PRIORS[modality].doubt for modality in MODALITIES]),
        np.stack([exponents_of(modality, PRIORS) for modality in MODALITIES]),
        np.stack([base_of(modality, PRIORS) for modality in MODALITIES]),
    )
    assert np.allclose(
        rows, fused(several, Joiner(reliabilities=PRIORS, way=Way.POOLED)), atol=1e-6
    )


def test_fitting_lowers_the_cross_entropy() -> None:
    asked = taught(part(), 1)
    assert _loss(asked, found()) < _loss(asked, PRIORS)


def test_what_the_triples_do_not_show_keeps_its_prior() -> None:
    assert found()[Modality.HEART] == PRIORS[Modality.HEART]
    for modality in MODALITIES:
        assert found()[modality].base[Emotion.CONTEMPT] == pytest.approx(
            base_of(modality, PRIORS)[EMOTIONS.index(Emotion.CONTEMPT)]
        )
        assert found()[modality].half_life_secs == PRIORS[modality].half_life_secs


def test_base_rates_sum_to_one() -> None:
    assert all(abs(sum(one.base.values()) - 1.0) < 1e-9 for one in found().values())


def test_what_is_fitted_is_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "fusion.json"
    path.write_text(json.dumps(to_json(found())), "utf-8")
    read = load_reliabilities(path)
    assert read[Modality.FACE].doubt == pytest.approx(found()[Modality.FACE].doubt, abs=1e-4)


def test_base_rates_count_every_emotion_alike() -> None:
    clean = part().triples()
    joyful = np.flatnonzero(clean.gold == 0)
    more = joined([clean, clean.at(joyful), clean.at(joyful)])
    assert np.allclose(base_rates(more), base_rates(clean))
