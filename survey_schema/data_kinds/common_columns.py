"""Columns that several kinds have."""

from __future__ import annotations

from survey_schema.data_kinds.description import KindColumn, OneOf, PeriodValue, text

BRANCH_NAMES = ("地市", "地市分公司", "区县", "branch", "city", "所属分公司", "县区")


def branch(*, required: bool = False, blank_means_all: bool = False) -> KindColumn:
    """The branch a row belongs to."""
    explained = (
        text("适用的分公司；空白表示全部分公司。", "The branch it applies to; an empty cell means all branches.")
        if blank_means_all
        else text("分公司名称或编码。", "Name or code of the branch.")
    )
    return KindColumn(
        "branch",
        text("分公司", "Branch"),
        OneOf(source="branch"),
        explained,
        BRANCH_NAMES,
        required=required,
        blank_means_all=blank_means_all,
    )


def month() -> KindColumn:
    """The month a row stands for."""
    return KindColumn(
        "month",
        text("月份", "Month"),
        PeriodValue(months_only=True, past=True),
        text("如 2026-06。", "Such as 2026-06."),
        ("统计月份", "统计月", "账期", "年月"),
        required=True,
        example="2026-06",
    )


def wave(*, required: bool = True) -> KindColumn:
    """The wave a row belongs to."""
    explained = text("期次，如 2026Q2、2026H1 或 2026-06。", "Wave, such as 2026Q2, 2026H1 or 2026-06.")
    aliases = ("轮次", "调查期次", "周期", "period", "统计周期")
    return KindColumn("wave", text("期次", "Wave"), PeriodValue(), explained, aliases, required=required, example="2026Q2")


def item() -> KindColumn:
    """The survey item or indicator a row is about."""
    explained = text("本调查的题目或指标的名称或编码。", "Name or code of an item or indicator of this survey.")
    aliases = ("题目", "服务项目", "服务要素", "indicator", "question")
    return KindColumn("item", text("指标", "Item"), OneOf(source="item"), explained, aliases, required=True)
