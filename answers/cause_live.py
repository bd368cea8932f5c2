"""End causes tested by what the store holds: complaints, shares of customers who are not satisfied, drivers, KPIs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from analysis.drivers.drivers import Drivers
from analysis.pareto.cells import Cell
from analysis.results.estimates import Estimate
from analysis.root_causes.case_shares import CaseShare
from analysis.root_causes.cause_test import CauseRules, Evidence
from analysis.root_causes.correlation import Correlation
from analysis.root_causes.known_estimates import PANEL, KnownEstimates
from analysis.root_causes.stratified import Strata
from analysis.sums.share_tallies import share_tallies
from analysis.sums.tallies import WAVE
from answers.cause_words import WrittenCause
from answers.complaint_sums import GROUPS, KINDS, complaint_sums, settled_data
from answers.drivers import DRIVERS, DriversOptions
from answers.items import RATES, RatesOptions
from answers.kind_columns import kind_conditions
from answers.kpi_panel import KPI_PANEL, KpiPanelOptions
from answers.pareto import PARETO
from answers.periods import periods_of
from answers.selection import conditions, item_code
from answers.topic import Asked
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.errors import ManyiError, shown_value, unknown
from words.language import message

#: Several values of a column that are one cause.
_OR = "|"


def group_of(cause: WrittenCause, schema: SurveySchema) -> tuple[str, tuple[str, ...]]:
    """The column of the survey and the values that are the cause; raises ManyiError where they are none."""
    named, sign, values = cause.told.partition("=")
    if not sign:
        raise _no_group(cause)
    wheres = [conditions([f"{named}={value}"], schema)[0] for value in values.split(_OR)]
    columns = {column for where in wheres for column in where}
    if len(columns) != 1 or not all(wheres):
        raise _no_group(cause)
    (column,) = columns
    return column, tuple(dict.fromkeys(where[column] for where in wheres))


def live_evidence(cause: WrittenCause, asked: Asked[Any]) -> Evidence:
    """What a cause is tested by in these data; raises ManyiError for what is not there."""
    return _READERS[cause.kind](cause, asked)


def _complaints(cause: WrittenCause, asked: Asked[Any]) -> Evidence:
    """Tickets with the cause among those of the problem, or, where these are some of all tickets, against all of them."""
    named, sign, values = cause.told.partition("=")
    if not sign:
        raise _no_group(cause)
    wanted = [kind_conditions([f"{named}={value}"], PARETO, asked.schema) for value in values.split(_OR)]
    columns = {column for where in wanted for column in where}
    if len(columns) != 1 or not all(wanted):
        raise _no_group(cause)
    (column,) = columns
    chosen = {where[column] for where in wanted}
    problem = kind_conditions([asked.options.problem], PARETO, asked.schema) if asked.options.problem else {}
    if column in problem:
        raise ManyiError(message("{column} tells the problem already; a cause of it needs another column.", column=column))
    cells = _tickets(asked, column, problem)

    def count(*, of_problem: bool, with_cause: bool) -> float:
        return sum(
            cell.count
            for cell in cells
            if (not of_problem or all(cell.keys[name] == value for name, value in problem.items()))
            and (not with_cause or cell.keys[column] in chosen)
        )

    seen, cases = count(of_problem=True, with_cause=True), count(of_problem=True, with_cause=False)
    if not problem:
        return CaseShare(seen, cases)
    base_with = count(of_problem=False, with_cause=True)
    return Strata(seen, base_with, cases - seen, count(of_problem=False, with_cause=False) - base_with)


def _tickets(asked: Asked[Any], column: str, problem: Mapping[str, str]) -> list[Cell]:
    """Complaints of the periods by the columns; those that do not name the column of the cause are left out."""
    columns = (column, *problem)
    where = {name: value for name, value in asked.where.items() if name in GROUPS}
    asking = replace(asked.question, topic=PARETO.name, by=columns, waves=periods_of(asked.source, KINDS, asked.waves)).with_where(where)
    question, data = settled_data(asking, asked.source, None)
    cells = complaint_sums(question, asked.source, data).cells(list(columns), question.selection, "hours")
    return [cell for cell in cells if cell.keys[column] is not None]


def _unsatisfied(cause: WrittenCause, asked: Asked[Any]) -> Evidence:
    """Customers who are not satisfied in the group against those of all others, as effective counts.

    Counts are effective ones (Kish), made smaller or larger by the design effect of the share of all together. A side with too small a base
    is refused, as is a group that is hidden among its neighbours.
    """
    column, values = group_of(cause, asked.schema)
    code = asked.question.codes[0]
    everybody, *_ = asked.ask(RATES, options=RatesOptions("satisfied"), by=(), codes=(code,)).estimates
    groups = asked.ask(RATES, options=RatesOptions("satisfied"), by=(column,), codes=(code,)).estimates
    by_value = {str(each.keys[column]): each for each in groups if each.keys.get(column) is not None}
    for value in values:
        if value not in by_value:
            raise unknown(message("value of {column}", column=column), value, sorted(by_value))
        if (why := by_value[value].reason) is not None:
            raise ManyiError(message("{cause}: {why}", cause=shown_value(cause.name), why=why))
    sides = _sides(asked, column, values, code, _design_factor(everybody))
    if min(base for _problem, base in sides) < asked.thresholds.hidden_below:
        few = message("The base of one side is too small to be shown.")
        raise ManyiError(message("{cause}: {why}", cause=shown_value(cause.name), why=few))
    (problem_with, base_with), (problem_without, base_without) = sides
    return Strata(problem_with, base_with, problem_without, base_without)


def _sides(
    asked: Asked[Any], column: str, values: Sequence[str], code: str, factor: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Problem and base, both effective, of the group and of all others."""
    tallies = share_tallies(asked.tallies, "satisfied", 1.0).where(asked.where)
    at = tallies.items.index(code)
    table = tallies.keys[[WAVE, column]].assign(
        total=tallies.first[:, 0, at], weight=tallies.first[:, 1, at], squares=tallies.weight_squares[:, at]
    )
    table = table[table[WAVE].isin(asked.waves) & table[column].notna()]
    found = []
    for rows in (table[table[column].isin(values)], table[~table[column].isin(values)]):
        total, weight, squares = (float(rows[name].sum()) for name in ("total", "weight", "squares"))
        base = factor * weight**2 / squares if squares else 0.0
        found.append((base * min(max(1 - total / weight, 0.0), 1.0) if weight else 0.0, base))
    return found[0], found[1]


def _design_factor(share: Estimate) -> float:
    """By how much strata and clusters make the effective base of a share differ from Kish's."""
    if share.value is None or not share.se or not share.n_eff:
        return 1.0
    return share.value * (1 - share.value) / share.se**2 / share.n_eff


def _driver(cause: WrittenCause, asked: Asked[Any]) -> Evidence:
    """The driver's slope, and its part of the outcome's variance: LMG share times R², which is taken as known."""
    code = item_code(cause.told, asked.schema)
    found = asked.ask(DRIVERS, options=DriversOptions(), by=(), codes=())
    if not isinstance(found, Drivers):
        raise TypeError("asked of one selection")
    if code not in found.drivers:
        raise unknown(message("driver"), cause.told, found.drivers)
    slope = next((each for each in found.regression.coefficients if each.code == code), None)
    part = next((each for each in found.importance.primary if each.code == code), None)
    explained = found.importance.r_squared
    why = found.reason or found.regression.reason or found.importance.reason
    plain = Estimate({}, code, None, n=found.moments.n, n_eff=found.moments.n_eff, reason=why)
    if slope is None or part is None or explained is None or explained.value is None:
        return KnownEstimates(plain, plain)
    value, low, high = (None if end is None else end * explained.value for end in (part.value, part.low, part.high))
    return KnownEstimates(slope, part._replace(value=value, low=low, high=high))


def _kpi(cause: WrittenCause, asked: Asked[Any]) -> Evidence:
    """Satisfaction against the KPI within branches in the same months: slope, and r² of what the branches move by."""
    where = {name: value for name, value in asked.where.items() if name == Role.BRANCH}
    options = KpiPanelOptions(indicator=asked.question.codes[0])
    panel = asked.ask(KPI_PANEL, options=options, codes=(cause.told,), by=(), waves=(), where=tuple(where.items())).panels[0]
    slope = next(each for each in panel.slopes if each.lag == 0)
    moves = Correlation.of([(dot.kpi, dot.satisfaction) for dot in slope.dots])
    free = Correlation(moves.r, moves.pairs - max(slope.branches - 1, 0))  # each branch's own level is taken out
    return KnownEstimates(slope.estimate, free.tested(CauseRules(thresholds=asked.thresholds)).influence, "correlation", PANEL)


def _no_group(cause: WrittenCause) -> ManyiError:
    told = message(
        "“{cause}”: {found} names no group; expected COLUMN=VALUE, or COLUMN=VALUE|VALUE.", cause=shown_value(cause.name),
        found=shown_value(cause.told or "–"),
    )  # fmt: skip
    return ManyiError(told)


_READERS: Mapping[str, Callable[[WrittenCause, Asked[Any]], Evidence]] = {
    "complaints": _complaints, "unsatisfied": _unsatisfied, "driver": _driver, "kpi": _kpi,
}  # fmt: skip
