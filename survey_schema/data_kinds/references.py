"""What charts are read against: benchmarks 标杆值 from outside, and annotations 图表注记 of what happened when."""

from __future__ import annotations

from survey_schema.data_kinds.common_columns import branch
from survey_schema.data_kinds.description import DataKind, Day, Flag, KindColumn, Number, OneOf, Text, text

#: Characters of an annotation: it stands beside a chart, on the screen, in a sheet and on the command line alike.
LONGEST_ANNOTATION = 200

BENCHMARKS = DataKind(
    code="benchmarks",
    title=text("标杆值", "Benchmarks"),
    explained=text(
        "每个标杆每个日期一行，须写来源；整张表作为一份清单存储。",
        "One row for each benchmark and date, with its source; the sheet is stored as one list.",
    ),
    columns=(
        KindColumn(
            "name",
            text("标杆名称", "Benchmark"),
            Text(),
            text("如全国移动满意度。", "Such as the national mobile index."),
            ("标杆", "名称", "benchmark name"),
            required=True,
            example="全国移动用户满意度",
        ),
        KindColumn(
            "source",
            text("来源", "Source"),
            Text(sentence=True),
            text("谁发布的。", "Who published it."),
            ("数据来源", "发布单位", "publisher"),
            required=True,
            example="主管部门",
        ),
        KindColumn(
            "date",
            text("日期", "Date"),
            Day(),
            text("数值所属的日期或月份。", "The day or month the value is of."),
            ("发布日期", "时间", "published"),
            required=True,
            example="2009-12-31",
        ),
        KindColumn(
            "value",
            text("数值", "Value"),
            Number(unit_of="measures"),
            text("标杆值。", "The value."),
            ("标杆数值", "得分", "值"),
            required=True,
            example=78.4,
        ),
        KindColumn(
            "measures",
            text("对应指标", "Benchmark of"),
            OneOf(source="measured"),
            text("对应的题目、指标或 KPI。", "The item, indicator or KPI it is a benchmark of."),
            ("适用指标", "对标指标", "of"),
            required=True,
        ),
    ),
    key=("name", "date", "measures"),
    split="whole",
    sheets=("标杆", "对标", "外部数据", "benchmark"),
)

ANNOTATIONS = DataKind(
    code="annotations",
    title=text("图表注记", "Annotations"),
    explained=text("何时发生了什么；整张表作为一份清单存储。", "What happened when; the sheet is stored as one list."),
    columns=(
        KindColumn(
            "date",
            text("日期", "Date"),
            Day(),
            text("发生之日。", "The day it happened."),
            ("事件日期", "时间"),
            required=True,
            example="2026-05-15",
        ),
        KindColumn(
            "text",
            text("注记", "Annotation"),
            Text(sentence=True, longest=LONGEST_ANNOTATION),
            text("发生了什么；最多 200 字。", "What happened; 200 characters at most."),
            ("事件", "说明", "内容", "event"),
            required=True,
            example="新排班上线",
        ),
        branch(blank_means_all=True),
        KindColumn(
            "phase_start",
            text("新阶段开始", "Phase start"),
            Flag(),
            text("是：控制图自此重新计算界限。", "Yes: control charts have their own limits from here on."),
            ("阶段", "新阶段", "phase"),
            example="否",
        ),
        KindColumn(
            "author",
            text("记录人", "Recorded by"),
            Text(),
            text("谁记下的。", "Who noted it."),
            ("填写人", "登记人", "author"),
        ),
    ),
    key=("date", "text", "branch"),
    split="whole",
    sheets=("注记", "大事记", "事件", "annotation", "events"),
    edited=True,
)
