"""Sums of estimating functions z = w e x by stratum or sampling unit, in the steps of every pass: some batches, and their join.

A function of a respondent is w (y − c'x)(r'x), where x starts with 1: the estimating functions of a regression have the same c and the
rows r of the identity, influences on coefficients of several models have a c and an r each. Outside the base a function is zero.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
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
#: What is held of responses between the passes over them; more are read again.
HELD_BYTES = 128 * 2**20


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
        self.plan = plan
        self.alone = NumberedCells(len(plan.keys), 2 + 2 * m + m * m)
        self.together = NumberedCells(len(plan.keys) + 1, 2 + m)

    def add(self, piece: Piece) -> None:
        """Adds some responses."""
        cells = self.together if piece.clustered else self.alone
        place = cells.places(piece.keys, len(piece.rows))
        cells.sums[place, 0] += piece.rows
        cells.sums[place, 1] += np.bincount(piece.of_cell, minlength=len(piece.rows))
        for start in range(0, len(piece.weights), BLOCK):
            block = slice(start, start + BLOCK)
            z = self.plan.functions(piece.variables[:, block], piece.weights[block])
            self._add_block(z, piece.weights[block], place[piece.of_cell[block]], cells)

    def join(self, other: ScatterSums) -> None:
        """Adds what another one has added up."""
        self.alone.add(other.alone.keys, other.alone.sums)
        self.together.add(other.together.keys, other.together.sums)

    def _add_block(self, z: Array, w: Array, of_cell: Integers, cells: NumberedCells) -> None:
        starts, m = np.flatnonzero(np.diff(of_cell, prepend=-1)), len(z)
        where = of_cell[starts]
        cells.sums[where, 2 : 2 + m] += np.add.reduceat(z, starts, axis=1).T
        if cells is self.together:
            return
        ends = np.append(starts[1:], len(w))
        cells.sums[where, 2 + m : 2 + 2 * m] += np.add.reduceat(z * w, starts, axis=1).T
        products = [z[:, start:end] @ z[:, start:end].T for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        cells.sums[where, 2 + 2 * m :] += np.reshape(products, (len(starts), m * m))


@dataclass(frozen=True, eq=False)
class Piece:
    """Responses of a batch, all of them in clusters or none: the keys of its cells and the ``rows`` of each (C); of the rows of the base,
    in the order of their cells, the number of the cell and the weight (n), and ones, outcome and drivers (drivers + 2, n)."""

    clustered: bool
    keys: tuple[pa.Array, ...]
    rows: Integers
    of_cell: Integers
    weights: Array
    variables: Array


def pieces_of(batch: pa.RecordBatch, plan: ScatterPlan) -> Iterator[Piece]:
    """The pieces of a batch, which has the columns of the plan; they are the same whatever its coefficients."""
    batch = weighed(batch, plan.variables)
    single = batch[CLUSTER].is_null() if plan.clustered else pa.repeat(True, len(batch))
    if single.true_count:
        yield _piece(batch if single.true_count == len(batch) else batch.filter(single), plan, clustered=False)
    if single.true_count < len(batch):
        yield _piece(batch.filter(pc.invert(single)), plan, clustered=True)


def _piece(batch: pa.RecordBatch, plan: ScatterPlan, *, clustered: bool) -> Piece:
    keys = [plain(batch[name]) for name in (*plan.keys, *([CLUSTER] if clustered else []))]
    number, first = numbered(keys, batch.num_rows)
    rows = AnswerRows(batch, plan.variables)
    chosen = np.flatnonzero(rows.counted & _inside(batch, plan.where))
    chosen = chosen[np.argsort(number[chosen], kind="stable")]
    made = np.empty((len(plan.variables.variables) + 1, len(chosen)))
    rows.write(chosen, made)
    of_cells = tuple(key.take(pa.array(first)) for key in keys)
    return Piece(clustered, of_cells, np.bincount(number, minlength=len(first)), number[chosen], rows.weights[chosen], made)


class ReadRows:
    """The responses of a frame for sums of several sets of functions: held where they are few, else read again each time."""

    def __init__(self, frame: nw.LazyFrame[Any]) -> None:
        self.frame = frame
        self._held: list[Piece] | None = None

    def sums(self, plan: ScatterPlan) -> ScatterSums:
        """The sums of all rows, added up here as they are read, or where the workers of a cluster read them.

        All plans have the same keys, variables and base.
        """
        if self._held is not None:
            return _added(self._held, plan)
        chosen = self.frame.select(*(nw.col(name).cast(nw.Float64) if name == WEIGHT else nw.col(name) for name in plan.columns))
        if is_spread(chosen):
            whole = ScatterSums(plan)
            for sent in sums_of_partitions(chosen, partial(_sent, plan=plan)):
                whole.join(pickle.loads(sent))
            return whole
        return _added(self._holding(pieces_of(batch, plan) for batch in sliced(batches(chosen))), plan)

    def _holding(self, read: Iterable[Iterator[Piece]]) -> Iterator[Piece]:
        """Pieces as they are read; at the end they are held unless they are too many."""
        held, size = list[Piece](), 0
        for piece in chain.from_iterable(read):
            size += piece.variables.nbytes
            if size <= HELD_BYTES:
                held.append(piece)
            else:
                held.clear()
            yield piece
        self._held = held if size <= HELD_BYTES else None


def _added(pieces: Iterable[Piece], plan: ScatterPlan) -> ScatterSums:
    sums = ScatterSums(plan)
    for piece in pieces:
        sums.add(piece)
    return sums


def _sent(read: Iterable[pa.RecordBatch], plan: ScatterPlan) -> bytes:
    return pickle.dumps(_added(chain.from_iterable(pieces_of(batch, plan) for batch in sliced(read)), plan))


def _inside(batch: pa.RecordBatch, where: Iterable[tuple[str, str]]) -> Flags:
    inside = np.ones(batch.num_rows, dtype=bool)
    for name, value in where:
        inside &= pc.equal(plain(batch[name]), value).fill_null(False).to_numpy(zero_copy_only=False)
    return inside
