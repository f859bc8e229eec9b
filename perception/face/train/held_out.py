"""Which training images the embedded network did not learn from."""

import hashlib

import numpy as np
from numpy.typing import NDArray

SHARE = 0.1
"""Of the training images, kept for selection and calibration of the weights that ship."""


def is_held_out(image: NDArray[np.uint8], share: float = SHARE) -> bool:
    """By a hash of the pixels, so that an image's copies go with it."""
    digest = hashlib.md5(image.tobytes(), usedforsecurity=False).hexdigest()
    return share > 0.0 and int(digest[:8], 16) % max(1, round(1.0 / share)) == 0
