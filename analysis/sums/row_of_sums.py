"""What every plan of sums says alike: where each sum stands in the row of a cell, what sums follow from, and how partials travel."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Array = npt.NDArray[np.float64]


class RowOfSums(ABC):
    """A plan whose sums of a cell stand in one row, each after the other."""

    #: Raised whenever other sums would be made of the same rows by the same plan: sums kept by an older kernel are then made anew.
    KERNEL: ClassVar[int]

    @property
    @abstractmethod
    def shapes(self) -> Mapping[str, tuple[int, ...]]:
        """The sums of a cell in the order they stand in its row."""

    @cached_property
    def places(self) -> dict[str, slice]:
        """Where each of them stands."""
        ends = np.cumsum([int(np.prod(shape, dtype=int)) for shape in self.shapes.values()]).tolist()
        return {name: slice(start, end) for name, start, end in zip(self.shapes, [0, *ends[:-1]], ends, strict=True)}

    @property
    def width(self) -> int:
        """Numbers in the row of a cell."""
        return int(max(place.stop for place in self.places.values()))

    def view(self, sums: Array, name: str) -> Array:
        """One of the sums of all cells (C, …), without copying, from their rows (C, width)."""
        return sums[:, self.places[name]].reshape(len(sums), *self.shapes[name])

    @property
    def fingerprint(self) -> str:
        """What sums follow from beside the rows: this plan, and the kernel that adds up."""
        return hashlib.sha256(f"{self.KERNEL}\x1f{self!r}".encode()).hexdigest()[:32]


def message_of(batch: pa.RecordBatch) -> bytes:
    """Partial sums in their Arrow form as one message."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def batch_of(message: bytes | pa.Buffer) -> pa.RecordBatch:
    """What :func:`message_of` made; raises ArrowException for what is no such message."""
    with pa.ipc.open_stream(message) as reader:
        return reader.read_next_batch()
