"""The sums of cells of respondents in clusters: often of a response or two, so those of all cells of a block are made at once.

The sums of the cells of a block are ``M·X``: X has a row a response and a column a variable, and M, which is sparse, has in the row of a
cell a 1, w or w² in the columns of its responses. Only cluster totals matter for the variance, so no second moments are made.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from analysis.sums import batch_rows
from analysis.sums.batch_rows import Rows, put_together
from analysis.sums.row_of_sums import Array
from analysis.sums.sums_plan import SumsPlan


def clustered_sums(rows: Rows, plan: SumsPlan) -> Array:
    """Rows of sums (P, width) of the pieces of ``rows``."""
    starts, n = rows.starts, len(rows.w)
    sums, look = np.empty((len(starts), plan.width)), _Variables(rows, plan)
    for start in range(0, n, batch_rows.BLOCK):
        end = min(start + batch_rows.BLOCK, n)
        scores, counts = look.at(start, end)
        first, last = np.searchsorted(starts, (start, end)).tolist()  # the pieces that begin here
        goes_on = first == last or starts[first] > start
        ends = np.concatenate([*([[0]] if goes_on else []), starts[first:last] - start, [end - start]])
        w, each, ones = rows.w[start:end], np.arange(end - start), np.ones(end - start)
        by_power = [csr_array((data, each, ends), shape=(len(ends) - 1, end - start)) for data in (ones, w, w * w)]
        weights = np.stack([cells @ ones for cells in by_power], axis=1)
        here = put_together(plan, weights, by_power[1] @ scores, np.stack([cells @ counts for cells in by_power], axis=1))
        if goes_on:  # the last piece of the block before
            sums[first - 1] += here[0]
        sums[first:last] = here[1:] if goes_on else here
    return sums


class _Variables:
    """Of some responses, a row each: z², z (n, 2k); and d, t, other counted answers and any answer under an indicator (n, 2k + m + j)."""

    def __init__(self, rows: Rows, plan: SumsPlan) -> None:
        self._rows, self._k, self._m = rows, len(plan.items), len(plan.marks)
        self._slopes, self._intercepts = (np.array([getattr(each, name) for each in plan.grades]) for name in ("slope", "intercept"))
        self._signs = np.array([-1.0 if each.turned else 1.0 for each in plan.grades])
        self._cuts = self._signs * np.array([each.cut for each in plan.grades])
        self._marked = np.array([cut.item for cut in plan.cuts], dtype=np.intp)
        self._mark_signs = np.array([-1.0 if cut.downwards else 1.0 for cut in plan.cuts])
        self._mark_cuts = self._mark_signs * np.array([cut.cut for cut in plan.cuts])
        self._scores = np.empty((batch_rows.BLOCK, 2 * self._k))
        self._counts = np.empty((batch_rows.BLOCK, 2 * self._k + self._m + len(plan.nodes)))

    def at(self, start: int, end: int) -> tuple[Array, Array]:
        """Those from one place in the order to another; overwritten by the next call."""
        rows, k, m, where = self._rows, self._k, self._m, self._rows.block(start, end)
        scores, counts = self._scores[: end - start], self._counts[: end - start]
        answers, d, z = np.empty((end - start, k)), np.ascontiguousarray(rows.answered[:, where].T), scores[:, k:]
        for number, grades in enumerate(rows.answers):
            answers[:, number] = grades[where]
        with np.errstate(all="ignore"):  # anything may lie in memory where there is no answer
            np.multiply(answers, self._slopes, out=z)
            z += self._intercepts
            counts[:, k : 2 * k] = (answers * self._signs >= self._cuts) & d
            counts[:, 2 * k : 2 * k + m] = (answers[:, self._marked] * self._mark_signs >= self._mark_cuts) & d[:, self._marked]
        np.copyto(z, 0.0, where=~d)
        np.multiply(z, z, out=scores[:, :k])
        counts[:, :k], counts[:, 2 * k + m :] = d, rows.any_answer[:, where].T
        return scores, counts
