"""Tables of slides, written as XML at once: cell by cell through the library they take seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from reports.office.fonts import language_tag
from reports.office.names import office_text
from reports.office.sequences import A
from reports.office.tables import TextTable
from words.language import Language

_HEAD, _WHITE = "#0B5C7A", "#FFFFFF"
#: Room around a text, in EMU.
_SIDE, _TOP = "54864", "18288"


def fill_table(table: Any, content: TextTable, width: int, language: Language) -> None:
    """Fills a new table (its ``a:tbl``) of ``width`` EMU: headings first, figures set right, cells with their colours."""
    size = 8 if len(content.headers) > 12 else 9 if len(content.headers) > 8 else 10 if len(content.rows) > 8 else 12
    for column, share in zip(table.iter(f"{A}gridCol"), content.shares(), strict=True):
        column.set("w", str(int(width * share)))
    for place, (row, line) in enumerate(zip(table.findall(f"{A}tr"), (content.headers, *content.rows), strict=True)):
        for cell in row.findall(f"{A}tc"):
            row.remove(cell)
        for column, text in reversed(list(enumerate(line))):
            fill, ink = (_HEAD, _WHITE) if place == 0 else content.colours(place - 1, column)
            row.insert(0, _cell(text.split("\n"), size, fill, ink, place == 0, column in content.figures, language))


def _cell(lines: Sequence[str], size: float, fill: str, ink: str, bold: bool, figure: bool, language: Language) -> Any:
    cell = etree.Element(f"{A}tc")
    body = etree.SubElement(cell, f"{A}txBody")
    etree.SubElement(body, f"{A}bodyPr")
    etree.SubElement(body, f"{A}lstStyle")
    for line in lines:
        paragraph = etree.SubElement(body, f"{A}p")
        etree.SubElement(paragraph, f"{A}pPr", algn="r" if figure else "l")
        run = etree.SubElement(paragraph, f"{A}r")
        other = "en-US" if language == "zh_CN" else "zh-CN"
        look = {"lang": language_tag(language), "altLang": other, "sz": str(round(100 * size)), "b": "1" if bold else "0"}
        _colour(etree.SubElement(run, f"{A}rPr", look), ink)
        etree.SubElement(run, f"{A}t").text = office_text(line)
    room = {"marL": _SIDE, "marR": _SIDE, "marT": _TOP, "marB": _TOP, "anchor": "ctr"}
    _colour(etree.SubElement(cell, f"{A}tcPr", room), fill)
    return cell


def _colour(parent: Any, colour: str) -> None:
    etree.SubElement(etree.SubElement(parent, f"{A}solidFill"), f"{A}srgbClr", val=colour[1:])
