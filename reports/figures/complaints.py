"""Figures of complaints: rates over months and by a column, and the Pareto chart of their causes."""

from __future__ import annotations

from functools import partial

from analysis.complaints.ticket_sums import MONTH
from analysis.results.estimates import Result
from answers.complaint_figures import Complaints
from answers.complaints import COMPLAINTS
from answers.kind_columns import kind_value_title
from answers.pareto import PARETO, ParetoOptions, cause_name
from charts.complaints.complaint_rows import complaint_rows
from charts.complaints.rates_over_months import rates_over_months
from charts.kit.layout import Canvas, Chart
from charts.pareto.pareto_bars import pareto_bars
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from survey_schema.columns import Role
from words.language import message, translator

_HEADINGS = {"ministry_class": message("Ministry class"), "cause": message("Cause"), "position": message("Handler's position")}


def heading_of(column: str, on: Canvas) -> str:
    """What a column of complaints is called."""
    return _HEADINGS[column].text(on.language) if column in _HEADINGS else on.role_title(column)


def months(ask: ScopedAsk, choices: Choices) -> Drawn:
    """The rate over all months; ``per``: per_ten_thousand or per_million customers."""
    asked = ask(COMPLAINTS, where=ask.of_branch(), by=[MONTH], periods=())
    per = choices.get("per", "")
    if len(asked.result.counts.estimates) < 2:
        raise nothing_to_draw(message("There are complaints of one month only."))

    def draw(on: Canvas) -> Chart:
        title = translator(on.language)("{what} over the months").format(what=_title(asked.result, per, on))
        return rates_over_months(rates_of(asked.result, per), on, title=title)

    return Drawn(draw, (asked,), asked.sentence)


def rows(ask: ScopedAsk, choices: Choices) -> Drawn:
    """The rate ``by`` a column (usually branches) in the ``periods`` (usually all); ``per`` so many customers."""
    by, per = str(choices.get("by") or Role.BRANCH), choices.get("per", "")
    where = {column: value for column, value in ask.of_branch().items() if column != by}
    asked = ask(COMPLAINTS, where=where, by=[by], periods=choices.get("periods", ()))
    compared = asked.result.ratios if asked.result.customers_known and by == Role.BRANCH else None

    def draw(on: Canvas) -> Chart:
        heading, _ = heading_of(by, on), translator(on.language)
        name = partial(kind_value_title, COMPLAINTS, by, schema=on.schema, language=on.language)
        title = _("{what} by {column}").format(what=_title(asked.result, per, on), column=heading)
        return complaint_rows(rates_of(asked.result, per), by, on, title=title, name=name, name_header=heading, compared=compared)

    return Drawn(draw, (asked,), asked.sentence)


def pareto(ask: ScopedAsk, choices: Choices) -> Drawn:
    """The causes by how many complaints they bring: ``by`` a column (usually the cause), ``then``, ``before`` and ``periods``."""
    by = str(choices.get("by") or "cause")
    options = ParetoOptions(then=choices.get("then"), before=choices.get("before"))
    asked = ask(PARETO, options, where=ask.of_branch(), by=[by], periods=choices.get("periods", ()))
    vital = asked.question.options.vital / 100

    def draw(on: Canvas) -> Chart:
        heading = heading_of(by, on)
        title, name = translator(on.language)("Pareto chart: {column}").format(column=heading), cause_name(asked.asked, by, on.language)
        return pareto_bars(asked.result.chart, on, title=title, name=name, name_header=heading, vital_share=vital)

    return Drawn(draw, (asked,), asked.sentence)


def rates_of(found: Complaints, per: str) -> Result:
    """The rates, or numbers where customers are not known."""
    return found.counts if not found.customers_known else found.per_million if per == "per_million" else found.rates


def _title(found: Complaints, per: str, on: Canvas) -> str:
    _ = translator(on.language)
    if not found.customers_known:
        return _("Number of complaints")
    return _("Complaints per million customers") if per == "per_million" else _("Complaints per 10,000 customers")


MONTHS = Figure("complaint-months", message("Complaints over the months"), ("complaints",), months, frozenset({"per"}))
ROWS = Figure("complaint-rates", message("Complaints compared"), ("complaints",), rows, frozenset({"by", "periods", "per"}))
PARETO_FIGURE = Figure(
    "complaint-pareto", message("Pareto chart of complaints"), ("pareto",), pareto, frozenset({"by", "then", "before", "periods"})
)
FIGURES = (MONTHS, ROWS, PARETO_FIGURE)
