"""Graph: the backbone, its pooling and the classifier as one ONNX model.

    log_mel (batch, 80, frames) ──► encoder ──► mean and deviation of each layer over time ──► features
    features, neutral, trust ──► standardise, classify, divide by the temperature ──► logits

Weights of the encoder stay int8 in the file and are multiplied out when it is loaded.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.voice.libraries import need
from insideout.perception.voice.log_mel import BANDS
from insideout.perception.voice.train.backbone import Backbone, Layer, Quantised

OPSET = 17
_IR_VERSION = 9
_HEADS, _WIDTH = 6, 384
_PLACES = 400  # of the encoder: 8 s; speech stands at their end, as the encoder was taught
_EPSILON = 1e-5
_LEAST_VARIANCE = 1e-6
_PERIOD = 10_000.0  # the longest wave of the places (Vaswani et al. 2017)


class Writer:
    """Collects nodes and constants of a graph; each method adds a step and returns its output."""

    def __init__(self) -> None:
        self._helper = need("onnx.helper", "train")
        self._to_tensor = need("onnx.numpy_helper", "train").from_array
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: NDArray[Any]) -> str:
        """A constant by its value."""
        name = f"constant_{len(self.constants)}"
        self.constants.append(self._to_tensor(np.ascontiguousarray(value), name))
        return name

    def floats(self, *values: float) -> str:
        """A constant of numbers; one number makes a scalar."""
        return self.constant(np.array(values if len(values) > 1 else values[0], np.float32))

    def whole(self, *values: int) -> str:
        """A constant of whole numbers, (n,)."""
        return self.constant(np.array(values, np.int64))

    def step(self, kind: str, *inputs: str, name: str | None = None, **options: Any) -> str:
        """One node with one output."""
        output = name or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(self._helper.make_node(kind, list(inputs), [output], **options))
        return output

    def split(self, whole: str, parts: int, axis: int) -> list[str]:
        """Equal parts of a tensor."""
        outputs = [f"split_{len(self.nodes)}_{place}" for place in range(parts)]
        sizes = self.whole(*[_WIDTH] * parts)
        self.nodes.append(self._helper.make_node("Split", [whole, sizes], outputs, axis=axis))
        return outputs

    def weight(self, weight: Quantised, axis: int) -> str:
        """An int8 constant multiplied by the scales along its axis."""
        levels, scale = self.constant(weight.levels), self.constant(weight.scale)
        zeros = self.constant(np.zeros(weight.scale.shape, np.int8))
        return self.step("DequantizeLinear", levels, scale, zeros, axis=axis)

    def linear(self, hidden: str, weight: Quantised, bias: NDArray[np.float32]) -> str:
        """hidden @ weight + bias."""
        return self.step(
            "Add", self.step("MatMul", hidden, self.weight(weight, 1)), self.constant(bias)
        )

    def gelu(self, hidden: str) -> str:
        """Gaussian error linear unit (Hendrycks and Gimpel 2016)."""
        error = self.step("Erf", self.step("Mul", hidden, self.floats(float(np.sqrt(0.5)))))
        gate = self.step("Mul", self.step("Add", error, self.floats(1.0)), self.floats(0.5))
        return self.step("Mul", hidden, gate)

    def norm(self, hidden: str, norm: tuple[NDArray[np.float32], NDArray[np.float32]]) -> str:
        """Layer normalisation."""
        scale, bias = (self.constant(part) for part in norm)
        return self.step("LayerNormalization", hidden, scale, bias, axis=-1, epsilon=_EPSILON)


def write_features(writer: Writer, backbone: Backbone, log_mel: str, taken: Sequence[int]) -> str:
    """From the spectrum to (batch, features): mean and deviation over time of the taken layers.

    taken: 0 for what the convolutions give, 1 for the first layer, and so on.
    """
    hidden = log_mel
    for (weight, bias), stride in zip(backbone.convolutions, (1, 2), strict=True):
        hidden = writer.gelu(_convolution(writer, hidden, weight, bias, stride))
    hidden = writer.step("Transpose", hidden, perm=[0, 2, 1])
    states = [hidden]
    hidden = writer.step("Add", hidden, _places(writer, hidden))
    for layer in backbone.layers[: max(taken)]:
        hidden = _layer(writer, hidden, layer)
        states.append(hidden)
    pooled = [part for place in taken for part in _pooled(writer, states[place])]
    return writer.step("Concat", *pooled, axis=1, name="features")


def _convolution(
    writer: Writer, hidden: str, weight: Quantised, bias: NDArray[np.float32], stride: int
) -> str:
    return writer.step(
        "Conv", hidden, writer.weight(weight, 0), writer.constant(bias),
        kernel_shape=[3], pads=[1, 1], strides=[stride],
    )  # fmt: skip


def _places(writer: Writer, hidden: str) -> str:
    """Sines and cosines of the last places, (steps, width)."""
    end = writer.constant(np.array(_PLACES, np.int64))
    shape = writer.step("Shape", hidden)
    steps = writer.step("Gather", shape, writer.constant(np.array(1, np.int64)))
    start = writer.step("Sub", end, steps)
    places = writer.step("Range", start, end, writer.constant(np.array(1, np.int64)))
    column = writer.step(
        "Unsqueeze", writer.step("Cast", places, to=_float_type()), writer.whole(1)
    )
    half = _WIDTH // 2
    waves = np.exp(-np.log(_PERIOD) / (half - 1) * np.arange(half)).astype(np.float32)[None]
    angles = writer.step("Mul", column, writer.constant(waves))
    return writer.step("Concat", writer.step("Sin", angles), writer.step("Cos", angles), axis=1)


def _float_type() -> int:
    return int(need("onnx", "train").TensorProto.FLOAT)


def _layer(writer: Writer, hidden: str, layer: Layer) -> str:
    heard = writer.norm(hidden, layer.first_norm)
    joint = writer.linear(heard, layer.attention, layer.attention_bias)
    mixed = writer.linear(_attention(writer, joint), layer.out, layer.out_bias)
    hidden = writer.step("Add", hidden, mixed)
    wide = writer.linear(writer.norm(hidden, layer.second_norm), layer.wide, layer.wide_bias)
    narrow = writer.linear(writer.gelu(wide), layer.narrow, layer.narrow_bias)
    return writer.step("Add", hidden, narrow)


def _attention(writer: Writer, joint: str) -> str:
    """Scaled dot-product attention of keys, queries and values side by side."""
    apart = writer.whole(0, 0, _HEADS, _WIDTH // _HEADS)
    key, query, value = (
        writer.step("Reshape", part, apart) for part in writer.split(joint, 3, axis=2)
    )
    scaled = writer.step("Mul", query, writer.floats(float((_WIDTH // _HEADS) ** -0.5)))
    scores = writer.step(
        "MatMul",
        writer.step("Transpose", scaled, perm=[0, 2, 1, 3]),
        writer.step("Transpose", key, perm=[0, 2, 3, 1]),
    )
    weights = writer.step("Softmax", scores, axis=-1)
    mixed = writer.step("MatMul", weights, writer.step("Transpose", value, perm=[0, 2, 1, 3]))
    return writer.step(
        "Reshape", writer.step("Transpose", mixed, perm=[0, 2, 1, 3]), writer.whole(0, 0, _WIDTH)
    )


def _pooled(writer: Writer, hidden: str) -> tuple[str, str]:
    """Mean and standard deviation over time, each (batch, width)."""
    mean = writer.step("ReduceMean", hidden, axes=[1], keepdims=1)
    off = writer.step("Sub", hidden, mean)
    variance = writer.step("ReduceMean", writer.step("Mul", off, off), axes=[1], keepdims=0)
    least = writer.step("Add", variance, writer.floats(_LEAST_VARIANCE))
    return writer.step("Squeeze", mean, writer.whole(1)), writer.step("Sqrt", least)


def model_of(
    writer: Writer, inputs: Sequence[Any], outputs: Sequence[Any], about: dict[str, str]
) -> Any:
    """The checked ONNX model of what was written. about: its metadata."""
    onnx = need("onnx", "train")
    helper = need("onnx.helper", "train")
    graph = helper.make_graph(writer.nodes, "voice", list(inputs), list(outputs), writer.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version, model.producer_name = _IR_VERSION, "insideout"
    helper.set_model_props(model, about)
    onnx.checker.check_model(model)
    return model


def spectrum_input() -> Any:
    """`log_mel`: (batch, BANDS, frames)."""
    return tensor("log_mel", "batch", BANDS, "frames")


def tensor(name: str, *shape: str | int) -> Any:
    """An input or output of floats; a name stands for any size."""
    return need("onnx.helper", "train").make_tensor_value_info(name, _float_type(), list(shape))
