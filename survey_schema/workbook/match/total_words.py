"""Words by which people mark rows of totals and statistics among rows of data: 合计, 兰州小计, 全省平均, 标准差, grand total."""

from __future__ import annotations

import re

from survey_schema.workbook.clean.clean_values import folded

_SUMS = ("合计", "总计", "小计", "共计", "总计数", "合计数", "汇总")
_AVERAGES = ("平均", "平均值", "平均数", "平均分", "平均得分", "均值", "总平均")
_STATISTICS = frozenset(
    {
        *_SUMS, *_AVERAGES, "最大值", "最小值", "最高分", "最低分", "最大", "最小", "中位数", "标准差", "方差", "样本量", "样本数",
        "满意率", "均分", "计数", "标准误", "averages", "means", "count", "std", "std.dev", "stdev.", "std.deviation", "var", "variances",
        "standarderror", "range", "mode",
        "total", "totals", "grandtotal", "subtotal", "sum", "average", "avg", "mean", "max", "min", "maximum", "minimum",
        "median", "stdev", "stddev", "standarddeviation", "variance",
    }
)  # fmt: skip
#: What no respondent is called: a row with one of these in place of an id says something about other rows.
_ROW_LABELS = frozenset(
    {
        *_SUMS, *_AVERAGES, "总分", "得分", "总得分", "最终得分", "得分率", "满意率", "满意度", "满意度得分", "均分", "样本量", "样本数",
        "有效样本", "有效样本量", "标准差", "方差", "中位数", "最大值", "最小值", "最高分", "最低分", "占比", "百分比", "排名",
        "指数", "加权平均",
        "total", "totals", "grandtotal", "subtotal", "average", "averages", "avg", "mean", "means", "weightedaverage", "weightedmean",
        "overall", "summary", "score", "meanscore", "averagescore", "median", "stdev", "stddev", "std.dev", "std.dev.", "count", "percent",
        "rank", "samplesize", "top2", "top2box", "t2b",
        "全部", "全体", "总体", "整体", "全省", "全市", "全国", "全区", "全网", "全公司",
    }
)  # fmt: skip
_ENDINGS = (*_SUMS, *_AVERAGES, "subtotal", "grandtotal")
#: Names of everything there is, where a table asks for a part of it.
_WHOLES = frozenset({"全部", "全体", "总体", "整体", "全省", "全市", "全国", "全区", "全网", "全公司", "all", "overall", "whole"})
_LONGEST = 40
_REMARK = re.compile(r"\([^()]*\)$")


def is_total_word(text: str) -> bool:
    """Whether a cell says that its row holds a total or a statistic, such as ``合计：``, ``兰州小计`` or ``平均（分）``."""
    word = _bare(text) if len(text) <= _LONGEST else ""
    return word in _STATISTICS or word.endswith(_ENDINGS)


def is_sum_word(text: str) -> bool:
    """Whether a cell is nothing but a word for a sum: it marks a row wherever it stands."""
    likely = len(text) <= _LONGEST and (
        "计" in text or "汇总" in text or "total" in text.casefold()
    )  # asked of every comment and number typed as text
    return likely and _bare(text) in (*_SUMS, "total", "subtotal", "grandtotal")


def is_row_label(text: str) -> bool:
    """Whether a cell is nothing but a word for a sum, an average or another figure: no id of a respondent, as "Max" or "Min" may be."""
    return len(text) <= _LONGEST and _bare(text) in _ROW_LABELS


def is_word_for_all(text: str) -> bool:
    """Whether a cell names the whole, such as ``全省``, where a part of it could stand."""
    return _bare(text) in _WHOLES


def _bare(text: str) -> str:
    return _REMARK.sub("", folded(text)).strip(":-—*")
