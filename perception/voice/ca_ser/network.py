"""The network: MFCC attend to themselves, then both kinds of frames to each other; imports torch."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from insideout.perception.voice.ca_ser.frames import COEFFICIENTS
from insideout.perception.voice.ca_ser.options import Sizes

_WIDER = 2  # times the width inside a feed-forward layer
_LEAST_SPREAD = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Sounds side by side, padded to the longest.

    learned: (batch, frames, base width). spectral: (batch, frames, COEFFICIENTS). The masks are True
    where there is nothing.
    """

    learned: Tensor
    learned_mask: Tensor
    spectral: Tensor
    spectral_mask: Tensor


class Standard(nn.Module):
    """Features less their mean, by their standard deviation, as they were in training."""

    mean: Tensor
    spread: Tensor

    def __init__(self, width: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("spread", torch.ones(width))

    def fit(self, sounds: Iterable[NDArray[np.float32]]) -> None:
        """To the frames of all sounds, each (frames, width)."""
        count, sums, squares = 0, np.zeros(len(self.mean)), np.zeros(len(self.mean))
        for rows in sounds:
            count += len(rows)
            sums += rows.sum(axis=0, dtype=np.float64)
            squares += (rows.astype(np.float64) ** 2).sum(axis=0)
        mean = sums / count
        spread = np.sqrt(np.maximum(squares / count - mean**2, _LEAST_SPREAD**2))
        self.mean.copy_(torch.from_numpy(mean))
        self.spread.copy_(torch.from_numpy(spread))

    def forward(self, frames: Tensor) -> Tensor:
        """(…, width) to the same."""
        return (frames - self.mean) / self.spread


class CrossAttention(nn.Module):
    """One kind of frames asks, the other answers; then a feed-forward layer. Both with a residual."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.attend = nn.MultiheadAttention(
            sizes.width, sizes.heads, dropout=sizes.dropout, batch_first=True
        )
        self.first, self.second = nn.LayerNorm(sizes.width), nn.LayerNorm(sizes.width)
        self.forward_layer = nn.Sequential(
            nn.Linear(sizes.width, _WIDER * sizes.width),
            nn.GELU(),
            nn.Dropout(sizes.dropout),
            nn.Linear(_WIDER * sizes.width, sizes.width),
        )

    def forward(self, asking: Tensor, answering: Tensor, nothing: Tensor) -> Tensor:
        """(batch, n, width), (batch, m, width), (batch, m) mask to (batch, n, width)."""
        told, _ = self.attend(
            asking, answering, answering, key_padding_mask=nothing, need_weights=False
        )
        joined = self.first(asking + told)
        return self.second(joined + self.forward_layer(joined))


class CaSer(nn.Module):
    """Frames to the scores of the labels."""

    def __init__(self, base_width: int, labels: int, sizes: Sizes) -> None:
        super().__init__()
        self.learned_standard, self.spectral_standard = Standard(base_width), Standard(COEFFICIENTS)
        self.learned_in = nn.Linear(base_width, sizes.width)
        self.spectral_in = nn.Linear(COEFFICIENTS, sizes.width)
        layer = nn.TransformerEncoderLayer(
            sizes.width,
            sizes.heads,
            _WIDER * sizes.width,
            dropout=sizes.dropout,
            activation="gelu",
            batch_first=True,
        )
        self.spectral_self = nn.TransformerEncoder(layer, sizes.layers, enable_nested_tensor=False)
        self.learned_asks, self.spectral_asks = CrossAttention(sizes), CrossAttention(sizes)
        self.dropout = nn.Dropout(sizes.dropout)
        self.out = nn.Linear(2 * sizes.width, labels)

    def forward(self, batch: Batch) -> Tensor:
        """(batch, labels), before any softmax."""
        learned = self.learned_in(self.learned_standard(batch.learned))
        spectral = self.spectral_in(self.spectral_standard(batch.spectral))
        spectral = spectral + _positions(spectral)
        spectral = self.spectral_self(spectral, src_key_padding_mask=batch.spectral_mask)
        heard = self.learned_asks(learned, spectral, batch.spectral_mask)
        seen = self.spectral_asks(spectral, learned, batch.learned_mask)
        pooled = [_mean(heard, batch.learned_mask), _mean(seen, batch.spectral_mask)]
        return self.out(self.dropout(torch.cat(pooled, dim=1)))


def _mean(frames: Tensor, nothing: Tensor) -> Tensor:
    there = (~nothing).unsqueeze(-1).to(frames.dtype)
    return (frames * there).sum(dim=1) / there.sum(dim=1)


def _positions(frames: Tensor) -> Tensor:
    """Sines and cosines (Vaswani et al. 2017), (frames, width)."""
    length, width = frames.shape[1:]
    places = torch.arange(length, device=frames.device).unsqueeze(1)
    pairs = torch.arange(0, width, 2, device=frames.device)
    angles = places * torch.exp(-math.log(10_000.0) * pairs / width)
    found: Any = torch.zeros(length, width, device=frames.device)
    found[:, 0::2], found[:, 1::2] = torch.sin(angles), torch.cos(angles[:, : width // 2])
    return found
