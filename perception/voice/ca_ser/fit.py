"""Fits CA-SER to frames: batches, one training, the scores of unseen sounds; imports torch."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from insideout.perception.voice.ca_ser.frames import Frames
from insideout.perception.voice.ca_ser.network import Batch, CaSer
from insideout.perception.voice.ca_ser.options import Options

Step = Callable[[int, int, float], None]
"""Told how many steps are done, of how many, and the loss."""

_WARMUP = 0.1  # of the steps, in which the rate rises
_LARGEST = 1.0  # norm of a gradient


def collate(sounds: Sequence[Frames], device: str) -> Batch:
    """The sounds side by side."""
    learned = [torch.from_numpy(sound.learned) for sound in sounds]
    spectral = [torch.from_numpy(sound.spectral) for sound in sounds]
    return Batch(
        learned=pad_sequence(learned, batch_first=True).to(device),
        learned_mask=_nothing(learned).to(device),
        spectral=pad_sequence(spectral, batch_first=True).to(device),
        spectral_mask=_nothing(spectral).to(device),
    )


def _nothing(rows: Sequence[Tensor]) -> Tensor:
    lengths = torch.tensor([len(row) for row in rows])
    return torch.arange(int(lengths.max())).unsqueeze(0) >= lengths.unsqueeze(1)


def fit(
    sounds: Sequence[Frames],
    places: NDArray[np.int64],
    labels: NDArray[np.int64],
    count: int,
    options: Options,
    step: Step = lambda done, of, loss: None,
) -> CaSer:
    """The network after all epochs over the sounds at those places.

    labels: (sounds,) of all sounds, among `count`; each label weighs the same, however rare. Nothing is
    chosen by looking at the other sounds.
    """
    if options.threads is not None:
        torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = CaSer(sounds[int(places[0])].learned.shape[1], count, options.sizes)
    network.learned_standard.fit(sounds[int(place)].learned for place in places)
    network.spectral_standard.fit(sounds[int(place)].spectral for place in places)
    network.to(device).train()
    weights = _balanced(labels[places], count).to(device)
    adam = torch.optim.AdamW(network.parameters(), lr=options.rate, weight_decay=options.decay)
    drawn = list(_drawn(places, options))
    for done, chosen in enumerate(drawn):
        for group in adam.param_groups:
            group["lr"] = options.rate * _share(done / len(drawn))
        batch = collate([sounds[int(place)] for place in chosen], device)
        gold = torch.from_numpy(labels[chosen]).to(device)
        loss = functional.cross_entropy(
            network(batch), gold, weight=weights, label_smoothing=options.smoothing
        )
        adam.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), _LARGEST)
        adam.step()
        step(done + 1, len(drawn), float(loss.detach()))
    return network.eval()


def _drawn(places: NDArray[np.int64], options: Options) -> Iterator[NDArray[np.int64]]:
    """The places of every batch of every epoch."""
    draw = np.random.default_rng(options.seed)
    for _ in range(options.epochs):
        order = draw.permutation(places)
        for start in range(0, len(order), options.batch):
            yield order[start : start + options.batch]


@torch.inference_mode()
def scores(network: CaSer, sounds: Iterable[Frames]) -> NDArray[np.float64]:
    """(sounds, labels), before any softmax; one after another, so that none is padded."""
    device = str(next(network.parameters()).device)
    parts = [network(collate([sound], device)).cpu().numpy() for sound in sounds]
    return np.vstack(parts).astype(np.float64)


def _balanced(labels: NDArray[np.int64], count: int) -> Tensor:
    """Weights that sum to as many as there are labels among the sounds; 0 for one that is not there."""
    numbers = np.bincount(labels, minlength=count)
    found = np.where(numbers > 0, len(labels) / np.maximum(numbers, 1), 0.0)
    return torch.tensor(found / found[numbers > 0].mean(), dtype=torch.float32)


def _share(progress: float) -> float:
    """Of the full rate: a linear rise, then half a cosine down."""
    if progress < _WARMUP:
        return (progress + 1e-3) / _WARMUP
    return 0.5 * (1.0 + math.cos(math.pi * (progress - _WARMUP) / (1.0 - _WARMUP)))
