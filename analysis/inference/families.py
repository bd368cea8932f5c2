"""Figures over domains, and how many of them are computed side by side.

A figure is linear in domain means: its ``Parts``; of many figures they stand in arrays, as ``Terms``. Figures over the same sets are a
**family**, since they need the same cells. Families of one shape are put side by side, each with cells of its own, so that a few
operations on long arrays serve hundreds of branches or of pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.sums.domains import Domains
from analysis.sums.tallies import Array, Integers

Parts = Mapping[int, Array]
"""A figure as coefficients (k) on the item means of each set it uses, by the set's number."""

#: Numbers that the largest array of a batch of families may hold, so that it stays in the cache, and of a single family: its figures are
#: taken in parts beyond it. A single figure may need more.
ROOM, MOST_ROOM = 2**20, 2**23


@dataclass(frozen=True, eq=False)
class Terms:
    """The parts of F figures as N rows, figure by figure and each figure's in the order of their sets.

    ``starts`` (F + 1) where the rows of each figure start, the last their end; ``figure`` (N) and ``sets`` (N) the numbers of figure and
    set of each row; ``row`` (N) where its coefficients stand in ``distinct`` (D, k), since most figures share theirs.
    """

    starts: Integers
    figure: Integers
    sets: Integers
    row: Integers
    distinct: Array

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def coefficients(self) -> Array:
        """Coefficients on the item means of each row (N, k)."""
        return self.distinct[self.row]

    def only(self, figures: Integers) -> Terms:
        """Some of the figures, by their numbers in ascending order."""
        rows = np.flatnonzero(np.isin(self.figure, figures))
        lengths = np.diff(self.starts)[figures]
        starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.intp)])
        return Terms(starts, np.repeat(np.arange(len(figures)), lengths), self.sets[rows], self.row[rows], self.distinct)


def in_arrays(over: Domains, figures: Sequence[Parts] | Terms) -> Terms:
    """The parts of some figures in arrays; as they are where they are already."""
    if isinstance(figures, Terms):
        return figures
    lengths = [len(parts) for parts in figures]
    figure = np.repeat(np.arange(len(figures)), lengths)
    sets = np.array([g for parts in figures for g in parts], dtype=np.intp)
    coefficients = [part for parts in figures for part in parts.values()]
    known = {id(each): each for each in coefficients}
    rows = {key: row for row, key in enumerate(known)}
    row = np.array([rows[id(each)] for each in coefficients], dtype=np.intp)
    order = np.lexsort((sets, figure))
    distinct = np.array(list(known.values()), dtype=np.float64).reshape(len(known), len(over.tallies.items))
    return Terms(np.concatenate([[0], np.cumsum(lengths, dtype=np.intp)]), figure, sets[order], row[order], distinct)


@dataclass(frozen=True, eq=False)
class Families:
    """A families of S figures over n sets each, side by side; their P pairs of a family and a group its sets hold; the C cells of these.

    ``figures`` (A, S) numbers of the figures; ``sets`` (A, n); ``coefficients`` (A, S, n, k); ``family`` (P) of each pair; ``held``
    (P, n) whether each of the family's sets holds the pair's group; ``cells`` (C), those without clusters first; ``pair`` (C) of each.
    """

    figures: Integers
    sets: Integers
    coefficients: Array
    family: Integers
    held: Array
    cells: Integers
    pair: Integers

    @property
    def of_cell(self) -> Integers:
        """The family each cell is there for (C)."""
        return self.family[self.pair]

    def by_cell(self, of_sets: Array) -> Array:
        """What is said of each figure's sets and M variables (A, S, n, M), added up over the sets that hold a cell (S, C, M)."""
        _, figures, sets, variables = of_sets.shape
        of_pairs = np.zeros((len(self.family), figures, variables))
        for place in range(sets):
            there = np.flatnonzero(self.held[:, place])
            of_pairs[there] += self.held[there, place, None, None] * of_sets[self.family[there], :, place]
        return of_pairs[self.pair].swapaxes(0, 1)


def families(over: Domains, terms: Terms) -> Iterator[Families]:
    """All figures that use any set, in batches of limited size."""
    _, starts = over.cells_by_group
    variables = 2 * len(over.tallies.items)
    for sets, numbers in _shapes(terms):
        size = numbers.shape[1]
        cells = over.holds[sets].any(axis=1) @ np.diff(starts)
        at_once = max(1, MOST_ROOM // max(int(cells.max()) * variables, 1))
        load = np.cumsum(cells * variables * max(min(size, at_once), variables)) // ROOM
        for batch in np.split(np.arange(len(sets)), np.flatnonzero(np.diff(load)) + 1):
            for start in range(0, size, at_once):
                yield side_by_side(over, terms, numbers[batch, start : start + at_once])


def _shapes(terms: Terms) -> Iterator[tuple[Integers, Integers]]:
    """Families of the same numbers of sets and figures: their sets (A, n) and the numbers of their figures (A, S)."""
    lengths = np.diff(terms.starts)
    for n in np.unique(lengths[lengths > 0]).tolist():
        figures = np.flatnonzero(lengths == n)
        used = terms.sets[terms.starts[figures][:, None] + np.arange(n)]
        sets, family, sizes = np.unique(used, axis=0, return_inverse=True, return_counts=True)
        together = figures[np.argsort(family, kind="stable")]
        starts = np.cumsum(sizes) - sizes
        for size in np.unique(sizes).tolist():
            alike = np.flatnonzero(sizes == size)
            yield sets[alike], together[starts[alike][:, None] + np.arange(size)]


def side_by_side(over: Domains, terms: Terms, numbers: Integers) -> Families:
    """The families of the figures with these ``numbers`` (A, S); those of a family use the same sets."""
    first = terms.starts[numbers]
    rows = first[..., None] + np.arange(terms.starts[numbers[0, 0] + 1] - first[0, 0])
    sets = terms.sets[rows[:, 0]]
    holds = over.holds[sets]
    family, group = np.nonzero(holds.any(axis=1))
    order, starts = over.cells_by_group
    counts = np.diff(starts)[group]
    pair = np.repeat(np.arange(len(group)), counts)
    cells = order[np.arange(len(pair)) + (starts[group] - np.cumsum(counts) + counts)[pair]]
    alone_first = np.argsort(cells >= over.tallies.unclustered, kind="stable")
    held = over.members[sets[family], group[:, None]]
    return Families(numbers, sets, terms.distinct[terms.row[rows]], family, held, cells[alone_first], pair[alone_first])
