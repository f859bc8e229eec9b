"""The learned fusion as an ONNX model, which `LearnedFusion` runs."""

import json
from importlib.util import find_spec
from typing import Any

import numpy as np

from insideout.agents.errors import MissingLibraryError
from insideout.eval.fusion_network import Network
from insideout.eval.fusion_pairs import MODALITIES
from insideout.eval.fusion_said import EMOTIONS
from insideout.perception.fusing.features import FEATURES
from insideout.perception.fusing.learned import FORMAT, HEADER, NETWORK

_OPSET, _IR_VERSION = 17, 9


def need_onnx() -> None:
    """Raises MissingLibraryError without onnx; asked before a long training."""
    if find_spec("onnx") is None:
        raise MissingLibraryError(
            "the network is written with onnx, which is not installed; "
            'install it with: pip install "insideout-emotions[train]"'
        )


def content_of(network: Network) -> bytes:
    """The checked model, as an ONNX file holds it."""
    import onnx
    from onnx import helper

    graph = helper.make_graph(
        _nodes(helper),
        "fusion",
        [
            _tensor("features", len(MODALITIES), len(EMOTIONS), FEATURES),
            _tensor("there", len(MODALITIES), 1),
        ],
        [_tensor("probabilities", len(EMOTIONS))],
        _constants(network),
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)])
    model.ir_version, model.producer_name = _IR_VERSION, "insideout"
    header = {
        "format": FORMAT,
        "features": FEATURES,
        "modalities": [modality.value for modality in MODALITIES],
        "licence": NETWORK.licence,
    }
    helper.set_model_props(model, {HEADER: json.dumps(header)})
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def _tensor(name: str, *shape: int) -> Any:
    from onnx import TensorProto, helper

    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", *shape])


def _nodes(helper: Any) -> list[Any]:
    node = helper.make_node
    return [
        node("MatMul", ["features", "hidden"], ["turned"]),
        node("Add", ["turned", "shift"], ["shifted"]),
        node("Relu", ["shifted"], ["raised"]),
        node("MatMul", ["raised", "out"], ["bent"]),
        node("MatMul", ["features", "direct"], ["straight"]),
        node("Add", ["bent", "straight"], ["deep"]),
        node("Squeeze", ["deep", "last"], ["scores"]),
        node("Add", ["scores", "bias"], ["biased"]),
        node("Mul", ["biased", "there"], ["spoken"]),
        node("ReduceSum", ["spoken", "modality"], ["total"], keepdims=0),
        node("Softmax", ["total"], ["probabilities"], axis=-1),
    ]


def _constants(network: Network) -> list[Any]:
    from onnx.numpy_helper import from_array

    direct = np.zeros((len(MODALITIES), FEATURES, 1))
    direct[:, 0, 0] = network.direct
    floats = {
        "hidden": network.hidden,
        "shift": network.shift[:, None],
        "out": network.out[..., None],
        "direct": direct,
        "bias": network.bias,
    }
    found = [from_array(value.astype(np.float32), name) for name, value in floats.items()]
    found += [
        from_array(np.array([3], np.int64), "last"),
        from_array(np.array([1], np.int64), "modality"),
    ]
    return found
