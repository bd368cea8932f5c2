"""Rows pasted from a spreadsheet as a check sheet: headings in the first row, names in the first column."""

from __future__ import annotations

import csv
import io
import re

from projects.evidence import SheetRow

#: What is read of a paste; a check sheet is a small table.
MOST_ROWS, MOST_COLUMNS = 200, 40


def sheet_from(text: str) -> tuple[tuple[str, ...], tuple[SheetRow, ...]] | None:
    """Columns and rows; None where there is no table in it. Tabs, commas or semicolons part cells; what is no number was not counted."""
    lines = [line for line in text.splitlines() if line.strip()][: MOST_ROWS + 1]
    if len(lines) < 2:
        return None
    sign = next((sign for sign in ("\t", ";", ",", "，") if sign in lines[0]), "\t")
    cells = [[cell.strip() for cell in row][: MOST_COLUMNS + 1] for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=sign)]
    width = max(len(row) for row in cells) - 1
    if width < 1:
        return None
    heads = [*cells[0][1:], *[""] * (width - len(cells[0]) + 1)]
    columns = tuple(head or str(place) for place, head in enumerate(heads, start=1))
    rows = [SheetRow(name=row[0], counts=tuple(_count(row, place) for place in range(1, width + 1))) for row in cells[1:]]
    return columns, tuple(rows)


def names_in(text: str) -> tuple[str, ...]:
    """Names typed in one line, parted by commas of either language."""
    return tuple(part.strip() for part in re.split("[,，、]", text) if part.strip())


def _count(row: list[str], place: int) -> float | None:
    text = row[place].replace(",", "").replace(" ", "") if place < len(row) else ""
    try:
        return float(text) if text and len(text) < 40 and text.lower().strip("+-") not in ("nan", "inf", "infinity") else None
    except ValueError:
        return None
