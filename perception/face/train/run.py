"""Run: from FER-2013 to a calibrated model file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from insideout.perception.errors import BadSignalError
from insideout.perception.face.datasets.fer2013 import FerSet, same_images
from insideout.perception.face.recognisers import face_recogniser
from insideout.perception.face.train.export import export
from insideout.perception.face.train.held_out import is_held_out
from insideout.perception.face.train.loop import Learnt, Plan, Tick, Training, scores, targets
from insideout.perception.face.train.network import Network, fresh, warm
from insideout.perception.label_spaces import FER_2013

TOLD = "teachers.npy"
_TEMPERATURES = tuple(round(0.5 + 0.02 * step, 2) for step in range(76))
_BATCH = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a run starts from.

    base: a trained MobileNet in ONNX, or None for a fresh one. teachers: names of recognisers whose
    mean opinion is learnt beside the labels. apart: images that must not be learnt from, as those of
    the test set.
    """

    base: Path | None = None
    teachers: tuple[str, ...] = ()
    apart: FerSet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What the held-out images said: how many, the accuracy, the temperature that was fitted."""

    held: int
    accuracy: float
    temperature: float


def train(
    found: FerSet,
    sources: Sources,
    plan: Plan,
    folder: Path,
    threads: int,
    tick: Tick = lambda done, of, loss: None,
) -> Training:
    """Train in the folder, or go on there."""
    torch.set_num_threads(threads)
    torch.manual_seed(plan.seed)
    kernels = fresh(plan.seed) if sources.base is None else warm(sources.base)
    network = Network(kernels, plan.dropout)
    learnt = material(found, sources, plan, folder)
    training = Training(network, learnt, plan, folder, warm=sources.base is not None)
    training.run(tick)
    return training


def finish(training: Training, plan: Plan, path: Path, note: str) -> Finished:
    """Write the mean weights to `path`, calibrated on the held-out images.

    Raises BadSignalError where nothing was held out.
    """
    learnt = training.learnt
    if not len(learnt.held):
        raise BadSignalError("no images were held out, so nothing can be calibrated on them")
    labels = learnt.labels[learnt.held]
    said = scores(training.mean, learnt.images[learnt.held], plan.side)
    temperature = fitted_temperature(said, labels)
    export(training.mean, path, plan.side, temperature, mirrored=True, note=note)
    return Finished(
        held=len(labels),
        accuracy=float((said.argmax(1) == labels).mean()),
        temperature=temperature,
    )


def fitted_temperature(said: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """The temperature of least cross-entropy (Guo et al. 2017) for log-probabilities (n, k)."""

    def loss(temperature: float) -> float:
        scaled = said.astype(np.float64) / temperature
        scaled -= np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(-scaled[np.arange(len(labels)), labels].mean())

    return min(_TEMPERATURES, key=loss)


def material(found: FerSet, sources: Sources, plan: Plan, folder: Path) -> Learnt:
    """The images with their targets, cut into what is learnt and what is held out.

    An image is held out by a hash of its pixels, so that its copies go with it. Images of `apart` are
    in neither part.
    """
    order = np.lexsort((np.array(found.names), found.labels))
    images, labels = found.images[order], found.labels[order]
    kept = np.ones(len(labels), dtype=np.bool_)
    if sources.apart is not None:
        kept = ~same_images(found, sources.apart)[order]
    held = np.array([is_held_out(image, plan.held_out) for image in images], dtype=np.bool_)
    told = _told(images, sources.teachers, folder) if sources.teachers else None
    return Learnt(
        images=images,
        labels=labels,
        targets=targets(labels, told, plan),
        train=np.flatnonzero(kept & ~held),
        held=np.flatnonzero(kept & held),
    )


def _told(images: NDArray[np.uint8], teachers: Sequence[str], folder: Path) -> NDArray[np.float32]:
    """The mean of the teachers' probabilities, (n, 7); kept in the folder for the next start."""
    kept = folder / TOLD
    if kept.is_file():
        return np.asarray(np.load(kept), dtype=np.float32)
    told = np.zeros((len(images), len(FER_2013.labels)), dtype=np.float32)
    for name in teachers:
        recogniser = face_recogniser(name)
        if recogniser.space.name != FER_2013.name:
            raise BadSignalError(
                f"{name} speaks of the labels of {recogniser.space.name}; a teacher must speak of "
                f"those of {FER_2013.name}"
            )
        for first in range(0, len(images), _BATCH):
            faces = [np.repeat(image[:, :, None], 3, 2) for image in images[first : first + _BATCH]]
            for row, said in enumerate(recogniser.recognise_cut(faces), start=first):
                told[row] += [said.probabilities[label] for label in FER_2013.labels]
    told /= len(teachers)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(kept, told)
    return told
