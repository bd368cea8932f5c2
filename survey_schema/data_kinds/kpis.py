"""KPIs 运营指标: a value for each month, branch and name; what a KPI is, the schema says (``kpis``)."""

from __future__ import annotations

from survey_schema.data_kinds.common_columns import branch, month
from survey_schema.data_kinds.description import DataKind, KindColumn, Number, OneOf, text

KPIS = DataKind(
    code="kpis",
    title=text("运营指标", "KPIs"),
    explained=text("每月、每分公司、每个指标一行。", "One row for each month, branch and KPI."),
    columns=(
        month(),
        branch(),
        KindColumn(
            "kpi",
            text("指标名称", "KPI"),
            OneOf(source="kpi"),
            text("如接通率、修障时长。", "Such as answer rate or repair time."),
            ("指标", "名称", "kpi name", "name"),
            required=True,
            example="接通率",
        ),
        KindColumn(
            "value",
            text("数值", "Value"),
            Number(unit_of="kpi", fractions=True),
            text("按指标自身的单位。", "In the unit of the KPI."),
            ("指标值", "值", "完成值", "实际值", "value"),
            required=True,
            example=92.5,
        ),
    ),
    key=("month", "branch", "kpi"),
    split="month",
    period="month",
    sheets=("KPI", "kpi指标", "运营数据", "指标数据"),
)
