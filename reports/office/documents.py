"""Documents: headings, native charts, tables and pictures one below the other, each with its caption and where it comes from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu, Pt, RGBColor
from lxml import etree

from reports.office.document_fonts import set_document_fonts
from reports.office.document_tables import table_xml
from reports.office.fonts import language_tag, named_fonts
from reports.office.names import office_text
from reports.office.origin import Origin
from reports.office.pen import NativeChart
from reports.office.pictures import Picture
from reports.office.sequences import C, R, insert
from reports.office.tables import TextTable
from words.language import Language

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_INK, _MUTED = RGBColor(0x1C, 0x28, 0x33), RGBColor(0x66, 0x71, 0x7C)
_WIDTH, _EDGE = Cm(17), Cm(2)


class Paper:
    """A document that is being made, A4 upright, in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._document = Document()
        self._drawings = 0
        set_document_fonts(self._document, language)
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _EDGE

    def heading(self, text: str, level: int = 1) -> None:
        """A heading."""
        paragraph = self._document.add_heading("", level)
        self._run(paragraph, text, 18 if level == 1 else 13, _INK, bold=True)

    def cover(self, title: str, lines: Sequence[str]) -> None:
        """The first page: a title and what stands below it, a line each."""
        self._run(self._document.add_heading("", 0), title, 28, _INK, bold=True)
        for place, line in enumerate(lines):
            self.text(line, 14 if place == 0 else 11, muted=True)
        self.new_page()

    def new_page(self) -> None:
        """What follows begins a page."""
        self._document.add_page_break()  # type: ignore[no-untyped-call]

    def text(self, text: str, size: float = 10.5, *, muted: bool = False) -> None:
        """A paragraph; nothing of an empty text."""
        if text:
            self._run(self._document.add_paragraph(), text, size, _MUTED if muted else _INK)

    def origin(self, origin: Origin) -> None:
        """Where the figures above come from."""
        self.text(origin.line, 8, muted=True)

    def chart(self, chart: NativeChart, *, alt_text: str, item: str, height: float = 9.5) -> None:
        """A native chart in a paragraph of its own; ``height`` in centimetres."""
        package = self._document.part.package
        number = self._next("/word/charts/chart{}.xml")
        book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _BOOK_TYPE, chart.workbook, package)
        part = _ChartPart(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
        part.draw(chart.xml, part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE))
        relation = self._document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        paragraph = self._document.add_paragraph()
        paragraph.add_run()._r.append(self._inline(relation, int(_WIDTH), int(Cm(height)), item, alt_text))

    def picture(self, picture: Picture, *, alt_text: str, item: str) -> None:
        """A picture over the width of the page."""
        run = self._document.add_paragraph().add_run()
        shown = run.add_picture(io.BytesIO(picture.png), width=Emu(_WIDTH))
        self._drawings += 1
        properties = shown._inline.docPr
        properties.set("id", str(self._drawings))
        properties.set("name", f"manyi:{office_text(item)}")
        properties.set("descr", office_text(alt_text))

    def table(self, table: TextTable) -> None:
        """A table over the width of the page; its headings stand on every page."""
        body = self._document.element.body
        body.insert(len(body) - 1, table_xml(table, int(_WIDTH), self._language))  # the section's properties stay last

    def saved(self) -> bytes:
        """The file."""
        target = io.BytesIO()
        self._document.save(target)
        return target.getvalue()

    def _run(self, paragraph: Any, text: str, size: float, colour: RGBColor, *, bold: bool = False) -> None:
        run = paragraph.add_run(office_text(text))
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
        fonts, properties = named_fonts(self._language), run._r.get_or_add_rPr()
        run.font.name = fonts.latin
        properties.rFonts.set(qn("w:eastAsia"), fonts.east_asian)
        marked = OxmlElement("w:lang")
        marked.set(qn("w:val"), "en-US")
        marked.set(qn("w:eastAsia"), language_tag("zh_CN"))
        properties.append(marked)

    def _next(self, template: str) -> int:
        taken = {str(part.partname) for part in self._document.part.package.iter_parts()}
        return next(number for number in range(1, len(taken) + 2) if template.format(number) not in taken)

    def _inline(self, relation: str, width: int, height: int, item: str, alt_text: str) -> Any:
        self._drawings += 1
        drawing = parse_xml(
            f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')}><wp:inline distT='0' distB='0' distL='0' distR='0'>"
            f"<wp:extent cx='{width}' cy='{height}'/><wp:effectExtent l='0' t='0' r='0' b='0'/><wp:docPr id='{self._drawings}' name=''/>"
            "<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/chart'>"
            f"<c:chart xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' r:id='{relation}'/>"
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
        properties = drawing.find(f".//{qn('wp:docPr')}")
        properties.set("name", f"manyi:{office_text(item)}")
        properties.set("descr", office_text(alt_text))
        return drawing


class _ChartPart(Part):
    """A chart of a document. Its XML names the relation to its workbook, so it is written when that relation exists."""

    def draw(self, xml: bytes, relation: str) -> None:
        """Takes the chart's XML and has it edited in the workbook of that relation."""
        chart = etree.fromstring(xml)
        data = insert(chart, etree.Element(f"{C}externalData", {f"{R}id": relation}))
        etree.SubElement(data, f"{C}autoUpdate", val="0")
        self._blob = bytes(etree.tostring(chart, xml_declaration=True, encoding="UTF-8", standalone=True))
