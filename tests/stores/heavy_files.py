"""Small files made to cost much: ranges over a whole sheet, cells and lines full of what careless patterns try everything on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.stores.hostile_files import ANSWERS, HEADER, good_workbook, part, with_parts, workbook_bytes

FULL_CELL = 32_000
CSV_BYTES = 900_000
SHEET = "xl/worksheets/sheet1.xml"
HEAD = ",".join(HEADER) + "\n"


@dataclass(frozen=True)
class Heavy:
    """A file, what it is called, and whether it holds answers that can be read."""

    name: str
    content: bytes
    readable: bool = True

    def __str__(self) -> str:
        return self.name


def _with_ranges(*xml: str) -> bytes:
    """A good workbook with these parts behind its rows."""
    sheet = part(good_workbook(), SHEET).decode()
    return with_parts(good_workbook(), {SHEET: sheet.replace("</sheetData>", "</sheetData>" + "".join(xml), 1).encode()})


def _full_cells(*units: str) -> bytes:
    """A workbook with full cells among the answers, the headers and the names."""
    cells = [(unit * FULL_CELL)[:FULL_CELL] for unit in units]
    rows = [[*HEADER, *cells], *([*row, *cells] for row in ANSWERS), [*ANSWERS[0][:4], *cells], [ANSWERS[0][0], *cells]]
    return workbook_bytes(rows)


def _csv(unit: str, *, head: str = HEAD) -> bytes:
    return (head + unit * (CSV_BYTES // len(unit.encode()))).encode()


def heavy_files() -> Iterator[Heavy]:
    """All of them."""
    yield Heavy("merged over all.xlsx", _with_ranges('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'))
    rows = "".join(f'<mergeCell ref="A{row}:XFD{row}"/>' for row in range(10, 3010))
    yield Heavy("merged rows.xlsx", _with_ranges(f"<mergeCells>{rows}</mergeCells>"))
    yield Heavy("linked over all.xlsx", _with_ranges('<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'))
    yield Heavy("full cells.xlsx", _full_cells(" ", "1", "(", "a@", "1,", "9-", "\u3000", "中"))
    yield Heavy("open quote.csv", _csv("a", head=HEAD + '"'), readable=False)
    yield Heavy("quotes.csv", _csv('"'), readable=False)
    yield Heavy("one line.csv", _csv("1-", head=""), readable=False)
    yield Heavy("one line of commas.csv", _csv(",", head=""), readable=False)
    yield Heavy("one cell of blanks.csv", _csv(" ", head=HEAD + "2026Q2,兰州,移动,"), readable=False)
