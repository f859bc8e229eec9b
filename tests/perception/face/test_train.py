"""Training of the embedded recogniser of faces, on made-up pictures."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from insideout.perception.errors import BadSignalError, WeightsError
from insideout.perception.face.datasets.fer2013 import FerSet
from insideout.perception.label_spaces import FER_2013

torch = pytest.importorskip("torch")

pytestmark = pytest.mark.torch

from insideout.perception.face.train import loop, network, run  # noqa: E402
from insideout.perception.face.train.export import export  # noqa: E402

PLAN = loop.Plan(side=32, epochs=2.0, batch=32, warmup_steps=2)


def _faces(number: int = 64) -> FerSet:
    """Squares whose brightness tells the label."""
    draw = np.random.default_rng(0)
    labels = np.arange(number) % len(FER_2013.labels)
    images = draw.integers(0, 30, (number, 48, 48)) + labels[:, None, None] * 30
    return FerSet(
        images=images.astype(np.uint8),
        labels=labels.astype(np.int64),
        names=tuple(f"Training_{i:03d}.jpg" for i in range(number)),
    )


def _trained(folder: Path, plan: loop.Plan = PLAN) -> loop.Training:
    return run.train(_faces(), run.Sources(), plan, folder, threads=1)


def _onnx(path: Path, images: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    logits = session.run(None, {"image": images[:, None].astype(np.float32)})[0]
    return np.asarray(logits)


def test_settling_leaves_the_outputs_as_the_kernels_gave_them() -> None:
    kernels = network.fresh(0)[:1]
    layer = network.Layer(kernels[0])
    faces = torch.randn(8, 1, 16, 16)
    plain = (layer.convolved(faces) + layer.bn.bias[:, None, None]).clamp(0.0, 6.0)
    settled = layer.settle(faces)
    assert torch.allclose(settled, plain, atol=1e-4)


def test_an_interrupted_run_ends_like_one_that_was_not(tmp_path: Path) -> None:
    whole = _trained(tmp_path / "whole")

    class StoppedError(Exception):
        pass

    def stop(done: int, of: int, loss: float) -> None:
        if done == whole.steps - 1:
            raise StoppedError

    with pytest.raises(StoppedError):
        run.train(_faces(), run.Sources(), PLAN, tmp_path / "broken", threads=1, tick=stop)
    again = _trained(tmp_path / "broken")
    states = zip(whole.mean.state_dict().values(), again.mean.state_dict().values(), strict=True)
    assert all(torch.equal(left, right) for left, right in states)


def test_the_file_says_what_the_network_says(tmp_path: Path) -> None:
    training = _trained(tmp_path)
    path = tmp_path / "face.onnx"
    export(training.mean, path, PLAN.side, 2.0, mirrored=True, note="")
    images = _faces().images
    expected = loop.scores(training.mean, images, PLAN.side) / 2.0
    assert np.abs(_onnx(path, images) - expected).max() < 0.02


def test_a_test_set_is_not_learnt_from(tmp_path: Path) -> None:
    found = _faces()
    apart = found.only(np.arange(len(found)) < 10)
    learnt = run.material(found, run.Sources(apart=apart), PLAN, tmp_path)
    known = {image.tobytes() for image in learnt.images[learnt.train]}
    assert not known & {image.tobytes() for image in apart.images}


def test_copies_of_a_held_out_image_are_held_out_too(tmp_path: Path) -> None:
    once = _faces()
    twice = FerSet(
        images=np.concatenate([once.images, once.images]),
        labels=np.concatenate([once.labels, once.labels]),
        names=once.names * 2,
    )
    learnt = run.material(twice, run.Sources(), PLAN, tmp_path)
    held = {image.tobytes() for image in learnt.images[learnt.held]}
    assert not held & {image.tobytes() for image in learnt.images[learnt.train]}


def test_the_temperature_softens_what_is_too_sure() -> None:
    sure = np.log(np.array([[0.98, 0.02]] * 10, dtype=np.float32))
    labels = np.array([0] * 7 + [1] * 3)
    assert run.fitted_temperature(sure, labels) > 1.5


def test_without_held_out_images_it_cannot_be_calibrated(tmp_path: Path) -> None:
    training = _trained(tmp_path, replace(PLAN, held_out=0.0))
    with pytest.raises(BadSignalError, match="held out"):
        run.finish(training, PLAN, tmp_path / "face.onnx", "")


def test_another_network_is_no_warm_start(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx")
    graph = onnx.helper.make_graph([], "empty", [], [])
    path = tmp_path / "empty.onnx"
    onnx.save(onnx.helper.make_model(graph), str(path))
    with pytest.raises(WeightsError, match="expected a MobileNet"):
        network.warm(path)


def test_the_warm_start_reads_hsemotions_mobilenet(shared: Path) -> None:
    pytest.importorskip("onnx")
    kernels = network.warm(shared / "models" / "hsemotion_mobilenet7" / "mobilenet_7.onnx")
    assert [k.weight.shape[0] for k in kernels[-2:]] == [1024, 1024]
