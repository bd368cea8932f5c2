"""Sample-size planner: what this wave can show of each group, and how many responses the next one needs.

A group's planning value is the variance of one response, V = n·se² from the linearised variance of the chosen wave, so respondent
weights, strata, clusters and missing answers are in it (Kish 1965, design effects). A group whose base is small or hidden, or where
everybody said the same, borrows the mean V of the others. Formulas: ``analysis.planner.sample_size``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite, sqrt
from typing import Literal

import numpy as np
import pandas as pd

from analysis.compare.compare_groups import compare_with_rest
from analysis.index.estimate_index import estimate_index
from analysis.planner.sample_size import (
    Design,
    detectable_difference,
    half_width,
    responses_against,
    responses_for_half_width,
    responses_for_two_waves,
)
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.sums.customers import customers_by
from analysis.sums.domains import domains
from analysis.sums.tallies import Tallies
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Message, message

Wish = Literal["half_width", "rest", "wave"]
METHOD = message(
    "Variance of one response from this wave's linearised variance (weights, strata and clusters are in it); t intervals, finite "
    "population correction where the customers are known; detectable difference by the noncentral t test; against the rest, the rest "
    "stays as it is and the level of one test is divided by the number of groups; between waves, two waves of the same size."
)


@dataclass(frozen=True)
class Aim:
    """What is wanted: intervals of ± ``size`` points, or a difference of ``size`` points detected with ``power``.

    ``wish``: ``half_width``, or a difference from the ``rest`` or from another ``wave``. Raises ManyiError for a size that is not
    between 0 and 100 or a power outside 0.5 … 0.99.
    """

    wish: Wish
    size: float
    power: float = 0.8

    def __post_init__(self) -> None:
        if not 0 < self.size <= 100:
            raise ManyiError(message("Name a number of points above 0 and up to 100, not {found}.", found=f"{self.size:g}"))
        if not 0.5 <= self.power <= 0.99:
            raise ManyiError(message("The power must be between 0.5 and 0.99, not {found}.", found=f"{self.power:g}"))


@dataclass(frozen=True)
class GroupPlan:
    """One group: its score ``now`` and what it can show, and what the aim needs.

    ``deviation`` of one response in points without the part that unequal weights add, ``design_effect`` n/n_eff of the weights,
    ``customers`` of the group where known. ``half_width`` and the detectable differences (points) are None where the group is hidden
    or has no interval. ``needed`` responses in all and ``more`` than there are now; None with ``reason`` when no number suffices.
    ``borrowed``: planned with the variance of the other groups.
    """

    keys: Mapping[str, str | None]
    now: Estimate
    customers: float | None
    deviation: float | None
    design_effect: float | None
    half_width: float | None
    detectable_rest: float | None
    detectable_wave: float | None
    needed: int | None = None
    more: int | None = None
    borrowed: bool = False
    reason: Message | None = None


@dataclass(frozen=True)
class Plan:
    """The plan of every group for one indicator."""

    code: str
    dimension: str | None
    aim: Aim
    groups: tuple[GroupPlan, ...]
    provenance: Provenance

    def fulfils(self, group: GroupPlan) -> bool:
        """Whether a group shows now what is wished for; a group that shows nothing does not."""
        now = now_of(group, self.aim)
        return now is not None and now <= self.aim.size * (1 + 1e-9)

    def still_small(self, group: GroupPlan) -> bool:
        """Whether the responses needed would leave the figure marked for its small effective base, however narrow its interval."""
        return group.needed is not None and group.needed < self.marked_below * (group.design_effect or 1)

    @property
    def marked_below(self) -> float:
        """The effective base below which a figure is marked."""
        return self.provenance.limits.marked_below

    @property
    def more(self) -> int:
        """Responses still needed, all groups together."""
        return sum(group.more or 0 for group in self.groups)

    @property
    def needed(self) -> int | None:
        """Responses needed, all groups together; None where no number suffices for one of them."""
        known = [group.needed for group in self.groups if group.needed is not None]
        return sum(known) if len(known) == len(self.groups) else None

    @property
    def n(self) -> int:
        """Responses there are, all groups together."""
        return sum(group.now.n for group in self.groups)


def now_of(group: GroupPlan, aim: Aim) -> float | None:
    """What the wave shows of a group now, in the terms of the wish."""
    return {"half_width": group.half_width, "rest": group.detectable_rest, "wave": group.detectable_wave}[aim.wish]


def plan_sample(
    tallies: Tallies,
    schema: SurveySchema,
    aim: Aim,
    *,
    dimension: str | None = "branch",
    where: Mapping[str, str] | None = None,
    code: str | None = None,
    population: pd.DataFrame | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Plan:
    """Plans one indicator (the index by default) for every group of ``dimension``, or for everybody when it is None.

    ``tallies`` are of one wave; ``population`` has the dimensions and ``customers``. Raises ManyiError for several waves, an unknown
    code or column, and a difference from the rest where there are no groups.
    """
    code = code or schema.tree.code
    if len(tallies.waves) > 1:
        raise ManyiError(message("A sample is planned from one wave; name it."))
    if aim.wish == "rest" and dimension is None:
        raise ManyiError(message("There are no groups here, so there is no rest to differ from."))
    by = [dimension] if dimension else []
    scores = estimate_index(tallies, schema, by=by, where=where, codes=[code], thresholds=thresholds)
    total = estimate_index(tallies, schema, where=where, codes=[code], thresholds=thresholds).estimates
    rest = compare_with_rest(tallies, schema, dimension=dimension, where=where, codes=[code], thresholds=thresholds) if dimension else None
    customers = customers_by(population, schema, dimension, where or {})
    strata = _strata(tallies, where or {}, by)
    designs = [
        _design(entry, lost, customers.get(entry.keys.get(dimension) if dimension else None), thresholds)
        for entry, lost in zip(scores.estimates, strata, strict=True)
    ]
    usual = _usual(scores.estimates, designs)
    level = thresholds.alpha / max(sum(e.p is not None for e in rest.estimates) if rest else 1, 1)
    groups = []
    for entry, design, lost in zip(scores.estimates, designs, strata, strict=True):
        known = customers.get(entry.keys.get(dimension) if dimension else None)
        planning = design if design is not None and not _is_weak(entry, thresholds) else _borrowed(usual, lost, known)
        gap = rest.find(code, **entry.keys) if rest else None
        group = _now(entry, design, gap, aim, level, thresholds, known)
        groups.append(_wanted(group, planning, planning is not design, gap, total[0] if total else None, aim, level, thresholds))
    wish = (Fact("aim", aim.wish), Fact("size", aim.size), Fact("power", aim.power, message("Chance to detect (power)")))
    tested = (Fact("level_against_rest", level, message("Significance level against the rest")),) if rest else ()
    how = replace(scores.provenance, method=METHOD).plus(*wish, *tested)
    return Plan(code, dimension, aim, tuple(groups), how)


def planned_figures(plan: Plan) -> Result:
    """The plan as estimates, one a figure, named by ``figure`` in the keys: for tables and the command line."""
    rows = []
    for group in plan.groups:
        base = {"n": group.now.n, "n_eff": group.now.n_eff, "marked": group.now.marked}
        figures = {
            "half_width": group.half_width, "detectable_rest": group.detectable_rest, "detectable_wave": group.detectable_wave,
            "needed": group.needed, "more": group.more, "deviation": group.deviation, "design_effect": group.design_effect,
            "customers": group.customers,
        }  # fmt: skip
        for name, value in figures.items():
            if name == "detectable_rest" and plan.dimension is None:
                continue
            if name == "customers" and value is None:
                continue
            reason = None if value is not None else group.reason if name in ("needed", "more") else _why_not_now(group)
            shown = None if value is None else float(value)
            rows.append(Estimate({"figure": name, **group.keys}, plan.code, shown, reason=reason, **base))  # type: ignore[arg-type]
    if len(plan.groups) > 1:
        for name, total in (("needed_all", plan.needed), ("more_all", plan.more)):
            if total is not None:
                rows.append(Estimate({"figure": name}, plan.code, float(total), n=plan.n))
    return Result(tuple(rows), plan.provenance)


def _why_not_now(group: GroupPlan) -> Message:
    return group.now.reason or message("Too few answers for an interval.")


def _strata(tallies: Tallies, where: Mapping[str, str], by: Sequence[str]) -> list[int]:
    """Strata each group lies in."""
    over = domains(tallies.where(where).named(by), by)
    number = over.tallies.stratum_number
    return [len(np.unique(number[over.members[g][over.of_cell] > 0])) for g in range(len(over))]


def _design(entry: Estimate, strata: int, customers: float | None, thresholds: Thresholds) -> Design | None:
    """The planning value of a group from its own answers; None without an interval."""
    if entry.value is None or entry.se is None or entry.df is None or entry.n < 2:
        return None
    return Design(entry.n * entry.se**2, (entry.df + strata) / entry.n, strata, _possible(customers, entry.n))


def _possible(customers: float | None, n: int) -> float | None:
    """A population smaller than those who answered is a mistake in the sheet and corrects nothing."""
    return customers if customers is not None and customers >= max(n, 2) else None


def _is_weak(entry: Estimate, thresholds: Thresholds) -> bool:
    return entry.n_eff < thresholds.marked_below or not entry.se


def _usual(entries: Sequence[Estimate], designs: Sequence[Design | None]) -> Design | None:
    """The mean planning value of the groups that have one, by their responses."""
    known = [(entry.n, design) for entry, design in zip(entries, designs, strict=True) if design is not None]
    if not known:
        return None
    weights = [n for n, _design in known]
    variance = float(np.average([design.variance for _n, design in known], weights=weights))
    return Design(variance, float(np.average([design.units_per_response for _n, design in known], weights=weights)))


def _borrowed(usual: Design | None, strata: int, customers: float | None) -> Design | None:
    return None if usual is None else Design(usual.variance, usual.units_per_response, strata, _possible(customers, 2))


def _now(
    entry: Estimate, design: Design | None, gap: Estimate | None, aim: Aim, level: float, thresholds: Thresholds, customers: float | None
) -> GroupPlan:
    """What the wave shows of a group."""
    if design is None:
        return GroupPlan(entry.keys, entry, customers, None, None, None, None, None)
    se, df = entry.se or 0.0, entry.df or 0.0
    against = None
    if gap is not None and gap.se is not None and gap.df is not None:
        against = detectable_difference(gap.se, gap.df, aim.power, level)
    waves = detectable_difference(sqrt(2) * se, 2 * df, aim.power, thresholds.alpha)
    return GroupPlan(
        entry.keys, entry, customers, se * sqrt(entry.n_eff), entry.n / entry.n_eff if entry.n_eff else None,
        _finite(half_width(design, entry.n, thresholds.confidence)), _finite(against), _finite(waves),
    )  # fmt: skip


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None


def _wanted(
    group: GroupPlan,
    planning: Design | None,
    borrowed: bool,
    gap: Estimate | None,
    total: Estimate | None,
    aim: Aim,
    level: float,
    thresholds: Thresholds,
) -> GroupPlan:
    """The group with what the aim needs."""
    if planning is None:
        return _with_need(group, None, borrowed, message("No group has enough answers to plan with."))
    if aim.wish == "half_width":
        needed = responses_for_half_width(planning, aim.size, thresholds.confidence)
    elif aim.wish == "wave":
        needed = responses_for_two_waves(planning, aim.size, aim.power, thresholds.alpha)
    else:
        other = _rest_as_it_is(group.now, gap, total)
        if other is None:
            return _with_need(group, None, borrowed, message("The rest has too few answers to differ from."))
        needed = responses_against(planning, aim.size, *other, aim.power, level)
    reason = None if needed is not None else message("No number of responses here suffices.")
    return _with_need(group, needed, borrowed, reason)


def _rest_as_it_is(now: Estimate, gap: Estimate | None, total: Estimate | None) -> tuple[float, float] | None:
    """Variance and degrees of freedom the rest brings into a difference; for a hidden group those of everybody stand in."""
    if gap is not None and gap.se is not None and gap.df is not None and now.se is not None and now.df is not None:
        return max(gap.se**2 - now.se**2, 0.0), gap.df - now.df
    if total is not None and total.se is not None and total.df is not None:
        return total.se**2, total.df
    return None


def _with_need(group: GroupPlan, needed: int | None, borrowed: bool, reason: Message | None) -> GroupPlan:
    more = None if needed is None else max(needed - group.now.n, 0)
    return replace(group, needed=needed, more=more, borrowed=borrowed, reason=reason)
