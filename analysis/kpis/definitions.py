"""What a KPI is: which direction is good, its target and its limit, and its score on the common scale of 0 to 100.

score = 100 · (value − limit)/(target − limit), cut off at 0 and 100: at the limit or worse 0, at the target or better 100. So answer rates,
hours and complaints come on one scale, each by its own two values that somebody set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from survey_schema.data_kinds.description import LARGEST_NUMBER
from words.errors import ManyiError
from words.language import message

Array = npt.NDArray[np.float64]
VALUE = "value"
Direction = Literal["higher", "lower"]


@dataclass(frozen=True)
class KpiDefinition:
    """``better`` is the good direction; ``target`` is worth 100, ``limit`` (the worst tolerated) 0; ``weight`` in the objective index.

    Raises ManyiError where target and limit do not lie as the direction says, or the weight is not positive.
    """

    name: str
    better: Direction
    target: float
    limit: float
    weight: float = 1.0

    def __post_init__(self) -> None:
        if self.better not in ("higher", "lower"):
            raise ManyiError(message("KPI “{name}”: direction {found}; expected higher or lower.", name=self.name, found=self.better))
        right = self.target > self.limit if self.better == "higher" else self.target < self.limit
        if not right:
            raise ManyiError(
                message(
                    "KPI “{name}”: target {target} must be better than limit {limit} in the direction given.",
                    name=self.name,
                    target=self.target,
                    limit=self.limit,
                )
            )
        if not (np.isfinite(self.weight) and self.weight > 0):
            raise ManyiError(message("KPI “{name}”: its weight must be above zero.", name=self.name))

    def score(self, values: Array) -> Array:
        """Scores on 0-100; NaN where a value is missing."""
        return np.clip(100 * (values - self.limit) / (self.target - self.limit), 0, 100)


def with_values(rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The rows that have the columns and a ``value`` a KPI can have; a number no upload would be taken with counts as no value."""
    known = rows.dropna(subset=[*columns, VALUE])
    return known[known[VALUE].astype(float).abs() <= LARGEST_NUMBER]


def check_definitions(definitions: Sequence[KpiDefinition]) -> None:
    """Raises ManyiError without any definition and for a name that is defined twice."""
    names = [definition.name for definition in definitions]
    if not names:
        raise ManyiError(message("No KPI is defined; give each its direction, target and limit."))
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ManyiError(message("KPI “{name}” is defined twice.", name=twice))
