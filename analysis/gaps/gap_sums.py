"""Sums of the gap items: of the difference perception − expectation, respondent by respondent, and of its sides.

The difference is one variable of its own, so the variance of its mean holds the covariance of both columns (the linearised variance of a
paired difference), in strata, clusters and raked weights as everywhere. The sides of the service gap are those of the same respondents.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import narwhals as nw

from analysis.gaps.gap_schema import gap_schema
from analysis.sums.domains import domains
from analysis.sums.scores import score_expression
from analysis.sums.tallies import DEFAULT_BY, Tallies, combine, sums
from survey_schema.gap_items import GapItem
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Message, message

Side = Literal["gap", "perception", "expectation", "importance"]
#: What responses are narrowed down to: a value of a column, or several.
Where = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class GapTallies:
    """Sums of one side, and the survey of gap items they are of."""

    schema: SurveySchema
    tallies: Tallies


@dataclass(frozen=True)
class PairedTallies:
    """Sums of the difference and of both its sides, over respondents who answered both, item by item."""

    gap: GapTallies
    perception: GapTallies
    expectation: GapTallies


def side_tallies(frame: nw.LazyFrame[Any], schema: SurveySchema, side: Side, by: Sequence[str] = DEFAULT_BY) -> GapTallies:
    """Sums of one side of all gap items that have it and whose columns the frame has; ``importance`` is unpaired.

    Raises ManyiError where no item has it.
    """
    present = set(frame.collect_schema().names())
    having = {gap.perception: gap for gap in schema.gap_items if all(code in present for code in _needed(gap, side))}
    if not having:
        raise ManyiError(_nothing(side))
    derived = gap_schema(schema, having)
    expressions = [_points(schema, gap, side).alias(code) for code, gap in having.items()]
    return GapTallies(derived, sums(frame.with_columns(*expressions), derived, by, list(having)))


def joined(parts: Sequence[GapTallies]) -> GapTallies:
    """The sums of several waves of one survey as one."""
    return parts[0] if len(parts) == 1 else GapTallies(parts[0].schema, combine([part.tallies for part in parts]))


def weighed(made: GapTallies, schema: SurveySchema, weights: Mapping[str, float] | None) -> GapTallies:
    """The same sums with other weights of the items (perception code → importance); sums hold none. None: those of the survey."""
    return made if weights is None else GapTallies(gap_schema(schema, made.tallies.items, weights), made.tallies)


def stated_weights(importance: GapTallies, where: Where | None = None) -> dict[str, float]:
    """Mean stated importance of every item over all responses of ``where``, as weights of a total; they are taken as known."""
    everybody = domains(importance.tallies.where(where or {}), [])
    means = everybody.means[0] if len(everybody) else []
    return {item: float(mean) for item, mean in zip(importance.tallies.items, means, strict=True) if mean > 0}


def _nothing(side: Side) -> Message:
    if side == "importance":
        return message("No item of these responses has a stated importance; name its question under gap_items of the survey's schema.")
    return message("No item of these responses has both an expectation and a perception; name them under gap_items of the survey's schema.")


def _needed(gap: GapItem, side: Side) -> list[str]:
    """The columns of a side; a name no frame has where the gap item has none."""
    codes = [gap.importance] if side == "importance" else [gap.perception, gap.expectation]
    return [code or "" for code in codes]


def _points(schema: SurveySchema, gap: GapItem, side: Side) -> nw.Expr:
    if side == "importance":
        return score_expression(schema, gap.importance or "")
    made: dict[str, Callable[[nw.Expr, nw.Expr], nw.Expr]] = {
        "gap": lambda p, e: p - e,
        "perception": lambda p, e: nw.when(~e.is_null()).then(p),
        "expectation": lambda p, e: nw.when(~p.is_null()).then(e),
    }
    return made[side](score_expression(schema, gap.perception), score_expression(schema, gap.expectation or ""))
