"""Faces drawn into a picture: a box in the colour of the emotion, number, label and bars."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from insideout.perception.affect import Emotion
from insideout.perception.face.colours import Colour, rgb
from insideout.perception.face.face import FaceBox, Picture, SeenFace
from insideout.perception.face.film_wording import LOOKS
from insideout.perception.face.libraries import need
from insideout.perception.reading import Reading

_DARK: Colour = (24, 26, 30)
_LIGHT: Colour = (250, 250, 248)
_BARS = 3
_SMALLEST_TEXT, _LARGEST_TEXT = 11, 44
_TEXT = 0.034  # of the picture's shorter side


def draw(picture: Picture, faces: Sequence[SeenFace], language: str = "en") -> Picture:
    """The same picture with the faces marked; each with its number where it has one.

    Letters are those of the font that comes with matplotlib, which has Russian ones.
    """
    image_module: Any = need("PIL.Image")
    drawing: Any = need("PIL.ImageDraw")
    image = image_module.fromarray(picture)
    pen = drawing.Draw(image, "RGBA")
    size = _text_size(picture)
    font = _font(size)
    for seen in reversed(faces):  # the largest last, over the others
        _face(pen, image.size, seen, font, size, language)
    return np.asarray(image, dtype=np.uint8)


def _text_size(picture: Picture) -> int:
    return int(np.clip(_TEXT * min(picture.shape[:2]), _SMALLEST_TEXT, _LARGEST_TEXT))


@lru_cache(maxsize=8)
def _font(size: int) -> Any:
    """DejaVu Sans of matplotlib."""
    folder = need("matplotlib").get_data_path()
    return need("PIL.ImageFont").truetype(f"{folder}/fonts/ttf/DejaVuSans.ttf", size)


def _face(
    pen: Any, size: tuple[int, int], seen: SeenFace, font: Any, text: int, language: str
) -> None:
    emotion = _top(seen.reading)
    colour = rgb(emotion)
    line = max(2, text // 6)
    box = seen.face.box
    corners = (box.left, box.top, box.left + box.width, box.top + box.height)
    pen.rounded_rectangle(corners, radius=text // 2, outline=colour, width=line)
    words = _words(seen, emotion, language)
    wide = pen.textlength(words, font=font) + text
    high = round(1.6 * text)
    left = float(np.clip(box.left, 0, max(0, size[0] - wide)))
    top = box.top - high - line if box.top > high + line else box.top + line
    pen.rounded_rectangle((left, top, left + wide, top + high), radius=text // 3, fill=colour)
    ink = _LIGHT if sum(colour) < 480 else _DARK
    pen.text((left + text / 2, top + high / 2), words, font=font, fill=ink, anchor="lm")
    if emotion is not None:
        _bars(pen, size, box, seen.reading, text)


def _words(seen: SeenFace, emotion: Emotion | None, language: str) -> str:
    number = "" if seen.number is None else f"{seen.number} · "
    if emotion is None:
        return f"{number}—"
    return f"{number}{LOOKS[language][emotion]} {seen.reading.emotions[emotion]:.0%}"


def _bars(pen: Any, size: tuple[int, int], box: FaceBox, reading: Reading, text: int) -> None:
    """The most probable emotions as bars below the box, inside the picture."""
    high, gap = max(3, text // 3), max(1, text // 8)
    block = _BARS * (high + gap)
    top = min(box.top + box.height + 2 * gap, size[1] - block - gap)
    wide = max(box.width, 4.0 * text)
    best = sorted(reading.emotions.items(), key=lambda item: -item[1])[:_BARS]
    for i, (emotion, share) in enumerate(best):
        y = top + i * (high + gap)
        pen.rectangle((box.left, y, box.left + wide, y + high), fill=(*_DARK, 120))
        pen.rectangle((box.left, y, box.left + share * wide, y + high), fill=rgb(emotion))


def _top(reading: Reading) -> Emotion | None:
    if reading.abstained is not None or not reading.emotions:
        return None
    return max(reading.emotions, key=lambda emotion: reading.emotions[emotion])
