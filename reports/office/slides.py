"""Slides: title, a native chart, table or picture, how to read it, and where it comes from. Fonts are those of the theme."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.parts.chart import ChartPart
from pptx.util import Emu, Inches, Pt

from reports.office.fonts import language_tag
from reports.office.names import office_text
from reports.office.origin import Origin
from reports.office.pen import NativeChart
from reports.office.pictures import Picture, attach_svg
from reports.office.slide_tables import fill_table
from reports.office.tables import TextTable, length_of
from reports.office.themes import set_theme_fonts
from words.language import Language

_WIDTH, _HEIGHT, _EDGE = Inches(13.333), Inches(7.5), Inches(0.6)
_TITLE_AT, _BODY_AT, _BODY_END, _FOOT_END = Inches(0.35), Inches(1.2), Inches(6.2), Inches(7.3)
_INK, _MUTED = "#1C2833", "#66717C"
_COVER, _TITLE_ONLY = 0, 5
#: Size of a title → how long it may be in one line.
_TITLES = {26: 62, 22: 74, 18: 92, 16: 280}
#: Size of paragraphs → how long they may be together.
_WORDS = {20: 700, 16: 1200, 14: 1700, 12: 2400}
#: The longest title and caption on a slide, in Latin letters; longer ones stand in the notes in full.
MOST_OF_A_TITLE, MOST_OF_A_CAPTION = 460, 600
#: Rows of a table on one slide.
MOST_ROWS = 15


@dataclass(frozen=True)
class Box:
    """A place on a slide."""

    left: int
    top: int
    width: int
    height: int


BODY = Box(_EDGE, _BODY_AT, _WIDTH - 2 * _EDGE, _BODY_END - _BODY_AT)
_FOOT = Box(_EDGE, _BODY_END, _WIDTH - 2 * _EDGE, _FOOT_END - _BODY_END)


class Deck:
    """A presentation that is being made, wide format, in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._deck = Presentation()
        _widen(self._deck)
        set_theme_fonts(self._deck.slide_masters[0].part, language)

    def chart(self, title: str, chart: NativeChart, caption: str, origin: Origin, *, alt_text: str, item: str) -> None:
        """A slide with a native chart; ``item`` names its shape, by which it is found again."""
        slide = self._slide(title, caption, origin)
        part = ChartPart.load(
            slide.part.package.next_partname(ChartPart.partname_template), CONTENT_TYPE.DML_CHART, slide.part.package, chart.xml
        )
        part.chart_workbook.update_from_xlsx_blob(chart.workbook)
        relation = slide.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        slide.shapes._add_chart_graphicFrame(relation, BODY.left, BODY.top, BODY.width, BODY.height)
        _name(slide.shapes[-1], item, alt_text)

    def table(self, title: str, table: TextTable, caption: str, origin: Origin, *, alt_text: str, item: str) -> None:
        """A table, on as many slides as its rows need."""
        parts = table.in_parts(MOST_ROWS if table.tallest == 1 else max(2 * MOST_ROWS // (table.tallest + 2), 1))
        for place, part in enumerate(parts):
            numbered = f"{title} ({place + 1}/{len(parts)})" if len(parts) > 1 else title
            slide = self._slide(numbered, caption, origin)
            frame = slide.shapes.add_table(len(part.rows) + 1, len(part.headers), BODY.left, BODY.top, BODY.width, BODY.height)
            frame.height = Emu(fill_table(frame.table._tbl, part, BODY.width, BODY.height, self._language))
            _name(frame, f"{item}:{place + 1}" if len(parts) > 1 else item, alt_text)

    def picture(self, title: str, picture: Picture, caption: str, origin: Origin, *, alt_text: str, item: str) -> None:
        """A slide with a picture that Office has no chart for: SVG, and a PNG for programs that draw none."""
        slide = self._slide(title, caption, origin)
        shown = slide.shapes.add_picture(io.BytesIO(picture.png), BODY.left, BODY.top)
        scale = min(BODY.width / shown.width, BODY.height / shown.height)
        shown.width, shown.height = Emu(int(shown.width * scale)), Emu(int(shown.height * scale))
        shown.left = Emu(BODY.left + (BODY.width - shown.width) // 2)
        attach_svg(slide.part, shown._element, picture.svg)
        _name(shown, item, alt_text)

    def words(self, title: str, text: str, origin: Origin | None = None) -> None:
        """A slide without a chart."""
        self._slide(title, text, origin)

    def cover(self, title: str, lines: Sequence[str]) -> None:
        """The first slide: a title and what stands below it, a line each."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[_COVER])
        self._write(slide.shapes.title.text_frame, [(title, 36 if length_of(title) < 60 else 26, _INK, True)], anchor=MSO_ANCHOR.BOTTOM)
        below = slide.placeholders[1]
        if lines:
            self._write(below.text_frame, [(line, 18 if place == 0 else 14, _MUTED, False) for place, line in enumerate(lines)])
        else:
            below._element.getparent().remove(below._element)

    def paragraphs(self, title: str, paragraphs: Sequence[str]) -> None:
        """A slide of words."""
        slide = self._titled(title)
        if paragraphs:
            box = slide.shapes.add_textbox(BODY.left, BODY.top, BODY.width, BODY.height)
            length = sum(map(length_of, paragraphs))
            size = next((size for size, most in _WORDS.items() if length <= most), 10)
            self._write(box.text_frame, [(text, size, _INK, False) for text in paragraphs], anchor=MSO_ANCHOR.TOP)

    def saved(self) -> bytes:
        """The file."""
        target = io.BytesIO()
        self._deck.save(target)
        return target.getvalue()

    def _titled(self, title: str) -> Any:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[_TITLE_ONLY])
        box = slide.shapes.title
        box.left, box.top, box.width, box.height = _EDGE, _TITLE_AT, _WIDTH - 2 * _EDGE, _BODY_AT - _TITLE_AT
        shown = title if length_of(title) <= MOST_OF_A_TITLE else f"{title[: MOST_OF_A_TITLE // 2]}…"
        self._write(box.text_frame, [(shown, _title_size(shown), _INK, True)], anchor=MSO_ANCHOR.MIDDLE)
        return slide

    def _slide(self, title: str, caption: str, origin: Origin | None) -> Any:
        slide = self._titled(title)
        foot = slide.shapes.add_textbox(_FOOT.left, _FOOT.top, _FOOT.width, _FOOT.height)
        foot.name = "caption"
        line = origin.line if origin else ""
        shown = caption if length_of(caption) <= MOST_OF_A_CAPTION else f"{caption[: MOST_OF_A_CAPTION // 2]}…"
        texts = [(shown, 12 if len(caption) < 240 else 10, _INK, False)] if caption else []
        texts += [(line, 9 if len(line) < 420 else 7, _MUTED, False)] if line else []
        self._write(foot.text_frame, texts, anchor=MSO_ANCHOR.TOP)
        told = [text for text, short in ((title, MOST_OF_A_TITLE), (caption, MOST_OF_A_CAPTION)) if length_of(text) > short]
        notes = [*told, *(f"{name}: {text}" for name, text in (origin.rows if origin else ()))]
        if notes:
            self._write(slide.notes_slide.notes_text_frame, [(text, 12, _INK, False) for text in notes])
        return slide

    def _write(self, frame: Any, lines: Sequence[tuple[str, float, str, bool]], *, anchor: Any = None) -> None:
        _write(frame, lines, self._language, anchor=anchor)


def _title_size(title: str) -> int:
    """The size at which a title stands in one line, or in a few small ones."""
    return next((size for size, most in _TITLES.items() if length_of(title) <= most), 12)


def _widen(deck: Any) -> None:
    """The usual template is of the old format; its layouts are stretched, so that slides a user adds fit too."""
    wider = _WIDTH / deck.slide_width
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    master = deck.slide_masters[0]
    for holder in (master, *master.slide_layouts):
        for shape in holder.shapes:
            if shape._element.xpath("./p:spPr/a:xfrm"):
                shape.left, shape.width = Emu(int(shape.left * wider)), Emu(int(shape.width * wider))


def _name(shape: Any, item: str, alt_text: str) -> None:
    shape.name = f"manyi:{office_text(item)}"
    shape._element.xpath(".//p:cNvPr")[0].set("descr", office_text(alt_text))


def _write(frame: Any, lines: Sequence[tuple[str, float, str, bool]], language: Language, *, anchor: Any = None) -> None:
    """Paragraphs with size, colour and weight. The fonts are the theme's, so they need no name here."""
    frame.word_wrap = True
    if anchor is not None:
        frame.vertical_anchor = anchor
    for place, (text, size, colour, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        _run(paragraph, text, size, colour, bold, language)


def _run(paragraph: Any, text: str, size: float, colour: str, bold: bool, language: Language) -> None:
    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = office_text(text)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, _rgb(colour)
    run._r.get_or_add_rPr().set("lang", language_tag(language))
    run._r.get_or_add_rPr().set("altLang", "en-US" if language == "zh_CN" else "zh-CN")


def _rgb(colour: str) -> Any:
    """``#RRGGBB`` as python-pptx takes it."""
    return RGBColor.from_string(colour[1:])  # type: ignore[no-untyped-call]
