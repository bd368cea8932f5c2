"""Moments of some responses, and their join: what a thread, a worker of a cluster or a file holds.

The three steps of cross-moments, as those of means (``analysis.sums.partial_sums``): :func:`partial_moments` adds up some record batches by
a plan; :func:`join_moments` adds partials up, whoever made them; ``analysis.sums.cross_moments.groups_of`` makes groups of the result.

Rows are brought into the order of their cells and taken in blocks that stay in the processor's cache; of a block the ones and the variables
are the rows of a matrix X, and what a cell adds is X diag(w) X' of its own columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.sums.moments_plan import WEIGHT, Array, MomentsPlan, Variable
from analysis.sums.partial_sums import batches
from analysis.sums.spread_passes import is_spread, sums_of_partitions

Integers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
#: Responses brought in order together, and looked at together: few enough that their columns stay in the cache.
BATCH, BLOCK = 131_072, 4_096
_PLAN, _SUMS = b"plan", "sums"


@dataclass(frozen=True, eq=False)
class PartialMoments:
    """Sums of some responses by cell: ``keys`` are the key columns of the plan (each (C)), each cell once and in no order; ``sums``
    (C, width) has a row a cell, taken apart by ``plan.view``."""

    plan: MomentsPlan
    keys: tuple[pa.Array, ...]
    sums: Array

    def __len__(self) -> int:
        return len(self.sums)

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return int(sum(key.nbytes for key in self.keys) + self.sums.nbytes)

    def to_arrow(self) -> pa.RecordBatch:
        """A row a cell: the key columns, and ``sums`` as a list of numbers."""
        numbers = pa.FixedSizeListArray.from_arrays(pa.array(np.ascontiguousarray(self.sums).reshape(-1)), self.plan.width)
        columns = [*self.keys, numbers]
        schema = pa.schema(zip([*self.plan.keys, _SUMS], (each.type for each in columns), strict=True))
        return pa.RecordBatch.from_arrays(columns, schema=schema.with_metadata({_PLAN: self.plan.fingerprint.encode()}))

    @classmethod
    def from_arrow(cls, batch: pa.RecordBatch, plan: MomentsPlan) -> PartialMoments:
        """What :meth:`to_arrow` made; raises ValueError for moments of another plan or kernel."""
        if (batch.schema.metadata or {}).get(_PLAN, b"").decode() != plan.fingerprint:
            raise ValueError("partial moments of another plan or kernel")
        return cls(plan, tuple(batch[name] for name in plan.keys), batch[_SUMS].flatten().to_numpy().reshape(-1, plan.width))

    def to_bytes(self) -> bytes:
        """The Arrow form as one message."""
        sink, batch = pa.BufferOutputStream(), self.to_arrow()
        with pa.ipc.new_stream(sink, batch.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
            writer.write_batch(batch)
        return bytes(sink.getvalue())

    @classmethod
    def from_bytes(cls, message: bytes | pa.Buffer, plan: MomentsPlan) -> PartialMoments:
        """What :meth:`to_bytes` made; raises ValueError for moments of another plan, ArrowException for what is no message."""
        with pa.ipc.open_stream(message) as reader:
            return cls.from_arrow(reader.read_next_batch(), plan)


def partial_moments(batches: Iterable[pa.RecordBatch], plan: MomentsPlan) -> PartialMoments:
    """Moments of some responses, read batch by batch, so that memory does not grow with them; batches have the columns of the plan."""
    found = _Running(plan)
    for batch in sliced(batches):
        found.add(batch)
    return found.whole()


def moments_of_rows(frame: nw.LazyFrame[Any], plan: MomentsPlan) -> PartialMoments:
    """Moments of the rows of a frame, which has the columns of the plan: added up here as they are read, or where the workers of a
    cluster read them."""
    if not is_spread(frame):
        return partial_moments(batches(frame), plan)
    sent = sums_of_partitions(frame, partial(_sent, plan=plan))
    return join_moments([PartialMoments.from_bytes(each, plan) for each in sent]) if sent else partial_moments((), plan)


def _sent(batches: Iterable[pa.RecordBatch], plan: MomentsPlan) -> bytes:
    return partial_moments(batches, plan).to_bytes()


def sliced(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches of at most as many responses as are looked at together."""
    return (batch.slice(start, BATCH) for batch in batches for start in range(0, batch.num_rows, BATCH))


def join_moments(partials: Sequence[PartialMoments]) -> PartialMoments:
    """Partials of one plan as one; at least one. Raises ValueError where plans differ."""
    plan = partials[0].plan
    if any(part.plan != plan for part in partials):
        raise ValueError("partial moments of different plans cannot be joined")
    if len(partials) == 1:
        return partials[0]
    found = _Running(plan)
    for part in partials:
        found.put(part)
    return found.whole()


@dataclass(frozen=True, eq=False)
class CountedRows:
    """The rows of a batch that count: their keys and other columns, weights (n) and variables with ones before them (p + 1, n)."""

    columns: pa.RecordBatch
    weights: Array
    variables: Array


def counted_rows(batch: pa.RecordBatch, plan: MomentsPlan) -> CountedRows:
    """The variables of each row that counts, for what needs more than moments; the batch may have further columns."""
    batch = _weighed(batch, plan)
    rows = _Rows(batch, plan)
    chosen = np.flatnonzero(rows.counted)
    made = np.empty((len(plan.variables) + 1, len(chosen)))
    rows.write(chosen, made)
    return CountedRows(batch.take(pa.array(chosen)), rows.weights[chosen], made)


def _weighed(batch: pa.RecordBatch, plan: MomentsPlan) -> pa.RecordBatch:
    """The rows with a positive weight and all keys; seldom are there others, and leaving them out would copy everything."""
    counting = pc.greater(batch[WEIGHT], 0.0)
    for name in plan.keys:
        if batch[name].null_count:
            counting = pc.and_(counting, batch[name].is_valid())
    return batch if counting.true_count == len(counting) else batch.filter(counting)


class _Rows:
    """The responses of a batch: weights, answers (whatever lies in memory where there is none), and which of them count."""

    def __init__(self, batch: pa.RecordBatch, plan: MomentsPlan) -> None:
        columns = [batch[item].cast(pa.float64()) for item in plan.items]
        self._plan = plan
        self.weights = batch[WEIGHT].cast(pa.float64()).to_numpy()
        self._answers = {item: _grades(column) for item, column in zip(plan.items, columns, strict=True)}
        #: Where items are answered; None where all rows have an answer.
        self.answered = {item: _valid(column) for item, column in zip(plan.items, columns, strict=True)}
        self.counted = self._counted(batch.num_rows)

    def _counted(self, rows: int) -> Flags:
        known = list(self.answered.values())
        if self._plan.anything:
            every: Flags = np.zeros(rows, dtype=bool)
            for flags in known:
                every |= True if flags is None else flags
            return every
        every = np.ones(rows, dtype=bool)
        for flags in (flags for flags in known if flags is not None):
            every &= flags
        return every

    def write(self, rows: Integers, made: Array) -> None:
        """Writes ones and the variables of some rows that count to (p + 1, n)."""
        made[0] = 1.0
        scores, item = np.empty(len(rows)), None
        for variable, row in zip(self._plan.variables, made[1:], strict=True):
            if variable.item != item:
                item = variable.item
                np.take(self._answers[item], rows, out=scores, mode="clip")  # the usual mode goes through a buffer
                with np.errstate(all="ignore"):  # anything may lie in memory where there is no answer
                    scores *= variable.slope
                    scores += variable.intercept
            self._put(variable, scores, row)
            answered = self.answered[item]
            if self._plan.anything and answered is not None:
                np.copyto(row, 0.0, where=~answered[rows])

    @staticmethod
    def _put(variable: Variable, scores: Array, row: Array) -> None:
        if variable.is_ == "score":
            row[...] = scores
        elif variable.is_ == "at_most":
            np.less_equal(scores, variable.cut, out=row)
        elif variable.is_ == "at_least":
            np.greater_equal(scores, variable.cut, out=row)
        else:
            row[...] = 1.0


class _Running:
    """Sums of the cells seen so far, to which batches are added, one at a time."""

    def __init__(self, plan: MomentsPlan) -> None:
        size = len(plan.variables) + 1
        self._plan, self._cells = plan, 0
        self._keys: tuple[pa.Array, ...] = tuple(pa.nulls(0, pa.string()) for _ in plan.keys)
        self._sums = np.zeros((0, plan.width))
        self._made, self._weighted = np.empty((2, size, BLOCK))

    def add(self, batch: pa.RecordBatch) -> None:
        """Adds some responses in the order of their cells, block by block."""
        plan = self._plan
        batch = _weighed(batch, plan)
        rows = _Rows(batch, plan)
        keys = [_plain(batch[name]) for name in plan.keys]
        number, first = _numbered(keys, batch.num_rows)
        place, cells = self._places([key.take(pa.array(first)) for key in keys], len(first)), len(first)
        chosen = np.flatnonzero(rows.counted)
        own = number[chosen]
        if cells > 1:  # short integers are sorted much faster
            order = np.argsort(own.astype(np.uint16) if cells < 2**16 else own, kind="stable")
            chosen, own = chosen[order], own[order]
        w = rows.weights[chosen]
        everybody = np.bincount(number, minlength=cells)
        counts = [everybody, np.bincount(own, minlength=cells), np.bincount(own, w * w, minlength=cells)]
        for flags in rows.answered.values():  # few answers are missing
            counts.append(everybody if flags is None else everybody - np.bincount(number[~flags], minlength=cells))
        self._sums[place, : plan.places["moments"].start] += np.stack(counts, axis=-1)
        for start in range(0, len(chosen), BLOCK):
            block = slice(start, start + BLOCK)
            self._add_block(rows, chosen[block], w[block], place[own[block]])

    def _add_block(self, rows: _Rows, chosen: Integers, w: Array, cells: Integers) -> None:
        """Adds the moments of some rows, of which those of a cell follow each other."""
        made, weighted = self._made[:, : len(w)], self._weighted[:, : len(w)]
        rows.write(chosen, made)
        np.multiply(made, w, out=weighted)
        starts = np.flatnonzero(np.diff(cells, prepend=-1))
        ends = np.append(starts[1:], len(w))
        products = np.empty((len(starts), len(made), len(made)))
        for product, start, end in zip(products, starts.tolist(), ends.tolist(), strict=True):
            np.matmul(made[:, start:end], weighted[:, start:end].T, out=product)
        self._sums[cells[starts], self._plan.places["moments"]] += products.reshape(len(starts), -1)[:, self._plan.triangle]

    def put(self, part: PartialMoments) -> None:
        """Adds what others have added up."""
        place = self._places(part.keys, len(part))
        self._sums[place] += part.sums

    def whole(self) -> PartialMoments:
        """All that was added."""
        return PartialMoments(self._plan, self._keys, self._sums[: self._cells])

    def _places(self, keys: Sequence[pa.Array], cells: int) -> Integers:
        """The row of each of some cells; those not seen before get one."""
        if not self._cells:
            self._keys, self._cells, place = tuple(keys), cells, np.arange(cells)
        else:
            both = [pa.concat_arrays([known, key.cast(known.type)]) for known, key in zip(self._keys, keys, strict=True)]
            number, first = _numbered(both, self._cells + cells)
            place = number[self._cells :]
            self._keys, self._cells = tuple(key.take(pa.array(first)) for key in both), len(first)
        if self._cells > len(self._sums):
            grown = np.zeros((max(self._cells, 2 * len(self._sums)), self._plan.width))
            grown[: len(self._sums)] = self._sums
            self._sums = grown
        return place


def _numbered(keys: Sequence[pa.Array], rows: int) -> tuple[Integers, Integers]:
    """A number for each row, the same for the same keys, in the order in which they first come, and the first row of each."""
    number, possible = np.zeros(rows, dtype=np.int64), 1
    for key in keys:
        values = key.dictionary_encode()
        known = len(values.dictionary)
        if possible * (known + 1) >= 2**62:
            number, occurring = pd.factorize(number)
            possible = len(occurring)
        number = number * (known + 1) + values.indices.fill_null(known).to_numpy()
        possible *= known + 1
    number, occurring = pd.factorize(number)
    first = np.empty(len(occurring), dtype=np.intp)
    first[number[::-1]] = np.arange(rows - 1, -1, -1)  # of several rows the one that is written last stays
    return number, first


def _plain(key: pa.Array) -> pa.Array:
    return key.dictionary_decode() if pa.types.is_dictionary(key.type) else key


def _grades(column: pa.Array) -> Array:
    """Grades as they lie in memory, whatever stands where there is none."""
    return np.frombuffer(column.buffers()[1], np.float64, len(column), 8 * column.offset) if len(column) else np.zeros(0)


def _valid(column: pa.Array) -> Flags | None:
    flags: Flags | None = column.is_valid().to_numpy(zero_copy_only=False) if column.null_count else None
    return flags
