"""The cells of a table of a slide: their texts, what is remembered of them, and what the user wrote there since."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from reports.office.sequences import A

_DIGITS = 8


def rows_of(table: Any) -> list[Any]:
    """The rows of an ``a:tbl``, the headings first."""
    return list(table.findall(f"{A}tr"))


def cells_of(row: Any) -> list[Any]:
    """The cells of a row."""
    return list(row.findall(f"{A}tc"))


def text_of_cell(cell: Any) -> str:
    """The text of a cell with single blanks: programs break lines as they like."""
    lines = ("".join(each.text or "" for each in paragraph.iter(f"{A}t")) for paragraph in cell.iter(f"{A}p"))
    return " ".join(" ".join(lines).split())


def name_of_row(row: Any) -> str:
    """The text of its first cell."""
    cells = cells_of(row)
    return text_of_cell(cells[0]) if cells else ""


def fingerprint(text: str) -> str:
    """A text by a few digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def prints_of(row: Any) -> tuple[str, ...]:
    """The cells of a row by their fingerprints."""
    return tuple(fingerprint(text_of_cell(cell)) for cell in cells_of(row))


def written_cells(table: Any) -> tuple[tuple[str, ...], ...]:
    """All cells by their fingerprints, row by row."""
    return tuple(prints_of(row) for row in rows_of(table))


def sizes_of(table: Any) -> str:
    """Widths of columns, heights of rows and sizes of letters, by a few digits: what tells whether the user changed any of them."""
    widths = [each.get("w") for each in table.iter(f"{A}gridCol")]
    letters = [each.get("sz") for each in table.iter(f"{A}rPr")]
    return fingerprint(str((widths, [row.get("h") for row in rows_of(table)], letters)))


def written_rows(rows: Sequence[Any], written: Sequence[Sequence[str]]) -> list[int | None]:
    """Which of the ``written`` rows each row is: by its name, else, where only the name was changed, by its other cells."""
    prints = [prints_of(row) for row in rows]
    found: list[int | None] = [None] * len(rows)
    left = list(range(len(written)))
    for part in (slice(0, 1), slice(1, None)):
        for place, each in enumerate(prints):
            if found[place] is None and (at := next((at for at in left if written[at][part] == each[part] != ()), None)) is not None:
                found[place] = at
                left.remove(at)
    return found
