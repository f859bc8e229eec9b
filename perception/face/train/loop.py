"""Loop: trains the network, keeps a running mean of its weights, resumes from the last checkpoint."""

import copy
import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from insideout.perception.face.train.augment import augmented, seen
from insideout.perception.face.train.held_out import SHARE
from insideout.perception.face.train.network import CLASSES, Network

CHECKPOINT, LOG = "last.pt", "log.jsonl"
Tick = Callable[[int, int, float], None]  # steps done, steps in all, loss
_LOG_STEPS = 50
_SETTLED_ON = 256  # pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train.

    side: of the network's input, to which the 48 pixels are enlarged. smoothing: of the labels.
    teachers: share of the target that the mean of the teachers makes. averaged: decay of the running
    mean of the weights. held_out: share of the training set kept for selection and calibration.
    """

    side: int = 96
    epochs: float = 12.0
    seed: int = 0
    batch: int = 64
    rate: float = 8e-4
    decay: float = 0.05
    warmup_steps: int = 400
    dropout: float = 0.3
    smoothing: float = 0.05
    teachers: float = 0.4
    averaged: float = 0.998
    clip: float = 2.0
    held_out: float = SHARE


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What is learnt from: images uint8 (n, 48, 48), targets (n, 7) that sum to 1.

    Of the rows, `train` are learnt from and `held` are not.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    targets: NDArray[np.float32]
    train: NDArray[np.int64]
    held: NDArray[np.int64]


def targets(
    labels: NDArray[np.int64], told: NDArray[np.float32] | None, plan: Plan
) -> NDArray[np.float32]:
    """Smoothed labels, mixed with what the teachers say, (n, 7)."""
    hard = (1.0 - plan.smoothing) * np.eye(CLASSES, dtype=np.float32)[labels]
    hard = hard + np.float32(plan.smoothing / CLASSES)
    if told is None:
        return hard
    return ((1.0 - plan.teachers) * hard + plan.teachers * told).astype(np.float32)


class Training:
    """One run in one folder; `run` goes on where an interrupted one stopped.

    warm: the network has trained kernels, whose normalisations are first fitted to these pictures.
    """

    def __init__(
        self, network: Network, learnt: Learnt, plan: Plan, folder: Path, *, warm: bool = False
    ) -> None:
        self._draw = np.random.default_rng(plan.seed)
        if warm:
            examples = self._draw.choice(learnt.train, min(_SETTLED_ON, len(learnt.train)))
            network.settle(seen(torch.from_numpy(learnt.images[examples]), plan.side))
        self.network = network.to(memory_format=torch.channels_last)
        self.mean = copy.deepcopy(self.network)
        self.learnt, self._plan, self._folder = learnt, plan, folder
        heavy = [p for p in network.parameters() if p.ndim > 1]
        light = [p for p in network.parameters() if p.ndim <= 1]
        self._adam = torch.optim.AdamW(
            [
                {"params": heavy, "weight_decay": plan.decay},
                {"params": light, "weight_decay": 0.0},
            ],
            lr=plan.rate,
        )
        self._step = 0
        self._resume()

    @property
    def steps(self) -> int:
        """In all."""
        return int(self._epoch * self._plan.epochs)

    @property
    def _epoch(self) -> int:
        return max(1, len(self.learnt.train) // self._plan.batch)

    def run(self, tick: Tick = lambda done, of, loss: None) -> None:
        """Train to the end; a checkpoint after each epoch."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "plan.json").write_text(json.dumps(asdict(self._plan), indent=1) + "\n")
        began = time.monotonic()
        while self._step < self.steps:
            order = self._draw.permutation(self.learnt.train)
            size = self._plan.batch
            for first in range(0, self._epoch * size, size):
                loss = self._learn(order[first : first + size])
                tick(self._step, self.steps, loss)
                if self._step % _LOG_STEPS == 0:
                    self._log(step=self._step, loss=round(loss, 4))
                if self._step >= self.steps:
                    break
            right = self.accuracy()
            self._log(
                step=self._step, held_out=round(right, 4), secs=round(time.monotonic() - began)
            )
            self._save()

    def _learn(self, rows: NDArray[np.int64]) -> float:
        """One step; its loss."""
        plan = self._plan
        share = min(1.0, (self._step + 1) / plan.warmup_steps)
        share *= 0.5 + 0.5 * math.cos(math.pi * self._step / self.steps)
        for group in self._adam.param_groups:
            group["lr"] = plan.rate * share
        self.network.train()
        pictures = torch.from_numpy(self.learnt.images[rows])
        wanted = torch.from_numpy(self.learnt.targets[rows])
        scores = self.network(augmented(pictures, plan.side))
        loss = -(wanted * torch.log_softmax(scores, 1)).sum(1).mean()
        self._adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), plan.clip)
        self._adam.step()
        self._step += 1
        self._average()
        return float(loss.detach())

    @torch.no_grad()
    def _average(self) -> None:
        """The running mean; early on it forgets faster."""
        kept = min(self._plan.averaged, (1 + self._step) / (10 + self._step))
        now = self.network.state_dict().values()
        for mean, value in zip(self.mean.state_dict().values(), now, strict=True):
            if mean.dtype.is_floating_point:
                mean.lerp_(value, 1.0 - kept)
            else:
                mean.copy_(value)

    def accuracy(self) -> float:
        """Of the mean weights on what is held out."""
        if not len(self.learnt.held):
            return math.nan
        found = scores(self.mean, self.learnt.images[self.learnt.held], self._plan.side)
        return float((found.argmax(1) == self.learnt.labels[self.learnt.held]).mean())

    def _save(self) -> None:
        state = {
            "net": self.network.state_dict(),
            "ema": self.mean.state_dict(),
            "opt": self._adam.state_dict(),
            "step": self._step,
            "rng": torch.get_rng_state(),
            "draw": json.dumps(self._draw.bit_generator.state),
        }
        torch.save(state, self._folder / f"{CHECKPOINT}.new")
        (self._folder / f"{CHECKPOINT}.new").replace(self._folder / CHECKPOINT)

    def _resume(self) -> None:
        if not (self._folder / CHECKPOINT).is_file():
            return
        state = torch.load(self._folder / CHECKPOINT, weights_only=True)
        self.network.load_state_dict(state["net"])
        self.mean.load_state_dict(state["ema"])
        self._adam.load_state_dict(state["opt"])
        self._step = int(state["step"])
        torch.set_rng_state(state["rng"])
        self._draw.bit_generator.state = json.loads(state["draw"])

    def _log(self, **values: float) -> None:
        with (self._folder / LOG).open("a") as log:
            log.write(json.dumps(values) + "\n")


@torch.no_grad()
def scores(
    network: Network, images: NDArray[np.uint8], side: int, *, mirrored: bool = True
) -> NDArray[np.float32]:
    """Log-probabilities (n, 7) of uint8 (n, 48, 48); the mean with the mirror picture's if asked."""
    network.eval()
    found: list[Tensor] = []
    for first in range(0, len(images), 256):
        faces = seen(torch.from_numpy(images[first : first + 256]), side)
        faces = faces.to(memory_format=torch.channels_last)
        said = torch.log_softmax(network(faces), 1)
        if mirrored:
            said = (said + torch.log_softmax(network(faces.flip(3)), 1)) / 2.0
        found.append(said)
    return torch.cat(found).numpy()
