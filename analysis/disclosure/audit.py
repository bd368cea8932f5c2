"""What follows from the figures that are shown: an audit of judged tables by linear algebra.

A reader may put everything shown together: the item means of the other groups, of all groups and of every margin of a table,
and the indicators, which are known sums of item means. Each is one linear equation in the hidden item sums Σwz; the weights and
the sums of respondent weights are taken as known to him. A hidden figure follows from what is shown exactly if its coefficients
are a combination of the equations', in other words if it is the same in every solution. So the audit goes from one solution in a
random direction to another that fits all the equations: what does not move has been disclosed
(Willenborg and de Waal 2001, ch. 6; Fischetti and Salazar-González 2001, audit phase).

Protected are the figures whose own base is below the limit. What is hidden to protect others may follow, since it is large enough.
Against totals, siblings and margins of an item the protection is complete. Where an indicator of every group is shown, they and the totals
together can give away a small base that stands alone in its item; items are hidden against it where that helps, but no indicator is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import lsmr

from analysis.disclosure.base_table import BaseTable
from analysis.disclosure.secondary_suppression import sibling_families
from analysis.results.estimates import Thresholds
from analysis.sums.batch_rows import Flags
from analysis.sums.indicator_coefficients import indicator_coefficients
from analysis.sums.tallies import Array, Integers
from survey_schema.indicator_tree import Indicator

#: A hidden figure that moves by less than this share of its coefficients stands still; solutions are exact to about 1e-12.
_STILL = 1e-6
_SEED = 1


@dataclass(frozen=True, eq=False)
class Surroundings:
    """The judged tables a reader has beside a table: its margins, and others that hold its cells.

    ``finest`` are the cells all of them are made of where the table's own are not fine enough; what it suppresses does not matter.
    """

    tables: tuple[BaseTable, ...]
    finest: BaseTable | None = None


def follow_from_totals(table: BaseTable, beside: Surroundings, thresholds: Thresholds) -> list[tuple[int, int]]:
    """Places (group, column) in ``table`` to be hidden because totals and siblings of an item give a figure away; empty when none does.

    ``beside`` are the tables that may be shown beside it, judged before. Hiding what is named does not need to be
    enough: ask again until nothing is left. What those alone give away (of cells that nobody fills) is passed over: nothing
    in this table could protect it.
    """
    system = _System(table, beside, thresholds)
    return _distinct(system.sibling(target) for target in system.given_away(system.totals, lambda all_hidden: all_hidden.totals))


def given_away_by_totals(table: BaseTable, beside: Surroundings, thresholds: Thresholds) -> list[tuple[int, int]]:
    """The places (group, column) that totals and siblings of an item give away; of a figure made of several its smallest base."""
    system = _System(table, beside, thresholds)
    return [system.smallest_part(target) for target in system.given_away(system.totals, lambda all_hidden: all_hidden.totals)]


def follow_from_indicators(table: BaseTable, beside: Surroundings, thresholds: Thresholds) -> tuple[int, list[list[tuple[int, int]]]]:
    """How many figures indicators and totals give away together, and what may be hidden to prevent it, in the order to be tried.

    Either another item beside each of them, or the same item of another group.
    """
    system = _System(table, beside, thresholds)
    found = system.given_away(system.equations, lambda all_hidden: all_hidden.equations)
    return len(found), [_distinct(map(system.item_beside, found)), _distinct(map(system.sibling, found))] if found else []


def _distinct(places: Iterable[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    return list(dict.fromkeys(place for found in places for place in found))


def _follows(figures: sparse.csr_array, equations: sparse.csr_array) -> Flags:
    """Which figures (rows) have the same value in all solutions of the equations."""
    if not figures.shape[0]:
        return np.zeros(0, dtype=bool)
    move: Array = np.random.default_rng(_SEED).standard_normal(figures.shape[1])
    if equations.shape[0]:
        lengths = sparse.linalg.norm(equations, axis=1)
        fitted = sparse.diags_array(1 / lengths) @ equations
        most = 10 * sum(equations.shape)
        move = move - fitted.T @ lsmr(fitted.T, move, atol=1e-14, btol=1e-14, conlim=0, maxiter=most)[0]
    still: Flags = np.abs(figures @ move) <= _STILL * sparse.linalg.norm(figures, axis=1)
    return still


class _System:
    """The equations shown and the figures to protect, over the hidden item sums Σwz of a table's groups as unknowns."""

    def __init__(self, table: BaseTable, beside: Surroundings, thresholds: Thresholds) -> None:
        self.table, self.beside, self.thresholds = table, beside, thresholds
        finest = table if beside.finest is None else beside.finest.all_suppressed()
        self._place: Integers = _held_by(finest, table)  # the cell of the table each of the finest cells belongs to
        self._finest = finest
        self._below = [_columns_below(table, node) for node in _nodes(table)]
        self.cells: Integers = np.argwhere(finest.suppressed[:, finest.nodes :] & (finest.weights > 0))
        totals, equations, targets = [], [], []
        self._wanted: list[tuple[Integers, Integers]] = []  # of each table: its group of each cell, group and column of each target
        for each in (table, *beside.tables):
            group = _held_by(finest, each)
            items = self._item_sums(each, group)
            figures = items + self._indicators(each) @ items
            small = each.primary(thresholds)
            totals.append(items[~each.suppressed.ravel()])
            equations.append(figures[~each.suppressed.ravel()])
            targets.append(figures[small.ravel()])
            self._wanted.append((group, np.argwhere(small)))
        self.totals, self.equations = _without_empty(totals), _without_empty(equations)
        self.targets = sparse.vstack(targets, "csr")

    def _item_sums(self, each: BaseTable, group: Integers) -> sparse.csr_array:
        """Each item's sum in each group of a table (S(j + k), unknowns) out of the unknown ones; rows of indicators are empty."""
        g, item = self.cells.T
        place = group[g] * each.suppressed.shape[1] + each.nodes + item
        numbers = np.arange(len(place))
        return sparse.csr_array((np.ones(len(place)), (place, numbers)), shape=(each.suppressed.size, len(place)))

    def _indicators(self, each: BaseTable) -> sparse.csr_array:
        """Each indicator in each group out of the sums of the items that are hidden there (S(j + k), S(j + k))."""
        width, blocks = each.suppressed.shape[1], []
        if not each.nodes or each.schema is None:
            return sparse.csr_array((each.suppressed.size, each.suppressed.size))
        answered = each.weights > 0
        hidden = each.suppressed[:, each.nodes :] & answered
        _patterns, first, alike = np.unique(answered, axis=0, return_index=True, return_inverse=True)
        for pattern, example in enumerate(first):  # most groups have answers to the same items
            known = indicator_coefficients(each.schema, each.items, answered[example])
            made_of = np.array([known.get(code, np.zeros(hidden.shape[1])) for code in each.indicators])
            node, item = made_of.nonzero()
            s, entry = np.nonzero(hidden[alike == pattern][:, item])
            s, node, item = np.flatnonzero(alike == pattern)[s], node[entry], item[entry]
            blocks.append((made_of[node, item] / each.weights[s, item], s * width + node, s * width + each.nodes + item))
        values, rows, columns = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
        return sparse.csr_array((values, (rows, columns)), shape=(each.suppressed.size, each.suppressed.size))

    def given_away(self, equations: sparse.csr_array, of: Callable[[_System], sparse.csr_array]) -> list[int]:
        """Targets that follow from some equations, but would not if the whole table were hidden."""
        follows = _follows(self.targets, equations)
        if not follows.any():
            return []
        all_hidden = _System(self.table.all_suppressed(), self.beside, self.thresholds)
        return np.flatnonzero(follows & ~_follows(all_hidden.targets, of(all_hidden))).tolist()

    def sibling(self, target: int) -> list[tuple[int, int]]:
        """The same item of a neighbour in a table beside this one, of a sibling, or else of any group: the smallest base that is shown."""
        g, column = self.smallest_part(target)
        siblings = [other for family in self._families_of.get(g, ()) for other in family]
        ways = (self._neighbours(g), siblings, range(len(self.table)))
        return next((found for way in ways if (found := self._smallest([(other, column) for other in way]))), [])

    @cached_property
    def _families_of(self) -> dict[int, list[list[int]]]:
        """The families of siblings each group of the table belongs to."""
        found: dict[int, list[list[int]]] = {}
        for family in sibling_families(self.table.keys):
            for g in family:
                found.setdefault(g, []).append(family)
        return found

    def _neighbours(self, g: int) -> list[int]:
        """Cells of the table that share a cell of a table beside it with this one, where that is no margin: interviewers of a branch."""
        neighbours: set[int] = set()
        for each in self.beside.tables if self.beside.finest is not None else ():
            if not each.keys[0].keys() <= self.table.keys[0].keys():
                held = _held_by(self._finest, each)
                neighbours.update(self._place[np.isin(held, held[self._place == g])].tolist())
        return sorted(neighbours - {g})

    def item_beside(self, target: int) -> list[tuple[int, int]]:
        """Another item of the group, below the lowest indicator that is shown above it: the smallest base that is shown."""
        g, column = self.smallest_part(target)
        above = [below for node, below in enumerate(self._below) if column in below and not self.table.suppressed[g, node]]
        return self._smallest([(g, item) for item in min(above, key=len, default=[])])

    def smallest_part(self, target: int) -> tuple[int, int]:
        """The place of the smallest base among the items a target is made of."""
        parts = self.cells[self.targets[[target]].indices]
        if not len(parts):  # all of them are shown
            groups, column = self._about(target)
            items = self._below[column] if column < self.table.nodes else [column]
            return min(((g, item) for g in groups.tolist() for item in items), key=lambda place: (self.table.bases[place], place))
        places = ((int(self._place[g]), self.table.nodes + item) for g, item in parts.tolist())
        return min(places, key=lambda place: (self.table.bases[place], place))

    def _about(self, target: int) -> tuple[Integers, int]:
        """The groups of the table a target is about, and its column."""
        for group, targets in self._wanted:
            if target < len(targets):
                s, column = targets[target].tolist()
                return self._place[group == s], column
            target -= len(targets)
        raise IndexError("there is no such target")

    def _smallest(self, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The place that is shown with the smallest base, if any is."""
        shown = [place for place in places if not self.table.suppressed[place]]
        return sorted(shown, key=lambda place: (self.table.bases[place], place))[:1]


def _columns_below(table: BaseTable, node: Indicator) -> list[int]:
    """Columns of the items below an indicator."""
    return [table.nodes + table.items.index(code) for code in node.items() if code in table.items]


def _nodes(table: BaseTable) -> list[Indicator]:
    """The indicators of a table, in the order of its columns."""
    if table.schema is None:
        return []
    return [node for code in table.indicators for node in table.schema.tree.walk() if node.code == code]


def _held_by(table: BaseTable, margin: BaseTable) -> Integers:
    """The group of the margin each group of the table belongs to (G)."""
    dimensions = margin.keys[0].keys()
    place = {tuple(keys.values()): s for s, keys in enumerate(margin.keys)}
    return np.array([place[tuple(keys[name] for name in dimensions)] for keys in table.keys], dtype=np.intp)


def _without_empty(blocks: Sequence[sparse.csr_array]) -> sparse.csr_array:
    rows = sparse.vstack(blocks, "csr")
    return rows[np.diff(rows.indptr) > 0]
