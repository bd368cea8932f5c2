"""Tables of documents, written as XML at once: cell by cell through the library they take seconds."""

from __future__ import annotations

from typing import Any

from lxml import etree

from reports.office.fonts import language_tag, named_fonts
from reports.office.names import office_text
from reports.office.tables import TextTable
from words.language import Language

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEAD, _WHITE, _LINE = "#0B5C7A", "#FFFFFF", "DFE4E8"
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
#: EMU that are a twentieth of a point, and a point.
_TWIPS = 635
_POINT = 12700


def table_xml(content: TextTable, width: int, language: Language) -> Any:
    """A table (``w:tbl``) of ``width`` EMU; its headings stand on every page, thin grey lines around all cells."""
    size, shares = content.fitted(width / _POINT, 9 if len(content.headers) <= 7 else 7.5 if len(content.headers) <= 11 else 6.5)
    widths = [str(int(width * share / _TWIPS)) for share in shares]
    table = etree.Element(f"{W}tbl", nsmap={"w": W[1:-1]})
    properties = etree.SubElement(table, f"{W}tblPr")
    _add(properties, "tblW", w=str(width // _TWIPS), type="dxa")
    borders = etree.SubElement(properties, f"{W}tblBorders")
    for side in _SIDES:
        _add(borders, side, val="single", sz="4", space="0", color=_LINE)
    _add(properties, "tblLayout", type="fixed")
    grid = etree.SubElement(table, f"{W}tblGrid")
    for each in widths:
        _add(grid, "gridCol", w=each)
    for place, line in enumerate((content.headers, *content.rows)):
        row = etree.SubElement(table, f"{W}tr")
        row_properties = etree.SubElement(row, f"{W}trPr")
        _add(row_properties, "cantSplit")
        if place == 0:
            _add(row_properties, "tblHeader")
        for column, text in enumerate(line):
            fill, ink = (_HEAD, _WHITE) if place == 0 else content.colours(place - 1, column)
            cell = etree.SubElement(row, f"{W}tc")
            cell_properties = etree.SubElement(cell, f"{W}tcPr")
            _add(cell_properties, "tcW", w=widths[column], type="dxa")
            _add(cell_properties, "shd", val="clear", color="auto", fill=fill[1:])
            for part in text.split("\n"):
                _paragraph(cell, part, size, ink, place == 0, column in content.figures, language)
    return table


def _paragraph(cell: Any, text: str, size: float, ink: str, bold: bool, figure: bool, language: Language) -> None:
    paragraph = etree.SubElement(cell, f"{W}p")
    layout = etree.SubElement(paragraph, f"{W}pPr")
    _add(layout, "spacing", before="20", after="20", line="240", lineRule="auto")
    _add(layout, "jc", val="right" if figure else "left")
    run = etree.SubElement(paragraph, f"{W}r")
    look, fonts = etree.SubElement(run, f"{W}rPr"), named_fonts(language)
    _add(look, "rFonts", ascii=fonts.latin, hAnsi=fonts.latin, eastAsia=fonts.east_asian)
    if bold:
        _add(look, "b")
    _add(look, "color", val=ink[1:])
    _add(look, "sz", val=str(round(2 * size)))
    _add(look, "lang", val="en-US", eastAsia=language_tag("zh_CN"))
    told = etree.SubElement(run, f"{W}t")
    told.text = office_text(text)
    told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _add(parent: Any, name: str, **values: str) -> None:
    etree.SubElement(parent, f"{W}{name}", {f"{W}{attribute}": value for attribute, value in values.items()})
