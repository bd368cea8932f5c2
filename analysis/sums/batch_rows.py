"""The responses of one batch in the order of their cells, and where in it each cell begins."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.sums.row_of_sums import Array
from analysis.sums.sums_plan import WEIGHT, SumsPlan

Integers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
#: Responses looked at together: few enough that their columns stay in the cache while they are picked out in the order of the cells, and
#: many enough that a cell has a good number of them.
BLOCK = 2_048
#: Rows of a cell that follow each other on average from which they are taken as they come.
LONG_ENOUGH = 32


class Rows:
    """The responses of a batch in the order of their cells."""

    def __init__(self, batch: pa.RecordBatch, plan: SumsPlan) -> None:
        self._plan, self._keys = plan, _key_columns(batch, plan)
        self.order, self.starts = _by_cell(self._keys)
        weights = batch[WEIGHT].cast(pa.float64()).to_numpy()
        self.w = weights if self.order is None else weights[self.order]
        self.answers = [_grades(batch[item].cast(pa.float64())) for item in plan.items]
        self.answered, self.any_answer = _answered([batch[item] for item in plan.items], plan.below, len(batch))

    def keys(self) -> pa.RecordBatch:
        """Those of the pieces."""
        first = pa.array(self.starts if self.order is None else self.order[self.starts])
        return pa.RecordBatch.from_arrays([key.take(first) for key in self._keys], names=list(self._plan.keys))

    def block(self, start: int, end: int) -> slice | Integers:
        """Where the rows from one place in the order to another are."""
        return slice(start, end) if self.order is None else self.order[start:end]


def _key_columns(batch: pa.RecordBatch, plan: SumsPlan) -> list[pa.Array]:
    return [batch[name].dictionary_encode() if not pa.types.is_dictionary(batch[name].type) else batch[name] for name in plan.keys]


def put_together(plan: SumsPlan, weights: Array, scored: Array, counted: Array) -> Array:
    """Rows of sums of pieces: of ``weights`` (P, 3) 1, w and w², of ``scored`` (P, 2k) wz² and wz, of ``counted`` (P, 3, …) d, t, marks and
    indicators by 1, w, w²."""
    k, m = len(plan.items), len(plan.marks)
    sums, place = np.empty((len(scored), plan.width)), plan.places
    sums[:, :3] = weights
    first = sums[:, place["first"]]
    sums[:, place["squares"]], first[:, :k] = scored[:, :k], scored[:, k:]
    sums[:, place["answered"]], first[:, k : 2 * k], sums[:, place["weight_squares"]] = counted[:, :, :k].swapaxes(0, 1)
    first[:, 2 * k :], sums[:, place["satisfied_squares"]] = counted[:, 1:, k : 2 * k].swapaxes(0, 1)
    for power, place_of in ((1, 0), (2, 1)):
        sums[:, place["marked"]][:, place_of::2] = counted[:, power, 2 * k : 2 * k + m]
    for power in range(3):
        sums[:, place["node_counts"]][:, power::3] = counted[:, power, 2 * k + m :]
    return sums


def _answered(columns: Sequence[pa.Array], below: Sequence[Sequence[int]], rows: int) -> tuple[Flags, Flags]:
    """Where each item was answered (k, rows), and where any under each indicator (j, rows); looked up in the bits that say so."""
    bits = np.zeros((len(columns), -(-rows // 8)), dtype=np.uint8)
    for row, column in zip(bits, columns, strict=True):
        row[:] = np.frombuffer(column.is_valid().buffers()[1], np.uint8)[: len(row)]
    any_bits = np.zeros((len(below), bits.shape[1]), dtype=np.uint8)
    for row, items in zip(any_bits, below, strict=True):
        np.bitwise_or.reduce(bits[list(items)], axis=0, out=row)
    answered, any_answer = (np.unpackbits(each, axis=1, count=rows, bitorder="little").view(bool) for each in (bits, any_bits))
    return answered, any_answer


def _grades(grades: pa.Array) -> Array:
    """Grades as they lie in memory, whatever stands where there is none."""
    return np.frombuffer(grades.buffers()[1], np.float64, len(grades), 8 * grades.offset) if len(grades) else np.zeros(0)


def _by_cell(keys: Sequence[pa.Array]) -> tuple[Integers | None, Integers]:
    """The order that brings rows with the same keys together, and where in it each piece of a cell starts.

    There is no order where rows of a cell already follow each other, as they are stored; a cell may then be in several pieces.
    """
    starts = _long_runs(keys)
    if starts is not None:
        return None, starts
    number, possible = np.zeros(len(keys[0]), dtype=np.int64), 1
    for key in keys:
        known = len(key.dictionary)
        if possible * (known + 1) >= 2**62:
            number, occurring = pd.factorize(number, sort=True)
            possible = len(occurring)
        place = np.append(pc.rank(key.dictionary, tiebreaker="dense").to_numpy() - 1, known) if known else np.zeros(1, dtype=np.int64)
        number = number * (known + 1) + place[key.indices.fill_null(known).to_numpy()]
        possible *= known + 1
    cell, occurring = pd.factorize(number)
    runs = np.flatnonzero(np.diff(number, prepend=-1))
    in_order = np.argsort(occurring)
    if len(runs) == len(occurring) and (np.diff(in_order) == 1).all():
        return None, runs
    cell = np.argsort(in_order)[cell]  # cells are numbered by their keys, so that those of several batches are joined in one go
    order = np.argsort(cell.astype(np.uint16) if len(occurring) < 2**16 else cell, kind="stable")  # short integers are sorted much faster
    return order, np.flatnonzero(np.diff(cell[order], prepend=-1))


def _long_runs(keys: Sequence[pa.Array]) -> Integers | None:
    """Where rows with the same keys start; None unless a good many follow each other."""
    most = len(keys[0]) // LONG_ENOUGH
    starts: Integers = np.zeros(1, dtype=np.intp)
    for key in (key for key in keys if key.null_count < len(key)):
        codes = key.indices.fill_null(-1).to_numpy()
        changes = np.flatnonzero(codes[1:] != codes[:-1]) + 1
        if len(changes) < most:
            starts = np.union1d(starts, changes)
        if max(len(changes) + 1, len(starts)) > most:
            return None
    return starts
