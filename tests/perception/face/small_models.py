"""Small ONNX files made on the spot: the mean of each channel, times weights, plus a bias."""

from pathlib import Path

import numpy as np
import pytest


def small_model(
    path: Path,
    *,
    outputs: int,
    size: int,
    channels: int = 3,
    weights: list[list[float]] | None = None,
    bias: list[float] | None = None,
    one_by_one: bool = False,
) -> Path:
    """Nx(channels)x(size)x(size), as "input", to Nx(outputs).

    weights: (channels, outputs), zeros by default. bias: (outputs,), zeros by default.
    """
    onnx = pytest.importorskip("onnx")
    helper, number = onnx.helper, onnx.TensorProto.FLOAT
    matrix = np.asarray(weights or np.zeros((channels, outputs)), dtype=np.float32)
    shift = np.asarray(bias or np.zeros(outputs), dtype=np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("GlobalAveragePool", ["input"], ["pooled"]),
            helper.make_node("Flatten", ["pooled"], ["flat"]),
            helper.make_node("Gemm", ["flat", "weights", "bias"], ["scores"]),
        ],
        "small",
        [
            helper.make_tensor_value_info(
                "input", number, [1 if one_by_one else "n", channels, size, size]
            )
        ],
        [helper.make_tensor_value_info("scores", number, ["n", outputs])],
        [
            onnx.numpy_helper.from_array(matrix, "weights"),
            onnx.numpy_helper.from_array(shift, "bias"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.save(model, str(path))
    return path
