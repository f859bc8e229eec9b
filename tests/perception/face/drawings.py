"""Faces drawn by a program, as cartoons are."""

from typing import Any

import numpy as np

from insideout.perception.face.face import Picture
from insideout.perception.face.libraries import need


def smiley() -> Picture:
    """A yellow smiling disc, 480 by 480."""
    cv: Any = need("cv2")
    page = np.full((480, 480, 3), 255, dtype=np.uint8)
    cv.circle(page, (240, 240), 180, (255, 220, 60), -1)
    for across in (175, 305):
        cv.ellipse(page, (across, 190), (22, 36), 0, 0, 360, (0, 0, 0), -1)
    cv.ellipse(page, (240, 270), (100, 80), 0, 10, 170, (0, 0, 0), 8)
    return page


def cartoon() -> Picture:
    """A cartoon of a person with hair, eyes, brows, nose and mouth, which YuNet takes for a face."""
    cv: Any = need("cv2")
    page = np.full((480, 480, 3), (180, 210, 240), dtype=np.uint8)
    cv.ellipse(page, (240, 230), (170, 200), 0, 0, 360, (70, 40, 20), -1)
    cv.ellipse(page, (240, 260), (125, 160), 0, 0, 360, (250, 210, 180), -1)
    for across in (190, 290):
        cv.ellipse(page, (across, 240), (28, 18), 0, 0, 360, (255, 255, 255), -1)
        cv.circle(page, (across, 240), 12, (60, 100, 160), -1)
        cv.circle(page, (across, 240), 6, (0, 0, 0), -1)
        cv.ellipse(page, (across, 210), (32, 10), 0, 180, 360, (70, 40, 20), 6)
    cv.polylines(page, [np.array([[240, 250], [228, 300], [250, 302]])], False, (200, 150, 120), 4)
    cv.ellipse(page, (240, 340), (50, 22), 0, 0, 180, (190, 60, 60), -1)
    return page
