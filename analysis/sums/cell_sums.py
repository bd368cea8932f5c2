"""The sums of the cells of one batch of responses.

Rows are brought into the order of their cells, unless they already stand together as stored waves have them, and taken in blocks that stay
in the processor's cache. Of a block wz², wz, wd (answered), d, t (satisfied), m (other answers that are counted) and a (any answer under
an indicator) are the rows of one matrix: of a cell, the sums of the first two and ``[d t m a] · [1 w w²]`` are the first-order sums, and
``[wz wd] · [wz wd]'`` the second moments.

Of respondents in clusters the second moments are not needed, and their cells are often of a response or two: there the sums of all cells
of a block are made at once, row by row of one matrix.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.sums.sums_plan import CLUSTER, WEIGHT, Array, SumsPlan

Integers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
#: Responses looked at together: few enough that their columns stay in the cache while they are picked out in the order of the cells, and
#: many enough that a cell has a good number of them.
BLOCK = 2_048
#: Rows of a cell that follow each other on average from which they are taken as they come.
LONG_ENOUGH = 32


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
    clustered = len(batch) - batch[CLUSTER].null_count
    if clustered == 0:
        return [_Alone(batch, plan).pieces()] if len(batch) else []
    if clustered == len(batch):
        return [_in_clusters(batch, plan)]
    alone = batch[CLUSTER].is_null()
    return [_Alone(batch.filter(alone), plan).pieces(), _in_clusters(batch.filter(pc.invert(alone)), plan)]


class _Rows:
    """The responses of a batch in the order of their cells."""

    def __init__(self, batch: pa.RecordBatch, plan: SumsPlan, keys: Sequence[pa.Array]) -> None:
        self.plan, self._keys = plan, keys
        self.order, self.starts = _by_cell(keys)
        weights = batch[WEIGHT].cast(pa.float64()).to_numpy()
        self.w = weights if self.order is None else weights[self.order]
        self.answers = [_grades(batch[item].cast(pa.float64())) for item in plan.items]
        self.answered, self.any_answer = _answered([batch[item] for item in plan.items], plan.below, len(batch))

    def keys(self) -> pa.RecordBatch:
        """Those of the pieces."""
        first = pa.array(self.starts if self.order is None else self.order[self.starts])
        return pa.RecordBatch.from_arrays([key.take(first) for key in self._keys], names=list(self.plan.keys))

    def block(self, start: int, end: int) -> slice | Integers:
        """Where the rows from one place in the order to another are."""
        return slice(start, end) if self.order is None else self.order[start:end]


def _key_columns(batch: pa.RecordBatch, plan: SumsPlan) -> list[pa.Array]:
    return [batch[name].dictionary_encode() if not pa.types.is_dictionary(batch[name].type) else batch[name] for name in plan.keys]


class _Alone:
    """Sums of respondents that are units of their own, piece by piece."""

    def __init__(self, batch: pa.RecordBatch, plan: SumsPlan, keys: Sequence[pa.Array] | None = None) -> None:
        self._plan, self._rows = plan, _Rows(batch, plan, keys or _key_columns(batch, plan))
        k, m, j = len(plan.items), len(plan.marks), len(plan.nodes)
        self._intercepts = np.array([each.intercept for each in plan.grades])[:, None]
        self._variables = np.empty((5 * k + m + j, BLOCK))
        self._scores, self._satisfied = np.empty((k, BLOCK)), np.empty((k, BLOCK), dtype=bool)
        self._marked = np.empty((m, BLOCK), dtype=bool)

    def pieces(self, *, with_second: bool = True) -> Pieces:
        """All of the batch."""
        rows, plan, w = self._rows, self._plan, self._rows.w
        k, p = len(plan.items), len(rows.starts)
        powers_of_w = np.stack([np.ones(len(w)), w, w * w])
        alone = p if with_second else 0
        scored, counted = np.zeros((p, 2 * k)), np.zeros((p, 3, 2 * k + len(plan.marks) + len(plan.nodes)))
        second, powers = np.zeros((alone, 2 * k, 2 * k)), np.zeros((alone, 2, k))
        cuts = np.union1d(rows.starts, np.arange(0, len(w), BLOCK))  # where a piece or a block begins
        ends, piece_of = np.append(cuts[1:], len(w)), np.searchsorted(rows.starts, cuts, side="right") - 1
        for start, end, piece in zip(cuts.tolist(), ends.tolist(), piece_of.tolist(), strict=True):
            if start % BLOCK == 0:
                last = min(start + BLOCK, len(w))
                self._look_at(rows.block(start, last), w[start:last])
            variables = self._variables[:, start % BLOCK : start % BLOCK + end - start]
            here = powers_of_w[:, start:end]
            scored[piece] += variables[: 2 * k] @ here[0]
            counted[piece] += here @ variables[3 * k :].T
            if with_second:
                squares, both = variables[:k], variables[k : 3 * k]
                second[piece] += both @ both.T
                powers[piece, 0] += np.vecdot(squares, both[:k])
                powers[piece, 1] += np.vecdot(squares, squares)
        sums = _put_together(plan, rows, scored, counted)
        return Pieces(rows.keys(), sums, second, powers)

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


def _put_together(plan: SumsPlan, rows: _Rows, scored: Array, counted: Array) -> Array:
    """The rows of sums of pieces: of ``scored`` (P, 2k) wz² and wz, of ``counted`` (P, 3, …) d, t, marks and nodes by 1, w, w²."""
    k, m = len(plan.items), len(plan.marks)
    sums = np.empty((len(scored), plan.width))
    place = plan.places
    sums[:, place["rows"]] = np.diff(rows.starts, append=len(rows.w))[:, None]
    weights = sums[:, place["weight_sums"]]
    np.add.reduceat(rows.w, rows.starts, out=weights[:, 0])
    np.add.reduceat(rows.w * rows.w, rows.starts, out=weights[:, 1])
    first = sums[:, place["first"]]
    sums[:, place["squares"]], first[:, :k] = scored[:, :k], scored[:, k:]
    sums[:, place["answered"]], first[:, k : 2 * k], sums[:, place["weight_squares"]] = counted[:, :, :k].swapaxes(0, 1)
    first[:, 2 * k :], sums[:, place["satisfied_squares"]] = counted[:, 1:, k : 2 * k].swapaxes(0, 1)
    for power, place_of in ((1, 0), (2, 1)):
        sums[:, place["marked"]][:, place_of::2] = counted[:, power, 2 * k : 2 * k + m]
    for power in range(3):
        sums[:, place["node_counts"]][:, power::3] = counted[:, power, 2 * k + m :]
    return sums


def _in_clusters(batch: pa.RecordBatch, plan: SumsPlan) -> Pieces:
    """Sums of respondents in clusters: all cells of a block at once, or piece by piece where cells have many rows."""
    keys = _key_columns(batch, plan)
    if _long_runs(keys) is not None:
        return _Alone(batch, plan, keys).pieces(with_second=False)
    rows, k, m, j = _Rows(batch, plan, keys), len(plan.items), len(plan.marks), len(plan.nodes)
    starts, n = rows.starts, len(rows.w)
    sums, place = np.zeros((len(starts), plan.width)), plan.places
    signs, cuts, slopes, intercepts = _lines(plan)
    marked_items = np.array([cut.item for cut in plan.cuts], dtype=np.intp)
    mark_signs = np.array([-1.0 if cut.downwards else 1.0 for cut in plan.cuts])
    mark_cuts = mark_signs * np.array([cut.cut for cut in plan.cuts])
    of_row = np.empty((BLOCK, plan.width))
    for start in range(0, n, BLOCK):
        end = min(start + BLOCK, n)
        where, w = rows.block(start, end), rows.w[start:end, None]
        w2, row = w * w, of_row[: end - start]
        answers, d = np.empty((end - start, k)), np.ascontiguousarray(rows.answered[:, where].T)
        for number, grades in enumerate(rows.answers):
            answers[:, number] = grades[where]
        with np.errstate(all="ignore"):  # anything may lie in memory where there is no answer
            z = answers * slopes
            z += intercepts
            t = (answers * signs >= cuts) & d
            marked = (answers[:, marked_items] * mark_signs >= mark_cuts) & d[:, marked_items]
        np.copyto(z, 0.0, where=~d)
        row[:, :1], row[:, 1:2], row[:, 2:3], row[:, place["answered"]] = 1.0, w, w2, d
        first = row[:, place["first"]]
        np.multiply(d, w, out=first[:, k : 2 * k])
        np.multiply(z, first[:, k : 2 * k], out=first[:, :k])
        np.multiply(t, w, out=first[:, 2 * k :])
        np.multiply(first[:, :k], z, out=row[:, place["squares"]])
        np.multiply(d, w2, out=row[:, place["weight_squares"]])
        np.multiply(t, w2, out=row[:, place["satisfied_squares"]])
        counted, nodes = row[:, place["marked"]].reshape(len(row), m, 2), row[:, place["node_counts"]].reshape(len(row), j, 3)
        any_answer = rows.any_answer[:, where].T
        np.multiply(marked, w, out=counted[..., 0])
        np.multiply(marked, w2, out=counted[..., 1])
        nodes[..., 0] = any_answer
        np.multiply(any_answer, w, out=nodes[..., 1])
        np.multiply(any_answer, w2, out=nodes[..., 2])
        at = int(np.searchsorted(starts, start, side="right")) - 1  # the piece that goes on in this block
        inside = np.append(start, starts[at + 1 : np.searchsorted(starts, end)]) - start
        sums[at : at + len(inside)] += np.add.reduceat(row, inside, axis=0)
    return Pieces(rows.keys(), sums, np.zeros((0, 2 * k, 2 * k)), np.zeros((0, 2, k)))


def _lines(plan: SumsPlan) -> tuple[Array, Array, Array, Array]:
    """Of each item: 1 or −1, the cut turned likewise, slope and intercept."""
    signs = np.array([-1.0 if each.turned else 1.0 for each in plan.grades])
    cuts = signs * np.array([each.cut for each in plan.grades])
    return signs, cuts, np.array([each.slope for each in plan.grades]), np.array([each.intercept for each in plan.grades])


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
            number, occurring = pd.factorize(number)
            possible = len(occurring)
        number = number * (known + 1) + key.indices.fill_null(known).to_numpy()
        possible *= known + 1
    runs = np.flatnonzero(np.diff(number, prepend=-1))
    cell, occurring = pd.factorize(number)
    if len(runs) == len(occurring):
        return None, runs
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
