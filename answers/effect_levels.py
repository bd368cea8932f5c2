"""The figures an effect is told from: of every branch in every period, and of the treated branches together before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analysis.effects.branch_paths import BranchPaths, branch_paths
from analysis.effects.levels import Levels, levels_of_counts, levels_of_values, levels_of_waves
from analysis.index.estimate_index import estimate_index
from analysis.inference.share_intervals import with_share_intervals
from analysis.results.estimates import Estimate
from analysis.sums.share_tallies import share_tallies
from analysis.sums.tallies import WAVE, Tallies
from answers.charted_figures import FIGURES, Collected, Series
from answers.effect_question import BRANCH, EffectOptions
from answers.index import INDEX, TREND, IndexOptions, TrendOptions
from answers.topic import Asked
from survey_schema.answer_shares import SHARES
from survey_schema.columns import Role
from words.errors import ManyiError

#: Cases of a branch count for the variance of its rate as so many more: none at all is no certainty.
_MORE_CASES = 0.5


@dataclass(frozen=True, eq=False)
class Material:
    """``paths`` of the branches over the periods; ``levels`` of the treated together; ``per``: 10,000 customers of a rate, else 1."""

    paths: BranchPaths
    levels: Levels
    per: float


def material(asked: Asked[EffectOptions]) -> Material:
    """All figures of the question; a branch without one in some period is left out of both."""
    return _of_deliveries(asked) if FIGURES[asked.options.of].kinds else _of_waves(asked)


def sides_of(asked: Asked[EffectOptions]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The periods before and those after."""
    place = asked.waves.index(str(asked.options.since))
    return asked.waves[:place], asked.waves[place:]


def answer_sums(asked: Asked[EffectOptions]) -> Tallies:
    """The sums of the waves, of a share in the place of the scores where one is asked for."""
    of = asked.options.of
    return share_tallies(asked.tallies, of) if of in SHARES else asked.tallies


def _of_waves(asked: Asked[EffectOptions]) -> Material:
    of, code = asked.options.of, asked.question.codes[0]
    by = (str(Role.WAVE), BRANCH)
    found = (
        asked.ask(TREND, options=TrendOptions(common=True, share=of), by=by)
        if of in SHARES
        else asked.ask(INDEX, options=IndexOptions(common=True), by=by)
    )
    paths = _paths(asked, found.estimates)
    named = tuple(np.array(paths.branches, dtype=object)[paths.treated])
    tallies = answer_sums(asked)
    tallies = tallies if asked.options.everywhere else tallies.where({BRANCH: named})
    together = estimate_index(tallies, asked.schema, by=(WAVE,), where=asked.where, codes=(code,), common=True, thresholds=asked.thresholds)
    if of in SHARES:
        together = with_share_intervals(together, of, asked.thresholds)
    return Material(paths, levels_of_waves(together.estimates, code, *sides_of(asked), asked.thresholds), 1.0)


def _paths(asked: Asked[EffectOptions], figures: Sequence[Estimate]) -> BranchPaths:
    options, there = asked.options, [each for each in figures if each.keys.get(BRANCH)]
    sides = {*options.treated, *options.untouched}
    used = [each for each in there if not options.untouched or each.keys[BRANCH] in sides]
    treated = {str(each.keys[BRANCH]) for each in used} if options.everywhere else set(options.treated)
    return branch_paths(used, asked.waves, treated)


def _of_deliveries(asked: Asked[EffectOptions]) -> Material:
    """Complaints have the chance of a count; a KPI is measured, so branches differ for reasons of their own only."""
    by_branch, whole = _collected(asked, (BRANCH,)), _collected(asked, ()) if asked.options.everywhere else None
    if by_branch is None and whole is None:
        FIGURES[asked.options.of].collect(_grouped(asked, (BRANCH,)))  # says why
    series, per = (by_branch.series, by_branch.per) if by_branch else ((), whole.per if whole else 1.0)
    code = (asked.question.codes or (str(asked.options.of),))[0]
    counted = FIGURES[asked.options.of].measure == "rate"
    paths = _paths(asked, [each for one in series for each in _estimates(one, code, per, counted=counted)])
    treated = {*np.array(paths.branches, dtype=object)[paths.treated]}
    together = whole.series if whole else tuple(each for each in series if each.keys.get(BRANCH) in treated)
    return Material(paths, _levels(asked, together, code, per, counted=counted), per)


def _grouped(asked: Asked[EffectOptions], by: tuple[str, ...]) -> Asked[EffectOptions]:
    return replace(asked, question=replace(asked.question, by=by))


def _collected(asked: Asked[EffectOptions], by: tuple[str, ...]) -> Collected | None:
    """The series, or None where there are none told apart so: a KPI comes of branches, of all together, or both."""
    try:
        return FIGURES[asked.options.of].collect(_grouped(asked, by))
    except ManyiError:
        return None


def _estimates(series: Series, code: str, per: float, *, counted: bool) -> list[Estimate]:
    """A branch's months as figures; a rate has the Poisson error of its branch's mean rate, a measured value none."""
    points = [point for point in series.points if point.value is not None]
    cases = sum(point.n for point in points) + _MORE_CASES
    base = sum(point.base for point in points)
    return [
        Estimate(
            {BRANCH: series.keys.get(BRANCH), WAVE: point.period}, code, point.value,
            per * float(np.sqrt(cases / base / point.base)) if counted else 0.0, n=point.n, n_eff=point.base,
        )
        for point in points
    ]  # fmt: skip


def _levels(asked: Asked[EffectOptions], together: Sequence[Series], code: str, per: float, *, counted: bool) -> Levels:
    """Of all series as one: cases and customers added up, measured values averaged, in the months all have."""
    sides: list[Any] = []
    for periods in sides_of(asked):
        months = [
            [point for series in together for point in series.points if point.period == period and point.value is not None]
            for period in periods
        ]
        whole = [month for month in months if month and len(month) == len(together)]
        if counted:
            bases = [sum(point.base for point in month) if per != 1 else 1.0 for month in whole]
            sides.append(([float(sum(point.n for point in month)) for month in whole], bases))
        else:
            sides.append([float(np.mean([point.value for point in month])) for month in whole])
    if counted:
        return levels_of_counts(code, sides[0], sides[1], per, asked.thresholds)
    return levels_of_values(code, sides[0], sides[1], asked.thresholds)
