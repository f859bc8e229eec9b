"""The converted network says what the trained one says; needs the extra `train`."""

from pathlib import Path

import pytest

from insideout.agents.embedded import markers

torch = pytest.importorskip("torch")

pytestmark = pytest.mark.torch


@pytest.mark.slow
def test_ctranslate2_and_torch_give_the_same_likelihoods(tmp_path: Path) -> None:
    from ctranslate2 import Generator

    from insideout.agents.embedded.train import pieces
    from insideout.agents.embedded.train.convert import convert
    from insideout.agents.embedded.train.network import Decoder, Shape

    names = [*markers.all_markers(), pieces.UNKNOWN, "i", "am", "sad", "glad", "."]
    shape = Shape(pieces=len(names), width=64, layers=2, heads=4, inner=128)
    torch.manual_seed(0)
    decoder = Decoder(shape, dropout_rate=0.0).eval()
    said = [markers.EMPATHETIC, markers.feels(None), "[person]", "i", "am", "sad", ".", markers.END]
    ids = torch.tensor([[names.index(name) for name in said]])
    with torch.no_grad():
        logits = decoder.logits(decoder(ids)[0]).log_softmax(-1)
    wanted = [float(logits[i, ids[0, i + 1]]) for i in range(len(said) - 1)]
    convert(decoder, pieces.build(names), tmp_path, quantization="float32")
    found = Generator(str(tmp_path)).score_batch([said])[0].log_probs
    assert found == pytest.approx(wanted, abs=1e-3)
