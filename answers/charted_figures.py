"""What a control chart can be of, and the points of each: a value per wave or month, with the base it stands on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pandas as pd

from analysis.compare.wave_order import follows
from analysis.complaints.ticket_sums import MONTH
from analysis.control_charts.chart_points import NO_VALUE, ChartPoint, points_from_counts, points_from_estimates
from analysis.inspections.estimate_inspections import TOTAL, estimate_inspections
from analysis.inspections.inspection_sums import HALL, inspection_sums
from answers.complaint_sums import GROUPS as COMPLAINT_GROUPS
from answers.complaint_sums import KINDS as COMPLAINT_KINDS
from answers.complaint_sums import complaint_sums
from answers.complaints import customers_of_groups
from answers.index import TREND, TrendOptions
from answers.inspection_sides import refuse_not_inspected
from answers.topic import Asked
from survey_schema.answer_shares import SHARES
from survey_schema.columns import Role
from survey_schema.data_kinds.inspections import INSPECTIONS
from survey_schema.data_kinds.kpis import KPIS
from words.errors import ManyiError, unknown
from words.language import Message, message
from words.periods import Period

Of = Literal["index", "satisfied", "dissatisfied", "top_box", "nps", "complaints", "points_lost", "kpi"]
OF: tuple[Of, ...] = get_args(Of)
Measure = Literal["share", "rate", "value"]
BRANCH = str(Role.BRANCH)


@dataclass(frozen=True)
class Series:
    """The points of one chart in time order; ``keys`` say which group they are of."""

    keys: Mapping[str, str | None]
    points: tuple[ChartPoint, ...]


@dataclass(frozen=True)
class Collected:
    """The series of a question. ``per`` is the unit: 100 for per cent, 10,000 customers."""

    series: tuple[Series, ...]
    per: float


@dataclass(frozen=True)
class Figure:
    """One figure a chart can be of. ``measure`` decides which charts fit.

    ``kinds`` of data beside responses it comes from (none: the survey), and what they are grouped by.
    """

    title: Message
    collect: Callable[[Asked[Any]], Collected]
    measure: Measure
    better: Literal["higher", "lower"] = "higher"
    kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def with_gaps(labels: Sequence[str], *, every: bool) -> tuple[str, ...]:
    """The periods with a place for what is missing between them, since patterns do not cross what is not known.

    ``every``: one for each period left out, as of months; else one where a wave does not follow the one before it
    (:func:`analysis.compare.wave_order.follows`): a survey taken twice a year misses nothing in between.
    """
    found: list[str] = []
    for label in labels:
        before, now = Period.parse(found[-1]) if found else None, Period.parse(label)
        if before is not None and now is not None:
            gap = before.following()
            while gap.ends <= now.begins and (every or not follows(label, found[-1])):
                found.append(gap.label)
                if not every:
                    break
                gap = gap.following()
        found.append(label)
    return tuple(found)


def _of_periods(keys: Mapping[str, str | None], points: Sequence[ChartPoint], periods: Sequence[str]) -> Series:
    """The series with a point for every period, without a value where there is none."""
    there = {point.period: point for point in points}
    return Series(keys, tuple(there.get(period, ChartPoint(period, None, 0.0, reason=NO_VALUE)) for period in periods))


def _of_the_survey(asked: Asked[Any]) -> Collected:
    """An index, or a share of the answers, of every wave."""
    share = asked.options.of if asked.options.of in SHARES else None
    by = (str(Role.WAVE), *asked.by)
    found = asked.ask(TREND, options=TrendOptions(share=share), by=by, codes=asked.question.codes)
    periods = with_gaps(asked.waves, every=False)
    groups: dict[tuple[str | None, ...], list[Any]] = {}
    for entry in found.estimates:
        groups.setdefault(tuple(entry.keys[name] for name in asked.by), []).append(entry)
    series = [
        _of_periods(dict(zip(asked.by, group, strict=True)), points_from_estimates(entries), periods) for group, entries in groups.items()
    ]
    return Collected(tuple(series), 100.0 if share else 1.0)


def _of_complaints(asked: Asked[Any]) -> Collected:
    """Complaints per so many customers; their number where customers are not known.

    No ticket in a month of tickets is none; a number that was not stated is missing.
    """
    sums = complaint_sums(asked.question, asked.source, asked.options.data or "tickets")
    counts = {
        (*(cell.keys[name] for name in asked.by), cell.keys[MONTH]): cell.count for cell in sums.cells([*asked.by, MONTH], asked.where)
    }
    groups = list(dict.fromkeys(key[:-1] for key in counts)) or ([()] if not asked.by else [])
    column = asked.by[0] if asked.by else None
    customers = customers_of_groups(asked, column, dict(asked.where), [group[0] if group else None for group in groups])
    tickets = asked.options.data == "tickets"
    if tickets and column == Role.BRANCH and any(group[0] for group in groups):  # where nobody complains the rate is 0
        groups += [(name,) for name in customers if name is not None and (name,) not in groups]
    periods = with_gaps(asked.waves, every=True)
    per = float(asked.options.per)
    series = []
    for group in groups:
        keys = dict(zip(asked.by, group, strict=True))
        base = customers.get(group[0] if group else None, 0.0) if customers else 1.0
        number = [counts.get((*group, month), 0.0 if tickets else None) for month in asked.waves]
        bases = [base] * len(number)
        points = points_from_counts(asked.waves, number, bases, per=per if customers else 1.0, share=False)
        series.append(_of_periods(keys, points, periods))
    return Collected(tuple(series), per if customers else 1.0)


def _of_points_lost(asked: Asked[Any]) -> Collected:
    """Points lost, in per cent of those available, by month; of all items or of one."""
    sums = asked.summed(INSPECTIONS.code, inspection_sums)
    code = asked.question.codes[0]
    if code not in (TOTAL, *sums.items):
        raise unknown(message("checklist item"), code, sums.items, place=INSPECTIONS.title)
    refuse_not_inspected(sums, asked.where)
    rows = estimate_inspections(sums, (*asked.by, MONTH), asked.where, thresholds=asked.thresholds).rows
    groups: dict[tuple[str | None, ...], list[ChartPoint]] = {}
    for row in rows:
        if row.code == code and row.available > 0:
            point = ChartPoint(str(row.keys[MONTH]), 100 * row.lost / row.available, float(row.visits), row.visits)
            groups.setdefault(tuple(row.keys[name] for name in asked.by), []).append(point)
    periods = with_gaps(asked.waves, every=True)
    series = [_of_periods(dict(zip(asked.by, group, strict=True)), points, periods) for group, points in groups.items()]
    return Collected(tuple(series), 1.0)


def _of_a_kpi(asked: Asked[Any]) -> Collected:
    """A KPI by month as it was delivered; figures of branches are not averaged into one of all."""
    rows = asked.rows(KPIS.code).collect("pandas").to_native()
    code = asked.question.codes[0]
    named = rows[rows["kpi"] == code]
    if named.empty:
        raise unknown(message("KPI"), code, sorted(rows["kpi"].unique()), place=KPIS.title)
    branch = asked.where.get(BRANCH)
    if asked.by:
        chosen = named[named["branch"].notna()]
        groups = {str(name): part for name, part in chosen.groupby("branch", sort=True) if branch in (None, name)}
    else:
        chosen = named[named["branch"].isna()] if branch is None else named[named["branch"] == branch]
        groups = {"": chosen}
    if chosen.empty or not groups:
        raise ManyiError(
            message(
                "“{kpi}” has no figure of {whom}; ask for each branch (--by branch) or for one (--where branch=…).",
                kpi=_kpi_title(asked, code), whom=message("all branches together") if branch is None else branch,
            )
        )  # fmt: skip
    periods = with_gaps(asked.waves, every=True)
    series = [_of_periods({BRANCH: name} if asked.by else {}, _measured(part), periods) for name, part in groups.items()]
    return Collected(tuple(series), 1.0)


def _kpi_title(asked: Asked[Any], code: str) -> object:
    return next((each.title for each in asked.schema.kpis if each.code == code), code)


def _measured(rows: pd.DataFrame) -> list[ChartPoint]:
    return [ChartPoint(str(row["month"]), float(row["value"]), 1.0, 1) for row in rows.to_dict("records")]


_OTHER_COMPLAINT_GROUPS = tuple(str(name) for name in COMPLAINT_GROUPS if name != MONTH)
FIGURES: Mapping[Of, Figure] = {
    "index": Figure(message("Score (index or indicator)"), _of_the_survey, "value"),
    "satisfied": Figure(message("Share satisfied"), _of_the_survey, "share"),
    "dissatisfied": Figure(message("Share dissatisfied"), _of_the_survey, "share", "lower"),
    "top_box": Figure(message("Top box"), _of_the_survey, "share"),
    "nps": Figure(message("Net promoter score"), _of_the_survey, "value"),
    "complaints": Figure(message("Complaint rate"), _of_complaints, "rate", "lower", COMPLAINT_KINDS, _OTHER_COMPLAINT_GROUPS),
    "points_lost": Figure(message("Points lost at inspections"), _of_points_lost, "value", "lower", (INSPECTIONS.code,), (BRANCH, HALL)),
    "kpi": Figure(message("KPI"), _of_a_kpi, "value", "higher", (KPIS.code,), (BRANCH,)),
}
