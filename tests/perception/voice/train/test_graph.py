"""The graph that is written, against what it should say."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from insideout.perception.errors import WeightsError
from insideout.perception.voice.train.backbone import Backbone, Layer, Quantised, load_backbone
from insideout.perception.voice.train.graph import (
    Writer,
    model_of,
    spectrum_input,
    tensor,
    write_features,
)

WIDTH = 384


def backbone() -> Backbone:
    """Random weights of the published shapes, one layer."""
    draw = np.random.default_rng(0)

    def weight(*shape: int, out: int) -> Quantised:
        levels = draw.integers(-100, 100, shape).astype(np.int8)
        return Quantised(levels=levels, scale=np.full(out, 1e-3, np.float32))

    norm = (np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32))
    layer = Layer(
        first_norm=norm,
        attention=weight(WIDTH, 3 * WIDTH, out=3 * WIDTH),
        attention_bias=np.zeros(3 * WIDTH, np.float32),
        out=weight(WIDTH, WIDTH, out=WIDTH),
        out_bias=np.zeros(WIDTH, np.float32),
        second_norm=norm,
        wide=weight(WIDTH, 4 * WIDTH, out=4 * WIDTH),
        wide_bias=np.zeros(4 * WIDTH, np.float32),
        narrow=weight(4 * WIDTH, WIDTH, out=WIDTH),
        narrow_bias=np.zeros(WIDTH, np.float32),
    )
    convolutions = (
        (weight(WIDTH, 80, 3, out=WIDTH), np.zeros(WIDTH, np.float32)),
        (weight(WIDTH, WIDTH, 3, out=WIDTH), np.zeros(WIDTH, np.float32)),
    )
    return Backbone(convolutions=convolutions, layers=(layer,))


def session(taken: tuple[int, ...]) -> onnxruntime.InferenceSession:
    """The graph of these layers, opened."""
    pytest.importorskip("onnx", reason="needs the extra 'train'")
    writer = Writer()
    write_features(writer, backbone(), "log_mel", taken)
    outputs = [tensor("features", "batch", len(taken) * 2 * WIDTH)]
    model = model_of(writer, [spectrum_input()], outputs, {"name": "test"})
    return onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )


def _spectrum(frames: int, batch: int = 1) -> NDArray[np.float32]:
    return np.random.default_rng(1).random((batch, 80, frames), np.float32)


@pytest.mark.parametrize("frames", [50, 300, 800])
def test_any_length_up_to_eight_seconds_is_read(frames: int) -> None:
    (found,) = session((0, 1)).run(None, {"log_mel": _spectrum(frames)})
    assert found.shape == (1, 4 * WIDTH)
    assert np.isfinite(found).all()


def test_several_at_once_are_read_as_one_by_one() -> None:
    opened, both = session((1,)), _spectrum(100, batch=2)
    (together,) = opened.run(None, {"log_mel": both})
    (alone,) = opened.run(None, {"log_mel": both[1:]})
    assert np.allclose(together[1:], alone, atol=1e-4)


def test_metadata_is_carried() -> None:
    assert session((1,)).get_modelmeta().custom_metadata_map == {"name": "test"}


def test_another_file_is_not_the_encoder(tmp_path: Path) -> None:
    (tmp_path / "encoder.onnx").write_bytes(b"another")
    with pytest.raises(WeightsError, match=r"is not the published smart-turn-v3\.2"):
        load_backbone(tmp_path / "encoder.onnx", 2)


def test_a_wheel_without_the_encoder_is_told(tmp_path: Path) -> None:
    (tmp_path / "other.whl").write_bytes(b"no archive")
    with pytest.raises(WeightsError, match=r"name the \.onnx file, or a wheel that holds it"):
        load_backbone(tmp_path / "other.whl", 2)
