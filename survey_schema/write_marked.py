"""The user's own workbook with the cells of findings coloured and commented, and the findings in front.

.xlsx and .xlsm keep everything openpyxl keeps (formats, formulas, macros). Other kinds, and files openpyxl cannot
open, become a new .xlsx with their cells. Where even that is too large, only the rows with findings are written.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.workbook import Workbook as OpenWorkbook
from openpyxl.worksheet.worksheet import Worksheet

from survey_schema.findings import Finding, Findings, Severity
from survey_schema.findings_sheet import (
    LONGEST_SHEET_NAME,
    add_findings_sheet,
    remove_findings_sheet,
    severity_fill,
    severity_text,
    write_text,
)
from survey_schema.language import Language, translator
from survey_schema.read_workbook import read_workbook
from survey_schema.sheets import Sheet, Workbook

#: Above this many cells (styled empty ones count) openpyxl takes minutes and gigabytes.
MOST_CELLS = 1_000_000
MOST_XML_BYTES = 200 * 2**20
HEADER_ROWS_KEPT = 3
COMMENT_AUTHOR = "Manyi 满意"
LONGEST_COMMENT = 1_500
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


@dataclass(frozen=True)
class Mark:
    """What stands at one cell: the worst severity and all texts."""

    severity: Severity
    text: str


Marks = dict[str, dict[str, Mark]]


def write_marked_workbook(source: Path | bytes, name: str, findings: Findings, language: Language) -> bytes:
    """The marked-up workbook as the bytes of an .xlsx or (from .xlsm) .xlsm file; :func:`marked_file_name` names it.

    Raises ``ManyiError`` when the workbook cannot be read at all.
    """
    grid = read_workbook(source, name)
    content = source if isinstance(source, bytes) else source.read_bytes()
    marked = _marked_book(content, grid, marks_of(findings, language), language)
    add_findings_sheet(marked.book, findings, language, marked.remarks, marked.link_sheets)
    target = io.BytesIO()
    marked.book.save(target)
    return target.getvalue()


def marked_file_name(name: str, marked: bytes, language: Language) -> str:
    """A file name for a marked-up workbook, with the extension its content needs."""
    with zipfile.ZipFile(io.BytesIO(marked)) as archive:
        macros = b"macroEnabled" in archive.read("[Content_Types].xml")
    stem = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", Path(name).stem) or "workbook"
    _ = translator(language)
    ending = _("marked_up")
    return f"{stem}_{ending}{'.xlsm' if macros else '.xlsx'}"


def marks_of(findings: Findings, language: Language) -> Marks:
    """Sheet name → cell → what to write there; findings without a cell are in the findings sheet only."""
    found: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings.listed:
        if finding.sheet is not None and finding.cell:
            found.setdefault(finding.sheet, {}).setdefault(finding.cell, []).append(finding)
    return {sheet: {cell: _mark(several, language) for cell, several in cells.items()} for sheet, cells in found.items()}


def _mark(several: Sequence[Finding], language: Language) -> Mark:
    worst = min((finding.severity for finding in several), key=_ORDER.index)
    text = "\n".join(f"{severity_text(finding.severity, language)}: {finding.text(language)}" for finding in several)
    return Mark(worst, text if len(text) <= LONGEST_COMMENT else text[: LONGEST_COMMENT - 1] + "…")


@dataclass(frozen=True)
class _Marked:
    """A book with marks, remarks for its reader, and the sheet to link to for each sheet of the file."""

    book: OpenWorkbook
    remarks: tuple[str, ...]
    link_sheets: dict[str, str]


def _marked_book(content: bytes, grid: Workbook, marks: Marks, language: Language) -> _Marked:
    _ = translator(language)
    if grid.kind in ("xlsx", "xlsm") and _fits_openpyxl(content):
        book = _own_file(content, grid)
        if book is not None:
            for sheet in book.worksheets:
                _put_marks(sheet, marks.get(sheet.title, {}))
            return _Marked(book, (), {title: title for title in book.sheetnames})
    book = OpenWorkbook()
    blank = book.active
    sheets = {raw.name: book.create_sheet(_sheet_title(raw.name)) for raw in grid.sheets}
    book.remove(blank)
    if sum(sheet.height * sheet.width for sheet in grid.sheets) <= MOST_CELLS:
        for raw in grid.sheets:
            _copy_grid(raw, sheets[raw.name], marks.get(raw.name, {}))
        remark = _("The cells of your file were copied into this new workbook.")
        return _Marked(book, (remark,), {name: sheet.title for name, sheet in sheets.items()})
    for raw in grid.sheets:
        _copy_affected_rows(raw, sheets[raw.name], marks.get(raw.name, {}), language)
    return _Marked(book, (_("The file is large: only its first rows and the rows with findings are shown."),), {})


def _sheet_title(name: str) -> str:
    """A sheet name that Excel accepts."""
    return re.sub(r"[\\*?:/\[\]]", "_", name)[:LONGEST_SHEET_NAME] or "Sheet"


def _fits_openpyxl(content: bytes) -> bool:
    """Whether openpyxl can hold the file: so much XML, and so many cells to make objects of."""
    cells = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_XML_BYTES:
            return False
        for part in archive.namelist():
            if part.startswith("xl/worksheets/"):
                with archive.open(part) as source:
                    while piece := source.read(1 << 22):
                        cells += piece.count(b"<c ") + piece.count(b":c ")
    return cells <= MOST_CELLS


def _own_file(content: bytes, grid: Workbook) -> OpenWorkbook | None:
    """The user's file as openpyxl sees it, without earlier marks; None when openpyxl cannot open it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts openpyxl leaves out; nobody reads a server's standard error
            book = openpyxl.load_workbook(io.BytesIO(content), keep_vba=grid.kind == "xlsm")
    except Exception:  # openpyxl raises whatever its XML mapping meets; calamine has read the file, so its cells can be copied
        return None
    remove_findings_sheet(book)
    for sheet in book.worksheets:
        for cell in list(sheet._cells.values()):  # the public iterators would make objects for every empty cell in between
            if getattr(cell, "comment", None) and cell.comment.author == COMMENT_AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()
    return book


def _copy_grid(raw: Sheet, sheet: Worksheet, cells: Mapping[str, Mark]) -> None:
    for row in range(raw.height):
        _write_row(sheet, row + 1, raw.row(row))
    sheet.sheet_state = "hidden" if raw.hidden else "visible"
    _put_marks(sheet, cells)


def _copy_affected_rows(raw: Sheet, sheet: Worksheet, cells: Mapping[str, Mark], language: Language) -> None:
    """The first rows and those with marks, each with its number in the file in front."""
    rows = sorted({*range(min(HEADER_ROWS_KEPT, raw.height)), *_rows_of(cells, raw)})
    _ = translator(language)
    write_text(sheet.cell(1, 1), _("Row in your file"))
    places = {row: place for place, row in enumerate(rows, start=2)}
    for row, place in places.items():
        sheet.cell(place, 1).value = row + 1
        sheet.cell(place, 1).font = Font(color="66717C")
        _write_row(sheet, place, raw.row(row), first_column=2)
    for cell, mark in cells.items():
        letters, number = coordinate_from_string(cell)
        if number - 1 in places:
            _put_mark(sheet.cell(places[number - 1], column_index_from_string(letters) + 1), mark)


def _rows_of(cells: Iterable[str], raw: Sheet) -> set[int]:
    rows = {coordinate_from_string(cell)[1] - 1 for cell in cells}
    return {row for row in rows if row < raw.height}


def _write_row(sheet: Worksheet, row: int, values: Sequence[object], first_column: int = 1) -> None:
    for column, value in enumerate(values, start=first_column):
        if isinstance(value, str):
            if value:
                write_text(sheet.cell(row, column), value)
        elif isinstance(value, bool | int | float | datetime | date | time | timedelta):
            sheet.cell(row, column).value = value


def _put_marks(sheet: Worksheet, cells: Mapping[str, Mark]) -> None:
    for reference, mark in cells.items():
        _put_mark(_visible_cell(sheet, reference), mark)


def _visible_cell(sheet: Worksheet, reference: str) -> Cell:
    """The cell, or the corner of the merged range it is part of."""
    cell = sheet[reference]
    if isinstance(cell, MergedCell):
        merged = next(area for area in sheet.merged_cells.ranges if reference in area)
        return sheet.cell(merged.min_row, merged.min_col)
    return cell


def _put_mark(cell: Cell, mark: Mark) -> None:
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(before + mark.text, COMMENT_AUTHOR, height=120, width=320)
    cell.fill = severity_fill(mark.severity)
