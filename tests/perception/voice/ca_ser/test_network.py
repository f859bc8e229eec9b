from typing import Any

import numpy as np
import pytest

from insideout.perception.voice.ca_ser.frames import COEFFICIENTS, Frames
from insideout.perception.voice.ca_ser.options import Sizes

torch = pytest.importorskip("torch", reason="needs the extra 'train'")

pytestmark = pytest.mark.torch

SIZES = Sizes(width=16, heads=2, layers=1)


def frames(learned: int, spectral: int, seed: int = 0) -> Frames:
    draw = np.random.default_rng(seed)
    return Frames(
        learned=draw.normal(size=(learned, 12)).astype(np.float32),
        spectral=draw.normal(size=(spectral, COEFFICIENTS)).astype(np.float32),
    )


def network() -> Any:
    from insideout.perception.voice.ca_ser.network import CaSer

    torch.manual_seed(0)
    return CaSer(12, 3, SIZES).eval()


def test_padding_changes_nothing() -> None:
    from insideout.perception.voice.ca_ser.fit import collate

    short, long = frames(9, 11), frames(40, 60, seed=1)
    made = network()
    with torch.inference_mode():
        alone = made(collate([short], "cpu"))
        beside = made(collate([short, long], "cpu"))
    assert alone[0].tolist() == pytest.approx(beside[0].tolist(), abs=1e-5)


@pytest.mark.parametrize("kind", ["learned", "spectral"])
def test_both_kinds_of_frames_count(kind: str) -> None:
    from insideout.perception.voice.ca_ser.fit import collate

    one, other = frames(9, 11), frames(9, 11, seed=1)
    mixed = Frames(
        learned=other.learned if kind == "learned" else one.learned,
        spectral=other.spectral if kind == "spectral" else one.spectral,
    )
    made = network()
    with torch.inference_mode():
        before, after = (made(collate([sound], "cpu")) for sound in (one, mixed))
    assert not torch.allclose(before, after, atol=1e-3)


def test_the_order_of_spectral_frames_counts() -> None:
    from insideout.perception.voice.ca_ser.fit import collate

    one = frames(9, 11)
    turned = Frames(learned=one.learned, spectral=one.spectral[::-1].copy())
    made = network()
    with torch.inference_mode():
        before, after = (made(collate([sound], "cpu")) for sound in (one, turned))
    assert not torch.allclose(before, after, atol=1e-3)


def test_features_are_standardised_as_in_training() -> None:
    from insideout.perception.voice.ca_ser.network import Standard

    rows = np.random.default_rng(0).normal(5.0, 3.0, (400, 12)).astype(np.float32)
    standard = Standard(12)
    standard.fit([rows[:100], rows[100:]])
    found = standard(torch.from_numpy(rows))
    assert found.mean(dim=0).abs().max() < 1e-4
    assert (found.std(dim=0) - 1.0).abs().max() < 1e-2
