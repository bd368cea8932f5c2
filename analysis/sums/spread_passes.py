"""Passes over rows that lie on a cluster: each partition is added up where it is, and only its sums come to this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import narwhals as nw
import pyarrow as pa

#: Sums of some rows as bytes; called on a worker, so it and all it holds must be picklable, and this package installed there.
AddUp = Callable[[Iterable[pa.RecordBatch]], bytes]
_PARTIAL = "partial"


def is_spread(frame: nw.LazyFrame[Any]) -> bool:
    """Whether the rows of a frame are read by the workers of a cluster (Apache Spark)."""
    return hasattr(frame.to_native(), "mapInArrow")


def sums_of_partitions(frame: nw.LazyFrame[Any], add_up: AddUp) -> list[bytes]:
    """What ``add_up`` makes of the rows of each partition; partitions without rows are among them."""

    def of_partition(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield pa.RecordBatch.from_pydict({_PARTIAL: pa.array([add_up(batches)], pa.binary())})

    found = frame.to_native().mapInArrow(of_partition, f"{_PARTIAL} binary").toArrow()
    partials: list[bytes] = found[_PARTIAL].to_pylist()
    return partials
