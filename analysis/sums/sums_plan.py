"""What is added up of responses, as one frozen value: keys, items, grades, cuts and indicators, without a survey.

A plan is made from a survey once and can be pickled, so whoever adds up some of the responses, a thread here or a worker of a cluster,
needs the plan and the rows and nothing else. It also says where each sum stands in a row of sums (:meth:`SumsPlan.view`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from analysis.sums.raked_waves import CLASS
from analysis.sums.row_of_sums import RowOfSums
from analysis.sums.scores import satisfied_cut, score_line
from survey_schema.answer_shares import Mark, cut_as_asked
from survey_schema.columns import DIMENSIONS
from survey_schema.models import SurveySchema

WAVE, STRATUM, CLUSTER, WEIGHT = "wave", "stratum", "cluster", "respondent_weight"
#: Answers counted beside the satisfied ones, where an item has them.
MARKS: tuple[Mark, ...] = ("dissatisfied", "top_box", "promoter", "detractor")
DEFAULT_BY: tuple[str, ...] = (WAVE, *(str(name) for name in DIMENSIONS))


@dataclass(frozen=True)
class Grade:
    """What the grades of an item are worth: score = intercept + slope × grade; satisfied from ``cut`` on, downwards if ``turned``."""

    intercept: float
    slope: float
    cut: float
    turned: bool


@dataclass(frozen=True)
class Cut:
    """Answers of an item (its number) that are counted: at or above ``cut``, or at or below it."""

    item: int
    cut: float
    downwards: bool


@dataclass(frozen=True)
class SumsPlan(RowOfSums):
    """What is added up: k items, m marks, j indicators.

    ``by`` the group-by columns, the wave first; ``keys`` the columns that make a cell: ``by``, stratum, class of raking where there is
    one, cluster last. ``grades`` (k) and ``cuts`` (m, one per mark) say what answers are worth, ``below`` (j) the numbers of the items
    under each indicator. ``together`` names the items whose joint moments are kept.
    """

    KERNEL: ClassVar[int] = 1

    by: tuple[str, ...]
    keys: tuple[str, ...]
    items: tuple[str, ...]
    grades: tuple[Grade, ...]
    marks: tuple[tuple[str, Mark], ...]
    cuts: tuple[Cut, ...]
    nodes: tuple[str, ...]
    below: tuple[tuple[int, ...], ...]
    together: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of responses that are needed; keys as they are, the others as numbers."""
        return (*self.keys, WEIGHT, *self.items)

    @cached_property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The sums of a cell in the order they stand in its row, named and shaped as in ``Tallies``."""
        k, m, j = len(self.items), len(self.marks), len(self.nodes)
        return {
            "rows": (), "weight_sums": (2,), "answered": (k,), "first": (3, k), "squares": (k,), "weight_squares": (k,),
            "satisfied_squares": (k,), "marked": (m, 2), "node_counts": (j, 3),
        }  # fmt: skip


def plan_of(schema: SurveySchema, present: Collection[str], by: Sequence[str] = DEFAULT_BY, items: Sequence[str] | None = None) -> SumsPlan:
    """The plan for responses with the columns ``present``.

    ``items`` defaults to the items of the tree, the outcome and the drivers that are among them.
    """
    wanted = items if items is not None else [item.code for item in schema.items]
    tree = [code for code in schema.tree.items() if code in present and code in wanted]
    codes = tuple(dict.fromkeys([*tree, *(code for code in wanted if code in present)]))
    groups = (WAVE, *(name for name in by if name != WAVE))
    marks = tuple((code, mark) for code in codes for mark in MARKS if cut_as_asked(schema, code, mark) is not None)
    nodes = list(schema.tree.walk())
    return SumsPlan(
        by=groups,
        keys=(*groups, STRATUM, *(name for name in (CLASS,) if name in present), CLUSTER),
        items=codes,
        grades=tuple(Grade(*score_line(schema, code), *satisfied_cut(schema, code)) for code in codes),
        marks=marks,
        cuts=tuple(Cut(codes.index(code), *cut) for code, mark in marks if (cut := cut_as_asked(schema, code, mark))),
        nodes=tuple(node.code for node in nodes),
        below=tuple(tuple(codes.index(code) for code in node.items() if code in codes) for node in nodes),
        together=tuple(dict.fromkeys(tree)),
    )
