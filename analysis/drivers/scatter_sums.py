"""Sums of estimating functions z = w e x by stratum or sampling unit, in the steps of every pass: some batches, and their join.

A function of a respondent is w (y − c'x)(r'x), where x starts with 1: the estimating functions of a regression have the same c and the
rows r of the identity, influences on coefficients of several models have a c and an r each. Outside the base a function is zero.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.sums.answer_rows import AnswerRows, Flags, Integers, weighed
from analysis.sums.cross_moments import Array
from analysis.sums.moments_plan import WEIGHT, MomentsPlan
from analysis.sums.numbered_cells import NumberedCells, numbered, plain
from analysis.sums.partial_moments import BLOCK, sliced
from analysis.sums.partial_sums import batches
from analysis.sums.spread_passes import is_spread, sums_of_partitions

CLUSTER = "cluster"


@dataclass(frozen=True, eq=False)
class ScatterPlan:
    """What is added up: m functions of the outcome, the first of the variables, and the drivers, by ``keys``.

    ``coefficients`` c and ``rows`` r (m, drivers + 1). ``where`` says by column what belongs to the base. Only where
    ``clustered`` does a cluster make one unit of its respondents.
    """

    keys: tuple[str, ...]
    variables: MomentsPlan
    where: tuple[tuple[str, str], ...]
    coefficients: Array
    rows: Array
    clustered: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of responses that are needed."""
        return tuple(dict.fromkeys((*self.keys, CLUSTER, *(name for name, _ in self.where), *self.variables.columns)))

    def functions(self, made: Array, w: Array) -> Array:
        """The functions (m, n) of ones, outcome and drivers (drivers + 2, n)."""
        x = np.concatenate([made[:1], made[2:]])
        return np.asarray((made[1] - self.coefficients @ x) * (self.rows @ x) * w)


class ScatterSums:
    """The sums of m functions by cell.

    ``alone`` are the cells of respondents without a cluster: rows, rows of the base, Σz, Σwz and Σzz'. ``together`` are the cells of
    each cluster, the last of their keys: rows, rows of the base and Σz. Rows without a positive weight count nowhere.
    """

    def __init__(self, plan: ScatterPlan) -> None:
        m = len(plan.rows)
        self.plan, self._made = plan, np.empty((len(plan.variables.variables) + 1, BLOCK))
        self.alone = NumberedCells(len(plan.keys), 2 + 2 * m + m * m)
        self.together = NumberedCells(len(plan.keys) + 1, 2 + m)

    def add(self, batch: pa.RecordBatch) -> None:
        """Adds some responses."""
        batch = weighed(batch, self.plan.variables)
        single = batch[CLUSTER].is_null() if self.plan.clustered else pa.repeat(True, len(batch))
        if single.true_count:
            self._add(batch if single.true_count == len(batch) else batch.filter(single), self.plan.keys, self.alone)
        if single.true_count < len(batch):
            self._add(batch.filter(pc.invert(single)), (*self.plan.keys, CLUSTER), self.together)

    def join(self, other: ScatterSums) -> None:
        """Adds what another one has added up."""
        self.alone.add(other.alone.keys, other.alone.sums)
        self.together.add(other.together.keys, other.together.sums)

    def _add(self, batch: pa.RecordBatch, names: Sequence[str], cells: NumberedCells) -> None:
        keys = [plain(batch[name]) for name in names]
        number, first = numbered(keys, batch.num_rows)
        place = cells.places([key.take(pa.array(first)) for key in keys], len(first))
        rows = AnswerRows(batch, self.plan.variables)
        chosen = np.flatnonzero(rows.counted & _inside(batch, self.plan.where))
        chosen = chosen[np.argsort(number[chosen], kind="stable")]
        own = number[chosen]
        cells.sums[place, 0] += np.bincount(number, minlength=len(first))
        cells.sums[place, 1] += np.bincount(own, minlength=len(first))
        for start in range(0, len(chosen), BLOCK):
            block = slice(start, start + BLOCK)
            self._add_block(rows, chosen[block], place[own[block]], cells)

    def _add_block(self, rows: AnswerRows, chosen: Integers, of_cell: Integers, cells: NumberedCells) -> None:
        made, w = self._made[:, : len(chosen)], rows.weights[chosen]
        rows.write(chosen, made)
        z = self.plan.functions(made, w)
        starts, m = np.flatnonzero(np.diff(of_cell, prepend=-1)), len(z)
        where = of_cell[starts]
        cells.sums[where, 2 : 2 + m] += np.add.reduceat(z, starts, axis=1).T
        if cells is self.together:
            return
        ends = np.append(starts[1:], len(w))
        cells.sums[where, 2 + m : 2 + 2 * m] += np.add.reduceat(z * w, starts, axis=1).T
        products = [z[:, start:end] @ z[:, start:end].T for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        cells.sums[where, 2 + 2 * m :] += np.reshape(products, (len(starts), m * m))


def scatter_sums(frame: nw.LazyFrame[Any], plan: ScatterPlan) -> ScatterSums:
    """The sums of all rows of a frame, added up here as they are read, or where the workers of a cluster read them."""
    chosen = frame.select(*(nw.col(name).cast(nw.Float64) if name == WEIGHT else nw.col(name) for name in plan.columns))
    if not is_spread(chosen):
        return _added(batches(chosen), plan)
    whole = ScatterSums(plan)
    for sent in sums_of_partitions(chosen, partial(_sent, plan=plan)):
        whole.join(pickle.loads(sent))
    return whole


def _added(read: Iterable[pa.RecordBatch], plan: ScatterPlan) -> ScatterSums:
    sums = ScatterSums(plan)
    for batch in sliced(read):
        sums.add(batch)
    return sums


def _sent(read: Iterable[pa.RecordBatch], plan: ScatterPlan) -> bytes:
    return pickle.dumps(_added(read, plan))


def _inside(batch: pa.RecordBatch, where: Iterable[tuple[str, str]]) -> Flags:
    inside = np.ones(batch.num_rows, dtype=bool)
    for name, value in where:
        inside &= pc.equal(plain(batch[name]), value).fill_null(False).to_numpy(zero_copy_only=False)
    return inside
