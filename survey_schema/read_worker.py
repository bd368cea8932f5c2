"""The child process that opens a workbook nobody has vouched for.

Started by :mod:`survey_schema.read_workbook` as ``python -m survey_schema.read_worker JOB RESULT``. It limits its own memory
and processor time, so a file that makes the parser run away ends this process and not the application. The
outcome is a pickle of plain values: ``("read", sheets)`` or ``("refused", reason, parameters)``. It imports little, because
its start is part of every upload.
"""

from __future__ import annotations

import gc
import json
import pickle
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from survey_schema.cell_formats import old_file_counts_from_1904, shown_per_cent
from survey_schema.read_text import NotTextError, text_rows
from survey_schema.scan_sheet_xml import SheetScan, scan_workbook

CHUNK_ROWS = 512
#: Below this size scanning first costs nothing noticeable, and a stray cell gets its exact sentence.
SCAN_FIRST_BYTES = 32 * 2**20
TRUE, FALSE = object(), object()


class RefusedError(Exception):
    """A limit is violated; ``reason`` and ``parameters`` become a sentence in the parent."""

    def __init__(self, reason: str, **parameters: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.parameters = parameters


def limit_resources(memory_bytes: int, seconds: int) -> bool:
    """Limit this process where the operating system can; says whether it could."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock and the scan before parsing are what is left
        return False
    for which, wanted in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CPU, seconds)):
        hard = resource.getrlimit(which)[1]
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        try:
            resource.setrlimit(which, (allowed, hard))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS
            return False
    return True


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


def check_size(name: str, height: int, width: int, limits: dict[str, Any]) -> None:
    """Refuse a sheet that is taller or wider than allowed."""
    if height > limits["max_rows"]:
        raise RefusedError("rows", sheet=name, found=height, limit=limits["max_rows"])
    if width > limits["max_columns"]:
        raise RefusedError("columns", sheet=name, found=width, limit=limits["max_columns"])


def read_sheet(sheet: CalamineSheet, hidden: bool, scan: SheetScan, calendar: str) -> dict[str, Any]:
    """One worksheet as plain values."""
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
    return {
        "name": sheet.name,
        "hidden": hidden,
        "height": height,
        "columns": [(values, codes.tobytes()) for values, codes in columns],
        "merged": [(*first, *last) for first, last in sheet.merged_cell_ranges or ()],
        "formulas_without_value": scan.formulas_without_value,
        "formulas_without_value_total": scan.formulas_without_value_total,
        "hidden_rows": array("i", scan.hidden_rows).tobytes(),
        "calendar": "1904" if scan.counts_from_1904 else calendar,
    }


def read_spreadsheet(path: Path, kind: str, limits: dict[str, Any], limited: bool) -> list[dict[str, Any]]:
    """All worksheets of a spreadsheet file."""
    with ThreadPoolExecutor(1) as pool:
        scanning: Future[dict[str, SheetScan]] | None = pool.submit(scan_workbook, path) if kind in ("xlsx", "xlsm") else None

        from_1904 = kind == "xls" and old_file_counts_from_1904(path.read_bytes())

        def scanned(name: str) -> SheetScan:
            found = scanning.result().get(name) if scanning else None
            return found or SheetScan(booleans=True, counts_from_1904=from_1904)

        if scanning and (not limited or limits["uncompressed_bytes"] <= SCAN_FIRST_BYTES):
            for name, scan in scanning.result().items():
                check_size(name, scan.height, scan.width, limits)
        book = CalamineWorkbook.from_path(path)
        listed = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        if len(listed) > limits["max_sheets"]:
            raise RefusedError("sheets", found=len(listed), limit=limits["max_sheets"])
        sheets, cells = [], 0
        for listing in listed:
            sheet = book.get_sheet_by_name(listing.name)
            bottom, right = sheet.end or (-1, -1)
            check_size(sheet.name, bottom + 1, right + 1, limits)
            cells += (bottom + 1) * (right + 1)
            if cells > limits["max_cells"]:
                raise RefusedError("cells", found=cells, limit=limits["max_cells"])
            sheets.append(
                read_sheet(sheet, listing.visible != SheetVisibleEnum.Visible, scanned(listing.name), "open" if kind == "ods" else "1900")
            )
    return sheets


def read_text_file(path: Path, limits: dict[str, Any]) -> list[dict[str, Any]]:
    """A .csv or .txt file as one worksheet without a name."""
    try:
        width, rows = text_rows(path)
    except NotTextError as error:
        raise RefusedError("not_text") from error
    check_size("", 0, width, limits)
    most = min(limits["max_rows"], limits["max_cells"] // max(width, 1))

    def bounded() -> Iterator[list[object]]:
        for number, row in enumerate(rows):
            if number >= most:
                raise RefusedError("text_rows", limit=most)
            yield row

    columns = factorise(bounded(), width, booleans=False)
    return [
        {
            "name": "",
            "hidden": False,
            "height": len(columns[0][1]) if columns else 0,
            "columns": [(values, codes.tobytes()) for values, codes in columns],
            "merged": [],
            "formulas_without_value": [],
            "formulas_without_value_total": 0,
            "hidden_rows": b"",
            "calendar": "1900",
        }
    ]


def outcome_of(read: Callable[[], list[dict[str, Any]]]) -> tuple[Any, ...]:
    """What reading came to, as plain values."""
    try:
        return ("read", read())
    except RefusedError as refused:
        return ("refused", refused.reason, refused.parameters)
    except PasswordError:
        return ("refused", "password", {})
    except MemoryError:
        return ("refused", "memory", {})
    except BaseException as error:  # a Rust panic is a BaseException; whatever it is, the parent must get a reason
        return (
            "refused",
            "memory" if "capacity overflow" in str(error) else "damaged",
            {"detail": f"{type(error).__name__}: {error}"[:300]},
        )


def main(job_path: str, result_path: str) -> None:
    """Read what the job describes and leave the outcome beside it."""
    job = json.loads(Path(job_path).read_text(encoding="utf-8"))
    limits = job["limits"]
    limited = limit_resources(limits["memory_bytes"], limits["seconds"])
    gc.disable()  # nothing here makes cycles, and millions of cells make the collector walk
    path = Path(job["source"])
    if job["kind"] == "text":
        outcome = outcome_of(lambda: read_text_file(path, limits))
    else:
        outcome = outcome_of(lambda: read_spreadsheet(path, job["kind"], limits, limited))
    with Path(result_path).open("wb") as result:
        pickle.dump(outcome, result, protocol=5)


if __name__ == "__main__":
    main(*sys.argv[1:])
