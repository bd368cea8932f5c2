"""The responses of a batch as numbers: weights, who counts, and the variables of a plan for any of the rows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.sums.moments_plan import WEIGHT, MomentsPlan
from analysis.sums.row_of_sums import Array

Integers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


def weighed(batch: pa.RecordBatch, plan: MomentsPlan) -> pa.RecordBatch:
    """The rows with a positive weight and all keys; seldom are there others, and leaving them out would copy everything."""
    counting = pc.greater(batch[WEIGHT], 0.0)
    for name in plan.keys:
        if batch[name].null_count:
            counting = pc.and_(counting, batch[name].is_valid())
    return batch if counting.true_count == len(counting) else batch.filter(counting)


class AnswerRows:
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
        with np.errstate(all="ignore"):  # anything may lie in memory where there is no answer
            for variable, row in zip(self._plan.variables, made[1:], strict=True):
                if variable.is_ == "answered":
                    row[...] = 1.0
                else:
                    np.take(self._answers[variable.item], rows, out=row, mode="clip")  # the usual mode goes through a buffer
                    row *= variable.slope
                    row += variable.intercept
                if variable.is_ == "at_most":
                    np.less_equal(row, variable.cut, out=row)
                elif variable.is_ == "at_least":
                    np.greater_equal(row, variable.cut, out=row)
                answered = self.answered[variable.item]
                if self._plan.anything and answered is not None:
                    np.copyto(row, 0.0, where=~answered[rows])


def _grades(column: pa.Array) -> Array:
    """Grades as they lie in memory, whatever stands where there is none."""
    return np.frombuffer(column.buffers()[1], np.float64, len(column), 8 * column.offset) if len(column) else np.zeros(0)


def _valid(column: pa.Array) -> Flags | None:
    flags: Flags | None = column.is_valid().to_numpy(zero_copy_only=False) if column.null_count else None
    return flags
