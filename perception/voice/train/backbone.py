"""Backbone: the lowest layers of a published speech encoder, taken out of its ONNX file.

Smart Turn v3.2 (Daily, BSD 2-Clause) tells whether a person has finished speaking; its encoder is that
of Whisper tiny (Radford et al. 2022, MIT), fine-tuned by Daily on speech of many languages. The file
comes inside the package `pipecat-ai`. Its weights are int8, one scale a column, and stay so; its
activations were quantised too, which is left out here: what the lower layers carry suffers from it.
"""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import WeightsError
from insideout.perception.voice.libraries import need

INSIDE = "pipecat/audio/turn/smart_turn/data/smart-turn-v3.2-cpu.onnx"
SHA256 = "2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f"
NAME = "smart-turn-v3.2"
LICENCE = "BSD 2-Clause (Smart Turn v3.2, Daily), MIT (Whisper tiny, OpenAI)"
_GET = "pip download --no-deps pipecat-ai==1.14.0"
_PRODUCTS = 6  # of a layer, in this order: key, query, value, out, wide, narrow
_PREFIX = "inner.encoder."


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantised:
    """An int8 weight, (in, out) or (out, in, taps), and the scale of each output, (out,)."""

    levels: NDArray[np.int8]
    scale: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One transformer layer.

    attention: key, query and value side by side, (width, 3 * width); the key has no bias, so its third
    of attention_bias is 0. first_norm, second_norm: scale and bias, before each half.
    """

    first_norm: tuple[NDArray[np.float32], NDArray[np.float32]]
    attention: Quantised
    attention_bias: NDArray[np.float32]
    out: Quantised
    out_bias: NDArray[np.float32]
    second_norm: tuple[NDArray[np.float32], NDArray[np.float32]]
    wide: Quantised
    wide_bias: NDArray[np.float32]
    narrow: Quantised
    narrow_bias: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backbone:
    """Two convolutions over the log-mel spectrum, the second of stride 2, and the lowest layers."""

    convolutions: tuple[tuple[Quantised, NDArray[np.float32]], ...]
    layers: tuple[Layer, ...]


def load_backbone(given: Path | None, layers: int) -> Backbone:
    """The lowest layers of the published file; raises WeightsError where it is not that file.

    given: the .onnx file or a wheel of pipecat-ai that holds it; None for the installed package.
    """
    content = _content(given)
    if (found := sha256(content).hexdigest()) != SHA256:
        raise WeightsError(
            f"{given or INSIDE} is not the published {NAME}: its SHA-256 is {found[:12]}…, expected "
            f"{SHA256[:12]}…; get it with: {_GET}"
        )
    return _Source(need("onnx", "train").load_from_string(content).graph).backbone(layers)


def _content(given: Path | None) -> bytes:
    path = given or _installed()
    try:
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                return wheel.read(INSIDE)
        return path.read_bytes()
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise WeightsError(
            f"{path} cannot be read as {NAME} ({error}); name the .onnx file, or a wheel that holds "
            f"it: {_GET}"
        ) from error


def _installed() -> Path:
    spec = find_spec("pipecat")
    if spec is None or not spec.submodule_search_locations:
        raise WeightsError(
            f"training starts from {NAME}, which the package pipecat-ai holds; get its wheel with "
            f"`{_GET}` and name it with --backbone, or install the package"
        )
    return Path(next(iter(spec.submodule_search_locations))).parent / INSIDE


class _Source:
    """Reads weights out of the graph; the order of its products names those that have no name."""

    def __init__(self, graph: Any) -> None:
        to_array = need("onnx.numpy_helper", "train").to_array
        self._all: Mapping[str, NDArray[Any]] = {i.name: to_array(i) for i in graph.initializer}
        self._made = {node.output[0]: node for node in graph.node}
        self._products = tuple(self._weights_of_products(graph))

    def backbone(self, layers: int) -> Backbone:
        convolutions = tuple(
            (self._named(f"conv{place}.weight"), self._bias(f"conv{place}.bias"))
            for place in (1, 2)
        )
        return Backbone(
            convolutions=convolutions, layers=tuple(self._layer(place) for place in range(layers))
        )

    def _layer(self, place: int) -> Layer:
        key, query, value, out, wide, narrow = self._products[place * _PRODUCTS :][:_PRODUCTS]
        at = f"layers.{place}."
        biases = [self._plain(f"{at}self_attn.{name}_proj.bias") for name in ("q", "v")]
        return Layer(
            first_norm=self._norm(f"{at}self_attn_layer_norm"),
            attention=Quantised(
                levels=np.concatenate([part.levels for part in (key, query, value)], axis=1),
                scale=np.concatenate([part.scale for part in (key, query, value)]),
            ),
            attention_bias=np.concatenate([np.zeros_like(biases[0]), *biases]),
            out=out,
            out_bias=self._plain(f"{at}self_attn.out_proj.bias"),
            second_norm=self._norm(f"{at}final_layer_norm"),
            wide=wide,
            wide_bias=self._plain(f"{at}fc1.bias"),
            narrow=narrow,
            narrow_bias=self._plain(f"{at}fc2.bias"),
        )

    def _weights_of_products(self, graph: Any) -> Iterator[Quantised]:
        for node in graph.node:
            source = self._made.get(node.input[1]) if node.op_type == "MatMul" else None
            if source is not None and source.input[0] in self._all:
                yield self._quantised(source.input[0], source.input[1])

    def _named(self, name: str) -> Quantised:
        whole = _PREFIX + name
        return self._quantised(f"{whole}_quantized", f"{whole}_scale")

    def _quantised(self, levels: str, scale: str) -> Quantised:
        return Quantised(levels=self._all[levels], scale=self._all[scale])

    def _plain(self, name: str) -> NDArray[np.float32]:
        return np.asarray(self._all[_PREFIX + name], np.float32)

    def _bias(self, name: str) -> NDArray[np.float32]:
        whole = _PREFIX + name
        levels, scale = (self._all[f"{whole}_quantized{end}"] for end in ("", "_scale"))
        return np.asarray(levels * scale, np.float32)

    def _norm(self, name: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        return self._plain(f"{name}.weight"), self._plain(f"{name}.bias")
