"""Frames as a page sends them: JPEG bytes to pictures."""

from io import BytesIO
from typing import Any

import numpy as np

from insideout.perception.errors import BadSignalError
from insideout.perception.face.face import Picture
from insideout.perception.face.libraries import need

MOST_SIDE = 1_280
"""Pixels; what is larger is not even decoded, for a small file can hold a picture that fills memory."""


def decoded(jpeg: bytes) -> Picture:
    """The picture; raises BadSignalError where the bytes are no JPEG of a moderate size."""
    cv: Any = need("cv2")
    image: Any = need("PIL.Image")
    try:
        with image.open(BytesIO(jpeg), formats=("JPEG",)) as opened:
            width, height = opened.size
    except (OSError, SyntaxError, ValueError, image.DecompressionBombError) as error:
        raise BadSignalError(f"a frame that is no JPEG ({error})") from error
    if not 0 < max(width, height) <= MOST_SIDE:
        raise BadSignalError(f"a frame of {width} x {height}; expected at most {MOST_SIDE} pixels")
    picture = cv.imdecode(np.frombuffer(jpeg, dtype=np.uint8), cv.IMREAD_COLOR)
    if picture is None:
        raise BadSignalError("a frame whose JPEG is damaged")
    return np.asarray(cv.cvtColor(picture, cv.COLOR_BGR2RGB))
