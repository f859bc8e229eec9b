"""MediaPipe's face landmarker: 478 landmarks of a face, and from them its 52 blendshapes.

Its two networks are run with LiteRT, straight from Google's published bundle. The package `mediapipe`
runs the same ones, but calls play.googleapis.com while it does (seen with 1.2.2; its issue 6291), and
what perceives a person here stays on the device.

Input: an upright picture and one detected face in it. Output: a score in [0, 1] for each blendshape
(the names are ARKit's; left and right are the person's). Source: Kartynnik et al. 2019 (arXiv
1907.06724) for the landmarks; the model card "MediaPipe BlendshapeV2" (2022) for the scores.
"""

import threading
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import WeightsError
from insideout.perception.face.cues.names import BLENDSHAPES, SUBSET
from insideout.perception.face.cues.region import Region
from insideout.perception.face.face import DetectedFace, Picture
from insideout.perception.face.libraries import need
from insideout.perception.fetched import RemoteFile, fetched

EXTRA = "blendshapes"
BUNDLE = RemoteFile(
    name="face_landmarker.task",
    url="https://storage.googleapis.com/mediapipe-models/face_landmarker/face_landmarker/float16/1/"
    "face_landmarker.task",
    sha256="64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff",
    licence="Apache-2.0 (Google, MediaPipe)",
)
_LANDMARKS, _SCORES = "face_landmarks_detector.tflite", "face_blendshapes.tflite"
_PIXELS = 256
_COUNT = 478
# MediaPipe's default of min_face_presence_confidence.
_PRESENT = 0.5


class FaceLandmarker:
    """The networks, loaded for the first face; one face at a time, from any thread.

    Raises PerceptionError where LiteRT is missing, WeightsError where the bundle cannot be had.
    """

    def __init__(self, model: Path | None = None) -> None:
        self._cv: Any = need("cv2", "camera")
        self._interpreter: Any = need("ai_edge_litert.interpreter", EXTRA).Interpreter
        self._model = model
        self._networks: tuple[Any, Any] | None = None
        self._one_at_a_time = threading.Lock()

    def blendshapes(self, picture: Picture, face: DetectedFace) -> dict[str, float] | None:
        """Name to score; None where the network sees no face in that place."""
        with self._one_at_a_time:
            places = self._landmarks(picture, face)
            return None if places is None else self._scores(places)

    def _landmarks(self, picture: Picture, face: DetectedFace) -> NDArray[np.float32] | None:
        """(478, 2) in pixels of the picture; looked for twice, for the second place is the better."""
        region = Region.around(face)
        for _ in range(2):
            found = self._look(picture, region)
            if found is None:
                return None
            region = Region.of_landmarks(found)
        return found

    def _look(self, picture: Picture, region: Region) -> NDArray[np.float32] | None:
        network, _ = self._loaded()
        crop = region.cut(self._cv, picture, _PIXELS).astype(np.float32)[None] / 255.0
        network.set_tensor(network.get_input_details()[0]["index"], crop)
        network.invoke()
        outputs = [network.get_tensor(one["index"]) for one in network.get_output_details()]
        places, presence = outputs[0].reshape(_COUNT, 3)[:, :2], float(outputs[1].item())
        if 1.0 / (1.0 + np.exp(-presence)) < _PRESENT:
            return None
        return region.in_picture(places, _PIXELS)

    def _scores(self, places: NDArray[np.float32]) -> dict[str, float]:
        _, network = self._loaded()
        network.set_tensor(network.get_input_details()[0]["index"], places[list(SUBSET)][None])
        network.invoke()
        scores = network.get_tensor(network.get_output_details()[0]["index"])
        return {name: float(score) for name, score in zip(BLENDSHAPES, scores, strict=True)}

    def _loaded(self) -> tuple[Any, Any]:
        if self._networks is None:
            path = self._model or fetched(BUNDLE)
            self._networks = (self._load(path, _LANDMARKS), self._load(path, _SCORES))
        return self._networks

    def _load(self, path: Path, name: str) -> Any:
        try:
            content = zipfile.ZipFile(path).read(name)
            network = self._interpreter(model_content=content, num_threads=1)
            network.allocate_tensors()
        except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise WeightsError(
                f"{path} is not MediaPipe's face landmarker bundle ({error}); get it from {BUNDLE.url}"
            ) from error
        return network
