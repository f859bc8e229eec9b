"""Every kind of picture that comes in, and everything that is none."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from insideout.perception.errors import BadSignalError
from insideout.perception.face.loading import load_picture

Image = pytest.importorskip("PIL.Image")

RED = (200, 30, 30)


def _saved(image: Any, kind: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _photo(mode: str = "RGB", size: tuple[int, int] = (40, 30)) -> Any:
    noise = np.random.default_rng(0).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
    return Image.fromarray(noise).convert(mode)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "PPM"])
def test_common_formats_are_read(kind: str) -> None:
    assert load_picture(_saved(_photo(), kind)).shape == (30, 40, 3)


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "RGBA", "LA", "YCbCr", "HSV", "I;16", "F"])
def test_every_mode_becomes_rgb(mode: str) -> None:
    image = Image.new("RGB", (8, 6), RED).convert("L" if mode in ("I;16", "F") else mode)
    if mode in ("I;16", "F"):
        image = image.convert("I" if mode == "I;16" else mode).convert(mode)
    found = load_picture(image)
    assert found.shape == (6, 8, 3)
    assert found.dtype == np.uint8


def test_cmyk_keeps_its_colours() -> None:
    data = _saved(Image.new("RGB", (16, 16), RED).convert("CMYK"), "JPEG", quality=95)
    assert load_picture(data)[8, 8] == pytest.approx(RED, abs=12)


def test_sixteen_bits_are_brought_to_eight() -> None:
    wide = np.full((6, 8), 40_000, dtype=np.uint16)
    assert load_picture(_saved(Image.fromarray(wide), "PNG"))[0, 0, 0] == 156


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (4, 4), (*RED, 0))
    assert (load_picture(_saved(clear, "PNG")) == 255).all()


def test_the_exif_rotation_is_applied() -> None:
    image = Image.new("RGB", (40, 30), RED)
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    assert load_picture(_saved(image, "JPEG", exif=exif)).shape == (40, 30, 3)


def test_of_an_animation_the_first_frame_is_taken() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in (RED, (0, 0, 255))]
    data = _saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert load_picture(data)[0, 0] == pytest.approx(RED, abs=4)


def test_a_path_is_read_as_text_and_as_path(tmp_path: Path) -> None:
    path = tmp_path / "фото с пробелом.jpg"
    _photo().save(path)
    assert (load_picture(str(path)) == load_picture(path)).all()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP"])
def test_a_truncated_file_is_told_of(kind: str) -> None:
    data = _saved(_photo(size=(300, 200)), kind)
    with pytest.raises(BadSignalError, match=r"the bytes (is damaged|is no picture)"):
        load_picture(data[: len(data) // 2])


def test_an_empty_file_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "empty.jpg"
    path.touch()
    with pytest.raises(BadSignalError, match=r"empty\.jpg is empty \(0 bytes\)"):
        load_picture(path)


@pytest.mark.parametrize(
    "data",
    [b"hello", b"%PDF-1.7 \n", b"\x89PNG\r\n\x1a\n", b"%!PS-Adobe-3.0 EPSF-3.0\n", bytes(99)],
)
def test_what_is_no_picture_is_told_of(data: bytes) -> None:
    with pytest.raises(BadSignalError, match="no picture that can be read"):
        load_picture(data)


def test_a_missing_file_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(BadSignalError, match="there is no file"):
        load_picture(tmp_path / "none.jpg")


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(BadSignalError, match="is a folder"):
        load_picture(tmp_path)


def _png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says how large it is and holds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [10_000, 30_000])
def test_a_bomb_is_refused_before_it_is_decoded(side: int) -> None:
    with pytest.raises(BadSignalError, match="at most 89 million are read"):
        load_picture(_png_claiming(side, side))


def test_a_broken_exif_block_does_not_stop_the_reading() -> None:
    data = _saved(_photo(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert load_picture(data).shape == (30, 40, 3)


def test_anything_else_is_refused() -> None:
    with pytest.raises(BadSignalError, match="int is no picture"):
        load_picture(7)
