"""A question about a control chart with everything usual written out; what no chart can be of is refused here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from analysis.control_charts.rules import RULES
from analysis.inspections.estimate_inspections import TOTAL
from answers.charted_figures import FIGURES
from answers.complaint_sums import settled_data
from answers.question import Question
from answers.selection import stored_value
from answers.shares import in_shares
from answers.source import Source, nothing_of
from survey_schema.answer_shares import SHARES
from survey_schema.columns import Role
from survey_schema.data_kinds.all_kinds import kind_of
from survey_schema.data_kinds.description import OneOf
from survey_schema.data_kinds.schema_choices import known_choices
from survey_schema.models import SurveySchema
from words.errors import ManyiError, none_of, shown_value
from words.language import message
from words.periods import Period


def settled_chart(question: Question[Any], source: Source) -> Question[Any]:
    """One figure, at most one column to part it by, phases and rules that are some, and the waves or months the points are of.

    Raises ManyiError for anything else.
    """
    options = question.options
    if len(question.codes) > 1:
        raise ManyiError(message("A control chart is of one figure; name one with --code. Groups come with --by."))
    if len(question.by) > 1 or {Role.WAVE, "month"} & {*question.by}:
        raise ManyiError(message("The points are periods already; --by parts them by one other column, such as branch."))
    for rule in options.rules:
        if rule not in map(str, RULES):
            raise none_of("--rules", rule, tuple(map(str, RULES)))
    named = tuple(sorted({_period(text, "--phase-from") for text in options.phase_from}))
    until = _period(options.limits_to, "--limits-to") if options.limits_to else None
    settled = replace(question, options=replace(options, phase_from=named, limits_to=until))
    return of_deliveries(settled, source) if FIGURES[options.of].kinds else _of_waves(settled, source)


def _period(text: str, flag: str) -> str:
    period = Period.parse(text)
    if period is None:
        raise ManyiError(
            message("{option} {text} names no period; expected one such as 2026-05, 2026Q2 or 2026.", option=flag, text=shown_value(text))
        )
    return period.label


def _of_waves(question: Question[Any], source: Source) -> Question[Any]:
    """Waves that name no period have no place in time."""
    waves = tuple(label for label in question.waves if Period.parse(label))
    if not waves:
        raise ManyiError(message("No wave names a period, so there is no time to draw a control chart over."))
    found = replace(question, waves=waves)
    of = question.options.of
    if of in SHARES:
        return in_shares(found, of, source, one=True)
    return replace(found, codes=found.codes or (source.schema.tree.code,))


def of_deliveries(question: Question[Any], source: Source) -> Question[Any]:
    """The months of the kind; complaints know from what they are counted, points lost and KPIs which item or KPI is meant."""
    options = question.options
    if options.of == "complaints":
        found, data = settled_data(question, source, options.data)
        return replace(found, codes=(), options=replace(options, data=data))
    (kind,) = FIGURES[options.of].kinds
    there = [each.label for each in source.deliveries(kind)]
    waves = tuple(label for label in question.waves if label in there)
    if not waves:
        raise nothing_of(kind)
    column = "item" if options.of == "points_lost" else "kpi"
    code = stored_value(known_choices(_one_of(kind, column), source.schema).choices, question.codes[0]) if question.codes else None
    usual = TOTAL if options.of == "points_lost" else _first_kpi(source, kind)
    return replace(question, waves=waves, codes=(code or usual,))


def _one_of(kind: str, column: str) -> OneOf:
    value = kind_of(kind).column(column).value
    return value if isinstance(value, OneOf) else OneOf()


def _first_kpi(source: Source, kind: str) -> str:
    """The first one the survey lists among those delivered; else the first of these."""
    return kpis_there(source, source.schema, kind)[0]


def kpis_there(source: Source, schema: SurveySchema, kind: str = "kpis") -> list[str]:
    """The KPIs that were delivered, those the survey lists first and in its order."""
    delivered = source.kept.get(
        ("kpis delivered", source.rows_key(kind)),
        lambda: sorted(source.rows(kind).select("kpi").unique().collect("pandas").to_native()["kpi"].dropna()),
    )
    listed = [each.code for each in schema.kpis if each.code in delivered]
    return [*listed, *(name for name in delivered if name not in listed)]
