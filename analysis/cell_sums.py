"""The sums of each cell, from responses as the engine reads them: batch by batch, beside each other.

Sums add up, so neither all rows nor a common order of them is ever needed. A batch, unless its cells already stand together as stored
waves have them, is brought into their order; it is taken in blocks that stay in the processor's cache. Of a block the variables d
(answered), t (satisfied) and "any answer under the indicator" are the rows of one matrix F, so ``F · [1 w w²]`` of a cell holds most
first-order sums; the rows of a second one, U, are wz², wz and wd, and ``[wz wd] · [wz wd]'`` holds the second moments.

The engine reads on in its own thread while numpy, which lets go of the interpreter, works on the batches before.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.scores import satisfied_cut, score_line
from survey_schema.models import SurveySchema

Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]
#: Values of the key columns of a cell; None where there is none.
Key = tuple[object, ...]
#: Batches worked on beside each other; each needs some 80 MB for 30 items.
WORKERS = min(os.cpu_count() or 1, 4)
#: Responses brought in order together, and looked at together: few enough that their columns stay in the cache while they are
#: picked out in the order of the cells, and many enough that a cell has a good number of them.
BATCH, BLOCK = 65_536, 8_192
#: Rows of a cell that follow each other on average from which they are taken as they come.
LONG_ENOUGH = 32


def cell_sums(
    frame: nw.LazyFrame[Any], schema: SurveySchema, keys: Sequence[str], weight: str, items: Sequence[str], nodes: Sequence[Sequence[int]]
) -> tuple[list[Key], dict[str, Array]]:
    """The cells of a frame and their sums, named and shaped as in ``Tallies``.

    ``keys`` are the columns that make a cell, the cluster last; cells without a cluster come first, each part is sorted, none after all
    others. ``nodes`` holds the items below each indicator by their numbers. Every row must have a weight.
    """
    grades = [Grade(*score_line(schema, item), *satisfied_cut(schema, item)) for item in items]
    sums = [_Sums(grades, nodes) for _ in range(WORKERS)]
    with ThreadPoolExecutor(WORKERS) as beside:
        running: deque[Future[None]] = deque()
        for part, batch in zip(cycle(sums), _batches(frame), strict=False):
            if len(running) == WORKERS:  # the oldest is the one that had this part
                running.popleft().result()
            running.append(beside.submit(part.add, batch, keys, weight, items))
        for future in running:
            future.result()
    for part in sums[1:]:
        sums[0].join(part)
    return sums[0].sorted()


def _batches(frame: nw.LazyFrame[Any]) -> Iterable[pa.RecordBatch]:
    """The rows as they are read; all at once from an engine that cannot stream."""
    native = frame.to_native()
    batches: Iterable[pa.RecordBatch] = (
        pa.RecordBatchReader.from_stream(native)
        if hasattr(native, "__arrow_c_stream__")
        else frame.collect("pyarrow").to_native().to_batches()
    )
    return batches


@dataclass(frozen=True)
class Grade:
    """What the grades of an item are worth: score = intercept + slope × grade; satisfied from ``cut`` on, downwards if ``turned``."""

    intercept: float
    slope: float
    cut: float
    turned: bool


_NOTHING: Array = np.zeros(0)


@dataclass(eq=False)
class _Cell:
    """Sums of one cell: ``counts`` (2k + j, 3) of d, t, any times 1, w, w²; ``points`` (2, k) of wz², wz; ``second`` (2k, 2k) of
    [wz wd][wz wd]' and ``powers`` (2, k) of w²z⁴, w²z³, both without any row in a cluster."""

    rows: int
    counts: Array
    points: Array
    second: Array
    powers: Array

    def add(self, other: _Cell) -> None:
        """Adds the sums of further responses of the cell."""
        self.rows += other.rows
        self.counts += other.counts
        self.points += other.points
        self.second += other.second
        self.powers += other.powers


class _Sums:
    """Sums per cell to which batches are added, one at a time."""

    def __init__(self, grades: Sequence[Grade], nodes: Sequence[Sequence[int]]) -> None:
        self._grades, self._nodes, self._k = grades, [list(below) for below in nodes], len(grades)
        self._cells: dict[Key, _Cell] = {}
        self._variables, self._weighted = np.empty((2 * self._k + len(nodes), BLOCK)), np.empty((3 * self._k, BLOCK))

    def add(self, batch: pa.RecordBatch, keys: Sequence[str], weight: str, items: Sequence[str]) -> None:
        """Adds the responses of a batch of any size."""
        for start in range(0, batch.num_rows, BATCH):
            self._add(batch.slice(start, BATCH), keys, weight, items)

    def _add(self, batch: pa.RecordBatch, keys: Sequence[str], weight: str, items: Sequence[str]) -> None:
        """Adds at most BATCH responses: in the order of their cells, block by block."""
        order, starts = _by_cell([batch[name] for name in keys])
        first = pa.array(starts if order is None else order[starts])
        cells = list(zip(*(batch[name].take(first).to_pylist() for name in keys), strict=True))
        w = batch[weight].to_numpy()
        if order is not None:
            w = w[order]
        powers_of_w = np.stack([np.ones(len(w)), w, w * w])
        answers = [batch[item].cast(pa.float64()).to_numpy(zero_copy_only=False) for item in items]
        variables, weighted = self._variables, self._weighted
        pieces = np.union1d(starts, np.arange(0, len(w), BLOCK))  # where a cell or a block begins
        ends, cell_of = np.append(pieces[1:], len(w)), np.searchsorted(starts, pieces, side="right") - 1
        for start, end, cell in zip(pieces.tolist(), ends.tolist(), cell_of.tolist(), strict=True):
            if start % BLOCK == 0:
                block = slice(start, min(start + BLOCK, len(w)))
                self._look_at(block if order is None else order[block], answers, w[block], variables, weighted)
            within = slice(start % BLOCK, start % BLOCK + end - start)
            self._put(cells[cell], self._summed(variables[:, within], weighted[:, within], powers_of_w[:, start:end], cells[cell][-1]))

    def join(self, other: _Sums) -> None:
        """Adds what others have added up."""
        for key, cell in other._cells.items():
            self._put(key, cell)

    def sorted(self) -> tuple[list[Key], dict[str, Array]]:
        """The cells in order, and their sums."""
        k, j = self._k, len(self._nodes)
        keys = sorted(self._cells, key=_place)
        cells = [self._cells.pop(key) for key in keys]
        alone = cells[: sum(key[-1] is None for key in keys)]
        counts = np.array([cell.counts for cell in cells]).reshape(-1, 2 * k + j, 3)
        squares, first = np.array([cell.points for cell in cells]).reshape(-1, 2, k).transpose(1, 0, 2)
        second = np.array([cell.second for cell in alone]).reshape(-1, 2 * k, 2 * k)
        powers = np.array([cell.powers for cell in alone]).reshape(-1, 2, k)
        answered, satisfied = counts[:, :k], counts[:, k : 2 * k]
        return keys, {
            "rows": np.array([cell.rows for cell in cells], dtype=np.float64),
            "answered": answered[..., 0].copy(),
            "first": np.stack([first, answered[..., 1], satisfied[..., 1]], axis=1),
            "squares": squares.copy(),
            "weight_squares": answered[..., 2].copy(),
            "satisfied_squares": satisfied[..., 2].copy(),
            "second": second,
            "powers": powers[:, ::-1].copy(),
            "node_counts": counts[:, 2 * k :].copy(),
        }

    def _put(self, key: Key, cell: _Cell) -> None:
        known = self._cells.setdefault(key, cell)
        if known is not cell:
            known.add(cell)

    def _look_at(self, rows: slice | Integers, answers: Sequence[Array], w: Array, variables: Array, weighted: Array) -> None:
        """Writes the variables of some responses, whose weights are ``w``: d, t, any answer; and wz², wz, wd."""
        k, n = self._k, len(w)
        d, t, any_answer = variables[:k, :n], variables[k : 2 * k, :n], variables[2 * k :, :n]
        wz2, wz, wd = weighted[:k, :n], weighted[k : 2 * k, :n], weighted[2 * k :, :n]
        z, missing = np.empty(n), np.empty((k, n), dtype=bool)
        for i, grade in enumerate(self._grades):
            x = answers[i][rows]
            np.isnan(x, out=missing[i])
            d[i] = ~missing[i]
            t[i] = x <= grade.cut if grade.turned else x >= grade.cut
            np.multiply(x, grade.slope, out=z)
            z += grade.intercept
            np.copyto(z, 0.0, where=missing[i])
            np.multiply(z, w, out=wz[i])
            np.multiply(wz[i], z, out=wz2[i])
            np.multiply(d[i], w, out=wd[i])
        for place, below in enumerate(self._nodes):
            any_answer[place] = ~np.logical_and.reduce(missing[below], axis=0)

    def _summed(self, variables: Array, weighted: Array, powers_of_w: Array, cluster: object) -> _Cell:
        """The sums of responses of one cell."""
        wz2_wz_wd = weighted.reshape(3, self._k, -1)
        counts, points = (powers_of_w @ variables.T).T, wz2_wz_wd[:2].sum(axis=2)
        if cluster is not None:
            return _Cell(powers_of_w.shape[1], counts, points, _NOTHING, _NOTHING)
        both = weighted[self._k :]
        return _Cell(powers_of_w.shape[1], counts, points, both @ both.T, np.vecdot(wz2_wz_wd[:2], wz2_wz_wd[0]))


def _by_cell(keys: Sequence[pa.Array]) -> tuple[Integers | None, Integers]:
    """The order that brings rows with the same keys together, and where in it each piece of a cell starts.

    There is no order where rows of a cell already follow each other, as they are stored; a cell may then be in several pieces.
    """
    starts = _long_runs(keys)
    if starts is not None:
        return None, starts
    number, possible = np.zeros(len(keys[0]), dtype=np.int64), 1
    for key in keys:
        values = key.dictionary_encode()
        known = len(values.dictionary)
        if possible * (known + 1) >= 2**62:
            number, occurring = pd.factorize(number)
            possible = len(occurring)
        number = number * (known + 1) + values.indices.fill_null(known).to_numpy()
        possible *= known + 1
    cell, occurring = pd.factorize(number)
    order = np.argsort(cell.astype(np.uint16) if len(occurring) < 2**16 else cell, kind="stable")  # short integers are sorted much faster
    return order, np.flatnonzero(np.diff(cell[order], prepend=-1))


def _long_runs(keys: Sequence[pa.Array]) -> Integers | None:
    """Where rows with the same keys start; None unless a good many follow each other."""
    most = len(keys[0]) // LONG_ENOUGH
    starts: Integers = np.zeros(1, dtype=np.intp)
    for key in keys:
        ends = pc.run_end_encode(key).run_ends.to_numpy()
        if len(ends) <= most:
            starts = np.union1d(starts, ends[:-1])
        if max(len(ends), len(starts)) > most:
            return None
    return starts


def _place(key: Key) -> tuple[object, ...]:
    """What cells are sorted by: without a cluster first, none after all other values."""
    return key[-1] is not None, *((value is None, "" if value is None else value) for value in key)
