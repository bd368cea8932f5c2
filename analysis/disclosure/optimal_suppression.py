"""Of the sets of cells that protect the small ones, the one that hides the fewest respondents.

A cell belongs to several families: of a table of branches by brand to the brands of its branch and to the branches of its brand, whose
totals are shown. No family may be left with a single hidden cell, nor with hidden cells that together are too small; each family that
has one more to hide must hide it. The complement of least base is a whole-number programme,

    min Σ b_i x_i   such that   Σ_{i in f} x_i ≥ 1   in a family f whose small cells need one more,
                                x_i ≤ z_f ≤ 1, Σ_{i in f} x_i ≥ 2 z_f   in a family without small cells,
                                Σ_{i not in H} x_i ≥ 1   for a set H that has turned out not to protect,

with x_i 1 where a cell large enough to be shown is hidden (Fischetti and Salazar-González 2001, *Management Science* 47; the last line are
their cuts). A family in which hidden cells of sufficient base stand already needs nothing. Cells that nobody fills play no part.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.intp]
#: The search ends after so many nodes, not after some time: the same table must always be hidden alike.
_MOST_NODES = 2_000
#: Sets of equal base are told apart by the order of their cells: by this part of a respondent a place, which the solver still sees.
_TIE = 1e-5


def optimal_suppression(
    base: Array, forced: Flags, families: Sequence[Sequence[int]], limit: float, unsafe: Sequence[frozenset[int]] = ()
) -> Flags | None:
    """Which cells (G) are to be hidden: the ``forced`` ones and the complement of least base; None where none was found.

    ``base`` effective bases, 0 where nobody is; those not forced reach ``limit``. ``families`` by their cells. ``unsafe`` are sets of
    hidden cells, each within one linked part, that do not protect, and neither does any part of them. Cells that families do not link,
    such as those of two waves, are decided on their own, so that a wave is hidden alike alone and beside others.
    """
    filled, parts = base > 0, linked(base, families)
    found: Flags = forced.copy()
    for part in np.unique(parts[forced & filled]):
        cells = np.flatnonzero((parts == part) & filled)
        own = [family for each in families if (family := [cell for cell in each if filled[cell]]) and parts[family[0]] == part]
        sets = [hidden for hidden in unsafe if hidden & set(cells.tolist())]
        chosen = _solve(base, forced, cells, own, limit, sets)
        if chosen is None:
            return None
        found[chosen] = True
    return found


def linked(base: Array, families: Sequence[Sequence[int]]) -> Integers:
    """Number of the part each cell (G) belongs to: cells of a family that somebody fills belong together."""
    pairs = [(cell, len(base) + number) for number, family in enumerate(families) for cell in family if base[cell] > 0]
    rows, columns = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    size = len(base) + len(families)
    graph = sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    parts: Integers = sparse.csgraph.connected_components(graph, directed=False)[1][: len(base)]
    return parts


def _solve(
    base: Array, forced: Flags, cells: Integers, families: Sequence[Sequence[int]], limit: float, unsafe: Sequence[frozenset[int]]
) -> list[int] | None:
    """The cells of one part to be hidden beside the forced ones; None where the search found none."""
    free = [cell for cell in cells.tolist() if not forced[cell]]
    if not free:
        return []
    place = {cell: number for number, cell in enumerate(free)}
    rows: list[dict[int, float]] = []
    least: list[float] = []
    size = len(free)

    def at_least(coefficients: dict[int, float], bound: float) -> None:
        rows.append(coefficients)
        least.append(bound)

    for family in families:
        small, others = [cell for cell in family if forced[cell]], [place[cell] for cell in family if not forced[cell]]
        if small and others and (len(small) == 1 or base[small].sum() < limit):
            at_least(dict.fromkeys(others, 1.0), 1.0)
        elif not small and len(others) > 1:
            at_least({**dict.fromkeys(others, 1.0), size: -2.0}, 0.0)
            for cell in others:
                at_least({size: 1.0, cell: -1.0}, 0.0)
            size += 1
    for hidden in unsafe:
        if outside := [place[cell] for cell in free if cell not in hidden]:
            at_least(dict.fromkeys(outside, 1.0), 1.0)
    if not any(least):
        return []
    cost = np.zeros(size)
    cost[: len(free)] = base[free] + _TIE * np.arange(1, len(free) + 1)
    entries = [(row, column, value) for row, coefficients in enumerate(rows) for column, value in coefficients.items()]
    at, columns, values = (np.array(each) for each in zip(*entries, strict=True))
    matrix = sparse.csr_array((values, (at, columns)), shape=(len(rows), size))
    whole = np.where(np.arange(size) < len(free), 1, 0)
    answer = milp(
        cost, integrality=whole, bounds=Bounds(0, 1), constraints=LinearConstraint(matrix, np.array(least)),
        options={"node_limit": _MOST_NODES, "mip_rel_gap": 0.0},
    )  # fmt: skip
    return None if answer.x is None else [cell for cell, value in zip(free, answer.x, strict=False) if value > 0.5]
