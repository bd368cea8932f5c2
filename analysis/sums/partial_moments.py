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
import pyarrow as pa

from analysis.sums.answer_rows import AnswerRows, Integers, weighed
from analysis.sums.moments_plan import MomentsPlan
from analysis.sums.numbered_cells import NumberedCells, numbered, plain
from analysis.sums.partial_sums import batches
from analysis.sums.row_of_sums import Array, batch_of, message_of
from analysis.sums.spread_passes import is_spread, sums_of_partitions

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
        return message_of(self.to_arrow())

    @classmethod
    def from_bytes(cls, message: bytes | pa.Buffer, plan: MomentsPlan) -> PartialMoments:
        """What :meth:`to_bytes` made; raises ValueError for moments of another plan, ArrowException for what is no message."""
        return cls.from_arrow(batch_of(message), plan)


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
    batch = weighed(batch, plan)
    rows = AnswerRows(batch, plan)
    chosen = np.flatnonzero(rows.counted)
    made = np.empty((len(plan.variables) + 1, len(chosen)))
    rows.write(chosen, made)
    return CountedRows(batch.take(pa.array(chosen)), rows.weights[chosen], made)


class _Running:
    """Sums of the cells seen so far, to which batches are added, one at a time."""

    def __init__(self, plan: MomentsPlan) -> None:
        size = len(plan.variables) + 1
        self._plan, self._cells = plan, NumberedCells(len(plan.keys), plan.width)
        self._made, self._weighted = np.empty((2, size, BLOCK))

    def add(self, batch: pa.RecordBatch) -> None:
        """Adds some responses in the order of their cells, block by block."""
        plan = self._plan
        batch = weighed(batch, plan)
        rows = AnswerRows(batch, plan)
        keys = [plain(batch[name]) for name in plan.keys]
        number, first = numbered(keys, batch.num_rows)
        place, cells = self._cells.places([key.take(pa.array(first)) for key in keys], len(first)), len(first)
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
        self._cells.sums[place, : plan.places["moments"].start] += np.stack(counts, axis=-1)
        for start in range(0, len(chosen), BLOCK):
            block = slice(start, start + BLOCK)
            self._add_block(rows, chosen[block], w[block], place[own[block]])

    def _add_block(self, rows: AnswerRows, chosen: Integers, w: Array, cells: Integers) -> None:
        """Adds the moments of some rows, of which those of a cell follow each other."""
        made, weighted = self._made[:, : len(w)], self._weighted[:, : len(w)]
        rows.write(chosen, made)
        np.multiply(made, w, out=weighted)
        starts = np.flatnonzero(np.diff(cells, prepend=-1))
        ends = np.append(starts[1:], len(w))
        products = np.empty((len(starts), len(made), len(made)))
        for product, start, end in zip(products, starts.tolist(), ends.tolist(), strict=True):
            np.matmul(made[:, start:end], weighted[:, start:end].T, out=product)
        self._cells.sums[cells[starts], self._plan.places["moments"]] += products.reshape(len(starts), -1)[:, self._plan.triangle]

    def put(self, part: PartialMoments) -> None:
        """Adds what others have added up."""
        self._cells.add(part.keys, part.sums)

    def whole(self) -> PartialMoments:
        """All that was added."""
        return PartialMoments(self._plan, self._cells.keys, self._cells.sums)
