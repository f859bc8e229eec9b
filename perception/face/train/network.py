"""The network: a MobileNet (Howard et al. 2017, arXiv 1704.04861) on grey faces, started warm or fresh.

The warm start is a MobileNet in ONNX whose batch normalisation is folded into its convolutions, as
HSEmotion's (Savchenko 2021, pre-trained on AffectNet). Its first layer is summed over the colours, and
new normalisations are put in that leave the outputs as they were, so that it trains like a fresh one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from insideout.perception.errors import WeightsError
from insideout.perception.label_spaces import FER_2013

CLASSES = len(FER_2013.labels)
CENTRE, SPREAD = 128.0, 64.0  # grey 0..255 is (grey - CENTRE) / SPREAD for the first layer
_MOST = 6.0  # ReLU6
_HEAVIEST = 1e-4  # least variance of a channel that is silent on the examples
# Output channels and stride of the separable blocks of MobileNet 1.0.
_BLOCKS = (
    ((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2))
    + ((512, 1),) * 5
    + (
        (1024, 2),
        (1024, 1),
    )
)
# Mean blue, green, red that HSEmotion's MobileNet takes off its channels 0, 1, 2.
_MEANS = np.array([103.939, 116.779, 123.68], dtype=np.float32)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kernel:
    """One convolution: weight (out, in / groups, k, k), bias (out,)."""

    weight: Floats
    bias: Floats
    stride: int
    groups: int


class Layer(nn.Module):
    """Convolution, batch normalisation, ReLU6; padded as TensorFlow pads."""

    def __init__(self, kernel: Kernel) -> None:
        super().__init__()
        out, inner, side, _ = kernel.weight.shape
        self.strided = side > 1 and kernel.stride > 1
        padding = 0 if self.strided else side // 2
        self.conv = nn.Conv2d(
            inner * kernel.groups,
            out,
            side,
            kernel.stride,
            padding,
            groups=kernel.groups,
            bias=False,
        )
        self.conv.weight.data = torch.from_numpy(kernel.weight.copy())
        self.bn = nn.BatchNorm2d(out)
        self.bn.bias.data = torch.from_numpy(kernel.bias.copy())

    def convolved(self, x: Tensor) -> Tensor:
        """The outputs before normalisation."""
        done: Tensor = self.conv(functional.pad(x, (0, 1, 0, 1)) if self.strided else x)
        return done

    def forward(self, x: Tensor) -> Tensor:
        """(n, in, h, w) to (n, out, h, w), divided by the stride."""
        out: Tensor = self.bn(self.convolved(x)).clamp(0.0, _MOST)
        return out

    @torch.no_grad()
    def settle(self, x: Tensor) -> Tensor:
        """Set the normalisation so that it changes nothing on these examples; their outputs."""
        found, bias = self.convolved(x), self.bn.bias.data.clone()
        mean, variance = found.mean((0, 2, 3)), found.var((0, 2, 3)) + _HEAVIEST
        assert self.bn.running_mean is not None
        assert self.bn.running_var is not None
        self.bn.running_mean.copy_(mean)
        self.bn.running_var.copy_(variance)
        self.bn.weight.data = torch.sqrt(variance + self.bn.eps)
        self.bn.bias.data = mean + bias
        scaled = (found - mean[:, None, None]) / torch.sqrt(variance + self.bn.eps)[:, None, None]
        scaled = scaled * self.bn.weight[:, None, None] + self.bn.bias[:, None, None]
        return scaled.clamp(0.0, _MOST)


class Network(nn.Module):
    """Layers, the mean over the places, dropout, seven scores in the order of FER_2013."""

    def __init__(self, kernels: list[Kernel], dropout: float) -> None:
        super().__init__()
        self.layers = nn.Sequential(*[Layer(kernel) for kernel in kernels])
        self.drop = nn.Dropout(dropout)
        self.head = nn.Linear(kernels[-1].weight.shape[0], CLASSES)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Scores (n, 7) of grey faces (n, 1, side, side), centred and scaled."""
        scores: Tensor = self.head(self.drop(self.layers(x).mean((2, 3))))
        return scores

    def settle(self, x: Tensor) -> None:
        """Layer after layer, on examples; only for a network that was started warm."""
        for layer in self.layers:
            x = layer.settle(x)


def fresh(seed: int) -> list[Kernel]:
    """The kernels of an untrained MobileNet, drawn after He et al. 2015."""
    draw = np.random.default_rng(seed)

    def kernel(out: int, inner: int, side: int, stride: int, groups: int) -> Kernel:
        spread = np.sqrt(2.0 / (inner * side * side))
        weight = draw.normal(0.0, spread, (out, inner, side, side)).astype(np.float32)
        return Kernel(weight=weight, bias=np.zeros(out, np.float32), stride=stride, groups=groups)

    made, width = [kernel(32, 1, 3, 2, 1)], 32
    for out, stride in _BLOCKS:
        made += [kernel(width, 1, 3, stride, width), kernel(out, width, 1, 1, 1)]
        width = out
    return made


def warm(path: Path) -> list[Kernel]:
    """The kernels of a trained MobileNet in ONNX; raises WeightsError where it is another network."""
    import onnx

    graph = onnx.load(str(path)).graph
    values = _constants(graph)
    found = [_kernel(node, values, path) for node in graph.node if node.op_type == "Conv"]
    if len(found) != 1 + 2 * len(_BLOCKS) or found[0].weight.shape[1] != len(_MEANS):
        raise WeightsError(
            f"{path} has {len(found)} convolutions; expected a MobileNet 1.0 on colour pictures with "
            f"{1 + 2 * len(_BLOCKS)}, like HSEmotion's mobilenet_7"
        )
    return [_grey(found[0]), *found[1:]]


def _grey(first: Kernel) -> Kernel:
    """The first layer for one channel of grey, centred and scaled, instead of three of colour."""
    shift = ((CENTRE - _MEANS)[None, :, None, None] * first.weight).sum((1, 2, 3))
    return Kernel(
        weight=first.weight.sum(1, keepdims=True) * SPREAD,
        bias=first.bias + shift,
        stride=first.stride,
        groups=1,
    )


def _constants(graph: Any) -> dict[str, Floats]:
    """The weights by name, those in eight bits multiplied out."""
    from onnx import numpy_helper

    values = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    for node in graph.node:
        if node.op_type == "DequantizeLinear" and node.input[0] in values:
            whole, scale, zero = (values[name] for name in node.input)
            shape = [1] * whole.ndim
            if scale.ndim:
                shape[_attribute(node, "axis", 1)] = -1
            values[node.output[0]] = (
                whole.astype(np.float32) - zero.reshape(shape).astype(np.float32)
            ) * scale.reshape(shape)
    return values


def _kernel(node: Any, values: Mapping[str, Floats], path: Path) -> Kernel:
    names = list(node.input)
    if len(names) < 3 or not all(name in values for name in names[1:3]):
        raise WeightsError(
            f"{path}: the convolution {node.name or '(unnamed)'} has no fixed weight and bias; expected "
            "a trained MobileNet with its batch normalisation folded in"
        )
    return Kernel(
        weight=values[names[1]],
        bias=values[names[2]],
        stride=_attribute(node, "strides", [1])[0],
        groups=_attribute(node, "group", 1),
    )


def _attribute(node: Any, name: str, default: Any) -> Any:
    from onnx import helper

    return next((helper.get_attribute_value(a) for a in node.attribute if a.name == name), default)
