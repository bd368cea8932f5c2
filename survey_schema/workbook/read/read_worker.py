"""What a spreadsheet or a text file holds, cell by cell. Runs in the worker process (:mod:`survey_schema.workbook.worker.run_limited`)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from survey_schema.workbook.read.cell_formats import old_file_counts_from_1904
from survey_schema.workbook.read.growing_columns import GrowingColumns
from survey_schema.workbook.read.mend_zip import with_known_errors
from survey_schema.workbook.read.read_text import NotTextError, text_rows
from survey_schema.workbook.read.scan_sheet_xml import SheetScan, scan_workbook, sheet_parts, sheet_places
from survey_schema.workbook.read.sheet_pieces import LARGE_SHEET_BYTES, UnevenRowsError, credible_size, sheet_in_pieces
from survey_schema.workbook.read.sheets import Calendar, Kind, Sheet
from survey_schema.workbook.worker.limited_worker import memory_is_limited
from survey_schema.workbook.worker.read_limits import ReadLimits

#: Below this size scanning first costs nothing noticeable, and a stray cell gets its exact sentence.
SCAN_FIRST_BYTES = 32 * 2**20
#: An .xls file with a password: after the record its globals begin with (BOF of BIFF8, 16 bytes) comes FILEPASS.
_BIFF8, _FILEPASS = b"\x09\x08\x10\x00", b"\x2f\x00"
#: Merged cells, first and last of each.
_Ranges = Iterable[tuple[tuple[int, int], tuple[int, int]]]


class RefusedError(Exception):
    """A limit is violated; ``reason`` and ``parameters`` become a sentence in the parent."""

    def __init__(self, reason: str, **parameters: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.parameters = parameters


def check_size(name: str, height: int, width: int, limits: ReadLimits, content_bytes: int) -> None:
    """Refuse a sheet that is taller or wider than allowed in a file of that size, unpacked."""
    most = limits.rows_within(height, content_bytes)
    if height > most:
        raise RefusedError("rows", sheet=name, found=height, limit=most)
    if width > limits.max_columns:
        raise RefusedError("columns", sheet=name, found=width, limit=limits.max_columns)


def read_sheet(sheet: CalamineSheet, hidden: bool, scan: SheetScan, calendar: Calendar) -> Sheet:
    """One worksheet."""
    columns = GrowingColumns()
    if sheet.start is not None:
        # calamine's rows start at row 1 of the sheet, but at its first column with content
        columns.add(sheet.iter_rows(), sheet.width, booleans=scan.booleans, left=sheet.start[1])
    return _finished(sheet.name, hidden, columns, sheet.merged_cell_ranges or (), scan, calendar)


def _finished(name: str, hidden: bool, columns: GrowingColumns, merged: _Ranges, scan: SheetScan, calendar: Calendar) -> Sheet:
    columns.put_errors(scan.errors)
    columns.put_per_cents(scan.per_cents)
    raw = columns.finished()
    return Sheet(
        name=name,
        hidden=hidden,
        height=columns.height,
        width=len(raw),
        columns=raw,
        merged=tuple((*first, *last) for first, last in merged),
        formulas_without_value=tuple(scan.formulas_without_value),
        formulas_without_value_total=scan.formulas_without_value_total,
        placeholders=tuple(scan.placeholders),
        hidden_rows=np.array(scan.hidden_rows, dtype=np.int32),
        calendar="1904" if scan.counts_from_1904 else calendar,
    )


def read_spreadsheet(content: bytes, kind: Kind, limits: ReadLimits, uncompressed_bytes: int) -> tuple[Sheet, ...]:
    """All worksheets of a spreadsheet file. Raises :class:`RefusedError` beyond a limit, and whatever the parser raises.

    One error value the parser does not know costs it the whole file: it then reads a copy in which that is one it knows.
    """
    try:
        return _read_spreadsheet(content, kind, limits, uncompressed_bytes)
    except (RefusedError, PasswordError, MemoryError):
        raise
    except BaseException:
        if kind not in ("xlsx", "xlsm"):
            raise
        scans = scan_workbook(content)
        mended = with_known_errors(content, {text for scan in scans.values() for *_place, text in scan.errors}, sheet_parts(content))
        if mended is None:
            raise
        return _read_spreadsheet(mended, kind, limits, uncompressed_bytes, scans)


def _read_spreadsheet(
    content: bytes, kind: Kind, limits: ReadLimits, uncompressed_bytes: int, scans: Mapping[str, SheetScan] | None = None
) -> tuple[Sheet, ...]:
    if kind == "xls" and _has_password(content):
        raise PasswordError
    large = _large_sheets(content, limits, uncompressed_bytes) if kind in ("xlsx", "xlsm") else {}
    with ThreadPoolExecutor(1) as pool:
        scanning: Future[dict[str, SheetScan]] | None = pool.submit(scan_workbook, content) if kind in ("xlsx", "xlsm") else None

        from_1904 = kind == "xls" and old_file_counts_from_1904(content)

        def scanned(name: str) -> SheetScan:
            found = (scans or scanning.result()).get(name) if scanning else None
            return found or SheetScan(booleans=True, counts_from_1904=from_1904)

        if scanning and (not memory_is_limited() or uncompressed_bytes <= SCAN_FIRST_BYTES):
            for name, scan in scanning.result().items():
                check_size(name, scan.height, scan.width, limits, uncompressed_bytes)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        listed = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        if len(listed) > limits.max_sheets:
            raise RefusedError("sheets", found=len(listed), limit=limits.max_sheets)
        sheets, cells = [], 0

        def allow(name: str, end: tuple[int, int] | None) -> None:
            bottom, right = end or (-1, -1)
            check_size(name, bottom + 1, right + 1, limits, uncompressed_bytes)
            if cells + (bottom + 1) * (right + 1) > limits.max_cells:
                raise RefusedError("sheet_cells", sheet=name, rows=bottom + 1, columns=right + 1, limit=limits.max_cells)

        for listing in listed:
            name, hidden = listing.name, listing.visible != SheetVisibleEnum.Visible
            sheet = _read_large(content, large[name], name, hidden, scanned, allow) if name in large else None
            if sheet is None:
                whole = book.get_sheet_by_name(name)
                allow(name, whole.end)
                sheet = read_sheet(whole, hidden, scanned(name), "open" if kind == "ods" else "1900")
            cells += sheet.height * sheet.width
            sheets.append(sheet)
    return tuple(sheets)


def _large_sheets(content: bytes, limits: ReadLimits, uncompressed_bytes: int) -> dict[str, str]:
    """Where in the archive the sheets lie that are read in pieces; refuses one that is too large by its own, credible statement."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: part for name, part in sheet_places(archive) if archive.getinfo(part).file_size > LARGE_SHEET_BYTES}
        for name, part in parts.items():
            if size := credible_size(archive, part):
                check_size(name, size.rows, 0, limits, uncompressed_bytes)
                if size.cells > limits.max_cells:
                    raise RefusedError("sheet_cells", sheet=name, rows=size.rows, columns=size.columns, limit=limits.max_cells)
    return parts


def _read_large(
    content: bytes,
    part: str,
    name: str,
    hidden: bool,
    scanned: Callable[[str], SheetScan],
    allow: Callable[[str, tuple[int, int] | None], None],
) -> Sheet | None:
    """A sheet read piece by piece; None where its rows cannot be told apart by their numbers."""
    columns, merged, right = GrowingColumns(), None, -1
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        try:
            for piece in sheet_in_pieces(archive, part):
                sheet = CalamineWorkbook.from_filelike(io.BytesIO(piece)).get_sheet_by_name(name)
                merged = sheet.merged_cell_ranges
                if sheet.start is None or sheet.end is None:
                    continue
                (top, left), right = sheet.start, max(right, sheet.end[1])
                allow(name, (sheet.end[0], right))
                if top < columns.height:  # rows that are not in their order
                    return None
                columns.reach(top)
                columns.add(iter(sheet.to_python()), sheet.width, booleans=b't="b"' in piece, left=left)
        except UnevenRowsError:
            return None
    return _finished(name, hidden, columns, merged or (), scanned(name), "1900")


def _has_password(content: bytes) -> bool:
    begins = content.find(_BIFF8)
    return begins >= 0 and content[begins + 20 : begins + 22] == _FILEPASS


def read_text_file(content: bytes, limits: ReadLimits) -> tuple[Sheet, ...]:
    """A .csv or .txt file as one worksheet without a name."""
    try:
        width, rows, notes = text_rows(content)
    except NotTextError as error:
        raise RefusedError("not_text") from error
    check_size("", 0, width, limits, len(content))
    most = min(limits.max_rows, limits.max_cells // max(width, 1))

    def bounded() -> Iterator[list[object]]:
        for number, row in enumerate(rows):
            if number >= most:
                raise RefusedError("text_rows", limit=most)
            yield row

    columns = GrowingColumns()
    columns.add(bounded(), width, booleans=False)
    height = columns.height if width else 0
    return (Sheet(name="", hidden=False, height=height, width=width, columns=columns.finished(), notes=tuple(notes)),)
