"""The sums of the cells of one batch of responses.

Rows are brought into the order of their cells, unless they already stand together as stored waves have them, and taken in blocks that stay
in the processor's cache. Of a block wz², wz, wd (answered), d, t (satisfied), m (other answers that are counted) and a (any answer under
an indicator) are the rows of one matrix: of a cell, the sums of the first two and ``[d t m a] · [1 w w²]`` are the first-order sums, and
``[wz wd] · [wz wd]'`` the second moments.

Of respondents in clusters no second moments are needed: :mod:`analysis.sums.clustered_sums`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.sums import batch_rows
from analysis.sums.batch_rows import Integers, Rows, put_together
from analysis.sums.clustered_sums import clustered_sums
from analysis.sums.row_of_sums import Array
from analysis.sums.sums_plan import CLUSTER, WEIGHT, SumsPlan


@dataclass(frozen=True, eq=False)
class Pieces:
    """Sums of P pieces of cells, of which the first U are without clusters; a cell may be in several pieces.

    ``keys`` (P) are the key columns, texts as dictionaries; ``sums`` (P, width) as ``SumsPlan.view`` takes them apart; ``second``
    (U, 2k, 2k) and ``powers`` (U, 2, k).
    """

    keys: pa.RecordBatch
    sums: Array
    second: Array
    powers: Array


def pieces_of(batch: pa.RecordBatch, plan: SumsPlan) -> list[Pieces]:
    """The pieces of a batch of responses, which has the columns of the plan. Rows without a positive weight count nowhere."""
    counting = pc.greater(batch[WEIGHT], 0.0)  # seldom are there others, and it would copy everything to leave them out
    if counting.true_count < len(counting):
        batch = batch.filter(counting)
    alone = batch[CLUSTER].is_null()
    parts = [batch] if alone.true_count in (0, len(batch)) else [batch.filter(alone), batch.filter(pc.invert(alone))]
    return [_of_part(part, plan) for part in parts if len(part)]


def _of_part(batch: pa.RecordBatch, plan: SumsPlan) -> Pieces:
    """Of responses that are all in clusters, or none of them."""
    rows, k = Rows(batch, plan), len(plan.items)
    if batch[CLUSTER].null_count:
        return Pieces(rows.keys(), *_Alone(rows, plan).sums())
    return Pieces(rows.keys(), clustered_sums(rows, plan), np.zeros((0, 2 * k, 2 * k)), np.zeros((0, 2, k)))


class _Alone:
    """Sums of respondents that are units of their own, piece by piece."""

    def __init__(self, rows: Rows, plan: SumsPlan) -> None:
        self._plan, self._rows, block = plan, rows, batch_rows.BLOCK
        k, m, j = len(plan.items), len(plan.marks), len(plan.nodes)
        self._intercepts = np.array([each.intercept for each in plan.grades])[:, None]
        self._variables = np.empty((5 * k + m + j, block))
        self._scores, self._satisfied = np.empty((k, block)), np.empty((k, block), dtype=bool)
        self._marked = np.empty((m, block), dtype=bool)

    def sums(self) -> tuple[Array, Array, Array]:
        """Rows of sums (P, width), second moments (P, 2k, 2k) and powers (P, 2, k) of all pieces."""
        rows, plan, w, block = self._rows, self._plan, self._rows.w, batch_rows.BLOCK
        k, p = len(plan.items), len(rows.starts)
        powers_of_w = np.stack([np.ones(len(w)), w, w * w])
        scored, counted = np.zeros((p, 2 * k)), np.zeros((p, 3, 2 * k + len(plan.marks) + len(plan.nodes)))
        second, powers = np.zeros((p, 2 * k, 2 * k)), np.zeros((p, 2, k))
        cuts = np.union1d(rows.starts, np.arange(0, len(w), block))  # where a piece or a block begins
        ends, piece_of = np.append(cuts[1:], len(w)), np.searchsorted(rows.starts, cuts, side="right") - 1
        for start, end, piece in zip(cuts.tolist(), ends.tolist(), piece_of.tolist(), strict=True):
            if start % block == 0:
                last = min(start + block, len(w))
                self._look_at(rows.block(start, last), w[start:last])
            variables = self._variables[:, start % block : start % block + end - start]
            here = powers_of_w[:, start:end]
            scored[piece] += variables[: 2 * k] @ here[0]
            counted[piece] += here @ variables[3 * k :].T
            squares, both = variables[:k], variables[k : 3 * k]
            second[piece] += both @ both.T
            powers[piece, 0] += np.vecdot(squares, both[:k])
            powers[piece, 1] += np.vecdot(squares, squares)
        weights = np.add.reduceat(powers_of_w, rows.starts, axis=1).T
        return put_together(plan, weights, scored, counted), second, powers

    def _look_at(self, where: slice | Integers, w: Array) -> None:
        """Writes the variables of some responses, whose weights are ``w``: wz², wz, wd, d, t, other counted answers and any answer."""
        plan, rows, n = self._plan, self._rows, len(w)
        k, m = len(plan.items), len(plan.marks)
        answers, d = [grades[where] for grades in rows.answers], rows.answered[:, where]
        squares, wz, wd, ones, t = self._variables[: 5 * k, :n].reshape(5, k, n)
        z, satisfied, marked = self._scores[:, :n], self._satisfied[:, :n], self._marked[:, :n]
        with np.errstate(all="ignore"):  # anything may lie in memory where there is no answer
            for grade, grades, scores, enough in zip(plan.grades, answers, z, satisfied, strict=True):
                np.multiply(grades, grade.slope, out=scores)
                (np.less_equal if grade.turned else np.greater_equal)(grades, grade.cut, out=enough)
            for mark, inside in zip(plan.cuts, marked, strict=True):
                (np.less_equal if mark.downwards else np.greater_equal)(answers[mark.item], mark.cut, out=inside)
                inside &= d[mark.item]
            z += self._intercepts
        np.copyto(z, 0.0, where=~d)
        satisfied &= d
        t[...], ones[...] = satisfied, d
        self._variables[5 * k : 5 * k + m, :n], self._variables[5 * k + m :, :n] = marked, rows.any_answer[:, where]
        np.multiply(ones, w, out=wd)
        np.multiply(z, wd, out=wz)
        np.multiply(wz, z, out=squares)
