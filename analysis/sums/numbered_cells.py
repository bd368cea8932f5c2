"""Cells by their keys: a number for each, in the order in which they first come, and a row of sums that grows with them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]


class NumberedCells:
    """The cells seen so far: ``keys``, each (C), and ``sums`` (C, width), to which is added in place."""

    def __init__(self, keys: int, width: int) -> None:
        self.keys: tuple[pa.Array, ...] = tuple(pa.nulls(0, pa.string()) for _ in range(keys))
        self._count, self._held = 0, np.zeros((0, width))

    def __len__(self) -> int:
        return self._count

    @property
    def sums(self) -> Array:
        """The sums of the cells seen so far; of no use any more once another is seen."""
        return self._held[: self._count]

    def places(self, keys: Sequence[pa.Array], cells: int) -> Integers:
        """The row of each of some cells, each of which comes once; those not seen before get one."""
        if not self._count:
            self.keys, self._count, place = tuple(keys), cells, np.arange(cells)
        else:
            both = [pa.concat_arrays([known, key.cast(known.type)]) for known, key in zip(self.keys, keys, strict=True)]
            number, first = numbered(both, self._count + cells)
            place = number[self._count :]
            self.keys, self._count = tuple(key.take(pa.array(first)) for key in both), len(first)
        if self._count > len(self._held):
            grown = np.zeros((max(self._count, 2 * len(self._held)), self._held.shape[1]))
            grown[: len(self._held)] = self._held
            self._held = grown
        return place

    def add(self, keys: Sequence[pa.Array], sums: Array) -> None:
        """Adds what others have added up."""
        place = self.places(keys, len(sums))
        self.sums[place] += sums


def numbered(keys: Sequence[pa.Array], rows: int) -> tuple[Integers, Integers]:
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


def plain(key: pa.Array) -> pa.Array:
    """A key column as values of its own, where it comes as a dictionary."""
    return key.dictionary_decode() if pa.types.is_dictionary(key.type) else key
