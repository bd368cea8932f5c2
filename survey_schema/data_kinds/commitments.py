"""What a company has set itself: standards 服务标准 per item, promises 服务承诺 with a mean and a maximum."""

from __future__ import annotations

from survey_schema.data_kinds.common_columns import branch, item
from survey_schema.data_kinds.description import AtMost, DataKind, Day, KindColumn, Number, OneNeeded, OneOf, choice, text

_FROM = KindColumn(
    "valid_from",
    text("生效日期", "Valid from"),
    Day(),
    text("自何日起；空白表示一直有效。", "From which day on; an empty cell means always."),
    ("起始日期", "执行日期", "from"),
    example="2026-01-01",
)

STANDARDS = DataKind(
    code="standards",
    title=text("服务标准", "Standards"),
    explained=text("每个指标一行；整张表作为一份清单存储。", "One row for each item; the sheet is stored as one list."),
    columns=(
        item(),
        KindColumn(
            "standard",
            text("标准值", "Standard"),
            Number(low=0, high=100, unit="score", unit_of="scale", on_scale_of="item"),
            text("0–100 分，或题目自身的量表。", "On 0–100, or on the item's own scale."),
            ("标准", "目标值", "standard set"),
            required=True,
            example=85,
        ),
        KindColumn(
            "scale",
            text("标准值的量表", "Scale of the standard"),
            OneOf(
                (
                    choice("score", "百分制", "0-100", "0–100", "100", "score", "百分", "得分"),
                    choice("grade", "题目量表", "Item's scale", "原量表", "量表", "grade", "scale"),
                )
            ),
            text("百分制或题目量表；空白表示百分制。", "0-100 or the item's scale; an empty cell means 0-100."),
            ("量表", "单位"),
        ),
        branch(blank_means_all=True),
        _FROM,
    ),
    key=("item", "branch", "valid_from"),
    split="whole",
    sheets=("标准", "服务标准值", "standard"),
)

PROMISES = DataKind(
    code="promises",
    title=text("服务承诺", "Promises"),
    explained=text(
        "每项承诺一行：平均时限与最长时限；整张表作为一份清单存储。",
        "One row for each promise with its mean and its maximum; the sheet is stored as one list.",
    ),
    columns=(
        KindColumn(
            "promise",
            text("承诺", "Promise"),
            OneOf(source="promise"),
            text("如修障、复机。", "Such as repair or reconnection."),
            ("承诺项目", "服务项目", "项目"),
            required=True,
            example="修障",
        ),
        KindColumn(
            "mean",
            text("平均不超过", "Mean at most"),
            Number(low=0, unit="hours", unit_of="unit"),
            text("平均值的上限。", "What the mean may be at most."),
            ("平均时限", "平均", "mean"),
            example=24,
        ),
        KindColumn(
            "maximum",
            text("最长不超过", "Maximum"),
            Number(low=0, unit="hours", unit_of="unit"),
            text("每一件的上限。", "What a single case may be at most."),
            ("最长时限", "上限", "最长", "max"),
            example=48,
        ),
        KindColumn(
            "unit",
            text("单位", "Unit"),
            OneOf(
                (
                    choice("hours", "小时", "Hours", "h", "时", "hour"),
                    choice("days", "天", "Days", "日", "day"),
                    choice("minutes", "分钟", "Minutes", "分", "min", "minute"),
                    choice("per_cent", "%", "Per cent", "百分比"),
                )
            ),
            text("空白表示小时。", "An empty cell means hours."),
            ("计量单位",),
            example="小时",
        ),
        branch(blank_means_all=True),
        _FROM,
    ),
    key=("promise", "branch", "valid_from"),
    split="whole",
    sheets=("承诺", "时限标准", "服务时限", "promise"),
    relations=(OneNeeded(("mean", "maximum")), AtMost("mean", "maximum")),
)
