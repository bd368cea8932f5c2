"""The data beside responses as sheets of a workbook: a sheet a kind, headed as in the blank workbook, names for codes."""

from __future__ import annotations

import pandas as pd

from sample_data.company_lists import benchmarks, complaint_counts, measures, promises, staff, standards, what_happened
from sample_data.operations import kpi_values, tickets, visits
from sample_data.province_schema import province_schema
from sample_data.recovery_contacts import contacts
from sample_data.sheets import Sheet
from survey_schema.columns import Role
from survey_schema.data_kinds.all_kinds import kind_of
from survey_schema.data_kinds.schema_choices import targets
from survey_schema.models import SurveySchema


def operations_sheets() -> list[Sheet]:
    """All kinds of the province."""
    schema = province_schema()
    minutes = {name: tickets()[name].dt.strftime("%Y-%m-%d %H:%M") for name in ("opened", "closed")}
    tables = {
        "complaints": tickets().assign(**minutes), "complaint_counts": complaint_counts(), "inspections": visits(), "kpis": kpi_values(),
        "staff": staff(), "standards": standards(), "promises": promises(), "benchmarks": benchmarks(), "annotations": what_happened(),
        "contacts": contacts(), "measures": measures(),
    }  # fmt: skip
    return [kind_sheet(kind, table, schema) for kind, table in tables.items()]


def kind_sheet(kind: str, table: pd.DataFrame, schema: SurveySchema) -> Sheet:
    """A table by code as a sheet: columns in the order of the kind, Chinese titles above, Chinese names of what the schema lists."""
    described = kind_of(kind)
    shown = table[[column.code for column in described.columns if column.code in table]].copy()
    names = {
        "branch": {choice.code: choice.title.zh_CN for choice in schema.choices(Role.BRANCH)},
        "operator": {choice.code: choice.title.zh_CN for choice in schema.choices(Role.OPERATOR)},
        "ministry_class": {choice.code: choice.title.zh_CN for choice in schema.complaints.classes},
        "role": {"manager": "管理人员", "front_line": "一线员工"},
        "target": {choice.code: choice.title.zh_CN for choice in targets(schema)},
        "item": {gap.perception: gap.title.zh_CN for gap in schema.gap_items},
    }
    for code, titles in names.items():
        if code in shown:
            shown[code] = shown[code].map(lambda value, titles=titles: titles.get(value, value))
    return Sheet(described.title.zh_CN, shown.rename(columns={code: described.column(code).title.zh_CN for code in shown.columns}))
