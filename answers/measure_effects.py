"""What the target of each measure did since it began, asked of the answers there are: scores, KPIs, complaints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from analysis.compare.compare_waves import compare_waves
from analysis.measures.change_since import ChangeSince, around, complaint_change, no_change
from analysis.measures.measure import Measure
from analysis.results.estimates import Estimate
from analysis.sums.tallies import WAVE
from answers.complaint_sums import KIND as COMPLAINT_KINDS
from answers.complaints import COMPLAINTS, ComplaintOptions
from answers.index import INDEX, IndexOptions
from answers.kpi_data import kpi_values
from answers.question import pairs
from answers.selection import ours_where
from answers.topic import Asked
from survey_schema.columns import Role
from survey_schema.data_kinds.kpis import KPIS
from survey_schema.data_kinds.schema_choices import ALL_COMPLAINTS, CLASS_OF_COMPLAINTS
from words.errors import ManyiError
from words.language import message

BRANCH = str(Role.BRANCH)


def changes_since(asked: Asked[Any], measures: Sequence[Measure], on: date) -> tuple[ChangeSince, ...]:
    """One for each measure, in their order; those of the same target, branch and start are worked out once."""
    found: dict[tuple[object, ...], ChangeSince] = {}
    told = []
    for each in measures:
        key = (each.target, each.branch, each.start)
        if key not in found:
            found[key] = _change(asked, each, on)
        one = found[key]
        told.append(replace(one, measure=each))
    return tuple(told)


def _change(asked: Asked[Any], each: Measure, on: date) -> ChangeSince:
    schema, target = asked.schema, each.target
    if target is None:
        return no_change(each, message("It names no target indicator."))
    if each.start is None:
        return no_change(each, message("It names no day on which it begins."))
    try:
        if target in {*schema.tree.items(), *schema.indicator_codes(), *(item.code for item in schema.items)}:
            return _of_scores(asked, each, each.start, on)
        if target in {kpi.code for kpi in schema.kpis}:
            return _of_kpi(asked, each, each.start, on)
        if target == ALL_COMPLAINTS or target.removeprefix(CLASS_OF_COMPLAINTS) in {one.code for one in schema.complaints.classes}:
            return _of_complaints(asked, each, each.start, on)
    except ManyiError as error:  # what that answer says of it is why there is none here
        return no_change(each, error.message)
    return no_change(each, message("Its target is not an indicator, KPI or class of complaints of the survey."))


def _of_scores(asked: Asked[Any], each: Measure, start: date, on: date) -> ChangeSince:
    """Of our own customers, on the questions both waves were asked; no verdict, since many measures are looked at side by side."""
    source, code = asked.source, each.target or ""
    waves = around(source.labels, start, on, over=False)
    if not isinstance(waves, tuple):
        return no_change(each, waves)
    before, latest = waves
    where = {**ours_where(source, latest), **({BRANCH: each.branch} if each.branch else {})}
    known = {name for wave in waves for name in source.values(wave).get(BRANCH, ())}
    if each.branch is not None and each.branch not in known:
        return no_change(each, message("No response is of its branch."))
    found = compare_waves(
        source.tallies(waves, (str(WAVE), *dict.fromkeys([BRANCH, *where]))), asked.schema, latest, before, where=where, codes=[code],
        thresholds=asked.thresholds,
    ).differences.estimates  # fmt: skip
    if not found:
        return no_change(each, message("Nobody was asked it in both waves."))
    change = found[0]._replace(verdict=None, p=None, p_adjusted=None, df=None, keys={})
    scores = asked.ask(INDEX, options=IndexOptions(common=True), waves=waves, where=pairs(where), by=(str(Role.WAVE),), codes=(code,))
    sides = [scores.find(code, wave=wave) for wave in waves]
    return ChangeSince(each, change, before, latest, _both(sides))


def _both(sides: Sequence[Estimate | None]) -> tuple[Estimate, Estimate] | None:
    first, second = sides
    if first is None or second is None or first.value is None or second.value is None:
        return None
    return first, second


def _of_kpi(asked: Asked[Any], each: Measure, start: date, on: date) -> ChangeSince:
    """Values have no interval, so neither has their change."""
    source, code = asked.source, each.target or ""
    if not source.deliveries(KPIS.code):
        return no_change(each, message("There are no KPIs yet."))
    values: pd.DataFrame = source.kept.get(("kpi values", source.rows_key(KPIS.code)), lambda: kpi_values(source.rows(KPIS.code)))
    own = values["branch"].isna() if each.branch is None else values["branch"] == each.branch
    by_month = values[own & (values["kpi"] == code)].set_index("period")["value"].dropna()
    months = around([str(month) for month in by_month.index], start, on, over=True)
    if not isinstance(months, tuple):
        return no_change(each, months)
    first, second = (Estimate({}, code, float(by_month[month]), n=1, n_eff=1.0) for month in months)
    change = Estimate({}, code, (second.value or 0.0) - (first.value or 0.0), n=2, n_eff=2.0)
    return ChangeSince(each, change, *months, (first, second))


def _of_complaints(asked: Asked[Any], each: Measure, start: date, on: date) -> ChangeSince:
    source, target = asked.source, each.target or ""
    data = next((data for data, kind in COMPLAINT_KINDS.items() if source.deliveries(kind)), None)
    if data is None:
        return no_change(each, message("There are no complaints yet."))
    periods = around([one.label for one in source.deliveries(COMPLAINT_KINDS[data])], start, on, over=True)
    if not isinstance(periods, tuple):
        return no_change(each, periods)
    where = {BRANCH: each.branch} if each.branch else {}
    if target != ALL_COMPLAINTS:
        where["ministry_class"] = target.removeprefix(CLASS_OF_COMPLAINTS)

    def counted(period: str) -> float:
        options = ComplaintOptions("tickets" if data == "tickets" else "counts")
        return float(asked.ask(COMPLAINTS, options=options, waves=(period,), where=pairs(where), by=()).total)

    numbers = [counted(period) for period in periods]
    first, second = (Estimate({}, target, number, n=round(number), n_eff=number) for number in numbers)
    change = complaint_change(*numbers, thresholds=asked.thresholds)._replace(code=target)
    return ChangeSince(each, change, *periods, (first, second), of_complaints=True)
