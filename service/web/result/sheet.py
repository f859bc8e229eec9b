"""The result as a sheet to keep: A5, as PDF with text that can be selected, and as a picture of it."""

import io
import threading

import pypdfium2
from PIL import Image

from insideout.service.web.result.content import Content
from insideout.service.web.result.drawing import duration, face_drawing, mood_map, strip, unread
from insideout.service.web.result.figures import Figure
from insideout.service.web.result.paper import MARGIN, Paper
from insideout.service.web.theme import LIGHT

PNG_SCALE = 2.6  # 187 dots an inch: sharp on a phone
_FACE, _MAP, _GUTTER, _NAMES = 17.0, 58.0, 7.0, 20.0
_pdfium = threading.Lock()  # PDFium is not made for threads


def pdf(result: Content) -> bytes:
    """The sheet as PDF; what was talked about begins on a page of its own."""
    return _written(result)[0]


def png(result: Content) -> bytes:
    """The sheet as one picture, its pages below each other, without what was talked about."""
    document, pages = _written(result)
    with _pdfium:
        opened = pypdfium2.PdfDocument(document)
        try:
            drawn = [opened[i].render(scale=PNG_SCALE).to_pil() for i in range(pages)]
        finally:
            opened.close()
    whole = Image.new("RGB", (drawn[0].width, sum(page.height for page in drawn)))
    top = 0
    for page in drawn:
        whole.paste(page, (0, top))
        top += page.height
    file = io.BytesIO()
    whole.save(file, "PNG", optimize=True)
    return file.getvalue()


def _written(result: Content) -> tuple[bytes, int]:
    """The document, and how many of its pages come before what was talked about."""
    paper = Paper(result)
    _head(paper, result)
    _help(paper, result)
    _mood_and_heart(paper, result)
    _time(paper, result)
    _sources(paper, result)
    _remarks(paper, result)
    pages = paper.page_no()
    _conversation(paper, result)
    return paper.written(), pages


def _title(paper: Paper, text: str, x: float | None = None) -> None:
    paper.write_line(text, size=8, bold=True, colour="quiet", x=x)


def _head(paper: Paper, result: Content) -> None:
    emotion = result.top.value if result.top else "neutral"
    top, x = paper.get_y(), MARGIN + _FACE + 5
    width = paper.width - _FACE - 5
    paper.draw(face_drawing(emotion), MARGIN, top, _FACE)
    paper.write_line(result.headline, size=17, bold=True, x=x, width=width, leading=1.2)
    if result.likely:
        paper.write_line(result.likely, size=8.5, colour="quiet", x=x, width=width)
    facts = " · ".join(f"{fact.name}: {fact.said}" for fact in result.facts)
    if facts:
        paper.write_line(facts, size=8.5, x=x, width=width)
    if result.top:
        paper.write_line(result.texts.rule, size=7.5, colour="quiet", x=x, width=width)
    paper.set_y(max(paper.get_y(), top + _FACE) + 5)


def _help(paper: Paper, result: Content) -> None:
    if result.help is None:
        return
    top = paper.get_y()
    paper.write_line(result.help.name, size=10, bold=True, colour="help", x=MARGIN + 4)
    paper.write_line(result.help.said, size=9, x=MARGIN + 4, width=paper.width - 4)
    paper.set_draw_color(LIGHT["help"])
    paper.set_line_width(0.8)
    paper.line(MARGIN, top, MARGIN, paper.get_y())
    paper.set_y(paper.get_y() + 5)


def _mood_and_heart(paper: Paper, result: Content) -> None:
    """The map at the left, the figures at the right."""
    top, x = paper.get_y(), MARGIN + _MAP + _GUTTER
    _title(paper, result.texts.map_title)
    paper.draw(mood_map(result), MARGIN, top + 5, _MAP)
    below = _legend(paper, result, top + 5 + _MAP + 1.5)
    paper.set_y(top)
    _title(paper, result.texts.figures_title, x)
    paper.set_y(paper.get_y() + 1.5)
    for figure in result.figures:
        _figure(paper, figure, x)
    paper.set_y(max(paper.get_y(), below) + 4)


def _legend(paper: Paper, result: Content, y: float) -> float:
    """What the marks on the map mean, in a row; where it ends."""
    texts, quiet = result.texts, LIGHT["quiet"]
    marks = [(_ring, texts.began), (_dot, texts.ended)] if result.course else []
    marks += [(_square, texts.legend_turns)] if result.turns else []
    paper.set_font("inter", "", 7)
    paper.set_text_color(quiet)
    paper.set_draw_color(quiet)
    paper.set_fill_color(quiet)
    paper.set_line_width(0.45)
    widths = [paper.get_string_width(said) + 8 for _, said in marks]
    x = MARGIN + (_MAP - sum(widths) + 4) / 2
    for (mark, said), width in zip(marks, widths, strict=True):
        mark(paper, x, y)
        paper.text(x + 3.6, y + 0.9, said)
        x += width
    return y + 2


def _ring(paper: Paper, x: float, y: float) -> None:
    paper.circle(x=x + 1.2, y=y, radius=0.95, style="D")


def _dot(paper: Paper, x: float, y: float) -> None:
    paper.circle(x=x + 1.2, y=y, radius=1.15, style="F")


def _square(paper: Paper, x: float, y: float) -> None:
    paper.rect(x, y - 1.2, 2.4, 2.4, style="F", round_corners=True, corner_radius=0.6)


def _figure(paper: Paper, figure: Figure, x: float) -> None:
    width, top = paper.width - (x - MARGIN), paper.get_y()
    absent = figure.number is None
    paper.write_line(figure.name, size=8.5, x=x, width=width)
    below = paper.get_y()
    paper.set_y(top - 0.6)
    shown = figure.value if absent else f"{figure.value} {figure.unit}"
    colour = "quiet" if absent else "ink"
    paper.write_line(shown, size=11, bold=True, colour=colour, x=x, width=width, align="R")
    paper.set_y(max(below, paper.get_y() - 0.6))
    notes = ", ".join(filter(None, [figure.quality, figure.note]))
    if notes:
        paper.write_line(notes, size=6.8, colour="quiet", x=x, width=width, leading=1.25)
    paper.set_y(paper.get_y() + 2.6)


def _time(paper: Paper, result: Content) -> None:
    if not result.course:
        return
    _title(paper, result.texts.time_title)
    y = paper.get_y() + 1
    paper.draw(strip(result), MARGIN, y, paper.width)
    paper.set_y(y + paper.width * 26 / 600 + 0.8)
    at = paper.get_y()
    paper.write_line("0", size=7, colour="quiet")
    paper.set_y(at)
    whole = max(result.secs, result.course[-1].secs)
    paper.write_line(duration(whole, result), size=7, colour="quiet", align="R")
    _shares(paper, result)
    paper.set_y(paper.get_y() + 4)


def _shares(paper: Paper, result: Content) -> None:
    """A coloured dot and a share for each emotion, as many in a row as there is room for."""
    rows = [(f"{share.name} {share.percent}%", LIGHT[share.emotion]) for share in result.shares]
    if unread(result):
        rows.append((result.texts.unread, LIGHT["line"]))
    paper.set_font("inter", "", 8.5)
    paper.set_text_color(LIGHT["ink"])
    x, y = MARGIN, paper.get_y() + 2
    for said, colour in rows:
        width = paper.get_string_width(said) + 9
        if x + width > MARGIN + paper.width:
            x, y = MARGIN, y + 5
        paper.set_fill_color(colour)
        paper.circle(x=x + 1.2, y=y, radius=1.2, style="F")
        paper.text(x + 4, y + 1.1, said)
        x += width
    paper.set_y(y + 3)


def _sources(paper: Paper, result: Content) -> None:
    paper.room(28)
    _title(paper, result.texts.sources_title)
    paper.set_y(paper.get_y() + 1)
    for source in result.sources:
        paper.room(8)
        y = paper.get_y()
        paper.write_line(source.name, size=8.5, bold=source.measured, width=_NAMES)
        paper.set_y(y)
        colour = "ink" if source.measured else "quiet"
        x, width = MARGIN + _NAMES, paper.width - _NAMES
        paper.write_line(source.said, size=8.5, colour=colour, x=x, width=width)
        paper.set_y(paper.get_y() + 0.7)
    paper.set_y(paper.get_y() + 3)


def _remarks(paper: Paper, result: Content) -> None:
    if not result.remarks:
        return
    paper.room(10)
    _title(paper, result.texts.remarks_title)
    for remark in result.remarks:
        paper.write_line(remark, size=8.5)
        paper.set_y(paper.get_y() + 0.7)


def _conversation(paper: Paper, result: Content) -> None:
    if not result.conversation:
        return
    paper.add_page()
    paper.write_line(result.texts.conversation_title, size=13, bold=True)
    paper.set_y(paper.get_y() + 3)
    for one in result.conversation:
        for who, text in ((result.texts.you, one.said), (result.texts.reply, one.reply)):
            paper.room(12)
            paper.write_line(who, size=7.5, bold=True, colour="quiet")
            paper.write_line(text, size=9)
            paper.set_y(paper.get_y() + 3)
        paper.set_y(paper.get_y() + 2)
