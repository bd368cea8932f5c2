"""Charts of very many rows: the picture holds the first and the last of them and whatever somebody looks for, the table holds all.

Nobody reads 350 bars one below the other; who stands first and last, and one's own branch, is what a chart of so many is opened for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from charts.kit.description.description import Description
from charts.kit.description.grid import Grid
from charts.kit.description.rows import Rows
from charts.kit.description.table import table_columns
from charts.kit.layout import Canvas
from words.language import translator
from words.lists import listed

#: A chart of more rows, or a heat table of more columns, shows this many first and as many last ones.
MOST_ROWS, MOST_COLUMNS, ENDS = 60, 60, 10
#: Forms that are cut: one row is as good as another. A waterfall is a whole, and a Pareto chart has no last ones worth seeing.
_CUT = ("league", "bars", "grouped bars", "stacked bars", "pareto")


def first_and_last(described: Description, on: Canvas) -> Description:
    """The description as it is drawn, with what it leaves out said in its caption; as it is where it is short."""
    match described.body:
        case Rows() as rows if names_to_find(described):
            return _cut_rows(described, rows, on)
        case Grid() as grid if names_to_find(described):
            return _cut_grid(described, grid, on)
    return described


def names_to_find(described: Description) -> tuple[str, ...]:
    """The names of all rows (or columns) of a chart that has more than are drawn; none where all are."""
    match described.body:
        case Rows() as rows:
            drawn = [rows.rows[place] for place in rows.drawn_rows]
            alike = rows.kind in _CUT and not any(row.kind == "heading" for row in drawn)
            return tuple(row.name for row in drawn if row.kind == "row") if alike and len(drawn) > MOST_ROWS else ()
        case Grid() as grid:
            if len(grid.rows) > MOST_ROWS:
                return grid.rows
            columns = [column.name for column in grid.columns if column.place != "narrow"]
            return tuple(columns) if len(columns) > MOST_COLUMNS else ()
    return described.names


def _cut_rows(described: Description, rows: Rows, on: Canvas) -> Description:
    places = [place for place in rows.drawn_rows if rows.rows[place].kind == "row"]
    last = 0 if rows.kind == "pareto" else ENDS
    kept = _kept([rows.rows[place].name for place in places], last, on.found)
    shown = {places[number] for number in kept}
    cut = tuple(
        replace(row, place="left out") if place in set(places) - shown else row for place, row in enumerate(rows.rows)
    )  # fmt: skip
    return replace(described, body=replace(rows, rows=cut), caption=_told(described.caption, len(places), last, on))


def _cut_grid(described: Description, grid: Grid, on: Canvas) -> Description:
    table = table_columns(described, on)
    if len(grid.rows) > MOST_ROWS:
        kept = _kept(grid.rows, ENDS, on.found)
        columns = tuple(replace(column, cells=tuple(column.cells[row] for row in kept)) for column in grid.columns)
        gaps = tuple(number for number, (one, other) in enumerate(pairwise(kept)) if other > one + 1)
        body = replace(grid, rows=tuple(grid.rows[row] for row in kept), columns=columns, narrow_rows=(), gaps=gaps)
        return replace(described, body=body, table=table, caption=_told(described.caption, len(grid.rows), ENDS, on))
    wide = [column for column in grid.columns if column.place != "narrow"]
    chosen = [wide[place] for place in _kept([column.name for column in wide], ENDS, on.found)]
    body = replace(grid, columns=tuple(column for column in grid.columns if column.place == "narrow" or column in chosen))
    return replace(described, body=body, table=table, caption=_told(described.caption, len(wide), ENDS, on))


def _kept(names: Sequence[str], last: int, found: Collection[str]) -> list[int]:
    """The places of the first, of the last, and of those looked for, in their order."""
    many = 2 * ENDS - last
    return [place for place, name in enumerate(names) if place < many or place >= len(names) - last or name in found]


def _told(caption: str, count: int, last: int, on: Canvas) -> str:
    _ = translator(on.language)
    if last:
        told = _("Drawn: the first {first} and the last {last} of {count}; the table has all.").format(first=ENDS, last=last, count=count)
    else:
        told = _("Drawn: the first {first} of {count}; the table has all.").format(first=2 * ENDS, count=count)
    found = _("Looked for: {names}.").format(names=listed(list(on.found), on.language)) if on.found else ""
    return " ".join(part for part in (caption, told, found) if part)
