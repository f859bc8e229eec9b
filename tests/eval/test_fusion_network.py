"""The learned fusion: it learns, and its ONNX file answers as the trained network does."""

from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from tests.eval.fusion_samples import people

from insideout.eval import fusion_network
from insideout.eval.fusion_graph import content_of
from insideout.eval.fusion_network import Network, joining, trained
from insideout.eval.fusion_pairs import MODALITIES, Part, parts
from insideout.eval.fusion_said import Damage
from insideout.eval.fusion_scores import Joiner, averaged, fused
from insideout.perception.fusing.learned import LearnedFusion
from insideout.perception.reliability import PRIORS


def part() -> Part:
    return parts(people())[0]


@lru_cache(maxsize=1)
def network() -> Network:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fusion_network, "STEPS", 150)
        return trained(part())


def test_it_learns_to_join() -> None:
    triples = part().triples()
    every = np.arange(len(triples))
    rows = fused(triples, Joiner(reliabilities=PRIORS, way=joining(network())))
    learnt, plain = (-np.log(one[every, triples.gold]).mean() for one in (rows, averaged(triples)))
    assert learnt < plain


def test_the_same_seed_trains_the_same_network() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fusion_network, "STEPS", 5)
        assert (trained(part()).hidden == trained(part()).hidden).all()


def test_the_file_answers_as_the_network_does(tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    path = tmp_path / "fusion_learned.onnx"
    path.write_bytes(content_of(network()))
    triples = part().triples(Damage.NOISY)
    read = LearnedFusion.load(path)
    assert read.modalities == MODALITIES
    ours = joining(network()).answers(triples.rows, triples.weights)
    assert np.allclose(read.answers(triples.rows, triples.weights), ours, atol=1e-5)
    assert len(path.read_bytes()) < 100_000


def test_a_missing_modality_changes_nothing_by_what_it_would_say() -> None:
    triples = part().triples().only(*MODALITIES[:2])
    other = triples.rows.copy()
    other[:, 2] = other[::-1, 2]
    answers = joining(network()).answers
    assert np.allclose(answers(triples.rows, triples.weights), answers(other, triples.weights))
