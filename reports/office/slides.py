"""Slides: title, a native chart, table or picture, how to read it, and where it comes from. Fonts are those of the theme."""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.parts.chart import ChartPart
from pptx.util import Emu, Inches, Pt

from reports.office.fonts import language_tag
from reports.office.frames import Box, Frame, furniture, usual_frame
from reports.office.names import office_text
from reports.office.origin import Origin
from reports.office.pen import NativeChart
from reports.office.pictures import Picture, attach_svg
from reports.office.scheme_colours import chart_of_the_theme, table_of_the_theme
from reports.office.slide_tables import fill_table
from reports.office.tables import TextTable, length_of
from reports.office.templates import begun
from reports.office.themes import set_theme_fonts
from words.language import Language

_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_INK, _MUTED = "#1C2833", "#66717C"
#: Sizes a title may have, and a Latin letter and a line as multiples of them.
_TITLES, _LETTER, _LINE, _POINT = (26, 22, 18, 16, 14, 12), 0.52, 1.2, 12700
#: Size of paragraphs → how long they may be together on a wide slide.
_WORDS = {20: 700, 16: 1200, 14: 1700, 12: 2400}
#: The longest title and caption on a slide, in Latin letters; longer ones stand in the notes in full.
MOST_OF_A_TITLE, MOST_OF_A_CAPTION = 460, 600
#: Rows of a table on one slide, and the height they take.
MOST_ROWS, _ROWS_HEIGHT = 15, Inches(5)


class Deck:
    """A presentation that is being made in one language: of a company's ``template`` (see :mod:`reports.office.templates`), or plain."""

    def __init__(self, language: Language, template: bytes | None = None) -> None:
        self._language = language
        self._deck, self._frame = begun(template) if template is not None else _plain(language)

    def chart(self, title: str, chart: NativeChart, caption: str, origin: Origin, *, alt_text: str, item: str) -> None:
        """A slide with a native chart; ``item`` names its shape, by which it is found again."""
        slide, body = self._slide(title, caption, origin), self._frame.body
        xml = chart_of_the_theme(chart.xml) if self._frame.own else chart.xml
        name = slide.part.package.next_partname(ChartPart.partname_template)
        part = ChartPart.load(name, CONTENT_TYPE.DML_CHART, slide.part.package, xml)
        part.chart_workbook.update_from_xlsx_blob(chart.workbook)
        relation = slide.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        slide.shapes._add_chart_graphicFrame(relation, body.left, body.top, body.width, body.height)
        _name(slide.shapes[-1], item, alt_text)

    def table(self, title: str, table: TextTable, caption: str, origin: Origin, *, alt_text: str, item: str) -> None:
        """A table, on as many slides as its rows need."""
        body = self._frame.body
        most = max(MOST_ROWS * body.height // _ROWS_HEIGHT, 4)
        parts = table.in_parts(most if table.tallest == 1 else max(2 * most // (table.tallest + 2), 1))
        for place, part in enumerate(parts):
            numbered = f"{title} ({place + 1}/{len(parts)})" if len(parts) > 1 else title
            slide = self._slide(numbered, caption, origin)
            frame = slide.shapes.add_table(len(part.rows) + 1, len(part.headers), body.left, body.top, body.width, body.height)
            frame.height = Emu(fill_table(frame.table._tbl, part, body.width, body.height, self._language))
            if self._frame.own:
                table_of_the_theme(frame.table._tbl)
            _name(frame, f"{item}:{place + 1}" if len(parts) > 1 else item, alt_text)

    def picture(self, title: str, picture: Picture, caption: str, origin: Origin, *, alt_text: str, item: str) -> None:
        """A slide with a picture that Office has no chart for: SVG, and a PNG for programs that draw none."""
        slide, body = self._slide(title, caption, origin), self._frame.body
        shown = slide.shapes.add_picture(io.BytesIO(picture.png), body.left, body.top)
        scale = min(body.width / shown.width, body.height / shown.height)
        shown.width, shown.height = Emu(int(shown.width * scale)), Emu(int(shown.height * scale))
        shown.left = Emu(body.left + (body.width - shown.width) // 2)
        attach_svg(slide.part, shown._element, picture.svg)
        _name(shown, item, alt_text)

    def words(self, title: str, text: str, origin: Origin | None = None) -> None:
        """A slide without a chart."""
        self._slide(title, text, origin)

    def cover(self, title: str, lines: Sequence[str]) -> None:
        """The first slide: a title and what stands below it, a line each."""
        slide = self._deck.slides.add_slide(self._frame.cover)
        box = slide.shapes.title
        size = 36 if length_of(title) < 60 else 26 if length_of(title) < 160 else 16
        self._write(
            box.text_frame, [(_cut(title, MOST_OF_A_TITLE), size, _INK, True)], anchor=None if self._frame.own else MSO_ANCHOR.BOTTOM
        )
        below = _below(slide, box)
        told = [(line, 18 if place == 0 else 14, _MUTED, False) for place, line in enumerate(_cut(line, 200) for line in lines)]
        if below is not None and told:
            self._write(below.text_frame, told)
        elif told:  # a template whose first slide has no second text
            body = self._frame.body
            self._write(slide.shapes.add_textbox(body.left, body.top, body.width, body.height).text_frame, told, anchor=MSO_ANCHOR.TOP)
        _clean(slide, [box, *([below] if told and below is not None else [])])

    def paragraphs(self, title: str, paragraphs: Sequence[str], foot: str = "", item: str = "") -> None:
        """A slide of words; ``foot`` stands small below them, ``item`` names the slide, by which it is found again."""
        slide, body = self._titled(title), self._frame.body
        if item:
            slide._element.cSld.set("name", f"manyi:{office_text(item)}")
        if foot:
            place = self._frame.foot
            below = slide.shapes.add_textbox(place.left, place.top, place.width, place.height)
            self._write(below.text_frame, [(foot, 9 if len(foot) < 420 else 7, _MUTED, False)], anchor=MSO_ANCHOR.TOP)
        if paragraphs:
            box = slide.shapes.add_textbox(body.left, body.top, body.width, body.height)
            length = sum(map(length_of, paragraphs)) * _ROWS_HEIGHT / body.height
            size = next((size for size, most in _WORDS.items() if length <= most), 10)
            self._write(box.text_frame, [(text, size, _INK, False) for text in paragraphs], anchor=MSO_ANCHOR.TOP)
            for paragraph in box.text_frame.paragraphs:
                paragraph.space_after = Pt(size * 0.7)

    @property
    def presentation(self) -> Any:
        """The presentation as it is so far."""
        return self._deck

    def saved(self) -> bytes:
        """The file."""
        target = io.BytesIO()
        self._deck.save(target)
        return target.getvalue()

    def _titled(self, title: str) -> Any:
        slide, place = self._deck.slides.add_slide(self._frame.page), self._frame.title
        box = slide.shapes.title
        if not self._frame.own:
            box.left, box.top, box.width, box.height = place.left, place.top, place.width, place.height
        shown = _cut(title, MOST_OF_A_TITLE)
        anchor = None if self._frame.own else MSO_ANCHOR.MIDDLE
        self._write(box.text_frame, [(shown, _title_size(shown, place), _INK, True)], anchor=anchor)
        _clean(slide, [box])
        if self._frame.own:
            _number(slide, self._frame.page)
        return slide

    def _slide(self, title: str, caption: str, origin: Origin | None) -> Any:
        slide, place = self._titled(title), self._frame.foot
        foot = slide.shapes.add_textbox(place.left, place.top, place.width, place.height)
        foot.name = "caption"
        line = origin.line if origin else ""
        narrow = 1 if place.width > Inches(11) else 2
        shown = _cut(caption, MOST_OF_A_CAPTION)
        texts = [(shown, (12 if len(caption) < 240 / narrow else 10) - (narrow - 1), _INK, False)] if caption else []
        texts += [(line, 9 if len(line) < 420 / narrow else 7, _MUTED, False)] if line else []
        self._write(foot.text_frame, texts, anchor=MSO_ANCHOR.TOP)
        told = [text for text, most in ((title, MOST_OF_A_TITLE), (caption, MOST_OF_A_CAPTION)) if length_of(text) > most]
        notes = [*told, *(f"{name}: {text}" for name, text in (origin.rows if origin else ()))]
        if notes:
            _write(slide.notes_slide.notes_text_frame, [(text, 12, _INK, False) for text in notes], self._language)
        return slide

    def _write(self, frame: Any, lines: Sequence[tuple[str, float, str, bool]], *, anchor: Any = None) -> None:
        _write(frame, lines, self._language, anchor=anchor, themed=self._frame.own)


def _plain(language: Language) -> tuple[Any, Frame]:
    deck = Presentation()
    _widen(deck)
    set_theme_fonts(deck.slide_masters[0].part, language)
    return deck, usual_frame(deck)


def _cut(text: str, most: int) -> str:
    """A text as far as there is room, in Latin letters."""
    if length_of(text) <= most:
        return text
    lengths = accumulate(map(length_of, text))
    return f"{text[: sum(length < most for length in lengths)].rstrip()}…"


def caption_is_cut(text: str) -> bool:
    """Whether a caption is too long for a slide, whose notes then have it whole."""
    return length_of(text) > MOST_OF_A_CAPTION


def _below(slide: Any, title: Any) -> Any:
    """The placeholder of a cover for what stands below its title."""
    kinds = (PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY)
    others = [shape for shape in slide.placeholders if shape.shape_id != title.shape_id and shape.placeholder_format.type in kinds]
    return min(others, key=lambda shape: kinds.index(shape.placeholder_format.type), default=None)


def _clean(slide: Any, filled: Sequence[Any]) -> None:
    """Takes out placeholders nothing was written into."""
    ids = {shape.shape_id for shape in filled}
    for shape in list(slide.placeholders):
        if shape.shape_id not in ids:
            shape._element.getparent().remove(shape._element)


def _number(slide: Any, layout: Any) -> None:
    """Gives the slide the number its layout has; the library copies none."""
    for shape in furniture(layout):
        if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            number = copy.deepcopy(shape._element)
            number.xpath(".//p:cNvPr")[0].set("id", str(max(each.shape_id for each in slide.shapes) + 1))
            slide.shapes._spTree.append(number)


def _title_size(title: str, place: Box) -> int:
    """The largest size at which a title has room: in one line where it is short."""
    wide, tall = place.width / _POINT, place.height / _POINT
    for size in _TITLES:
        lines = max(int(tall / (size * _LINE)), 1) if size <= _TITLES[3] else 1
        if length_of(title) * size * _LETTER <= 0.95 * wide * lines:
            return size
    return 10


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


def _write(
    frame: Any, lines: Sequence[tuple[str, float, str, bool]], language: Language, *, anchor: Any = None, themed: bool = False
) -> None:
    """Paragraphs with size, colour and weight. The fonts are the theme's, so they need no name here; so are its colours if ``themed``."""
    frame.word_wrap = True
    if anchor is not None:
        frame.vertical_anchor = anchor
    for place, (text, size, colour, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = _run(paragraph, text, size, language)
        if themed and frame._parent.is_placeholder:
            continue  # it looks as the template has it
        _look(paragraph, run, colour, bold, themed)


def _look(paragraph: Any, run: Any, colour: str, bold: bool, themed: bool) -> None:
    if themed:
        run.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
        paragraph.alignment = PP_ALIGN.LEFT
    else:
        paragraph.alignment = PP_ALIGN.LEFT
        run.font.bold, run.font.color.rgb = bold, _rgb(colour)


def _run(paragraph: Any, text: str, size: float, language: Language) -> Any:
    run = paragraph.add_run()
    run.text = office_text(text)
    run.font.size = Pt(size)
    run._r.get_or_add_rPr().set("lang", language_tag(language))
    run._r.get_or_add_rPr().set("altLang", "en-US" if language == "zh_CN" else "zh-CN")
    return run


def _rgb(colour: str) -> Any:
    """``#RRGGBB`` as python-pptx takes it."""
    return RGBColor.from_string(colour[1:])  # type: ignore[no-untyped-call]
