"""Small plans, one for each kind of plot and each thing a series may have, with hostile names and figures that are not there."""

from __future__ import annotations

from datetime import datetime

from reports.office.origin import Origin
from reports.office.plan import AxisPlan, ChartPlan, DataSheet, Labels, Marker, Plot, Series, Stroke, Whiskers
from words.language import Language

NAMES = ("张掖", "=1+1", "2025", "nan", '"A" & <b>\n', "😀" + "很" * 40, "\x0b控制")
VALUES = (72.1, None, 80.25, 75.5, 0.1 + 0.2, 1e-7, 100.0)
ARMS = (1.0, None, 2.0, 0.5, 0.1, 0.3, 4.0)
KEY = '{"topic":"league","survey":"示例"}'


def origin(language: Language = "zh_CN") -> Origin:
    """Where the examples come from."""
    facts = (("波次", "2025年3季度"), ("样本", "1,234"), ("权重", "=raked"), ("选择", "全部"))
    return Origin(KEY, facts, ("加权均值与95%区间。",), datetime(2026, 11, 30, 9, 30), language)


def bars() -> ChartPlan:
    sheet = DataSheet()
    names, values, arms = sheet.add("公司", NAMES), sheet.add("指数", VALUES), sheet.add("±", ARMS)
    series = Series(values, names, fill="#0B5C7A", labels=Labels("outside_end"), whiskers=Whiskers(arms, arms, "#66717C"))
    return ChartPlan(sheet.columns, (Plot("bar", (series,)),), AxisPlan(reverse=True), AxisPlan(low=0, high=110, form="0"))


def stacked() -> ChartPlan:
    sheet = DataSheet()
    names, first, second = sheet.add("公司", NAMES), sheet.add("=满意", VALUES), sheet.add("不满意", ARMS)
    texts = ("72", "", "=80", "", "", "", "100")
    series = (
        Series(first, names, fill="#0B5C7A", labels=Labels("center", texts)),
        Series(second, names, edge="#C9485B", in_legend=False),
    )
    return ChartPlan(sheet.columns, (Plot("stacked bar", series),))


def columns_and_line() -> ChartPlan:
    sheet = DataSheet()
    names, count, share = sheet.add("原因", NAMES), sheet.add("件数", VALUES), sheet.add("累计", ARMS, "0%")
    bars = Plot("column", (Series(count, names, fill="#0B5C7A", labels=Labels("center")),))
    line = Series(share, names, line=Stroke("#C98A1B"), marker=Marker("circle", "#C98A1B"), labels=Labels("above"))
    second = AxisPlan(low=0, high=1.1, form="0%")
    return ChartPlan(sheet.columns, (bars, Plot("line", (line,), second=True)), AxisPlan(turned=-45), AxisPlan(low=0), second)


def band() -> ChartPlan:
    sheet = DataSheet()
    names, lower, width = sheet.add("月份", NAMES), sheet.add("下限", VALUES), sheet.add("区间", ARMS)
    value = sheet.add("指数", VALUES)
    areas = Plot("stacked area", (Series(lower, names, in_legend=False), Series(width, names, fill="#CFE0E8")))
    line = Series(value, names, line=Stroke("#0B5C7A", dashed=True), marker=Marker("diamond", "#0B5C7A", hollow=True))
    return ChartPlan(sheet.columns, (areas, Plot("line", (line,))))


def scatter() -> ChartPlan:
    sheet = DataSheet()
    x, y, arm = sheet.add("重要性", VALUES), sheet.add("满意度", tuple(reversed(VALUES))), sheet.add("±", ARMS)
    mean_x, mean_y = sheet.add("均值 x", (50.0, 50.0)), sheet.add("均值", (0.0, 100.0))
    points = Series(y, x, marker=Marker("circle", "#0B5C7A"), labels=Labels("right", NAMES), whiskers=Whiskers(arm, arm, "#0B5C7A"))
    line = Series(mean_y, mean_x, line=Stroke("#A7B0B8", 1.25, dashed=True), in_legend=False)
    return ChartPlan(sheet.columns, (Plot("scatter", (points, line)),), AxisPlan("=重要性", form="0.0"), AxisPlan("满意度", grid=True))


def radar() -> ChartPlan:
    sheet = DataSheet()
    names, values = sheet.add("维度", NAMES), sheet.add("指数", VALUES)
    series = Series(values, names, line=Stroke("#0B5C7A"), marker=Marker("circle", "#0B5C7A"))
    return ChartPlan(sheet.columns, (Plot("radar", (series,)),))


EXAMPLES = {"bars": bars, "stacked": stacked, "pareto": columns_and_line, "band": band, "scatter": scatter, "radar": radar}
