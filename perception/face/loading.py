"""Any picture to upright RGB: files, bytes, arrays, images of Pillow's."""

import sys
import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from insideout.perception.errors import BadSignalError
from insideout.perception.face.arrays import from_array
from insideout.perception.face.face import Picture
from insideout.perception.face.libraries import need

MOST_PIXELS = 89_000_000
"""Larger pictures are refused before they are decoded; from there Pillow warns of a bomb."""

# None of those that Pillow hands to another program (EPS to Ghostscript) or that are no photos.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "PPM", "JPEG2000", "AVIF")
_WIDE_MODES = ("I", "F")  # beside "I;16" and its kind: more than 8 bits a pixel


def load_picture(source: Any) -> Picture:
    """Upright RGB of a path, of a file's bytes, of an array (see `from_array`), of an image of Pillow's.

    The EXIF rotation is applied; of an animated picture the first frame is taken, and what is
    transparent becomes white. Raises BadSignalError where it is no picture, PerceptionError where a
    file is to be read and Pillow is not installed.
    """
    if isinstance(source, np.ndarray):
        return from_array(source)
    if isinstance(source, (str, Path)):
        return _of_file(Path(source))
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _decoded(BytesIO(source), "the bytes", len(source))
    pillow = sys.modules.get("PIL.Image")
    if pillow is not None and isinstance(source, pillow.Image):
        return _checked(source, "the image")
    raise BadSignalError(
        f"{type(source).__name__} is no picture; expected a path, bytes, a NumPy array or a Pillow image"
    )


def _of_file(path: Path) -> Picture:
    if path.is_dir():
        raise BadSignalError(f"{path} is a folder; expected a picture")
    if not path.is_file():
        raise BadSignalError(f"there is no file {path}")
    return _decoded(path, str(path), path.stat().st_size)


def _decoded(file: Path | BytesIO, name: str, size: int) -> Picture:
    pillow = need("PIL.Image")
    if size == 0:
        raise BadSignalError(f"{name} is empty (0 bytes); expected a picture")
    try:
        pillow.init()
        known = [name for name in FORMATS if name in pillow.OPEN]  # older ones lack AVIF
        with warnings.catch_warnings():
            # The size is judged here, and what Pillow doubts is raised.
            warnings.simplefilter("ignore")
            image = pillow.open(file, formats=known)
    except pillow.DecompressionBombError as error:
        raise BadSignalError(_too_large(name, None)) from error
    except Exception as error:  # Pillow's readers raise bare classes of many kinds
        raise BadSignalError(
            f"{name} is no picture that can be read ({_reason(error)}); expected one of "
            f"{', '.join(FORMATS)}"
        ) from error
    with image:
        return _checked(image, name)


def _checked(image: Any, name: str) -> Picture:
    if image.width * image.height > MOST_PIXELS:
        raise BadSignalError(_too_large(name, image.size))
    if 0 in image.size:
        raise BadSignalError(f"{name} is a picture without pixels: {image.width} × {image.height}")
    try:
        return _rgb(_upright(image))
    except BadSignalError:
        raise
    except Exception as error:
        raise BadSignalError(
            f"{name} is damaged or breaks off ({_reason(error)}); save or fetch it again"
        ) from error


def _upright(image: Any) -> Any:
    image.load()
    try:
        return need("PIL.ImageOps").exif_transpose(image)
    except Exception:  # noqa: BLE001  a broken EXIF block says nothing of the rotation
        return image


def _rgb(image: Any) -> Picture:
    if image.mode.startswith(_WIDE_MODES):
        return from_array(_wide(np.asarray(image)))
    if image.has_transparency_data:
        return from_array(np.asarray(image.convert("RGBA")))
    return np.asarray(image.convert("RGB"), dtype=np.uint8)


def _wide(pixels: Any) -> Any:
    """16 bits kept in wider types as such, floats on either scale from 0 to 1."""
    if np.issubdtype(pixels.dtype, np.floating):
        return pixels / 255.0 if float(pixels.max()) > 1.0 else pixels
    if pixels.dtype != np.uint16 and pixels.min() >= 0 and pixels.max() <= np.iinfo(np.uint16).max:
        return pixels.astype(np.uint16)
    return pixels


def _too_large(name: str, size: tuple[int, int] | None) -> str:
    found = f"{size[0]:,} × {size[1]:,} pixels" if size else "more than 178 million pixels"
    return (
        f"{name} has {found}; at most {MOST_PIXELS // 10**6} million are read, for larger ones are "
        "mostly made to fill the memory: scale it down"
    )


def _reason(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)[:200]
