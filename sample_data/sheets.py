"""Writing sample workbooks: the same bytes at every run, in the layouts real workbooks have.

Eight waves of the province are 2.7 million cells. Whole columns are turned into text at once here, which takes a
quarter of the time XlsxWriter needs cell by cell; the parts below are all that a workbook must have.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd

_DAY_ZERO = date(1899, 12, 30)
_PLAIN, _DAY, _HEADING, _TITLE = range(4)  # positions in cellXfs of styles.xml
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="14"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE4EEF3"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1">'
    '<alignment vertical="center" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True)
class Sheet:
    """A table to write.

    ``title`` stands above it, ``groups`` make a merged header row over (first, last) columns, ``corner`` is how many rows and columns
    stay empty before it.
    """

    name: str
    table: pd.DataFrame
    title: str | None = None
    groups: Sequence[tuple[int, int, str]] = field(default_factory=tuple)
    corner: tuple[int, int] = (0, 0)


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> Path:
    """Writes the sheets; missing values become empty cells, dates real dates, text stays text even if it begins with ``=``."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:

        def add(name: str, text: str) -> None:
            package.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)

        numbers = range(1, len(sheets) + 1)
        parts = "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPES}.worksheet+xml"/>' for number in numbers
        )
        add(
            "[Content_Types].xml",
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{parts}</Types>',
        )
        add("_rels/.rels", _relationships(["officeDocument"], ["xl/workbook.xml"]))
        names = "".join(
            f'<sheet name="{escape(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
            for number, sheet in zip(numbers, sheets, strict=True)
        )
        add("xl/workbook.xml", f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{names}</sheets></workbook>')
        targets = [*(f"worksheets/sheet{number}.xml" for number in numbers), "styles.xml"]
        add("xl/_rels/workbook.xml.rels", _relationships([*["worksheet"] * len(sheets), "styles"], targets))
        add("xl/styles.xml", _STYLES)
        for number, sheet in zip(numbers, sheets, strict=True):
            add(f"xl/worksheets/sheet{number}.xml", _sheet_xml(sheet))
    return path


def _relationships(kinds: Sequence[str], targets: Sequence[str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(zip(kinds, targets, strict=True), start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _sheet_xml(sheet: Sheet) -> str:
    row, left = sheet.corner[0] + 1, sheet.corner[1]
    letters = [_letters(left + place) for place in range(len(sheet.table.columns))]
    rows, merged = [], []
    if sheet.title:
        rows.append(_row(row, [(letters[0], sheet.title)], _TITLE))
        row += 2
    if sheet.groups:
        rows.append(_row(row, [(letters[first], text) for first, _last, text in sheet.groups], _HEADING))
        merged = [f'<mergeCell ref="{letters[first]}{row}:{letters[last]}{row}"/>' for first, last, _text in sheet.groups if last > first]
        row += 1
    rows.append(_row(row, list(zip(letters, sheet.table.columns, strict=True)), _HEADING))
    tails = [_cell_tails(sheet.table[name]) for name in sheet.table.columns]
    for number, cells in enumerate(zip(*tails, strict=True), start=row + 1):
        filled = "".join([f'<c r="{letter}{number}"{tail}' for letter, tail in zip(letters, cells, strict=True) if tail])
        rows.append(f'<row r="{number}">{filled}</row>')
    merges = f'<mergeCells count="{len(merged)}">{"".join(merged)}</mergeCells>' if merged else ""
    widths = f'<cols><col min="{left + 1}" max="{left + len(letters)}" width="13" customWidth="1"/></cols>'
    return f'{_HEAD}<worksheet xmlns="{_MAIN}">{widths}<sheetData>{"".join(rows)}</sheetData>{merges}</worksheet>'


def _row(number: int, cells: Sequence[tuple[str, str]], style: int) -> str:
    written = "".join(f'<c r="{letter}{number}"{_tail(text, style)}' for letter, text in cells)
    return f'<row r="{number}">{written}</row>'


def _cell_tails(column: pd.Series) -> list[str]:
    """What follows the reference in the XML of each cell; empty for a missing value. Each different value is worded once."""
    values = column.tolist()
    known = {value: _tail(value) for value in set(values)}
    return [known[value] for value in values]


def _tail(value: object, style: int = _PLAIN) -> str:
    if isinstance(value, str):
        return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, date):
        return f' s="{_DAY}"><v>{(value - _DAY_ZERO).days}</v></c>'
    return "" if pd.isna(value) else f"><v>{value!r}</v></c>"


def _letters(place: int) -> str:
    """Letters of a column counted from 0."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)
