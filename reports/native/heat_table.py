"""Heat tables: Office has no chart for them but tables with coloured cells, which can be edited all the same."""

from __future__ import annotations

from charts.kit.description.description import Description, TableColumn
from charts.kit.description.grid import Grid, HeatCell
from charts.kit.description.texts import with_margin
from charts.kit.layout import Canvas
from charts.kit.palette import LIGHT
from reports.native.parts import colour
from reports.office.tables import TextTable


def heat_table(grid: Grid, on: Canvas) -> TextTable:
    """The table as it is drawn in a wide window, cells with their colours."""
    columns = [column for column in grid.columns if column.place != "narrow"]
    rows = tuple(
        (name, *(_text(column.cells[row], grid, on) for column in columns)) for row, name in enumerate(grid.rows)
    )  # fmt: skip
    fills = {
        (row, place): (fill_of(column.cells[row]), colour(column.cells[row].ink))
        for row in range(len(grid.rows)) for place, column in enumerate(columns, start=1) if not column.cells[row].blank
    }  # fmt: skip
    return TextTable((grid.header, *(column.name for column in columns)), rows, frozenset(range(1, len(columns) + 1)), fills)


def fill_of(cell: HeatCell) -> str:
    """The fill of a cell; white where it shows no figure."""
    return LIGHT.surface if cell.fill is None or cell.blank else colour(cell.fill)


def matrix_of(described: Description) -> tuple[tuple[TableColumn, ...], dict[tuple[int, int], str]] | None:
    """A heat table as columns of figures with the fills of its cells, by (row, column); None for what is no heat table."""
    if not isinstance(described.body, Grid):
        return None
    grid = described.body
    columns = [column for column in grid.columns if column.place != "narrow"]
    figures = [TableColumn(each.name, tuple(None if c.number is None else c.number.value for c in each.cells)) for each in columns]
    fills = {
        (row, place): fill for place, column in enumerate(columns, start=1) for row, cell in enumerate(column.cells)
        if (fill := fill_of(cell)) != LIGHT.surface
    }  # fmt: skip
    return (TableColumn(grid.header, grid.rows), *figures), fills


def _text(cell: HeatCell, grid: Grid, on: Canvas) -> str:
    if cell.blank:
        return ""
    if cell.texts:
        return "\n".join(cell.texts)
    return "" if cell.number is None else with_margin(cell.number, grid.form, on)
