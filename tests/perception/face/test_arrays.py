import numpy as np
import pytest

from insideout.perception.errors import BadSignalError
from insideout.perception.face.arrays import from_array


def test_a_frame_is_given_back_itself() -> None:
    frame = np.zeros((4, 6, 3), dtype=np.uint8)
    assert from_array(frame) is frame


@pytest.mark.parametrize("shape", [(4, 6), (4, 6, 1), (4, 6, 2), (4, 6, 3), (4, 6, 4)])
def test_grey_and_transparent_arrays_become_rgb(shape: tuple[int, ...]) -> None:
    assert from_array(np.full(shape, 255, dtype=np.uint8)).shape == (4, 6, 3)


@pytest.mark.parametrize(
    ("value", "kind"), [(0.5, np.float32), (0.5, np.float64), (32_896, np.uint16), (128, np.uint8)]
)
def test_every_scale_is_brought_to_eight_bits(value: float, kind: type) -> None:
    assert from_array(np.full((2, 2, 3), value, dtype=kind))[0, 0, 0] == 128


def test_booleans_are_black_and_white() -> None:
    assert from_array(np.ones((2, 2), dtype=np.bool_)).max() == 255


def test_half_transparent_black_is_grey() -> None:
    pixels = np.zeros((1, 1, 4), dtype=np.uint8)
    pixels[..., 3] = 128
    assert from_array(pixels)[0, 0].tolist() == [127, 127, 127]


@pytest.mark.parametrize("shape", [(3,), (3, 4, 6), (2, 4, 6, 3)])
def test_other_shapes_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(BadSignalError, match="is no picture; expected"):
        from_array(np.zeros(shape, dtype=np.uint8))


def test_an_array_without_pixels_is_refused() -> None:
    with pytest.raises(BadSignalError, match="holds no pixels"):
        from_array(np.zeros((0, 6, 3), dtype=np.uint8))


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (np.full((2, 2), 200.0), "floats from 200 to 200"),
        (np.full((2, 2), np.nan), "not finite"),
        (np.zeros((2, 2), dtype=np.int64), "a picture of int64"),
    ],
)
def test_other_scales_are_refused(array: np.ndarray, message: str) -> None:
    with pytest.raises(BadSignalError, match=message):
        from_array(array)
