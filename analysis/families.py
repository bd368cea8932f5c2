"""Figures over domains, and how many of them are computed side by side.

A figure is linear in domain means: its ``Parts``. Figures over the same sets are a **family**, since they need the same cells. Families of
one shape are put side by side, each with cells of its own, so that a few operations on long arrays serve hundreds of branches or of pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.domains import Domains
from analysis.sums import Array, Integers

Parts = Mapping[int, Array]
"""A figure as coefficients (k) on the item means of each set it uses, by the set's number."""

#: Numbers that the largest array of a batch of families may hold, so that it stays in the cache, and of a single family: its figures are
#: taken in parts beyond it. A single figure may need more.
ROOM, MOST_ROOM = 2**20, 2**23


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


def families(over: Domains, figures: Sequence[Parts]) -> Iterator[Families]:
    """All figures that use any set, in batches of limited size."""
    _, starts = over.cells_by_group
    variables = 2 * len(over.tallies.items)
    for sets, numbers in _shapes(figures):
        size = numbers.shape[1]
        cells = over.holds[sets].any(axis=1) @ np.diff(starts)
        at_once = max(1, MOST_ROOM // max(int(cells.max()) * variables, 1))
        load = np.cumsum(cells * variables * max(min(size, at_once), variables)) // ROOM
        for batch in np.split(np.arange(len(sets)), np.flatnonzero(np.diff(load)) + 1):
            for start in range(0, size, at_once):
                yield side_by_side(over, figures, sets[batch], numbers[batch, start : start + at_once])


def _shapes(figures: Sequence[Parts]) -> Iterator[tuple[Integers, Integers]]:
    """Families of the same numbers of sets and figures: their sets (A, n) and the numbers of their figures (A, S)."""
    by_sets: dict[tuple[int, ...], list[int]] = {}
    for number, parts in enumerate(figures):
        by_sets.setdefault(tuple(sorted(parts)), []).append(number)
    alike: dict[tuple[int, int], list[tuple[tuple[int, ...], list[int]]]] = {}
    for used, members in by_sets.items():
        if used:
            alike.setdefault((len(used), len(members)), []).append((used, members))
    for shaped in alike.values():
        sets, numbers = zip(*shaped, strict=True)
        yield np.array(sets), np.array(numbers)


def side_by_side(over: Domains, figures: Sequence[Parts], sets: Integers, numbers: Integers) -> Families:
    """The families over ``sets`` (A, n) of the figures with these ``numbers`` (A, S); a set a figure does not use counts 0."""
    nothing = np.zeros(len(over.tallies.items))
    wanted = zip(sets.tolist(), numbers.tolist(), strict=True)
    coefficients = stacked([figures[number].get(g, nothing) for used, members in wanted for number in members for g in used])
    holds = over.holds[sets]
    family, group = np.nonzero(holds.any(axis=1))
    order, starts = over.cells_by_group
    counts = np.diff(starts)[group]
    pair = np.repeat(np.arange(len(group)), counts)
    cells = order[np.arange(len(pair)) + (starts[group] - np.cumsum(counts) + counts)[pair]]
    alone_first = np.argsort(cells >= over.tallies.unclustered, kind="stable")
    held = over.members[sets[family], group[:, None]]
    shape = (*numbers.shape, sets.shape[1], len(nothing))
    return Families(numbers, sets, coefficients.reshape(shape), family, held, cells[alone_first], pair[alone_first])


def stacked(coefficients: Sequence[Array]) -> Array:
    """Coefficients (N, k) as rows of one array; most figures share theirs, so that each is looked at once."""
    known = {id(each): each for each in coefficients}
    rows = {key: row for row, key in enumerate(known)}
    return np.array(list(known.values()), dtype=np.float64)[[rows[id(each)] for each in coefficients]]
