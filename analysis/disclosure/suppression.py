"""The one rule of suppression: a table of bases goes in, judged beside its margins, and comes out with what may not be shown.

First small bases (primary suppression), then siblings and the indicator tree: where exactly one child of a shown indicator is
suppressed, a sibling item is suppressed with it, or else the indicator itself, since parent, weights and the other children would give the
suppressed one back. What several cells, items and tables would give back together is found by :mod:`analysis.disclosure.audit`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations

import numpy as np

from analysis.disclosure.audit import Surroundings, follow_from_indicators, follow_from_totals, given_away_by_totals
from analysis.disclosure.base_table import BaseTable
from analysis.disclosure.judged_lately import judged_lately
from analysis.disclosure.optimal_suppression import linked
from analysis.disclosure.secondary_suppression import MOST_EXACT, sibling_families, suppressed_cells
from analysis.results.estimates import Thresholds
from analysis.sums.batch_rows import Flags
from analysis.sums.tallies import WAVE
from survey_schema.indicator_tree import Indicator

#: How often another set of suppressed cells is looked for before further ones are simply added.
_MOST_CUTS = 12

Dimensions = tuple[str, ...]


def suppress(
    table_of: Callable[[Dimensions], BaseTable],
    dimensions: Sequence[str],
    thresholds: Thresholds,
    *,
    within: Mapping[str, str] | None = None,
) -> BaseTable:
    """The table of these dimensions with all its suppressed figures, judged beside its margins.

    ``table_of`` gives the table of any choice of dimensions, nothing suppressed but what is never shown. ``within`` names dimensions whose
    cells may lie within those of another: tables by ``interviewer`` are judged beside the same by ``branch``, whose totals are shown.
    Each wave is judged by itself, so that it shows the same whichever waves stand beside it.
    """
    chosen, tables = tuple(dimensions), _Tables(table_of)
    table = tables.of(chosen)
    flags = table.suppressed.copy()
    for wave, groups in tables.by_wave(chosen).items():
        flags[groups] = _of_one_wave(partial(tables.of_wave, wave=wave), chosen, thresholds, within or {})
    return replace(table, suppressed=flags)


class _Tables:
    """The tables of any dimensions, each made once, and their parts of a wave: all of it where the wave is none of the dimensions."""

    def __init__(self, table_of: Callable[[Dimensions], BaseTable]) -> None:
        self._table_of = table_of
        self._found: dict[Dimensions, BaseTable] = {}
        self._waves: dict[Dimensions, dict[str | None, list[int]]] = {}

    def of(self, dimensions: Dimensions) -> BaseTable:
        """The table of all waves."""
        if dimensions not in self._found:
            self._found[dimensions] = self._table_of(dimensions)
        return self._found[dimensions]

    def of_wave(self, dimensions: Dimensions, wave: str | None) -> BaseTable:
        """Its part of one wave."""
        return self.of(dimensions).part(self.by_wave(dimensions)[wave])

    def by_wave(self, dimensions: Dimensions) -> dict[str | None, list[int]]:
        """The groups of each wave; of none where it is no dimension."""
        if dimensions not in self._waves:
            found: dict[str | None, list[int]] = {}
            for g, keys in enumerate(self.of(dimensions).keys):
                found.setdefault(keys.get(WAVE), []).append(g)
            self._waves[dimensions] = found
        return self._waves[dimensions]


def _of_one_wave(
    table_of: Callable[[Dimensions], BaseTable], dimensions: Dimensions, thresholds: Thresholds, within: Mapping[str, str]
) -> Flags:
    """What of the table of one wave may not be shown; a table that was judged lately is not judged again."""
    found: dict[Dimensions, BaseTable] = {}

    def judged(chosen: Dimensions) -> BaseTable:
        if chosen not in found:
            found[chosen] = _suppressed(table_of(chosen), lambda: surroundings(chosen), thresholds)
        return found[chosen]

    def surroundings(chosen: Dimensions) -> Surroundings:
        tables = tuple(judged(each) for each in _beside(chosen, within))
        finest = _finest(chosen, within)
        return Surroundings(tables, None if finest == chosen else table_of(finest))

    bases = table_of(dimensions).bases
    if not ((bases > 0) & (bases < thresholds.hidden_below)).any():
        return judged(dimensions).suppressed
    tables = {each: table_of(each) for each in _concerned(dimensions, within)}
    return judged_lately(tables, thresholds, lambda: judged(dimensions).suppressed)


def _outer(chosen: Dimensions, within: Mapping[str, str]) -> dict[str, str]:
    """Of the dimensions whose cells may lie within those of another, those that are chosen without it."""
    return {inner: other for inner, other in within.items() if inner in chosen and other not in chosen}


def _beside(chosen: Dimensions, within: Mapping[str, str]) -> list[Dimensions]:
    """The dimensions of the tables that are shown beside one."""
    outer, margins = _outer(chosen, within), margins_of(chosen)
    if not outer:
        return margins
    beside = tuple(outer.get(name, name) for name in chosen)
    return list(dict.fromkeys([*margins, *margins_of(beside), beside]))


def _finest(chosen: Dimensions, within: Mapping[str, str]) -> Dimensions:
    """The dimensions of the cells that a table and those beside it are made of."""
    return (*chosen, *_outer(chosen, within).values())


def _concerned(dimensions: Dimensions, within: Mapping[str, str]) -> list[Dimensions]:
    """The dimensions of all tables that decide on what may be shown of one."""
    found = [dimensions]
    for each in found:
        found += [other for other in dict.fromkeys([_finest(each, within), *_beside(each, within)]) if other not in found]
    return found


def margins_of(dimensions: Dimensions) -> list[Dimensions]:
    """All narrower choices of dimensions; the wave stays, since no total over waves is shown."""
    free = [name for name in dimensions if name != WAVE]
    return [
        tuple(name for name in dimensions if name == WAVE or name in kept) for size in range(len(free)) for kept in combinations(free, size)
    ]


def _suppressed(table: BaseTable, surroundings: Callable[[], Surroundings], thresholds: Thresholds) -> BaseTable:
    """Suppresses what is too small, and what would give it away."""
    unjudged, table = table, _protected(table, thresholds)
    if not table.primary(thresholds).any():
        return table
    beside = surroundings()
    unsafe: dict[int, list[frozenset[int]]] = {}
    for _attempt in range(_MOST_CUTS if len(table) <= MOST_EXACT else 0):  # another set of the least base, as long as it is worth its time
        given_away = given_away_by_totals(table, beside, thresholds)
        if not given_away:
            break
        families = sibling_families(table.keys)
        for column in sorted({column for _cell, column in given_away}):
            parts = linked(table.bases[:, column], families)
            for part in sorted({int(parts[cell]) for cell, other in given_away if other == column}):
                unsafe.setdefault(column, []).append(frozenset(np.flatnonzero(table.suppressed[:, column] & (parts == part)).tolist()))
        table = _protected(unjudged, thresholds, unsafe)
    while further := follow_from_totals(table, beside, thresholds):
        table = _protected(table.suppressing(further), thresholds)
    return _against_indicators(table, beside, thresholds) if table.nodes else table


def _against_indicators(table: BaseTable, beside: Surroundings, thresholds: Thresholds) -> BaseTable:
    """Suppresses items that indicators and totals together would give away, where that helps and costs no indicator."""
    follow, ways = follow_from_indicators(table, beside, thresholds)
    while ways:
        tried = _protected(table.suppressing(ways.pop(0)), thresholds)
        left, others = follow_from_indicators(tried, beside, thresholds)
        if left < follow and tried.suppressed[:, : tried.nodes].sum() == table.suppressed[:, : table.nodes].sum():
            table, follow, ways = tried, left, others
    return table


def _protected(table: BaseTable, thresholds: Thresholds, unsafe: Mapping[int, Sequence[frozenset[int]]] | None = None) -> BaseTable:
    """Suppresses small bases, then siblings and tree until neither asks for more: what the one hides may stand alone in the other.

    ``unsafe`` names by column the sets of suppressed cells that totals and siblings have given away.
    """
    flags, known = table.suppressed, -1
    while flags.sum() > known:
        known = flags.sum()
        flags = suppressed_cells(table.bases, table.keys, thresholds, flags, unsafe)
        if table.nodes and table.schema:
            _protect_tree(table.schema.tree, flags, table)
    return replace(table, suppressed=flags)


def _protect_tree(node: Indicator, flags: Flags, table: BaseTable) -> None:
    """Suppresses what would give away the only suppressed child of a node, in every cell (G, j + k); children first, in place."""
    for child in node.children:
        if isinstance(child, Indicator):
            _protect_tree(child, flags, table)
    place = {code: c for c, code in enumerate(table.figures)}
    columns = [place[child.code] for child in node.children if child.code in place]
    alone = (flags[:, columns] & (table.bases[:, columns] > 0)).sum(axis=1) == 1
    items = [place[child.code] for child in node.children if child.code in place and not isinstance(child, Indicator)]
    for g in np.flatnonzero(alone & ~flags[:, place[node.code]]):
        shown = [c for c in items if not flags[g, c]]
        flags[g, min(shown, key=lambda c: table.bases[g, c]) if shown else place[node.code]] = True
