"""Pareto chart: which few causes make most of the cases, or of what they cost; base and shares are always our own sums.

Causes stand from most to least; those named as leftovers ("others") and cases without a class stand last whatever their size, as is usual
on this chart. The **vital few** are the first causes that together reach the threshold (80 %); where more than half of the causes are
needed for that there are none, the cases are spread. A share of cases has Wilson's interval; a share of weights W_c/W the linearised one,
var = ((1 − s)² Σ_c w² + s² Σ_rest w²)/W², where the squares are known. Checked against R ``prop.test``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from analysis.inference.wilson_interval import wilson_interval
from analysis.pareto.cells import Amount, Cell, Measure, added_up
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from words.language import Message, message

METHOD = message("Pareto: causes from most to least, with cumulative share; the vital few reach {share} % together.")
#: Cumulative share the vital few reach.
VITAL_SHARE = 0.8


@dataclass(frozen=True)
class ParetoRow:
    """One cause: its ``amount`` (cases or weight), ``share`` and ``cumulative`` share in per cent, whether it is one of the vital few,
    and whether it is a leftover class that stands last."""

    cause: str | None
    count: float
    amount: float
    share: Estimate
    cumulative: Estimate
    vital: bool
    leftover: bool


@dataclass(frozen=True)
class Pareto:
    """The chart: ``base`` cases and the ``total`` of what was measured, both our own sums; ``spread`` where there are no vital few."""

    by: str
    where: Mapping[str, str | None]
    measure: Measure
    base: float
    total: float
    rows: tuple[ParetoRow, ...]
    spread: bool
    small_base: bool
    reason: Message | None
    method: Message

    @property
    def vital_few(self) -> tuple[ParetoRow, ...]:
        """The vital few, most first."""
        return tuple(row for row in self.rows if row.vital)


def pareto(
    cells: Sequence[Cell],
    by: str,
    *,
    where: Mapping[str, str | None] | None = None,
    measure: Measure = "count",
    leftovers: frozenset[str] = frozenset(),
    vital_share: float = VITAL_SHARE,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Pareto:
    """The causes of one classification, most first. Causes without a case are left out; no case at all is a reason.

    Raises ManyiError as ``added_up`` does.
    """
    where = dict(where or {})
    sums = {cause: amount for cause, amount in added_up(cells, by, where, measure).items() if _size(amount, measure) > 0}
    base, total = sum(amount.count for amount in sums.values()), sum(_size(amount, measure) for amount in sums.values())
    method = message(METHOD.template, share=f"{100 * vital_share:g}")
    if not total:
        reason = message("There are no cases in this selection.")
        return Pareto(by, where, measure, base, total, (), False, True, reason, method)
    order = sorted(sums, key=lambda cause: (cause is None, cause in leftovers, -_size(sums[cause], measure), str(cause)))
    rows: list[ParetoRow] = []
    for place, cause in enumerate(order):
        head = [sums[each] for each in order[: place + 1]]
        rest = [sums[each] for each in order[place + 1 :]]
        others = [sums[each] for each in order if each != cause]
        keys = {**where, by: cause}
        share = _share(keys, "share", [sums[cause]], others, measure, thresholds)
        cumulative = _share(keys, "cumulative", head, rest, measure, thresholds)
        leftover = cause is None or cause in leftovers
        rows.append(ParetoRow(cause, sums[cause].count, _size(sums[cause], measure), share, cumulative, False, leftover))
    few = _vital(rows, total, vital_share)
    named = sum(not row.leftover for row in rows)
    spread = len(few) * 2 > named and named > 2
    marked = tuple(replace(row, vital=row.cause in few and not row.leftover and not spread) for row in rows)
    return Pareto(by, where, measure, base, total, marked, spread, base < thresholds.marked_below, None, method)


def drill_down(
    chart: Pareto,
    cells: Sequence[Cell],
    then: str,
    *,
    causes: Sequence[str | None] | None = None,
    leftovers: frozenset[str] = frozenset(),
    vital_share: float = VITAL_SHARE,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> tuple[Pareto, ...]:
    """A Pareto chart by the classification ``then`` within each of the vital few of a chart (or within the ``causes`` named)."""
    within = [row.cause for row in chart.vital_few] if causes is None else list(causes)
    return tuple(
        pareto(
            cells,
            then,
            where={**chart.where, chart.by: cause},
            measure=chart.measure,
            leftovers=leftovers,
            vital_share=vital_share,
            thresholds=thresholds,
        )
        for cause in within
    )


def _size(amount: Amount, measure: Measure) -> float:
    return amount.count if measure == "count" else amount.weight


def _vital(rows: Sequence[ParetoRow], total: float, vital_share: float) -> set[str | None]:
    """The first causes that reach the share; leftover classes are never among them, all others are where they do not reach it."""
    few: set[str | None] = set()
    reached = 0.0
    for row in rows:
        if row.leftover or reached >= vital_share * total * (1 - 1e-12):
            break
        few.add(row.cause)
        reached += row.amount
    return few


def _share(
    keys: Mapping[str, str | None], code: str, part: Sequence[Amount], rest: Sequence[Amount], measure: Measure, thresholds: Thresholds
) -> Estimate:
    """Share in per cent of some causes, with its interval."""
    own, other = sum(_size(amount, measure) for amount in part), sum(_size(amount, measure) for amount in rest)
    count, base = sum(amount.count for amount in part), sum(amount.count for amount in [*part, *rest])
    share = own / (own + other)
    marked = base < thresholds.marked_below
    if measure == "count":
        low, high = wilson_interval(share, None, int(base), base, max(base - 1, 1), thresholds.confidence)
        se = float(np.sqrt(share * (1 - share) / base))
        return Estimate(keys, code, 100 * share, 100 * se, 100 * low, 100 * high, int(count), base, marked=marked)
    squares = [[amount.weight_squares for amount in side] for side in (part, rest)]
    if any(each is None for side in squares for each in side) or base < 2:
        return Estimate(keys, code, 100 * share, n=int(count), n_eff=base, marked=marked)
    inside, outside = (sum(each or 0.0 for each in side) for side in squares)
    se = float(np.sqrt((1 - share) ** 2 * inside + share**2 * outside) / (own + other))
    half = float(stats.norm.ppf((1 + thresholds.confidence) / 2)) * se
    return Estimate(
        keys, code, 100 * share, 100 * se, 100 * max(share - half, 0), 100 * min(share + half, 1), int(count), base, marked=marked
    )  # fmt: skip
