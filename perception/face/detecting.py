"""Where the faces of a picture are: YuNet, or the cascade that comes with OpenCV."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import PerceptionError, WeightsError, unknown_name
from insideout.perception.face.face import DetectedFace, FaceBox, FaceDetector, Picture
from insideout.perception.face.libraries import need
from insideout.perception.fetched import RemoteFile, fetched

AUTO = "auto"
DETECTOR = RemoteFile(
    name="face_detection_yunet_2023mar.onnx",
    url="https://github.com/opencv/opencv_zoo/raw/main/models/face_detection_yunet/"
    "face_detection_yunet_2023mar.onnx",
    sha256="8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
    licence="MIT (OpenCV Zoo; Wu, Peng and Yu 2023, YuNet)",
)
SURE = 0.6
"""Faces that YuNet scores lower are left out."""

QUICK, CLOSE = 192, 640
"""Pixels that the picture's longer side is brought to at first, and to look closely.

Three networks together name 26 of 35 photos rightly after a look at 192 pixels, as after one at 640.
"""

LARGE = 0.125
"""Of the picture's longer side: with a face as wide as that in sight, nobody is looked for closely."""

_PATIENCE_SECS = 5.0  # for the 0.2 MB of the model, where nobody asked for it by name
_OVERLAP = 0.3  # of two boxes, past which they are one face
_MOST = 500  # boxes kept before that is judged
_NARROWEST = 8  # pixels of a side, below which OpenCV's answer is made of stray numbers


class YuNet:
    """YuNet (Wu, Peng and Yu 2023) through OpenCV, with five landmarks.

    model: its file, else fetched for the first picture. looks: longer sides in pixels that the picture
    is brought to, one after another until a large face is in sight. Raises PerceptionError where OpenCV
    or the model cannot be had. Safe to share between threads.
    """

    name = "yunet"

    def __init__(self, model: Path | None = None, looks: Sequence[int] = (QUICK, CLOSE)) -> None:
        self._cv: Any = need("cv2")
        self._model = model
        self._looks = looks
        self._nets: dict[int, Any] = {}
        self._lock = Lock()

    def detect(self, picture: Picture) -> list[DetectedFace]:
        """The faces, the largest first; empty where there is none."""
        longer = max(picture.shape[:2])
        found: list[DetectedFace] = []
        for widest in self._looks:
            found = self._look(picture, widest)
            if widest >= longer or any(face.box.width >= LARGE * longer for face in found):
                break
        return largest_first(found)

    def _look(self, picture: Picture, widest: int) -> list[DetectedFace]:
        small, scale = shrunk(self._cv, picture, widest)
        if min(small.shape[:2]) < _NARROWEST:
            return []
        with self._lock:
            net = self._net(widest, small.shape[1], small.shape[0])
            _, rows = net.detect(self._cv.cvtColor(small, self._cv.COLOR_RGB2BGR))
        if rows is None:
            return []
        return [_face(row, scale) for row in rows if _plausible(row, small)]

    def _net(self, widest: int, width: int, height: int) -> Any:
        if widest not in self._nets:
            path = str(self._model or fetched(DETECTOR))
            try:
                self._nets[widest] = self._cv.FaceDetectorYN.create(
                    path, "", (width, height), SURE, _OVERLAP, _MOST
                )
            except self._cv.error as error:
                raise WeightsError(
                    f"{path} is not the YuNet face detector ({error}); expected {DETECTOR.name} from "
                    f"{DETECTOR.url}"
                ) from error
        net = self._nets[widest]
        if tuple(net.getInputSize()) != (width, height):
            net.setInputSize((width, height))
        return net


class Cascade:
    """OpenCV's bundled cascade of Haar features (Viola and Jones 2001): frontal faces, no landmarks.

    Its boxes are brought to YuNet's: on 33 photos that both find, the median ratio of the sides is 0.81
    across and 1.12 down about the same middle. Raises PerceptionError where OpenCV is missing.
    """

    name = "haar"
    _ACROSS, _DOWN = 0.81, 1.12
    _FILE = "haarcascade_frontalface_alt2.xml"
    _WIDEST = 480
    _LEAST = 20  # pixels of the smaller picture
    _NEIGHBOURS = 4  # overlapping finds that make a face
    _HALF_SURE = 5  # as many finds give a score of one half

    def __init__(self, remark: str | None = None) -> None:
        self._cv: Any = need("cv2")
        path = Path(self._cv.data.haarcascades) / self._FILE
        self._cascade = self._cv.CascadeClassifier(str(path))
        if self._cascade.empty():
            raise WeightsError(f"{path} is missing or damaged; reinstall opencv-python-headless")
        self._lock = Lock()
        self.remark = remark

    def detect(self, picture: Picture) -> list[DetectedFace]:
        """The faces, the largest first; empty where there is none."""
        small, scale = shrunk(self._cv, picture, self._WIDEST)
        grey = self._cv.cvtColor(small, self._cv.COLOR_RGB2GRAY)
        with self._lock:
            boxes, counts = self._cascade.detectMultiScale2(
                grey, 1.1, self._NEIGHBOURS, minSize=(self._LEAST, self._LEAST)
            )
        return largest_first(
            [self._face(box, int(count), scale) for box, count in zip(boxes, counts, strict=True)]
        )

    def _face(self, box: NDArray[np.int32], count: int, scale: float) -> DetectedFace:
        left, top, side = (float(number) / scale for number in box[:3])
        return DetectedFace(
            box=FaceBox(
                left=left + side * (1.0 - self._ACROSS) / 2.0,
                top=top + side * (1.0 - self._DOWN) / 2.0,
                width=side * self._ACROSS,
                height=side * self._DOWN,
            ),
            score=count / (count + self._HALF_SURE),
        )


def shrunk(cv: Any, picture: Picture, widest: int) -> tuple[Picture, float]:
    """The picture with a longer side of at most `widest`, and by how much it was scaled."""
    height, width = picture.shape[:2]
    scale = min(1.0, widest / max(height, width))
    if scale == 1.0:
        return np.ascontiguousarray(picture), scale
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv.resize(picture, size, interpolation=cv.INTER_AREA), scale


def largest_first(faces: list[DetectedFace]) -> list[DetectedFace]:
    """The same faces by the area of their boxes."""
    return sorted(faces, key=lambda face: -face.box.area)


def _plausible(row: NDArray[np.float32], small: Picture) -> bool:
    """Whether the box has its middle in the picture and is no larger than twice of it."""
    if not np.isfinite(row).all():
        return False
    left, top, width, height = (float(number) for number in row[:4])
    down, across = small.shape[:2]
    middle = (left + width / 2.0, top + height / 2.0)
    inside = 0.0 <= middle[0] <= across and 0.0 <= middle[1] <= down
    return bool(inside and 0.0 < width <= 2.0 * across and 0.0 < height <= 2.0 * down)


def _face(row: NDArray[np.float32], scale: float) -> DetectedFace:
    left, top, width, height = (float(number) / scale for number in row[:4])
    return DetectedFace(
        box=FaceBox(left=left, top=top, width=width, height=height),
        score=float(np.clip(row[14], 0.0, 1.0)),
        landmarks=np.asarray(row[4:14].reshape(5, 2) / scale, dtype=np.float32),
    )


def _yunet(closely: bool) -> FaceDetector:
    return YuNet(looks=(CLOSE,)) if closely else YuNet()


def _auto(closely: bool) -> FaceDetector:
    why = why_without_yunet()
    if why is None:
        return _yunet(closely)
    return Cascade(
        f"the better face detector cannot be had ({why}); OpenCV's own one finds frontal faces only"
    )


@lru_cache(maxsize=1)
def why_without_yunet() -> str | None:
    """Why YuNet's file cannot be had; None where it can. Asked once, and for five seconds at most."""
    reasons: list[str] = []

    def fetch() -> None:
        try:
            fetched(DETECTOR)
            reasons.append("")
        except Exception as error:  # noqa: BLE001  told of below, whatever it was
            reasons.append(str(error) or type(error).__name__)

    # A thread, for the look-up of a host's name has no time limit of its own.
    fetching = Thread(target=fetch, name="fetch-yunet", daemon=True)
    fetching.start()
    fetching.join(_PATIENCE_SECS)
    if not reasons:
        return f"{DETECTOR.url} does not answer; get {DETECTOR.name} by hand"
    return reasons[0] or None


DETECTORS: Mapping[str, Callable[[bool], FaceDetector]] = {
    AUTO: _auto,
    "yunet": _yunet,
    "haar": lambda closely: Cascade(),
}


def face_detector(name: str = AUTO, *, closely: bool = False) -> FaceDetector:
    """The detector of that name: "yunet", "haar", or "auto": YuNet where its file can be had.

    closely: look for small faces too where a large one is in sight, at nine times the cost. A detector
    of which the user should know something has it in `remark`. Raises PerceptionError with the names
    there are.
    """
    if name not in DETECTORS:
        raise PerceptionError(unknown_name("face detector", name, DETECTORS))
    return DETECTORS[name](closely)
