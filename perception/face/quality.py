"""How well a face can be seen: size, sharpness, light, pose, and what covers it.

Each is 1 where the recognisers do as well as ever and falls to LEAST where they begin to guess. The
limits were read off 35 labelled photos made worse step by step, as two networks of others name them
(`python -m insideout.eval.face_quality` prints the table; undamaged 91 %); those of the pose follow from
the geometry of a head.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.face.aligning import cut
from insideout.perception.face.face import DetectedFace, FaceQuality, Picture
from insideout.perception.face.libraries import need
from insideout.perception.face.lighting import grey_range

LEAST = 0.25
"""Of the overall quality: below it a face is not read."""

_SIDE = 64  # pixels of the cut-out face that is judged
_INNER = (slice(8, 56), slice(12, 52))  # the face without hair and background

# Pixels of the shorter side: 48 leave 97 % right answers, 24 80 %, 20 85 %, 16 67 %, 12 29 %.
SIZE_PX = (16.0, 48.0)
LEAST_PX = float(np.ceil(SIZE_PX[0] * (SIZE_PX[1] / SIZE_PX[0]) ** LEAST))
"""The smallest face that is read, in pixels of its shorter side."""
# Variance of the Laplacian over that of the grey levels. Gaussian blur of 2, 3, 4, 5 % of the face's
# width leaves 0.06, 0.03, 0.014, 0.009, and 86, 77, 49, 40 % right answers.
SHARPNESS = (0.01, 0.12)
# What rounding to whole grey levels adds to the variance of the Laplacian (1/12 of a level, the kernel's
# squares sum to 20): in the dark it would pass for sharpness.
_ROUNDING = 20.0 / 12.0
# Grey levels between the 5th and the 95th percentile; faces are brought to the usual contrast, so that
# only the noise and the steps of what is left set the limit: a tenth of the light leaves 14 levels and
# 89 % right answers; in a twentieth YuNet finds 19 of 35 faces.
GREY_RANGE = (6.0, 60.0)
# Share of the face that is burnt out: half of it leaves 82 % right answers, four fifths 52 %.
BURNT_SHARE = (0.9, 0.1)
_BURNT = 250
# Degrees that a head is turned to the side.
YAW_DEGREES = (70.0, 30.0)
# The nose tip stands that far before the plane of the eyes, in distances between them: a photo at 45°
# shows it moved by 0.44 of that distance.
_NOSE_DEPTH = 0.44
# Where the nose tip is between eyes (0) and mouth (1): 0.52 to 0.60 in nine of ten photos.
NOSE_LOW, NOSE_HIGH = (0.98, 0.75), (0.15, 0.40)
# Share of the face, placed by its landmarks, that lies in the picture: 0.65 leaves 80 % right answers,
# 0.60 54 to 59 %, 0.52 50 %.
INSIDE_SHARE = (0.5, 0.9)
# Contrast around eyes and mouth, in that of the face: at least 0.66 and 0.42 in 95 % of photos, 0.36 and
# less around eyes behind a band, 0 around a mouth behind a mask.
EYES_CONTRAST, MOUTH_CONTRAST = (0.1, 0.55), (0.05, 0.40)
_PATCH = 5  # pixels on each side of a landmark
# Share of the face's pixels, neither black nor burnt out, that equal their neighbours. 36 photos have
# 0.07 at most, 0.33 as JPEG of quality 5, 0.22 with a fifth of the light; drawn faces 0.56 to 0.74.
MOST_FLAT = 0.45
_BLACK = 5


def face_quality(picture: Picture, face: DetectedFace) -> FaceQuality:
    """The quality of one face; without landmarks its pose counts as frontal."""
    return judged(picture, face)[0]


def judged(picture: Picture, face: DetectedFace) -> tuple[FaceQuality, bool]:
    """The quality, and whether the face is drawn: filled with even colours, as cartoons are.

    Detectors take those for faces. Painted and computed ones with shading are not told from photos.
    """
    cv: Any = need("cv2")
    square = cut(picture, face, _SIDE, upright=False)
    grey = np.asarray(cv.cvtColor(square, cv.COLOR_RGB2GRAY), dtype=np.float32)
    inner = grey[_INNER]
    spread = max(float(inner.std()), 1.0)
    detail = float(cv.Laplacian(grey, cv.CV_32F)[_INNER].var()) - _ROUNDING
    sharpness = max(detail, 0.0) / spread**2
    quality = FaceQuality(
        size=_by_log(min(face.box.width, face.box.height), SIZE_PX),
        sharpness=_by_log(sharpness, SHARPNESS),
        light=_light(inner),
        pose=_pose(face),
        uncovered=min(_inside(picture, face), _bare(grey, spread, face)),
    )
    return quality, _flat_share(inner) > MOST_FLAT


def _flat_share(inner: NDArray[np.float32]) -> float:
    """The share of pixels, of those neither black nor burnt out, that equal their neighbours."""
    here = inner[:-1, :-1]
    told = (here > _BLACK) & (here < _BURNT)
    flat = (here == inner[:-1, 1:]) & (here == inner[1:, :-1]) & told
    return float(flat.sum()) / max(int(told.sum()), 1)


def _light(inner: NDArray[np.float32]) -> float:
    low, high = grey_range(inner)
    burnt = float((inner >= _BURNT).mean())
    return min(_by_log(high - low, GREY_RANGE), _between(burnt, BURNT_SHARE))


def _pose(face: DetectedFace) -> float:
    if face.landmarks is None:
        return 1.0
    yaw, nose = head_pose(face.landmarks)
    return min(_between(abs(yaw), YAW_DEGREES), _between(nose, NOSE_LOW), _between(nose, NOSE_HIGH))


def head_pose(landmarks: NDArray[np.float32]) -> tuple[float, float]:
    """How far the head is turned to the person's left in degrees, and where the nose tip is from eyes
    (0) to mouth (1): near 1 with the head bowed, near 0 with it thrown back.
    """
    right, left, nose, *mouth = landmarks.astype(np.float64)
    between = left - right
    distance = max(float(np.hypot(*between)), 1.0)
    along = between / distance
    down = np.array([-along[1], along[0]])
    aside = float((nose - right) @ along) / distance - 0.5
    length = float((np.mean(mouth, axis=0) - (left + right) / 2.0) @ down)
    yaw = float(np.degrees(np.arctan2(aside, _NOSE_DEPTH)))
    return yaw, float((nose - (left + right) / 2.0) @ down) / max(length, 1.0)


def _inside(picture: Picture, face: DetectedFace) -> float:
    """How much of the face lies in the picture; a detector's box shrinks at the edge, landmarks less."""
    if face.landmarks is None:
        left, top = face.box.left, face.box.top
        right, bottom = left + face.box.width, top + face.box.height
    else:
        eyes, mouth = face.landmarks[:2].mean(axis=0), face.landmarks[3:].mean(axis=0)
        middle = (eyes + mouth) / 2.0
        reach = max(
            float(np.hypot(*(one - other)))
            for one, other in (
                (face.landmarks[0], face.landmarks[1]),
                (eyes, mouth),
                (face.landmarks[3], face.landmarks[4]),
            )
        )
        left, top = middle[0] - reach, middle[1] - 1.1 * reach
        right, bottom = middle[0] + reach, middle[1] + 1.1 * reach
    height, width = picture.shape[:2]
    across = max(0.0, min(width, right) - max(0.0, left)) / max(right - left, 1.0)
    down = max(0.0, min(height, bottom) - max(0.0, top)) / max(bottom - top, 1.0)
    return _between(float(across * down), INSIDE_SHARE)


def _bare(grey: NDArray[np.float32], spread: float, face: DetectedFace) -> float:
    """Whether there is anything to be seen where eyes and mouth are; 1 without landmarks."""
    if face.landmarks is None:
        return 1.0
    box = face.box
    side = max(box.width, box.height, 1.0)
    corner = np.array([box.left + (box.width - side) / 2.0, box.top + (box.height - side) / 2.0])
    places = (face.landmarks - corner) * (_SIDE / side)
    lips = (places[3] + places[4]) / 2.0
    eyes = np.mean([_contrast(grey, place) for place in places[:2]]) / spread
    mouth = np.mean([_contrast(grey, place) for place in (places[3], lips, places[4])]) / spread
    return min(_between(float(eyes), EYES_CONTRAST), _between(float(mouth), MOUTH_CONTRAST))


def _contrast(grey: NDArray[np.float32], place: NDArray[np.float64]) -> float:
    across, down = (int(np.clip(number, _PATCH, _SIDE - 1 - _PATCH)) for number in place)
    patch = grey[down - _PATCH : down + _PATCH + 1, across - _PATCH : across + _PATCH + 1]
    return float(patch.std())


def _between(value: float, limits: tuple[float, float]) -> float:
    """0 at the first limit, 1 at the second, in a straight line; the first may be the larger."""
    worst, best = limits
    return float(np.clip((value - worst) / (best - worst), 0.0, 1.0))


def _by_log(value: float, limits: tuple[float, float]) -> float:
    """The same in a straight line over the logarithm."""
    worst, best = np.log(limits)
    return _between(float(np.log(max(value, 1e-9))), (float(worst), float(best)))
