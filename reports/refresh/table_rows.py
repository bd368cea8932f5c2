"""The rows of tables that go over several slides, by item: so that a row that moved to another slide is neither new nor gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from reports.refresh.deck_shapes import Placed, item_of
from reports.refresh.record import Part
from reports.refresh.table_cells import fingerprint, name_of_row, rows_of
from reports.refresh.table_graft import TableParts


class TableRows:
    """What is remembered of tables, stands in the user's now, and stands in the new ones; asked before any of them is changed."""

    def __init__(self, placed: Collection[Placed], fresh: Collection[Placed], written: Mapping[str, Part]) -> None:
        self._there, self._fresh = _by_item(placed), _by_item(fresh)
        self._written: dict[str, set[str]] = {}
        for part, each in written.items():
            self._written.setdefault(item_of(part), set()).update(row[0] for row in each.cells[1:] if row)

    def of(self, item: str) -> TableParts:
        """Those of one item."""
        return TableParts(*(frozenset(found.get(item, ())) for found in (self._written, self._there, self._fresh)))


def _by_item(placed: Collection[Placed]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in placed:
        if getattr(each.shape, "has_table", False):
            found.setdefault(item_of(each.part), set()).update(_names(each.shape.table._tbl))
    return found


def _names(table: Any) -> list[str]:
    return [fingerprint(name_of_row(row)) for row in rows_of(table)[1:]]
