"""Paper: A5 pages in the project's typeface and colours, for a result."""

import io
from collections.abc import Container
from pathlib import Path

from fpdf import FPDF, XPos, YPos
from fpdf.fonts import TTFFont

from insideout.service.web.result.content import Content
from insideout.service.web.result.drawing import in_colours
from insideout.service.web.theme import LIGHT

FONTS = Path(__file__).with_name("fonts")
MARGIN = 13.0
_A5 = (148.0, 210.0)
_FOOT = 17.0
_TOFU = "□"  # for what the typeface does not have
_POINT_MM = 25.4 / 72
_LEADING = 1.35


class Paper(FPDF):
    """Pages with the same head and foot; lengths in millimetres, sizes of type in points."""

    def __init__(self, result: Content) -> None:
        super().__init__(format=_A5)
        self.result = result
        self.add_font("inter", "", FONTS / "Inter-Regular.ttf")
        self.add_font("inter", "B", FONTS / "Inter-SemiBold.ttf")
        face = self.fonts["inter"]
        self._known = face.cmap if isinstance(face, TTFFont) else {}
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.c_margin = 0.0  # text stands flush with the drawings
        self.set_auto_page_break(True, _FOOT + 3)
        self.set_lang(result.language)
        self.set_title(f"InsideOut: {result.texts.title}")
        self.set_creator("InsideOut")
        self.set_creation_date(result.made_at)
        self.add_page()

    @property
    def left(self) -> float:
        """Where the text begins."""
        return MARGIN

    @property
    def width(self) -> float:
        """Of the text."""
        return float(self.epw)

    def header(self) -> None:
        """The name and the date."""
        self.set_y(MARGIN - 3)
        self.write_line("InsideOut", size=10, bold=True, colour="accent")
        self.set_y(MARGIN - 3)
        self.write_line(self.result.made, size=8, colour="quiet", align="R")
        self.rule(self.get_y() + 2.5)
        self.set_y(self.get_y() + 6.5)

    def footer(self) -> None:
        """What it is not, and the number of the page after the first."""
        texts = self.result.texts
        self.set_y(-_FOOT)
        self.rule(self.get_y())
        self.set_y(-_FOOT + 2.5)
        self.write_line(texts.medical, size=7.5, bold=True, colour="ink")
        self.write_line(texts.machine, size=7.5, colour="quiet")
        self.set_y(-_FOOT + 2.5)
        if self.page_no() > 1:
            self.write_line(f"{self.page_no()}", size=7.5, colour="quiet", align="R")

    def rule(self, y: float) -> None:
        """A thin line across."""
        self.set_line_width(0.2)
        self.set_draw_color(LIGHT["line"])
        self.line(MARGIN, y, MARGIN + self.width, y)

    def write_line(
        self,
        text: str,
        *,
        size: float = 9.0,
        bold: bool = False,
        colour: str = "ink",
        x: float | None = None,
        width: float | None = None,
        align: str = "L",
        leading: float = _LEADING,
    ) -> None:
        """Text, wrapped into the width; the next one stands below it."""
        self.set_font("inter", "B" if bold else "", size)
        self.set_text_color(LIGHT[colour])
        self.set_x(MARGIN if x is None else x)
        self.multi_cell(
            self.width if width is None else width,
            size * _POINT_MM * leading,
            drawable(text, self._known),
            align=align,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
            padding=0,
        )

    def draw(self, svg: str, x: float, y: float, width: float) -> None:
        """One of our drawings, in the colours of paper."""
        coloured = in_colours(svg, LIGHT)
        self.image(io.BytesIO(coloured.encode()), x=x, y=y, w=width)

    def room(self, height: float) -> None:
        """A new page, where less than that is left on this one."""
        if self.get_y() + height > self.h - _FOOT - 3:
            self.add_page()

    def written(self) -> bytes:
        """The document."""
        return bytes(self.output())


def drawable(text: str, known: Container[int]) -> str:
    """The text with a sign for each character that the typeface, which knows these, does not have.

    >>> drawable("hi 🙂", range(0x250))
    'hi □'
    """
    seen = (sign for sign in text if sign.isprintable() or sign == "\n")
    return "".join(sign if sign == "\n" or ord(sign) in known else _TOFU for sign in seen)
