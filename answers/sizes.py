"""What kept results weigh: arrays and frames with everything they hold, other values by a sample of what they are made of."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.sums.tallies import Tallies

#: Members of a long list that are looked at; the others are taken to weigh the same.
_LOOKED_AT = 64


def bytes_of_tallies(tallies: Tallies) -> int:
    """Arrays, the keys of the cells and the parts of raked waves."""
    arrays = (getattr(tallies, field.name) for field in fields(tallies))
    return sum(array.nbytes for array in arrays if isinstance(array, np.ndarray)) + bytes_held(
        (tallies.keys, tallies.design, tallies.raked)
    )


def bytes_held(value: Any) -> int:
    """Bytes a value holds, about: what several results share counts in each."""
    return _Scales().of(value)


class _Scales:
    """Weighs one value, looking at a bounded number of its parts."""

    def __init__(self, parts: int = 4_000) -> None:
        self._left = parts

    def of(self, value: Any) -> int:
        self._left -= 1
        if isinstance(value, Tallies):
            return bytes_of_tallies(value)
        if isinstance(value, np.ndarray):
            held = value.ravel()[:_LOOKED_AT].tolist() if value.dtype == object else []
            return int(value.nbytes) + self._of_many(held, value.size)
        if isinstance(value, (pa.Table, pa.RecordBatch, pa.Array, pa.ChunkedArray)):
            return int(value.nbytes)
        if isinstance(value, pd.DataFrame):
            return sum(_of_series(value[name]) for name in value) + int(value.index.memory_usage())
        if isinstance(value, pd.Series):
            return _of_series(value)
        return sys.getsizeof(value) + (self._of_parts(value) if self._left > 0 else 0)

    def _of_parts(self, value: Any) -> int:
        if isinstance(value, Mapping):
            return self._of_many([part for pair in islice(value.items(), _LOOKED_AT) for part in pair], 2 * len(value))
        if isinstance(value, (tuple, list, set, frozenset)):
            return self._of_many(list(islice(value, _LOOKED_AT)), len(value))
        if is_dataclass(value):
            return sum(self.of(getattr(value, field.name)) for field in fields(value))
        return 0

    def _of_many(self, sample: list[Any], count: int) -> int:
        return round(sum(map(self.of, sample)) * count / len(sample)) if sample else 0


def _of_series(series: pd.Series[Any]) -> int:
    """A column of objects holds each different value once and a pointer a row; that is how keys of cells are made."""
    if series.dtype != object:
        return int(series.memory_usage(index=False, deep=True))
    different = series.dropna().unique()
    return 8 * len(series) + sum(sys.getsizeof(value) for value in different)
