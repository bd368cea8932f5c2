"""The data table of a chart: its columns at full precision, intervals as two columns after their figure, hidden figures empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from charts.kit.description.description import Description, TableColumn
from charts.kit.description.grid import Diagram, Grid
from charts.kit.description.numbers import Cell, Number
from charts.kit.description.panels import Panels
from charts.kit.description.planes import Bins, Lines, Points
from charts.kit.description.rows import Column, Rows
from charts.kit.description.schedule import Schedule
from charts.kit.layout import Canvas
from words.language import translator


def data_table(described: Description, on: Canvas) -> pd.DataFrame:
    """The table with headings in the chart's language; integers stay integers where cells of their column are empty."""
    return pd.DataFrame({column.header: _series(column) for column in table_columns(described, on)})


def _series(column: TableColumn) -> pd.Series[Any]:
    values = list(column.values)
    known = [value for value in values if value is not None]
    whole = bool(known) and len(known) < len(values) and all(isinstance(value, int) for value in known)
    return pd.Series(values, dtype="Int64" if whole else None)


def table_columns(described: Description, on: Canvas) -> tuple[TableColumn, ...]:
    """The table as columns, for whoever writes it without pandas."""
    if described.table is not None:
        return described.table
    match described.body:
        case Rows() as rows:
            return tuple(_of_rows(rows))
        case Lines() as lines:
            return tuple(_of_lines(lines, on))
        case Panels() as panels:
            return tuple(_of_panels(panels))
        case Points() as points:
            return tuple(_of_points(points, on))
        case Bins() as bins:
            return tuple(_of_bins(bins))
        case Grid() as grid:
            return tuple(_of_grid(grid))
        case Schedule() | Diagram():
            return ()


def long_table(columns: Sequence[Column]) -> tuple[TableColumn, ...]:
    """A table of its own, with a row for each cell of the columns and the ends of intervals after their figures."""
    return tuple(made for column in columns for made in _of_column(column, range(len(column.cells))))


def _of_rows(rows: Rows) -> Iterator[TableColumn]:
    kept = [place for place, row in enumerate(rows.rows) if row.kind != "heading"]
    for column in rows.key:
        yield from _of_column(column, kept)
    yield TableColumn(rows.name_header, tuple(rows.rows[place].name for place in kept))
    for column in rows.columns:
        if column.in_table:
            yield from _of_column(column, kept)


def _of_column(column: Column, kept: Sequence[int]) -> Iterator[TableColumn]:
    cells = [column.cells[place] for place in kept]
    yield TableColumn(column.header, tuple(_bare(cell) for cell in cells))
    if column.ends is not None:
        yield from _ends(cells, column.ends)


def _ends(cells: Sequence[Cell], headers: tuple[str, str]) -> Iterator[TableColumn]:
    found = [cell if isinstance(cell, Number) else Number(None) for cell in cells]
    yield TableColumn(headers[0], tuple(number.low for number in found))
    yield TableColumn(headers[1], tuple(number.high for number in found))


def _bare(cell: Cell) -> Cell:
    return cell.value if isinstance(cell, Number) else cell


def _of_lines(lines: Lines, on: Canvas) -> Iterator[TableColumn]:
    _ = translator(on.language)
    yield TableColumn(lines.header, lines.positions)
    for line in lines.lines:
        yield TableColumn(line.name, tuple(_bare(number) for number in line.numbers))
        if any(number is not None and number.low is not None for number in line.numbers):
            ends = _("{name}: lower end").format(name=line.name), _("{name}: upper end").format(name=line.name)
            yield from _ends(line.numbers, ends)


def _of_panels(panels: Panels) -> Iterator[TableColumn]:
    """The charts one below the other; all have the same lines."""
    every = panels.panels
    if len(every) > 1:
        yield TableColumn(panels.header, tuple(lines.axis.name for lines in every for _position in lines.positions))
    for lines in every[:1]:
        yield TableColumn(lines.header, tuple(position for each in every for position in each.positions))
        for place, line in enumerate(lines.lines):
            yield TableColumn(line.name, tuple(_bare(number) for each in every for number in each.lines[place].numbers))


def _of_points(points: Points, on: Canvas) -> Iterator[TableColumn]:
    _ = translator(on.language)
    if points.named:
        yield TableColumn(_("Name"), tuple(spot.name for spot in points.spots))
    for axis, numbers in ((points.x, [spot.x for spot in points.spots]), (points.y, [spot.y for spot in points.spots])):
        yield TableColumn(axis.name, tuple(number.value for number in numbers))
        if any(number.low is not None for number in numbers):
            ends = _("{name}: lower end").format(name=axis.name), _("{name}: upper end").format(name=axis.name)
            yield from _ends(numbers, ends)


def _of_bins(bins: Bins) -> Iterator[TableColumn]:
    yield TableColumn(bins.edge_headers[0], bins.edges[:-1])
    yield TableColumn(bins.edge_headers[1], bins.edges[1:])
    yield TableColumn(bins.count_header, bins.counts)


def _of_grid(grid: Grid) -> Iterator[TableColumn]:
    yield TableColumn(grid.header, grid.rows)
    for column in grid.columns:
        if column.place != "narrow":
            yield TableColumn(column.name, tuple(None if cell.number is None else cell.number.value for cell in column.cells))
