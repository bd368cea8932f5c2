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

from analysis.disclosure.secondary_suppression import sibling_families
from analysis.results.estimates import Thresholds
from analysis.sums.cell_sums import Flags
from analysis.sums.domains import Domains
from analysis.sums.indicator_coefficients import indicator_coefficients
from analysis.sums.tallies import Array, Integers
from survey_schema.indicator_tree import Indicator
from survey_schema.models import SurveySchema

#: A hidden figure that moves by less than this share of its coefficients stands still; solutions are exact to about 1e-12.
_STILL = 1e-6
_SEED = 1


@dataclass(frozen=True, eq=False)
class Table:
    """A judged table: G groups, and which indicators and items (G, j + k; indicators first) are hidden in them."""

    over: Domains
    hidden: Flags

    @cached_property
    def bases(self) -> Array:
        """Effective bases (G, j + k)."""
        return np.concatenate([self.over.node_n_eff, self.over.n_eff], axis=1)

    @property
    def nodes(self) -> int:
        """Number of indicators, j."""
        return len(self.over.tallies.nodes)

    def hiding(self, places: Sequence[tuple[int, int]]) -> Table:
        """The same table with these places (group, column) hidden too."""
        flags = self.hidden.copy()
        flags[tuple(np.transpose(places))] = True
        return Table(self.over, flags)

    def too_small(self, thresholds: Thresholds) -> Flags:
        """Which figures (G, j + k) are hidden for their own base."""
        small: Flags = self.hidden & (self.bases > 0) & (self.bases < thresholds.hidden_below)
        return small


def follow_from_totals(table: Table, margins: Sequence[Table], schema: SurveySchema, thresholds: Thresholds) -> list[tuple[int, int]]:
    """Places (group, column) in ``table`` to be hidden because totals and siblings of an item give a figure away; empty when none does.

    ``margins`` are the judged tables of fewer dimensions that may be shown beside it. Hiding what is named does not need to be
    enough: ask again until nothing is left. What the margins alone give away (of cells that nobody fills) is passed over: nothing
    in this table could protect it.
    """
    system = _System(table, margins, schema, thresholds)
    return _distinct(system.sibling(target) for target in system.given_away(system.totals, lambda all_hidden: all_hidden.totals))


def given_away_by_totals(table: Table, margins: Sequence[Table], schema: SurveySchema, thresholds: Thresholds) -> list[tuple[int, int]]:
    """The places (group, column) that totals and siblings of an item give away; of a figure made of several its smallest base."""
    system = _System(table, margins, schema, thresholds)
    return [system.smallest_part(target) for target in system.given_away(system.totals, lambda all_hidden: all_hidden.totals)]


def follow_from_indicators(
    table: Table, margins: Sequence[Table], schema: SurveySchema, thresholds: Thresholds
) -> tuple[int, list[list[tuple[int, int]]]]:
    """How many figures indicators and totals give away together, and what may be hidden to prevent it, in the order to be tried.

    Either another item beside each of them, or the same item of another group.
    """
    system = _System(table, margins, schema, thresholds)
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

    def __init__(self, table: Table, margins: Sequence[Table], schema: SurveySchema, thresholds: Thresholds) -> None:
        self.table, self.margins, self.schema, self.thresholds = table, margins, schema, thresholds
        self._below = [_columns_below(table, node) for code in table.over.tallies.nodes for node in schema.tree.walk() if node.code == code]
        unknown = table.hidden[:, table.nodes :] & (table.over.weights > 0)
        self.cells: Integers = np.argwhere(unknown)
        totals, equations, targets = [], [], []
        self._wanted: list[tuple[Integers, int]] = []  # of each target: the groups of the table it is about, and its column
        for each in (table, *margins):
            group = _held_by(table, each)
            items = self._item_sums(each, group)
            figures = items + self._indicators(each) @ items
            small = each.too_small(thresholds)
            totals.append(items[~each.hidden.ravel()])
            equations.append(figures[~each.hidden.ravel()])
            targets.append(figures[small.ravel()])
            self._wanted += [(np.flatnonzero(group == s), column) for s, column in np.argwhere(small).tolist()]
        self.totals, self.equations = _without_empty(totals), _without_empty(equations)
        self.targets = sparse.vstack(targets, "csr")

    def _item_sums(self, each: Table, group: Integers) -> sparse.csr_array:
        """Each item's sum in each group of a table (S(j + k), unknowns) out of the unknown ones; rows of indicators are empty."""
        g, item = self.cells.T
        place = group[g] * each.hidden.shape[1] + each.nodes + item
        numbers = np.arange(len(place))
        return sparse.csr_array((np.ones(len(place)), (place, numbers)), shape=(each.hidden.size, len(place)))

    def _indicators(self, each: Table) -> sparse.csr_array:
        """Each indicator in each group out of the sums of the items that are hidden there (S(j + k), S(j + k))."""
        hidden = each.hidden[:, each.nodes :] & (each.over.weights > 0)
        width, blocks = each.hidden.shape[1], []
        _patterns, first, alike = np.unique(each.over.answered > 0, axis=0, return_index=True, return_inverse=True)
        for pattern, example in enumerate(first):  # most groups have answers to the same items
            known = indicator_coefficients(self.schema, each.over.tallies.items, each.over.answered[example] > 0)
            made_of = np.array([known.get(code, np.zeros(hidden.shape[1])) for code in each.over.tallies.nodes])
            node, item = made_of.nonzero()
            s, entry = np.nonzero(hidden[alike == pattern][:, item])
            s, node, item = np.flatnonzero(alike == pattern)[s], node[entry], item[entry]
            blocks.append((made_of[node, item] / each.over.weights[s, item], s * width + node, s * width + each.nodes + item))
        values, rows, columns = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
        return sparse.csr_array((values, (rows, columns)), shape=(each.hidden.size, each.hidden.size))

    def given_away(self, equations: sparse.csr_array, of: Callable[[_System], sparse.csr_array]) -> list[int]:
        """Targets that follow from some equations, but would not if the whole table were hidden."""
        follows = _follows(self.targets, equations)
        if not follows.any():
            return []
        everything = self.table.hiding(list(np.ndindex(self.table.hidden.shape)))
        all_hidden = _System(everything, self.margins, self.schema, self.thresholds)
        return np.flatnonzero(follows & ~_follows(all_hidden.targets, of(all_hidden))).tolist()

    def sibling(self, target: int) -> list[tuple[int, int]]:
        """The same item of a sibling, or else of any group: the smallest base that is shown."""
        g, column = self.smallest_part(target)
        siblings = [other for family in sibling_families(self.table.over.keys) if g in family for other in family]
        return self._smallest([(other, column) for other in siblings]) or self._smallest(
            [(other, column) for other in range(len(self.table.hidden))]
        )

    def item_beside(self, target: int) -> list[tuple[int, int]]:
        """Another item of the group, below the lowest indicator that is shown above it: the smallest base that is shown."""
        g, column = self.smallest_part(target)
        above = [below for node, below in enumerate(self._below) if column in below and not self.table.hidden[g, node]]
        return self._smallest([(g, item) for item in min(above, key=len, default=[])])

    def smallest_part(self, target: int) -> tuple[int, int]:
        """The place of the smallest base among the items a target is made of."""
        parts = self.cells[self.targets[[target]].indices]
        if not len(parts):  # all of them are shown
            groups, column = self._wanted[target]
            items = self._below[column] if column < self.table.nodes else [column]
            return min(((g, item) for g in groups.tolist() for item in items), key=lambda place: (self.table.bases[place], place))
        return min(((g, self.table.nodes + item) for g, item in parts.tolist()), key=lambda place: (self.table.bases[place], place))

    def _smallest(self, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The place that is shown with the smallest base, if any is."""
        shown = [place for place in places if not self.table.hidden[place]]
        return sorted(shown, key=lambda place: (self.table.bases[place], place))[:1]


def _columns_below(table: Table, node: Indicator) -> list[int]:
    """Columns of the items below an indicator."""
    items = table.over.tallies.items
    return [table.nodes + items.index(code) for code in node.items() if code in items]


def _held_by(table: Table, margin: Table) -> Integers:
    """The group of the margin each group of the table belongs to (G)."""
    dimensions = margin.over.keys[0].keys()
    place = {tuple(keys.values()): s for s, keys in enumerate(margin.over.keys)}
    return np.array([place[tuple(keys[name] for name in dimensions)] for keys in table.over.keys], dtype=np.intp)


def _without_empty(blocks: Sequence[sparse.csr_array]) -> sparse.csr_array:
    rows = sparse.vstack(blocks, "csr")
    return rows[np.diff(rows.indptr) > 0]
