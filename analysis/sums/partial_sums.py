"""Partial sums of some responses, and their join: what a thread, a worker of a cluster or a file beside a wave holds.

The kernel has three steps. :func:`partial_sums` adds up some record batches by a plan; :func:`join` adds partials up, whoever made them;
``analysis.sums.tallies.tallies_of`` makes tallies of the result. Sums add up, so neither all rows nor a common order of them is needed.

>>> plan = plan_of(schema, columns)                                # doctest: +SKIP
>>> here = partial_sums(batches(frame.select(*plan.columns)), plan)  # doctest: +SKIP
>>> there = PartialSums.from_arrow(received, plan)                 # doctest: +SKIP
>>> tallies_of(join([here, there]))                                # doctest: +SKIP
"""

from __future__ import annotations

import functools
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.sums.added_rows import added_rows
from analysis.sums.batch_rows import Integers
from analysis.sums.cell_sums import Pieces, pieces_of
from analysis.sums.row_of_sums import Array, batch_of, message_of
from analysis.sums.spread_passes import is_spread, sums_of_partitions
from analysis.sums.sums_plan import CLUSTER, SumsPlan

#: Batches worked on beside each other; each needs some 50 MB for 30 items.
WORKERS = min(os.cpu_count() or 1, 4)
#: Responses brought in order together.
BATCH = 131_072
_PLAN = b"plan"
#: Pieces that are let wait before they are joined.
_WAITING_BYTES = 64 * 2**20


@dataclass(frozen=True, eq=False)
class PartialSums:
    """Sums of some responses by cell: C cells, each once, of which the first U are without clusters.

    ``keys`` (C) has the key columns of the plan, texts as dictionaries; cells without a cluster come first, each part is sorted, none
    after all others. ``sums`` (C, width) has a row a cell, taken apart by ``plan.view``; ``second`` (U, 2k, 2k) and ``powers`` (U, 2, k)
    are the second and higher moments of respondents that are units of their own. All as in ``Tallies``.
    """

    plan: SumsPlan
    keys: pa.RecordBatch
    sums: Array
    second: Array
    powers: Array

    def __len__(self) -> int:
        return len(self.sums)

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return int(self.keys.nbytes + self.sums.nbytes + self.second.nbytes + self.powers.nbytes)

    def to_arrow(self) -> pa.RecordBatch:
        """A row a cell: the key columns, and ``sums``, ``second`` and ``powers`` as lists of numbers, the last two empty in clusters."""
        columns = [*self.keys.columns, *(_lists(values, len(self)) for values in (self.sums, self.second, self.powers))]
        schema = pa.schema(zip([*self.plan.keys, "sums", "second", "powers"], (each.type for each in columns), strict=True))
        return pa.RecordBatch.from_arrays(columns, schema=schema.with_metadata({_PLAN: self.plan.fingerprint.encode()}))

    @classmethod
    def from_arrow(cls, batch: pa.RecordBatch, plan: SumsPlan) -> PartialSums:
        """What :meth:`to_arrow` made; raises ValueError for sums of another plan or kernel."""
        if (batch.schema.metadata or {}).get(_PLAN, b"").decode() != plan.fingerprint:
            raise ValueError("partial sums of another plan or kernel")
        k = len(plan.items)
        keys = pa.RecordBatch.from_arrays([batch[name] for name in plan.keys], names=list(plan.keys))
        alone = batch.num_rows if CLUSTER not in plan.keys else keys[CLUSTER].null_count
        sums, second, powers = (batch[name].flatten().to_numpy() for name in ("sums", "second", "powers"))
        return cls(plan, keys, sums.reshape(-1, plan.width), second.reshape(alone, 2 * k, 2 * k), powers.reshape(alone, 2, k))

    def to_bytes(self) -> bytes:
        """The Arrow form as one message."""
        return message_of(self.to_arrow())

    @classmethod
    def from_bytes(cls, message: bytes | pa.Buffer, plan: SumsPlan) -> PartialSums:
        """What :meth:`to_bytes` made; raises ValueError for sums of another plan or kernel, ArrowException for what is no such message."""
        return cls.from_arrow(batch_of(message), plan)


def partial_sums(batches: Iterable[pa.RecordBatch], plan: SumsPlan, workers: int = 1) -> PartialSums:
    """Sums of some responses, read batch by batch, so that memory does not grow with them.

    Batches have the columns of the plan. With ``workers`` threads the next batches are read while those before are added up: numpy lets go
    of the interpreter. Rows without a positive weight count nowhere.
    """
    running, found = deque[Future[list[Pieces]]](), _Running(plan)
    slices = (batch.slice(start, BATCH) for batch in batches for start in range(0, batch.num_rows, BATCH))
    if workers == 1:
        for batch in slices:
            found.add(pieces_of(batch, plan))
        return found.whole()
    with ThreadPoolExecutor(workers) as beside:
        for batch in slices:
            if len(running) == workers:
                found.add(running.popleft().result())
            running.append(beside.submit(pieces_of, batch, plan))
        for future in running:
            found.add(future.result())
    return found.whole()


def join(partials: Sequence[PartialSums]) -> PartialSums:
    """Partials of one plan as one; at least one. Raises ValueError where plans differ."""
    plan = partials[0].plan
    if any(part.plan != plan for part in partials):
        raise ValueError("partial sums of different plans cannot be joined")
    return (
        partials[0] if len(partials) == 1 else _joined(plan, [Pieces(part.keys, part.sums, part.second, part.powers) for part in partials])
    )


def sums_of_rows(frame: nw.LazyFrame[Any], plan: SumsPlan) -> PartialSums:
    """Sums of the rows of a frame, which has the columns of the plan: added up here as they are read, or where the workers of a cluster
    read them."""
    if not is_spread(frame):
        return partial_sums(batches(frame), plan, WORKERS)
    sent = sums_of_partitions(frame, functools.partial(_sent, plan=plan))
    return join([PartialSums.from_bytes(each, plan) for each in sent]) if sent else partial_sums((), plan)


def _sent(batches: Iterable[pa.RecordBatch], plan: SumsPlan) -> bytes:
    return partial_sums(batches, plan).to_bytes()


def batches(frame: nw.LazyFrame[Any]) -> Iterable[pa.RecordBatch]:
    """The rows of a frame as they are read; all at once from an engine that cannot stream."""
    native = frame.to_native()
    found: Iterable[pa.RecordBatch] = (
        native.to_arrow_reader(BATCH)  # DuckDB; a stream would come in batches of a million rows
        if hasattr(native, "to_arrow_reader")
        else pa.RecordBatchReader.from_stream(native)
        if hasattr(native, "__arrow_c_stream__")
        else frame.collect("pyarrow").to_native().to_batches()
    )
    return found


class _Running:
    """Pieces that come, joined when they weigh more than what was joined before, so that each sum is added up a few times only."""

    def __init__(self, plan: SumsPlan) -> None:
        self._plan, self._pieces, self._joined, self._waiting = plan, list[Pieces](), 0, 0

    def add(self, pieces: list[Pieces]) -> None:
        self._pieces += pieces
        self._waiting += sum(each.sums.nbytes + each.second.nbytes + each.powers.nbytes for each in pieces)
        if self._waiting > max(2 * self._joined, _WAITING_BYTES):
            joined = self.whole()
            self._pieces, self._joined, self._waiting = [Pieces(joined.keys, joined.sums, joined.second, joined.powers)], joined.nbytes, 0

    def whole(self) -> PartialSums:
        return _joined(self._plan, self._pieces)


def _joined(plan: SumsPlan, pieces: Sequence[Pieces]) -> PartialSums:
    """Pieces added up by cell."""
    k = len(plan.items)
    if not pieces:
        nothing = pa.RecordBatch.from_arrays([pa.nulls(0, pa.string()).dictionary_encode() for _ in plan.keys], names=list(plan.keys))
        return PartialSums(plan, nothing, np.zeros((0, plan.width)), np.zeros((0, 2 * k, 2 * k)), np.zeros((0, 2, k)))
    keys = [_unified([each.keys[name] for each in pieces]) for name in plan.keys]
    number = _in_order(keys)
    _, first, cell = np.unique(number, return_index=True, return_inverse=True)
    taken = pa.array(first)
    cells = pa.RecordBatch.from_arrays([key.take(taken) for key in keys], names=list(plan.keys))
    alone = cells[CLUSTER].null_count
    ends = np.cumsum([len(each.sums) for each in pieces])
    of_piece = [cell[end - len(each.sums) : end] for each, end in zip(pieces, ends.tolist(), strict=True)]
    sums = _added([each.sums for each in pieces], of_piece, len(first))
    clustered = [each.keys[CLUSTER].is_null().to_numpy(zero_copy_only=False) for each in pieces]
    of_alone = [own[single] for own, single in zip(of_piece, clustered, strict=True)]
    second = _added([each.second for each in pieces], of_alone, alone)
    return PartialSums(plan, cells, sums, second, _added([each.powers for each in pieces], of_alone, alone))


def _added(parts: Sequence[Array], cells: Sequence[Integers], count: int) -> Array:
    """Rows of all parts added up by their cell (count, …)."""
    if len(parts) == 1 and len(parts[0]) == count and (np.diff(cells[0]) > 0).all():
        return parts[0]
    if not count:
        return np.zeros((0, *parts[0].shape[1:]))
    found = np.zeros((count, *parts[0].shape[1:]))
    apart = sum(map(len, cells)) == count  # each cell in one part only, such as those of another wave
    for part, own in zip(parts, cells, strict=True):
        places, number = np.unique(own, return_inverse=True)
        if len(places) < len(own):
            found[places] += added_rows(part, number, len(places))
        elif apart:
            found[own] = part
        else:
            found[own] += part
    return found


def _unified(parts: Sequence[pa.Array]) -> pa.DictionaryArray:
    """A key column of all pieces over one dictionary, which is in order and has no value twice."""
    whole = pa.chunked_array([part.cast(pa.string()) if pa.types.is_null(part.type.value_type) else part for part in parts])
    whole = whole.unify_dictionaries().combine_chunks()
    values = whole.dictionary.cast(pa.string()) if pa.types.is_large_string(whole.type.value_type) else whole.dictionary
    order = pc.sort_indices(values).to_numpy()
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    indices = whole.indices
    ranks = rank[indices.fill_null(0).to_numpy()] if len(rank) else np.zeros(len(indices), dtype=np.int32)
    mask = indices.is_null().to_numpy(zero_copy_only=False)
    return pa.DictionaryArray.from_arrays(pa.array(ranks, mask=mask), values.take(pa.array(order)))


def _in_order(keys: Sequence[pa.DictionaryArray]) -> Integers:
    """A number of each row's keys, the same for the same keys and in their order: without a cluster first, none after all other values."""
    number: Integers = keys[-1].is_valid().to_numpy(zero_copy_only=False).astype(np.intp)
    possible = 2
    for key in keys:
        known = len(key.dictionary)
        if possible * (known + 1) >= 2**62:
            occurring, number = np.unique(number, return_inverse=True)
            possible = len(occurring)
        number = number * (known + 1) + key.indices.fill_null(known).to_numpy()
        possible *= known + 1
    return number


def _lists(values: Array, rows: int) -> pa.ListArray:
    """The values (n ≤ rows, …) of the first n rows as lists of numbers; those of the others are empty."""
    width = int(np.prod(values.shape[1:], dtype=int))
    offsets = np.minimum(np.arange(rows + 1), len(values)) * width
    numbers = pa.array(np.ascontiguousarray(values).reshape(-1))
    return pa.LargeListArray.from_arrays(pa.array(offsets, pa.int64()), numbers)


def each_wave(partial: PartialSums) -> Iterator[tuple[str, PartialSums]]:
    """The sums of each wave by itself, with its label."""
    waves, plan = partial.keys["wave"], partial.plan
    for label in waves.dictionary.to_pylist():
        own = np.flatnonzero(pc.equal(waves, label).to_numpy(zero_copy_only=False))
        alone = own[own < len(partial.second)]
        if len(own):
            keys = [key.take(pa.array(own)).dictionary_decode().dictionary_encode() for key in partial.keys.columns]  # values that occur
            cells = pa.RecordBatch.from_arrays(keys, names=list(plan.keys))
            yield label, PartialSums(plan, cells, partial.sums[own], partial.second[alone], partial.powers[alone])
