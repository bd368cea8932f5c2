"""Which moments are added up of responses, as one frozen value: group columns, variables and what makes a respondent count.

A plan can be pickled, so whoever adds up some of the responses, a thread here or a worker of a cluster, needs the plan and the rows and
nothing else. It also says where each sum stands in the row of a cell (:meth:`MomentsPlan.view`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt

from analysis.sums.row_of_sums import Array, RowOfSums
from analysis.sums.scores import score_line
from survey_schema.models import SurveySchema

WEIGHT, REPLICATE = "respondent_weight", "replicate_group"


@dataclass(frozen=True)
class Variable:
    """A number made of the answer to an item, whose score is intercept + slope × grade.

    ``is_`` the score itself; 1 where it is at most, or at least, ``cut`` and 0 elsewhere; or 1 where the item is answered and 0 elsewhere.
    """

    name: str
    item: str
    intercept: float
    slope: float
    is_: Literal["score", "at_most", "at_least", "answered"] = "score"
    cut: float = 0.0


def score_variables(schema: SurveySchema, items: Iterable[str]) -> tuple[Variable, ...]:
    """The scores of items, each under its own name."""
    return tuple(Variable(code, code, *score_line(schema, code)) for code in items)


@dataclass(frozen=True)
class MomentsPlan(RowOfSums):
    """What is added up: p ``variables`` by the columns ``keys``; rows in which any of them is missing, or without positive weight, nowhere.

    A respondent counts where every item is answered, with ``anything`` where one of them is: an unanswered item then scores 0.
    """

    KERNEL: ClassVar[int] = 1

    keys: tuple[str, ...]
    variables: tuple[Variable, ...]
    anything: bool = False

    @cached_property
    def items(self) -> tuple[str, ...]:
        """The q items the variables are made of."""
        return tuple(dict.fromkeys(variable.item for variable in self.variables))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of responses that are needed; keys as they are, the others as numbers."""
        return tuple(dict.fromkeys((*self.keys, WEIGHT, *self.items)))

    @cached_property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The sums of a cell in the order they stand in its row.

        ``rows`` of positive weight, ``n`` of them count, ``weight_squared`` Σw² of these, ``answered`` (q) rows with an answer to each
        item, ``moments`` the upper triangle of Σ w [1 x][1 x]', row by row.
        """
        size = len(self.variables) + 1
        return {"rows": (), "n": (), "weight_squared": (), "answered": (len(self.items),), "moments": (size * (size + 1) // 2,)}

    @cached_property
    def triangle(self) -> npt.NDArray[np.intp]:
        """Where the numbers of the upper triangle stand in a whole matrix of (p + 1)² numbers."""
        size = len(self.variables) + 1
        return np.ravel_multi_index(np.triu_indices(size), (size, size))

    def whole(self, triangles: Array) -> Array:
        """Upper triangles (…, T) as symmetric matrices (…, p + 1, p + 1)."""
        size = len(self.variables) + 1
        place = np.zeros((size, size), dtype=np.intp)
        place[np.triu_indices(size)] = np.arange(triangles.shape[-1])
        return triangles[..., np.maximum(place, place.T)]


def moments_plan(
    variables: Sequence[Variable], group_by: Sequence[str] = (), *, replicate: bool = True, anything: bool = False
) -> MomentsPlan:
    """The plan for the moments of each group of ``group_by``, split into replicate groups unless told otherwise."""
    return MomentsPlan((*group_by, *([REPLICATE] if replicate else [])), tuple(variables), anything)
