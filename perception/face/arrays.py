"""Arrays of pixels to RGB, uint8: grey, 16-bit, floats, transparent."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import BadSignalError
from insideout.perception.face.face import Picture

_PAPER = 255  # what shows through where a picture is transparent


def from_array(array: NDArray[Any]) -> Picture:
    """(height, width) grey or (height, width, 1 to 4) grey, grey and alpha, RGB, RGBA; to RGB, uint8.

    uint8 from 0 to 255, uint16 from 0 to 65535, floats from 0 to 1, booleans. RGB in uint8 is given
    back itself, without a copy; what is transparent becomes white. Raises BadSignalError otherwise.
    """
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] not in (1, 2, 3, 4)):
        raise BadSignalError(
            f"an array of shape {array.shape} is no picture; expected (height, width) or "
            "(height, width, channels) with 1 to 4 channels, the channels last"
        )
    if 0 in array.shape:
        raise BadSignalError(f"an array of shape {array.shape} holds no pixels")
    pixels = eight_bits(array)
    if pixels.ndim == 2:
        pixels = pixels[:, :, None]
    if pixels.shape[2] in (2, 4):
        pixels = _on_paper(pixels)
    return pixels if pixels.shape[2] == 3 else np.repeat(pixels, 3, axis=2)


def eight_bits(array: NDArray[Any]) -> NDArray[np.uint8]:
    """The same from 0 to 255; uint8 is given back itself. Raises BadSignalError for other scales."""
    if array.dtype == np.uint8:
        return array
    if array.dtype == np.uint16:
        return np.asarray((array.astype(np.uint32) + 128) // 257, dtype=np.uint8)
    if array.dtype == np.bool_:
        return np.asarray(array * np.uint8(255), dtype=np.uint8)
    if np.issubdtype(array.dtype, np.floating):
        return _from_floats(array)
    raise BadSignalError(
        f"a picture of {array.dtype}; expected uint8 (0 to 255), uint16 (0 to 65535) or floats (0 to 1)"
    )


def _from_floats(array: NDArray[Any]) -> NDArray[np.uint8]:
    low, high = float(array.min()), float(array.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        raise BadSignalError("the picture holds numbers that are not finite; expected 0 to 1")
    if low < 0.0 or high > 1.0:
        raise BadSignalError(
            f"a picture of floats from {low:g} to {high:g}; expected 0 to 1, or uint8 from 0 to 255"
        )
    return np.asarray(np.rint(array * 255.0), dtype=np.uint8)


def _on_paper(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    colours, share = pixels[:, :, :-1].astype(np.float32), pixels[:, :, -1:] / np.float32(255.0)
    return np.asarray(np.rint(colours * share + _PAPER * (1.0 - share)), dtype=np.uint8)
