"""What a spreadsheet or a text file holds, cell by cell. Runs in the worker process (:mod:`survey_schema.workbook.worker.run_limited`)."""

from __future__ import annotations

import io
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

import numpy as np
from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from survey_schema.workbook.read.cell_formats import old_file_counts_from_1904, shown_per_cent
from survey_schema.workbook.read.mend_zip import with_known_errors
from survey_schema.workbook.read.read_text import NotTextError, text_rows
from survey_schema.workbook.read.scan_sheet_xml import SheetScan, scan_workbook, sheet_parts
from survey_schema.workbook.read.sheets import Calendar, Kind, RawColumn, Sheet
from survey_schema.workbook.worker.limited_worker import memory_is_limited
from survey_schema.workbook.worker.read_limits import ReadLimits

CHUNK_ROWS = 512
#: Below this size scanning first costs nothing noticeable, and a stray cell gets its exact sentence.
SCAN_FIRST_BYTES = 32 * 2**20
TRUE, FALSE = object(), object()
#: An .xls file with a password: after the record its globals begin with (BOF of BIFF8, 16 bytes) comes FILEPASS.
_BIFF8, _FILEPASS = b"\x09\x08\x10\x00", b"\x2f\x00"


class RefusedError(Exception):
    """A limit is violated; ``reason`` and ``parameters`` become a sentence in the parent."""

    def __init__(self, reason: str, **parameters: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.parameters = parameters


def factorise(rows: Iterator[Sequence[object]], width: int, *, booleans: bool) -> list[tuple[list[object], array[int]]]:
    """Unique values in order of first appearance and a code per row, for each of the columns."""
    known: list[dict[object, int]] = [{} for _ in range(width)]
    codes: list[array[int]] = [array("i") for _ in range(width)]
    while chunk := list(islice(rows, CHUNK_ROWS)):
        for values, column_codes, cells in zip(known, codes, zip(*chunk, strict=True), strict=True):
            # True equals 1 as a key, so booleans travel under another name.
            column = [TRUE if cell is True else FALSE if cell is False else cell for cell in cells] if booleans else cells
            for value in dict.fromkeys(column):
                values.setdefault(value, len(values))
            column_codes.extend(map(values.__getitem__, column))
    return [
        ([True if value is TRUE else False if value is FALSE else value for value in values], column_codes)
        for values, column_codes in zip(known, codes, strict=True)
    ]


def put_errors(columns: list[tuple[list[object], array[int]]], errors: Iterable[tuple[int, int, str]]) -> None:
    """Write the texts of Excel errors, which calamine reads as empty, into their cells."""
    known: dict[tuple[int, str], int] = {}
    for row, column, text in errors:
        if column < len(columns) and row < len(columns[column][1]):
            values, codes = columns[column]
            if (column, text) not in known:
                if text not in values:
                    values.append(text)
                known[column, text] = values.index(text)
            codes[row] = known[column, text]


def put_per_cents(columns: list[tuple[list[object], array[int]]], cells: Iterable[tuple[int, int]]) -> None:
    """Write what cells formatted as per cent show, ``85%``, in the place of their number 0.85."""
    texts: dict[int, dict[object, int]] = {}
    for row, column in cells:
        if column < len(columns) and 0 <= row < len(columns[column][1]):
            values, codes = columns[column]
            number = values[codes[row]]
            if not isinstance(number, int | float) or isinstance(number, bool):
                continue
            if column not in texts:
                texts[column] = {value: place for place, value in enumerate(values) if isinstance(value, str)}
            shown = shown_per_cent(number)
            if shown not in texts[column]:
                texts[column][shown] = len(values)
                values.append(shown)
            codes[row] = texts[column][shown]


def check_size(name: str, height: int, width: int, limits: ReadLimits, content_bytes: int) -> None:
    """Refuse a sheet that is taller or wider than allowed in a file of that size, unpacked."""
    most = limits.rows_within(height, content_bytes)
    if height > most:
        raise RefusedError("rows", sheet=name, found=height, limit=most)
    if width > limits.max_columns:
        raise RefusedError("columns", sheet=name, found=width, limit=limits.max_columns)


def read_sheet(sheet: CalamineSheet, hidden: bool, scan: SheetScan, calendar: Calendar) -> Sheet:
    """One worksheet."""
    top_left = sheet.start
    columns: list[tuple[list[object], array[int]]] = []
    height = 0
    if top_left is not None and sheet.end is not None:
        left, height = top_left[1], sheet.end[0] + 1
        # calamine's rows start at row 1 of the sheet, but at its first column with content
        columns = [([""], array("i", bytes(4 * height))) for _ in range(left)]
        columns += factorise(sheet.iter_rows(), sheet.width, booleans=scan.booleans)
    put_errors(columns, scan.errors)
    put_per_cents(columns, scan.per_cents)
    return Sheet(
        name=sheet.name,
        hidden=hidden,
        height=height,
        width=len(columns),
        columns=_raw_columns(columns),
        merged=tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ()),
        formulas_without_value=tuple(scan.formulas_without_value),
        formulas_without_value_total=scan.formulas_without_value_total,
        placeholders=tuple(scan.placeholders),
        hidden_rows=np.array(scan.hidden_rows, dtype=np.int32),
        calendar="1904" if scan.counts_from_1904 else calendar,
    )


def _raw_columns(columns: Iterable[tuple[list[object], array[int]]]) -> tuple[RawColumn, ...]:
    return tuple(RawColumn(tuple(values), np.frombuffer(codes.tobytes(), dtype=np.int32)) for values, codes in columns)


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
        for listing in listed:
            sheet = book.get_sheet_by_name(listing.name)
            bottom, right = sheet.end or (-1, -1)
            check_size(sheet.name, bottom + 1, right + 1, limits, uncompressed_bytes)
            cells += (bottom + 1) * (right + 1)
            if cells > limits.max_cells:
                raise RefusedError("cells", found=cells, limit=limits.max_cells)
            hidden = listing.visible != SheetVisibleEnum.Visible
            sheets.append(read_sheet(sheet, hidden, scanned(listing.name), "open" if kind == "ods" else "1900"))
    return tuple(sheets)


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

    columns = factorise(bounded(), width, booleans=False)
    height = len(columns[0][1]) if columns else 0
    return (Sheet(name="", hidden=False, height=height, width=width, columns=_raw_columns(columns), notes=tuple(notes)),)
