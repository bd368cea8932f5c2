"""Writing sample workbooks: the same bytes at every run, in the layouts real workbooks have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import xlsxwriter

CREATED = datetime(2026, 7, 1, tzinfo=UTC).replace(tzinfo=None)  # a date of its own would change the file at every run


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
    """Writes the sheets; missing values become empty cells, dates real dates, everything else what it is."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"title": path.stem, "created": CREATED})
        heading = workbook.add_format({"bold": True, "bg_color": "#E4EEF3", "text_wrap": True, "valign": "vcenter", "border": 1})
        title = workbook.add_format({"bold": True, "font_size": 14})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in sheets:
            _write_sheet(workbook.add_worksheet(sheet.name), sheet, heading, title, day)
    return path


def _write_sheet(target: xlsxwriter.worksheet.Worksheet, sheet: Sheet, heading: object, title: object, day: object) -> None:
    row, left = sheet.corner
    target.set_column(left, left + len(sheet.table.columns) - 1, 13)
    if sheet.title:
        target.write_string(row, left, sheet.title, title)
        row += 2
    if sheet.groups:
        for first, last, text in sheet.groups:
            if first == last:
                target.write_string(row, left + first, text, heading)
            else:
                target.merge_range(row, left + first, row, left + last, text, heading)
        row += 1
    for column, name in enumerate(sheet.table.columns):
        target.write_string(row, left + column, name, heading)
    if not sheet.title and not sheet.groups:
        target.freeze_panes(row + 1, 0)
    columns = [_cells(sheet.table[name]) for name in sheet.table.columns]
    for offset, cells in enumerate(zip(*columns, strict=True), start=row + 1):
        for column, value in enumerate(cells, start=left):
            if isinstance(value, str):
                target.write_string(offset, column, value)
            elif isinstance(value, date):
                target.write_datetime(offset, column, value, day)
            elif value is not None:
                target.write_number(offset, column, value)


def _cells(column: pd.Series) -> list[object]:
    return [None if pd.isna(value) else value for value in column.tolist()]
