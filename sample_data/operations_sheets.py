"""The data beside responses as sheets of a workbook: a sheet a kind, headed as in the blank workbook, names for codes."""

from __future__ import annotations

import pandas as pd

from sample_data.operations import kpi_values, tickets, visits
from sample_data.sheets import Sheet
from survey_schema.columns import Role
from survey_schema.data_kinds.all_kinds import kind_of
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema


def operations_sheets() -> list[Sheet]:
    """All kinds of the province."""
    schema = load_schema("telecom_csi")
    minutes = {name: tickets()[name].dt.strftime("%Y-%m-%d %H:%M") for name in ("opened", "closed")}
    tables = {"complaints": tickets().assign(**minutes), "inspections": visits(), "kpis": kpi_values()}
    return [kind_sheet(kind, table, schema) for kind, table in tables.items()]


def kind_sheet(kind: str, table: pd.DataFrame, schema: SurveySchema) -> Sheet:
    """A table by code as a sheet: columns in the order of the kind, Chinese titles above, Chinese names of what the schema lists."""
    described = kind_of(kind)
    shown = table[[column.code for column in described.columns if column.code in table]].copy()
    names = {
        "branch": {choice.code: choice.title.zh_CN for choice in schema.choices(Role.BRANCH)},
        "operator": {choice.code: choice.title.zh_CN for choice in schema.choices(Role.OPERATOR)},
        "ministry_class": {choice.code: choice.title.zh_CN for choice in schema.complaints.classes},
    }
    for code, titles in names.items():
        if code in shown:
            shown[code] = shown[code].map(titles)
    return Sheet(described.title.zh_CN, shown.rename(columns={code: described.column(code).title.zh_CN for code in shown.columns}))
