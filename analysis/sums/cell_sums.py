"""The sums of each cell, from responses as the engine reads them: batch by batch, beside each other.

Sums add up, so neither all rows nor a common order of them is ever needed. A batch, unless its cells already stand together as stored
waves have them, is brought into their order; it is taken in blocks that stay in the processor's cache. Of a block wz², wz, wd (answered),
d, t (satisfied), m (other answers that are counted) and a (any answer under an indicator) are the rows of one matrix: of a cell, the sums
of the first two and ``[d t m a] · [1 w w²]`` are the first-order sums, and ``[wz wd] · [wz wd]'`` the second moments.

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

from analysis.sums.scores import satisfied_cut, score_line
from survey_schema.answer_shares import Mark, cut_as_asked
from survey_schema.models import SurveySchema

Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
#: Values of the key columns of a cell; None where there is none.
Key = tuple[object, ...]
#: Batches worked on beside each other; each needs some 50 MB for 30 items.
WORKERS = min(os.cpu_count() or 1, 4)
#: Responses brought in order together, and looked at together: few enough that their columns stay in the cache while they are
#: picked out in the order of the cells, and many enough that a cell has a good number of them.
BATCH, BLOCK = 131_072, 2_048
#: Rows of a cell that follow each other on average from which they are taken as they come.
LONG_ENOUGH = 32


def cell_sums(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    keys: Sequence[str],
    weight: str,
    items: Sequence[str],
    nodes: Sequence[Sequence[int]],
    marks: Sequence[tuple[str, Mark]] = (),
) -> tuple[list[Key], dict[str, Array]]:
    """The cells of a frame and their sums, named and shaped as in ``Tallies``.

    ``keys`` are the columns that make a cell, the cluster last; cells without a cluster come first, each part is sorted, none after all
    others. ``nodes`` holds the items below each indicator by their numbers, ``marks`` the answers of items that are counted beside the
    satisfied ones. Rows without a positive weight count nowhere.
    """
    counted = [_Counted(items.index(item), *cut) for item, mark in marks if (cut := cut_as_asked(schema, item, mark))]
    grades = [Grade(*score_line(schema, item), *satisfied_cut(schema, item)) for item in items]
    sums = [_Sums(grades, counted, nodes) for _ in range(WORKERS)]
    with ThreadPoolExecutor(WORKERS) as beside:
        running: deque[Future[None]] = deque()
        slices = (batch.slice(start, BATCH) for batch in batches(frame) for start in range(0, batch.num_rows, BATCH))
        for part, batch in zip(cycle(sums), slices, strict=False):
            if len(running) == WORKERS:  # the oldest is the one that had this part
                running.popleft().result()
            running.append(beside.submit(part.add, batch, keys, weight, items))
        for future in running:
            future.result()
    for part in sums[1:]:
        sums[0].join(part)
    return sums[0].sorted()


def batches(frame: nw.LazyFrame[Any]) -> Iterable[pa.RecordBatch]:
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


@dataclass(frozen=True)
class _Counted:
    """Answers of an item that are counted: at or above ``cut``, or at or below it."""

    item: int
    cut: float
    downwards: bool


_NOTHING: Array = np.zeros(0)


@dataclass(eq=False)
class _Cell:
    """Sums of one cell: ``weights`` (2) of w, w²; ``scored`` (2k) of wz², wz; ``counted`` (2k + m + j, 3) of d, t, the other counted
    answers and any answer under an indicator times 1, w, w²; ``second`` (2k, 2k) of [wz wd][wz wd]' and ``powers`` (2, k) of w²z³, w²z⁴,
    both without any row in a cluster."""

    rows: int
    weights: Array
    scored: Array
    counted: Array
    second: Array
    powers: Array

    def add(self, other: _Cell) -> None:
        """Adds the sums of further responses of the cell."""
        self.rows += other.rows
        self.weights += other.weights
        self.scored += other.scored
        self.counted += other.counted
        self.second += other.second
        self.powers += other.powers


class _Sums:
    """Sums per cell to which batches are added, one at a time."""

    def __init__(self, grades: Sequence[Grade], marks: Sequence[_Counted], nodes: Sequence[Sequence[int]]) -> None:
        self._k, self._grades, self._marks, self._nodes = len(grades), grades, marks, [list(below) for below in nodes]
        self._intercepts = np.array([each.intercept for each in grades])[:, None]
        self._cells: dict[Key, _Cell] = {}
        self._variables = np.empty((5 * self._k + len(marks) + len(nodes), BLOCK))
        self._scores, self._satisfied = np.empty((self._k, BLOCK)), np.empty((self._k, BLOCK), dtype=bool)
        self._marked = np.empty((len(marks), BLOCK), dtype=bool)

    def add(self, batch: pa.RecordBatch, keys: Sequence[str], weight: str, items: Sequence[str]) -> None:
        """Adds some responses in the order of their cells, block by block."""
        counting = pc.greater(batch[weight], 0.0)  # seldom are there others, and the engine would copy everything to leave them out
        if counting.true_count < len(counting):
            batch = batch.filter(counting)
        order, starts = _by_cell([batch[name] for name in keys])
        first = pa.array(starts if order is None else order[starts])
        cells = list(zip(*(batch[name].take(first).to_pylist() for name in keys), strict=True))
        w = batch[weight].to_numpy()
        if order is not None:
            w = w[order]
        powers_of_w = np.stack([np.ones(len(w)), w, w * w])
        answers = [_answers(batch[item].cast(pa.float64())) for item in items]
        answered, any_answer = self._answered([batch[item] for item in items], len(w))
        pieces = np.union1d(starts, np.arange(0, len(w), BLOCK))  # where a cell or a block begins
        ends, cell_of = np.append(pieces[1:], len(w)), np.searchsorted(starts, pieces, side="right") - 1
        for start, end, cell in zip(pieces.tolist(), ends.tolist(), cell_of.tolist(), strict=True):
            if start % BLOCK == 0:
                block = slice(start, min(start + BLOCK, len(w)))
                rows = block if order is None else order[block]
                self._look_at([grades[rows] for grades in answers], answered[:, rows], any_answer[:, rows], w[block])
            within = slice(start % BLOCK, start % BLOCK + end - start)
            self._put(cells[cell], self._summed(within, powers_of_w[:, start:end], cells[cell][-1]))

    def join(self, other: _Sums) -> None:
        """Adds what others have added up."""
        for key, cell in other._cells.items():
            self._put(key, cell)

    def sorted(self) -> tuple[list[Key], dict[str, Array]]:
        """The cells in order, and their sums."""
        k, m, j = self._k, len(self._marks), len(self._nodes)
        keys = sorted(self._cells, key=_place)
        cells = [self._cells.pop(key) for key in keys]
        alone = cells[: sum(key[-1] is None for key in keys)]
        squares, first = np.array([cell.scored for cell in cells]).reshape(len(cells), 2, k).swapaxes(0, 1)
        counted = np.array([cell.counted for cell in cells]).reshape(len(cells), 2 * k + m + j, 3)
        answered, weights, weight_squares = np.moveaxis(counted[:, :k], 2, 0).copy()
        _, satisfied, satisfied_squares = np.moveaxis(counted[:, k : 2 * k], 2, 0)
        return keys, {
            "rows": np.array([cell.rows for cell in cells], dtype=np.float64),
            "weight_sums": np.array([cell.weights for cell in cells]).reshape(len(cells), 2),
            "answered": answered,
            "first": np.stack([first, weights, satisfied], axis=1),
            "squares": squares.copy(),
            "weight_squares": weight_squares,
            "satisfied_squares": satisfied_squares.copy(),
            "powers": np.array([cell.powers for cell in alone]).reshape(len(alone), 2, k),
            "second": np.array([cell.second for cell in alone]).reshape(len(alone), 2 * k, 2 * k),
            "marked": counted[:, 2 * k : 2 * k + m, 1:].copy(),
            "node_counts": counted[:, 2 * k + m :].copy(),
        }

    def _put(self, key: Key, cell: _Cell) -> None:
        known = self._cells.setdefault(key, cell)
        if known is not cell:
            known.add(cell)

    def _answered(self, columns: Sequence[pa.Array], rows: int) -> tuple[Flags, Flags]:
        """Where each item was answered (k, rows), and where any under each indicator (j, rows); looked up in the bits that say so."""
        bits = np.zeros((len(columns), -(-rows // 8)), dtype=np.uint8)
        for row, column in zip(bits, columns, strict=True):
            row[:] = np.frombuffer(column.is_valid().buffers()[1], np.uint8)[: len(row)]
        any_bits = np.zeros((len(self._nodes), bits.shape[1]), dtype=np.uint8)
        for row, below in zip(any_bits, self._nodes, strict=True):
            np.bitwise_or.reduce(bits[below], axis=0, out=row)
        answered, any_answer = (np.unpackbits(each, axis=1, count=rows, bitorder="little").view(bool) for each in (bits, any_bits))
        return answered, any_answer

    def _look_at(self, answers: Sequence[Array], d: Flags, any_answer: Flags, w: Array) -> None:
        """Writes the variables of some responses, whose weights are ``w``: wz², wz, wd, d, t, other counted answers and any answer."""
        k, m, n = self._k, len(self._marks), len(w)
        squares, wz, wd, ones, t = self._variables[: 5 * k, :n].reshape(5, k, n)
        z, satisfied, marked = self._scores[:, :n], self._satisfied[:, :n], self._marked[:, :n]
        with np.errstate(all="ignore"):  # anything may lie in memory where there is no answer
            for grade, grades, scores, enough in zip(self._grades, answers, z, satisfied, strict=True):
                np.multiply(grades, grade.slope, out=scores)
                (np.less_equal if grade.turned else np.greater_equal)(grades, grade.cut, out=enough)
            for mark, inside in zip(self._marks, marked, strict=True):
                (np.less_equal if mark.downwards else np.greater_equal)(answers[mark.item], mark.cut, out=inside)
                inside &= d[mark.item]
            z += self._intercepts
        np.copyto(z, 0.0, where=~d)
        satisfied &= d
        t[...], ones[...] = satisfied, d
        self._variables[5 * k : 5 * k + m, :n], self._variables[5 * k + m :, :n] = marked, any_answer
        np.multiply(ones, w, out=wd)
        np.multiply(z, wd, out=wz)
        np.multiply(wz, z, out=squares)

    def _summed(self, within: slice, powers_of_w: Array, cluster: object) -> _Cell:
        """The sums of those responses looked at that are of one cell."""
        k, rows = self._k, powers_of_w.shape[1]
        variables = self._variables[:, within]
        sums = powers_of_w[1:].sum(axis=1), variables[: 2 * k] @ powers_of_w[0], (powers_of_w @ variables[3 * k :].T).T
        if cluster is not None:
            return _Cell(rows, *sums, _NOTHING, _NOTHING)
        squares, both = variables[:k], variables[k : 3 * k]
        return _Cell(rows, *sums, both @ both.T, np.stack([np.vecdot(squares, both[:k]), np.vecdot(squares, squares)]))


def _answers(grades: pa.Array) -> Array:
    """Grades as they lie in memory, whatever stands where there is none."""
    return np.frombuffer(grades.buffers()[1], np.float64, len(grades), 8 * grades.offset) if len(grades) else _NOTHING


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
    for key in (key for key in keys if key.null_count < len(key)):
        ends = pc.run_end_encode(key).run_ends.to_numpy()
        if len(ends) <= most:
            starts = np.union1d(starts, ends[:-1])
        if max(len(ends), len(starts)) > most:
            return None
    return starts


def _place(key: Key) -> tuple[object, ...]:
    """What cells are sorted by: without a cluster first, none after all other values."""
    return key[-1] is not None, *((value is None, "" if value is None else value) for value in key)
