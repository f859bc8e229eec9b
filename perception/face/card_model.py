"""CardModel: an ONNX or TFLite file run as its card says, faces in, numbers out."""

import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import WeightsError
from insideout.perception.face.aligning import cut
from insideout.perception.face.card import ModelCard, card_of
from insideout.perception.face.face import DetectedFace, Picture
from insideout.perception.face.libraries import need
from insideout.perception.face.lighting import lit

Floats = NDArray[np.float32]

TFLITE = ".tflite"
_BATCH = 32  # faces at once; more only fill the memory
_THREADS = 2  # more do not help networks of this size


class _Engine(Protocol):
    one_by_one: bool

    def run(self, batch: Floats) -> Floats:
        """(faces, ...) as the card's input, to (faces, numbers)."""
        ...


class CardModel:
    """A model of faces with its card. Raises WeightsError where they do not fit each other.

    path: of the `.onnx` or `.tflite` file. card: None for the one beside it, or the one known. threads:
    of the engine. Safe to share between threads.
    """

    def __init__(self, path: Path, card: ModelCard | None = None, threads: int = _THREADS) -> None:
        if not path.is_file():
            raise WeightsError(f"there is no model at {path}")
        self.path = path
        self.card = card or card_of(path)
        threads = max(1, min(threads, os.cpu_count() or 1))
        build = _LiteEngine if path.suffix.lower() == TFLITE else _OnnxEngine
        self._engine: _Engine = build(path, threads)
        self._try()

    def cut(self, picture: Picture, faces: Sequence[DetectedFace]) -> list[Picture]:
        """Each face cut out as the model needs it and brought to the usual light, (size, size, 3)."""
        crop, size = self.card.crop, self.card.input.size
        return [
            lit(
                cut(
                    picture, face, size, crop.margin, upright=crop.upright, stretched=crop.stretched
                )
            )
            for face in faces
        ]

    def outputs(self, cuts: Sequence[Picture]) -> Floats:
        """(faces, numbers) of faces that are cut out; of another size they are scaled."""
        step = 1 if self._engine.one_by_one else _BATCH
        parts = [
            self._engine.run(self._batch(cuts[start : start + step]))
            for start in range(0, len(cuts), step)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, self._width), dtype=np.float32)

    def probabilities(self, outputs: Floats) -> NDArray[np.float64]:
        """Calibrated probabilities of the card's labels, (faces, labels), of what `outputs` gave."""
        scores = outputs[:, : len(self.card.labels)].astype(np.float64)
        if self.card.output.gives == "probabilities":
            scores = np.log(np.maximum(scores, 1e-12))
        scores = scores / self.card.output.temperature
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True))

    def _batch(self, cuts: Sequence[Picture]) -> Floats:
        wanted = self.card.input
        pixels = np.stack([self._pixels(one) for one in cuts]).astype(np.float32)
        mean = np.asarray(wanted.mean, dtype=np.float32)
        std = np.asarray(wanted.std, dtype=np.float32)
        pixels = (pixels - mean) / std
        if wanted.layout == "nchw":
            pixels = pixels.transpose(0, 3, 1, 2)
        return np.ascontiguousarray(pixels)

    def _pixels(self, face: Picture) -> NDArray[np.uint8]:
        cv: Any = need("cv2")
        size = self.card.input.size
        if face.shape[:2] != (size, size):
            smaller = max(face.shape[:2]) > size
            face = cv.resize(
                face, (size, size), interpolation=cv.INTER_AREA if smaller else cv.INTER_LINEAR
            )
        if self.card.input.colour == "grey":
            return np.asarray(cv.cvtColor(face, cv.COLOR_RGB2GRAY)[:, :, None], dtype=np.uint8)
        return face if self.card.input.colour == "rgb" else face[:, :, ::-1]

    def _try(self) -> None:
        """Run it once, so that a card that does not fit is told of here and not at the first face."""
        size, output = self.card.input.size, self.card.output
        try:
            found = self._engine.run(self._batch([np.zeros((size, size, 3), dtype=np.uint8)]))
        except Exception as error:  # ONNX Runtime raises classes of its own
            raise WeightsError(
                f"{self.path} cannot be run as its card says ({_reason(error)}); check size, layout and "
                "colour of the input"
            ) from error
        places = [place for place in (output.valence, output.arousal) if place is not None]
        needed = max([len(self.card.labels), *(place + 1 for place in places)])
        if found.ndim != 2 or found.shape[1] < needed:
            raise WeightsError(
                f"{self.path} answers with numbers of shape {found.shape}; its card, with "
                f"{len(self.card.labels)} labels, expects (1, {needed}) or more"
            )
        self._width = found.shape[1]


class _OnnxEngine:
    """ONNX Runtime."""

    def __init__(self, path: Path, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Threads that spin between two frames would take a core of a laptop for nothing.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # ONNX Runtime raises classes of its own
            raise WeightsError(
                f"{path} is no model that ONNX Runtime can run ({_reason(error)})"
            ) from error
        inputs = self._session.get_inputs()
        if len(inputs) != 1:
            raise WeightsError(f"{path} takes {len(inputs)} inputs; expected one, the picture")
        self._input = inputs[0].name
        self._output = self._session.get_outputs()[0].name
        self.one_by_one = inputs[0].shape[:1] == [1]

    def run(self, batch: Floats) -> Floats:
        """(faces, ...) as the card's input, to (faces, numbers)."""
        found = self._session.run([self._output], {self._input: batch})[0]
        return np.asarray(found, dtype=np.float32)


class _LiteEngine:
    """LiteRT, for TFLite files; needs the package ai-edge-litert."""

    one_by_one = False

    def __init__(self, path: Path, threads: int) -> None:
        lite = need("ai_edge_litert.interpreter", "tflite")
        try:
            self._net = lite.Interpreter(model_path=str(path), num_threads=threads)
        except ValueError as error:
            raise WeightsError(f"{path} is no TFLite model ({_reason(error)})") from error
        self._input = self._net.get_input_details()[0]["index"]
        self._output = self._net.get_output_details()[0]["index"]
        self._shape: tuple[int, ...] = ()
        self._lock = Lock()

    def run(self, batch: Floats) -> Floats:
        """(faces, ...) as the card's input, to (faces, numbers)."""
        with self._lock:
            if batch.shape != self._shape:
                self._net.resize_tensor_input(self._input, batch.shape)
                self._net.allocate_tensors()
                self._shape = batch.shape
            self._net.set_tensor(self._input, batch)
            self._net.invoke()
            return np.array(self._net.get_tensor(self._output), dtype=np.float32)


def _reason(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)[:200]
