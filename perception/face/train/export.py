"""Export: the network as one ONNX file, weights in eight bits, enlargement and calibration inside."""

import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from insideout.perception.face.train.network import CENTRE, SPREAD, Network

SOURCE_SIDE = 48  # pixels of FER-2013's pictures, and of the input
_OPSET = 17
_FEWEST = 1_000  # values; smaller tensors stay as they are


class _Exported(nn.Module):
    """Grey 0..255 in, logits out: the mean over the face and its mirror image, by temperature."""

    def __init__(self, network: Network, side: int, temperature: float, *, mirrored: bool) -> None:
        super().__init__()
        self.network, self.side = network, side
        self.temperature, self.mirrored = temperature, mirrored

    def forward(self, image: Tensor) -> Tensor:
        size = (self.side, self.side)
        large = functional.interpolate(image, size=size, mode="bilinear", align_corners=False)
        scaled = (large - CENTRE) / SPREAD
        said = torch.log_softmax(self.network(scaled), 1)
        if self.mirrored:
            said = (said + torch.log_softmax(self.network(scaled.flip(3)), 1)) / 2.0
        return said / self.temperature


def export(
    network: Network, path: Path, side: int, temperature: float, *, mirrored: bool, note: str
) -> None:
    """Write the network; `image` (n, 1, 48, 48) float32 grey 0..255 to `logits` (n, 7).

    note: the licence, kept in the file.
    """
    import onnx

    network.eval()
    plain = network.to(memory_format=torch.contiguous_format)
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                _Exported(plain, side, temperature, mirrored=mirrored),
                (torch.zeros(2, 1, SOURCE_SIDE, SOURCE_SIDE),),
                str(whole),
                input_names=["image"],
                output_names=["logits"],
                dynamic_axes={"image": {0: "n"}, "logits": {0: "n"}},
                opset_version=_OPSET,
                dynamo=False,
            )
        model = onnx.load(str(whole))
    _in_eight_bits(model)
    model.doc_string = note
    model.producer_version = ""
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model.SerializeToString())


def _in_eight_bits(model: Any) -> None:
    """Keep each large weight as int8 with one scale an output channel; it is multiplied out at load."""
    from onnx import helper, numpy_helper

    kept, nodes = [], []
    for item in model.graph.initializer:
        value = numpy_helper.to_array(item)
        if value.dtype != np.float32 or value.size < _FEWEST or value.ndim < 2:
            kept.append(item)
            continue
        axes = tuple(range(1, value.ndim))
        scale = np.maximum(np.abs(value).max(axis=axes, keepdims=True), 1e-12) / 127.0
        whole = np.clip(np.rint(value / scale), -127, 127).astype(np.int8)
        kept.append(numpy_helper.from_array(whole, f"{item.name}_int8"))
        kept.append(numpy_helper.from_array(scale.astype(np.float32), f"{item.name}_scale"))
        nodes.append(
            helper.make_node(
                "Cast",
                [f"{item.name}_int8"],
                [f"{item.name}_whole"],
                to=1,
                name=f"{item.name}_cast",
            )
        )
        nodes.append(
            helper.make_node(
                "Mul",
                [f"{item.name}_whole", f"{item.name}_scale"],
                [item.name],
                name=f"{item.name}_scaled",
            )
        )
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    rest = list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend([*nodes, *rest])
