"""The table of a chart as text with commas: figures at full precision, below them where they come from."""

from __future__ import annotations

import csv
import io

from reports.chart_files import Leaving
from reports.data_tables import sheet_columns
from reports.office.plan import Cell
from words.shown_text import spreadsheet_text


def csv_of(leaving: Leaving) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it; hidden figures are empty. The origin follows after an empty line."""
    columns = sheet_columns(leaving.chart.table, leaving.on)
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow([_harmless(column.header) for column in columns])
    lines.writerows([_harmless(value) for value in row] for row in zip(*(column.values for column in columns), strict=True))
    lines.writerow([])
    lines.writerows([_harmless(name), _harmless(text)] for name, text in leaving.origin.rows)
    return written.getvalue().encode("utf-8-sig")


def _harmless(value: Cell) -> Cell:
    return spreadsheet_text(value) if isinstance(value, str) else value
