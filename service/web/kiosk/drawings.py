"""The emotions' large faces, each a shape of its own, and small signs; all drawn here."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from insideout.perception.affect import Emotion
from insideout.perception.reading import Modality


class Mood(StrEnum):
    """What a face is doing; the style sheet moves only the one that thinks."""

    CALM = "calm"
    THINKS = "thinks"
    SPOKE = "spoke"
    SILENT = "silent"  # was not asked
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Paths in a box of 200 by 200. body: filled. brows, mouth: strokes. extra: filled, light.

    eyes: height of the two eyes; apart: how far each lies from the middle.
    """

    body: str
    brows: str
    mouth: str
    eyes: float
    apart: float = 27.0
    extra: str = ""


DRAWINGS: Mapping[str, Drawing] = {
    "joy": Drawing(  # a sun of twelve soft rays
        body="M100 15c7 0 13 11 19 13c7 1 17-5 23-2c7 4 6 16 11 21c5 5 17 4 21 10c3 7-3 17-2 24c2 6 13"
        " 12 13 19c0 7-11 13-13 19c-1 7 5 17 2 23c-4 7-16 6-21 11c-5 5-4 17-10 21c-7 3-17-3-24-2c"
        "-6 2-12 13-19 13c-7 0-13-11-19-13c-7-1-17 5-23 2c-7-4-6-16-11-21c-5-5-17-4-21-10c-3-7 3-"
        "17 2-24c-2-6-13-12-13-19c0-7 11-13 13-19c1-7-5-17-2-23c4-7 16-6 21-11c5-5 4-17 10-21c7-3"
        " 17 3 24 2c6-2 12-13 19-13z",
        brows="M61 70q10-11 22-4M117 66q12-7 22 4",
        mouth="M64 106q36 46 72 0",
        eyes=88,
        extra="M52 108a9 6 0 1 0 .1 0zM148 108a9 6 0 1 0 .1 0z",
    ),
    "sadness": Drawing(  # a drop
        body="M98 8c4 26 74 58 74 114 0 42-32 66-72 66s-72-24-72-66c0-50 62-80 70-114z",
        brows="M58 94q14-3 22-14M120 80q8 11 22 14",
        mouth="M76 152q24-21 48 0",
        eyes=114,
        extra="M143 130c2 8 10 12 10 20a10 10 0 0 1-20 0c0-8 8-12 10-20z",
    ),
    "fear": Drawing(  # a tall shape that trembles at its hem
        body="M100 10c40 0 62 30 62 76v86c0 12-8 18-16 10s-14-8-22 1-17 9-24 0-16-9-24 0-15 8-22-1"
        "c-8-8-16-2-16-12V86c0-46 22-76 62-76z",
        brows="M58 62q10-14 24-12M118 50q14-2 24 12",
        mouth="M74 130q7-11 13 0t13 0 13 0 13 0",
        eyes=90,
        apart=25,
    ),
    "anger": Drawing(  # an ember with three tongues
        body="M34 122c-4-26 4-46 12-66 3-8 12-8 15-1 3 9 7 14 14 17 3-22 8-36 18-52 4-7 12-6 15 1"
        " 8 15 15 29 18 47 6-5 9-10 11-17 3-8 12-9 16-1"
        " 12 24 17 46 13 72-6 40-32 64-66 64s-60-24-66-64z",
        brows="M58 98l28 14M142 98l-28 14",
        mouth="M76 158q24-16 48 0",
        eyes=126,
        apart=25,
    ),
    "disgust": Drawing(  # a leaf that leans away
        body="M46 172c-30-32-22-96 22-126 28-20 66-26 96-22 8 30 6 70-12 102-26 46-78 74-106 46z",
        brows="M62 84q12-4 22 4M114 72q12-8 24-2",
        mouth="M66 134q14-13 26-2t34-10",
        eyes=102,
        apart=25,
    ),
    "surprise": Drawing(  # a star of soft points
        body="M100 16c13 0 18 30 26 34c8 4 35-11 43-1c8 10-13 33-11 42c2 8 31 20 28 33c-3 12-33 10-39 "
        "17c-6 7 3 37-9 42c-12 6-29-19-38-19c-9 0-26 25-38 19c-12-5-3-35-9-42c-6-7-36-5-39-17c-3-"
        "13 26-25 28-33c2-9-19-32-11-42c8-10 35 5 43 1c8-4 13-34 26-34z",
        brows="M58 66q11-16 24-8M118 58q13-8 24 8",
        mouth="M100 118a13 16 0 1 0 .1 0z",
        eyes=90,
    ),
    "contempt": Drawing(  # a stone, one side higher
        body="M26 116c-2-46 24-78 66-84 46-6 82 22 84 66 2 48-28 80-74 80s-74-20-76-62z",
        brows="M60 78h24M116 78l26-12",
        mouth="M74 138q32 4 50-14",
        eyes=98,
    ),
    "neutral": Drawing(  # a plain round
        body="M100 22a78 78 0 1 0 .1 0z",
        brows="M60 74h24M116 74h24",
        mouth="M76 132h48",
        eyes=96,
    ),
}
_PONDERS = "M86 {y}q13 3 28-3"  # the mouth of whoever thinks

SIGNS: Mapping[Modality, str] = {
    Modality.FACE: "M12 30V18a6 6 0 0 1 6-6h12M66 12h12a6 6 0 0 1 6 6v12M84 66v12a6 6 0 0 1-6 6H66"
    "M30 84H18a6 6 0 0 1-6-6V66M36 40v4M60 40v4M34 58q14 12 28 0",
    Modality.VOICE: "M48 12a12 12 0 0 1 12 12v22a12 12 0 0 1-24 0V24a12 12 0 0 1 12-12z"
    "M22 44a26 26 0 0 0 52 0M48 70v14M34 84h28",
    Modality.HEART: "M10 50h18l8-16 12 34 10-26 6 8h22",
    Modality.TEXT: "M14 22h68v44H44L28 80V66H14zM30 38h36M30 52h22",
}


def portrait(name: str, mood: Mood = Mood.CALM) -> str:
    """A large face; the plain one for a name that has none. What it does is told beside it in words."""
    drawn = DRAWINGS.get(name, DRAWINGS["neutral"])
    emotion = name if name in DRAWINGS else Emotion.NEUTRAL.value
    left, right = 100 - drawn.apart, 100 + drawn.apart
    pupils = "".join(f'<circle cx="{x:g}" cy="{drawn.eyes:g}" r="7.5"/>' for x in (left, right))
    extra = f'<path class="k-extra" d="{drawn.extra}"/>' if drawn.extra else ""
    return (
        f'<svg class="k-face k-{escape(emotion)} k-{mood.value}" viewBox="0 0 200 200" '
        f'aria-hidden="true"><path class="k-body" d="{drawn.body}"/>{extra}'
        f'<path class="k-brows" d="{drawn.brows}"/><g class="k-eyes">{pupils}</g>'
        f'<path class="k-mouth" d="{drawn.mouth}"/>'
        f'<path class="k-ponders" d="{_PONDERS.format(y=_mouth_height(drawn))}"/></svg>'
    )


def _mouth_height(drawn: Drawing) -> int:
    return round(drawn.eyes + 38)


def sign(modality: Modality) -> str:
    """A small sign for a modality."""
    drawn = f'<path d="{SIGNS[modality]}"/>'
    return f'<svg class="k-sign" viewBox="0 0 96 96" aria-hidden="true">{drawn}</svg>'
