"""What questions about KPIs share: the values of the months asked for, the KPIs named, the waves of the survey beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.kpis.definitions import VALUE
from analysis.kpis.objective_index import BRANCH, KPI, PERIOD
from analysis.results.provenance import Fact
from answers.periods import lies_within
from answers.provenance import ValueName
from answers.question import Question, pairs
from answers.selection import stored_value
from answers.source import Frame, Source
from answers.topic import Asked
from survey_schema.columns import Choice, Role
from survey_schema.data_kinds.kpis import KPIS as KIND
from survey_schema.models import SurveySchema
from survey_schema.operations import KpiDefinition
from words.errors import unknown
from words.language import message
from words.lists import Listed
from words.periods import Period


def kpi_values(frame: Frame) -> pd.DataFrame:
    """The rows as ``period``, ``branch`` (missing: all together), ``kpi`` and ``value``."""
    return frame.select(PERIOD, BRANCH, KPI, VALUE).collect("pandas").to_native()


def definitions(schema: SurveySchema) -> Mapping[str, KpiDefinition]:
    """The KPIs the survey describes, by code."""
    return {kpi.code: kpi for kpi in schema.kpis}


def kpi_order(schema: SurveySchema, values: pd.DataFrame) -> tuple[str, ...]:
    """The KPIs that have rows: as the survey lists them, then the others by name."""
    there = {str(code) for code in values[KPI].dropna()}
    listed = [code for code in definitions(schema) if code in there]
    return (*listed, *sorted(there - set(listed)))


def settled_kpis(question: Question[Any], source: Source) -> Question[Any]:
    """KPIs by their codes."""
    choices = [Choice(code=kpi.code, title=kpi.title, aliases=list(kpi.aliases)) for kpi in source.schema.kpis]
    return replace(question, codes=tuple(dict.fromkeys(stored_value(choices, code) for code in question.codes)))


def refuse_unknown(asked: Asked[Any], values: pd.DataFrame) -> None:
    """Raises ManyiError for a KPI or a branch that has no value, naming those that have."""
    for code in asked.codes or ():
        if code not in (there := kpi_order(asked.schema, values)):
            raise unknown(message("KPI"), code, there, place=KIND.title)
    for column, value in asked.where.items():
        if value not in (known := sorted({str(each) for each in values[column].dropna()})):
            raise unknown(message("value of {column}", column=column), value, known, place=KIND.title)


def covers(wave: str, month: str) -> bool:
    """Whether a wave of the survey is of that month; a day of fieldwork stands for its month."""
    period = Period.parse(wave)
    if period is not None and period.kind == "day":
        return month == f"{period.first_day:%Y-%m}"
    return lies_within(month, wave)


def waves_beside(question: Question[Any], labels: Sequence[str]) -> tuple[str, ...]:
    """The waves of the survey that the months asked for lie in."""
    return tuple(label for label in labels if any(covers(label, month) for month in question.waves))


def customers_fact(asked: Asked[Any]) -> Fact:
    """Whose answers stand beside the KPIs, which have no operator themselves."""
    where = dict(our_customers(asked))
    named = Listed([ValueName(asked.schema, name, value) for name, value in where.items()]) if where else message("everybody")
    return Fact("survey_selection", where, message("Selection of the survey beside it"), named)


def our_customers(asked: Asked[Any]) -> tuple[tuple[str, str], ...]:
    """The selection of respondents KPIs are set against: ours, where the survey says who we are; KPIs are ours."""
    ours = asked.schema.our_operator
    there = {value for wave in asked.reads for value in asked.source.values(wave).get(Role.OPERATOR, ())}
    return pairs({str(Role.OPERATOR): ours} if ours is not None and ours in there else {})
