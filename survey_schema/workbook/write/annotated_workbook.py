"""The user's own workbook with the cells of findings coloured and commented, and the findings in front.

.xlsx and .xlsm keep everything openpyxl keeps (formats, formulas, macros). Other kinds, and files openpyxl cannot
open, become a new .xlsx with their cells. Where even that is too large, only the rows with findings are written.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries
from openpyxl.workbook import Workbook as OpenWorkbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from survey_schema.workbook.check.findings import Finding, Findings, Severity
from survey_schema.workbook.read.read_workbook import STANDARD_LIMITS, file_content, read_here
from survey_schema.workbook.read.sheets import HEAD_ROWS, Sheet, Workbook, column_letters
from survey_schema.workbook.worker.read_limits import ReadLimits, stopped
from survey_schema.workbook.worker.run_limited import LimitError, run_limited
from survey_schema.workbook.write.findings_sheet import (
    LONGEST_SHEET_NAME,
    add_findings_sheet,
    remove_findings_sheet,
    severity_fill,
    severity_text,
    write_text,
)
from words.language import Language, translator
from words.shown_text import xml_text

#: Above this many cells (styled empty ones count) openpyxl takes minutes and gigabytes.
MOST_CELLS = 1_000_000
MOST_XML_BYTES = 200 * 2**20
#: How long marking may take, for the user's own file and again for copying its cells.
SECONDS_AT_FIRST, SECONDS_A_MEGABYTE = 15, 10
HEADER_ROWS_KEPT = 3
COMMENT_AUTHOR = "Manyi 满意"
LONGEST_COMMENT = 1_500
#: openpyxl makes a cell of every cell a link spans.
_LINKED_RANGE = re.compile(rb'<(?:\w{1,20}:)?hyperlink\s[^<>]*?\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


@dataclass(frozen=True)
class Mark:
    """What stands at one cell: the worst severity and all texts."""

    severity: Severity
    text: str


Marks = dict[str, dict[str, Mark]]


def write_annotated_workbook(
    source: Path | bytes, name: str, findings: Findings, language: Language, limits: ReadLimits = STANDARD_LIMITS
) -> bytes:
    """The marked-up workbook as the bytes of an .xlsx or (from .xlsm) .xlsm file.

    Made in the worker. Where marking the user's own file comes to nothing, its cells are copied. Raises ``ManyiError`` when the workbook
    cannot be read at all.
    """
    content = file_content(source, limits)
    allowed = limits.for_file(len(content))
    seconds = min(limits.seconds, SECONDS_AT_FIRST + SECONDS_A_MEGABYTE * len(content) // 2**20)
    half = replace(allowed, seconds=seconds, result_bytes=max(allowed.result_bytes, 2 * len(content)))
    try:
        return run_limited(half, annotated_here, content, name, findings, language, limits, True)
    except LimitError:
        try:
            return run_limited(half, annotated_here, content, name, findings, language, limits, False)
        except LimitError as error:
            raise stopped(error, limits, len(content)) from error


def annotated_here(content: bytes, name: str, findings: Findings, language: Language, limits: ReadLimits, own_file: bool) -> bytes:
    """Mark up in this process, which must be the worker; ``own_file`` tries the user's file before its cells are copied."""
    grid = read_here(content, name, limits)
    findings = _in_cells(findings, grid) if grid.kind == "sav" else findings
    marks = marks_of(findings, language)
    if own_file and grid.kind in ("xlsx", "xlsm") and _fits_openpyxl(content, grid):
        marked = _own_file_marked(content, grid, marks, findings, language)
        if marked is not None:
            return marked
    return _saved(_copied(grid, marks, language), findings, language)


def _in_cells(findings: Findings, grid: Workbook) -> Findings:
    """Findings about variables and cases of an SPSS file at the cells they have in a workbook: two rows of names stand above the cases."""
    letters = {name: column_letters(column) for sheet in grid.sheets for column, name in enumerate(sheet.names)}

    def moved(finding: Finding) -> Finding:
        name, _, case = (finding.cell or "").rpartition(":")
        if name in letters and case.isdigit():
            return replace(finding, cell=f"{letters[name]}{int(case) + HEAD_ROWS}")
        return replace(finding, cell=f"{letters[case]}1") if case in letters else finding

    return replace(findings, listed=tuple(map(moved, findings.listed)))


def _saved(marked: _Marked, findings: Findings, language: Language) -> bytes:
    add_findings_sheet(marked.book, findings, language, marked.remarks, marked.link_sheets)
    target = io.BytesIO()
    marked.book.save(target)
    return target.getvalue()


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


def _own_file_marked(content: bytes, grid: Workbook, marks: Marks, findings: Findings, language: Language) -> bytes | None:
    """The user's file with marks; None where openpyxl cannot open or write it, or writes what cannot be read."""
    try:
        book = _own_file(content, grid)
        for sheet in book.worksheets:
            _put_marks(sheet, marks.get(sheet.title, {}))
        marked = _saved(_Marked(book, (), {title: title for title in book.sheetnames}), findings, language)
        again = CalamineWorkbook.from_filelike(io.BytesIO(marked))
        for name in again.sheet_names:
            again.get_sheet_by_name(name)
    except MemoryError:
        raise
    except BaseException:  # openpyxl raises whatever its XML mapping meets; calamine has read the file, so its cells can be copied
        return None
    return marked


def _copied(grid: Workbook, marks: Marks, language: Language) -> _Marked:
    """The cells of the file in a new workbook."""
    _ = translator(language)
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
    return re.sub(r"[\\*?:/\[\]]|^'|'$", "_", xml_text(name)[:LONGEST_SHEET_NAME]) or "Sheet"


def _fits_openpyxl(content: bytes, grid: Workbook) -> bool:
    """Whether openpyxl can hold the file: so much XML, and so many cells to make objects of, those of merged ranges included."""
    cells = sum((bottom - top + 1) * (right - left + 1) for sheet in grid.sheets for top, left, bottom, right in sheet.merged)
    if cells > MOST_CELLS or any(_holds_covered_values(sheet) for sheet in grid.sheets):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_XML_BYTES:
            return False
        for part in archive.namelist():
            if part.startswith("xl/worksheets/"):
                with archive.open(part) as source:
                    while piece := source.read(1 << 22):
                        cells += piece.count(b"<c ") + piece.count(b":c ")
                        cells += sum(_area(found[1]) for found in _LINKED_RANGE.finditer(piece))
    return cells <= MOST_CELLS


def _holds_covered_values(sheet: Sheet) -> bool:
    """Whether merged cells hold values below the one that is seen, as other programs leave them; openpyxl would drop them."""
    for top, left, bottom, right in sheet.merged:
        for place in range(left, min(right + 1, sheet.width)):
            column = sheet.columns[place]
            codes = column.codes[top + (place == left) : bottom + 1]
            if any(column.values[code] != "" for code in np.unique(codes)):
                return True
    return False


def _area(reference: bytes) -> int:
    left, top, right, bottom = range_boundaries(reference.decode())
    return int(max(0, right - left + 1) * max(0, bottom - top + 1))


def _own_file(content: bytes, grid: Workbook) -> OpenWorkbook:
    """The user's file as openpyxl sees it, without earlier marks."""
    book = openpyxl.load_workbook(io.BytesIO(content), keep_vba=grid.kind == "xlsm")
    remove_findings_sheet(book)
    raws = {raw.name: raw for raw in grid.sheets}
    for sheet in book.worksheets:
        if sheet.title in raws:
            _empty_below_links(sheet, raws[sheet.title])
        for cell in list(sheet._cells.values()):  # the public iterators would make objects for every empty cell in between
            if getattr(cell, "comment", None) and cell.comment.author == COMMENT_AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()
    return book


def _empty_below_links(sheet: Worksheet, raw: Sheet) -> None:
    """Empty cells with a link stay empty: openpyxl writes its address into each, which would be an answer at the next upload."""
    for cell in sheet._cells.values():
        link = getattr(cell, "hyperlink", None)
        if link is not None and cell.value in (link.target, link.location) and raw.cell(cell.row - 1, cell.column - 1) == "":
            cell.value = None


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
    """Marks at their cells; inside a merged range at its corner, the only cell of it that is seen."""
    corners: dict[tuple[int, int], tuple[int, int]] = {}
    for reference, mark in cells.items():
        cell = sheet[reference]
        if isinstance(cell, MergedCell):
            corners = corners or _corners(sheet)
            cell = sheet.cell(*corners[cell.row, cell.column])
        _put_mark(cell, mark)


def _corners(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    return {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }


def _put_mark(cell: Cell, mark: Mark) -> None:
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(xml_text(before + mark.text), COMMENT_AUTHOR, height=120, width=320)
    cell.fill = severity_fill(mark.severity)
