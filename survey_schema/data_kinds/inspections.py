"""Inspections 暗访: one row for each checklist item of a visit."""

from __future__ import annotations

from survey_schema.data_kinds.common_columns import branch
from survey_schema.data_kinds.description import AtMost, DataKind, Day, KindColumn, Number, OneOf, Text, text

INSPECTIONS = DataKind(
    code="inspections",
    title=text("暗访检查", "Inspections"),
    explained=text(
        "每次到访的每个检查项目一行：应得分与实得分。", "One row for each checklist item of a visit: points available and points scored."
    ),
    columns=(
        KindColumn(
            "visit",
            text("到访编号", "Visit"),
            Text(),
            text("同一次到访的各行编号相同。", "The same for all rows of one visit."),
            ("检查编号", "暗访编号", "访问编号", "到访", "visit id"),
            required=True,
            example="V001",
        ),
        KindColumn(
            "hall",
            text("营业厅", "Hall"),
            Text(),
            text("被检查的营业厅或客户俱乐部。", "The service hall or customer club visited."),
            ("厅店", "营业厅名称", "网点", "门店", "service hall", "outlet"),
            required=True,
            example="中心营业厅",
        ),
        branch(),
        KindColumn(
            "date",
            text("检查日期", "Inspection date"),
            Day(past=True),
            text("到访当天，如 2026-05-15。", "Day of the visit, such as 2026-05-15."),
            ("日期", "暗访日期", "到访日期", "date", "visit date"),
            required=True,
            example="2026-05-15",
        ),
        KindColumn(
            "item",
            text("检查项目", "Checklist item"),
            OneOf(source="checklist"),
            text("检查表中的项目。", "The item of the checklist."),
            ("检查项", "项目", "检查内容", "检查指标", "item"),
            required=True,
        ),
        KindColumn(
            "points_available",
            text("应得分", "Points available"),
            Number(low=0, adds_up=True),
            text("该项目的满分。", "The most the item can be given."),
            ("满分", "标准分", "分值", "总分值", "available"),
            required=True,
            example=20,
        ),
        KindColumn(
            "points_scored",
            text("实得分", "Points scored"),
            Number(low=0, adds_up=True),
            text("该项目实际得分，不超过应得分。", "What it was given, at most the points available."),
            ("得分", "实际得分", "检查得分", "scored"),
            required=True,
            example=19.5,
        ),
        KindColumn(
            "remark",
            text("扣分说明", "Remark"),
            Text(sentence=True),
            text("为何扣分。", "Why points were lost."),
            ("备注", "说明", "扣分原因", "问题描述"),
        ),
    ),
    key=("visit", "hall", "date", "item"),
    split="month",
    period="date",
    sheets=("检查", "暗访", "神秘顾客", "暗访结果", "inspection", "mystery shopping"),
    relations=(AtMost("points_scored", "points_available"),),
)
