"""A cross table as a value: headings, cells, totals, and the largest difference that is certain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.results.estimates import Estimate
from analysis.results.provenance import Provenance

#: The values that make a row, a column or a cell what it is.
Keys = Mapping[str, str | None]
#: Which side of a table is the groups that are told apart.
Side = Literal["columns", "rows"]


@dataclass(frozen=True)
class CertainDifference:
    """Two groups within one line of a table that certainly differ: ``difference`` is higher minus lower.

    ``low`` and ``high`` are the ends of its interval and ``p_adjusted`` its p, both for all ``tests`` of the table (Bonferroni).
    """

    line: Keys
    higher: Estimate
    lower: Estimate
    difference: float
    low: float
    high: float
    p_adjusted: float
    tests: int


@dataclass(frozen=True)
class CrossTable:
    """R rows by C columns.

    ``cells`` (R, C) are None where nobody is; ``row_totals`` (R) all columns together, ``column_totals`` (C) all rows.
    ``compared`` says which side's groups the letters tell apart, within each line of the other side. ``scored``: a higher figure is a
    better one. ``largest`` is the largest certain difference, of ``tests`` pairs that were tested.
    """

    rows: tuple[Keys, ...]
    columns: tuple[Keys, ...]
    cells: tuple[tuple[Estimate | None, ...], ...]
    row_totals: tuple[Estimate | None, ...]
    column_totals: tuple[Estimate | None, ...]
    whole: Estimate | None
    compared: Side
    scored: bool
    largest: CertainDifference | None
    tests: int
    provenance: Provenance

    @property
    def shown(self) -> list[Estimate]:
        """The cells that show a figure."""
        return [cell for line in self.cells for cell in line if cell is not None and cell.value is not None]

    @property
    def hidden(self) -> int:
        """How many cells have answers behind them that are not shown."""
        return sum(cell is not None and cell.value is None and cell.n > 0 for line in self.cells for cell in line)


def key_of(keys: Keys, names: Iterable[str]) -> tuple[str | None, ...]:
    """The values of some columns, in their order."""
    return tuple(keys.get(name) for name in names)


def laid_out(
    entries: Sequence[Estimate], rows: Sequence[Keys], columns: Sequence[Keys]
) -> tuple[tuple[Estimate | None, ...], ...]:  # fmt: skip
    """The entries as R × C cells by their keys."""
    down, across = _names(rows), _names(columns)
    found = {(key_of(entry.keys, down), key_of(entry.keys, across)): entry for entry in entries}
    return tuple(tuple(found.get((key_of(row, down), key_of(column, across))) for column in columns) for row in rows)


def along(entries: Sequence[Estimate], headings: Sequence[Keys]) -> tuple[Estimate | None, ...]:
    """The entries in the order of some headings."""
    names = _names(headings)
    found = {key_of(entry.keys, names): entry for entry in entries}
    return tuple(found.get(key_of(each, names)) for each in headings)


def in_order(headings: Iterable[Keys], order: Callable[[str, str | None], tuple[int, str]]) -> tuple[Keys, ...]:
    """Headings in the order the survey has for the values of each of their columns; each once."""
    once = {tuple(each.items()): each for each in headings}
    return tuple(sorted(once.values(), key=lambda each: [order(name, value) for name, value in each.items()]))


def _names(headings: Sequence[Keys]) -> tuple[str, ...]:
    return tuple(headings[0]) if headings else ()
