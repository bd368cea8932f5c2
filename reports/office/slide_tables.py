"""Tables of slides, written as XML at once: cell by cell through the library they take seconds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from lxml import etree

from reports.office.fonts import language_tag
from reports.office.names import office_text
from reports.office.sequences import A
from reports.office.tables import TextTable, length_of
from words.language import Language

_HEAD, _WHITE = "#0B5C7A", "#FFFFFF"
#: Room around a text, in EMU.
_SIDE, _TOP = "54864", "18288"
_POINT = 12700
#: A Latin letter and a line, as multiples of the size of the font.
_LETTER, _LINE = 0.52, 1.3


def fill_table(table: Any, content: TextTable, width: int, height: int, language: Language) -> int:
    """Fills a new table (its ``a:tbl``) of at most this size, in EMU: headings first, figures set right, cells with their colours.

    Returns the height it takes.
    """
    usual = _usual_size(len(content.headers), len(content.rows))
    size, shares = content.fitted(width / _POINT, usual)
    head, each = _heights(content, shares, size, width, height)
    for place, row in enumerate(table.findall(f"{A}tr")):
        row.set("h", str(head if place == 0 else each))
    for column, share in zip(table.iter(f"{A}gridCol"), shares, strict=True):
        column.set("w", str(int(width * share)))
    for place, (row, line) in enumerate(zip(table.findall(f"{A}tr"), (content.headers, *content.rows), strict=True)):
        for cell in row.findall(f"{A}tc"):
            row.remove(cell)
        for column, text in reversed(list(enumerate(line))):
            fill, ink = (_HEAD, _WHITE) if place == 0 else content.colours(place - 1, column)
            row.insert(0, _cell(text.split("\n"), size, fill, ink, place == 0, column in content.figures, language))
    return head + each * len(content.rows)


def _usual_size(columns: int, rows: int) -> float:
    """The size of letters, in points."""
    if columns > 8:
        return 7 if columns > 16 else 8 if columns > 12 else 9
    return 10 if rows > 8 else 12


def _heights(content: TextTable, shares: Sequence[float], size: float, width: int, height: int) -> tuple[int, int]:
    """The heights of the headings, by the lines they take, and of each row."""
    letters = width / _POINT / (size * _LETTER)
    lines = [math.ceil(length_of(header) / max(share * letters - 2, 1)) for header, share in zip(content.headers, shares, strict=True)]
    head = int((max(lines, default=1) * size * _LINE + 6) * _POINT)
    room = (height - head) // max(len(content.rows), 1)
    return head, min(room, int((content.tallest * size * _LINE + 10) * _POINT))


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
