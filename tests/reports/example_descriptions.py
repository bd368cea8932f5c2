"""A description of each kind of chart the product draws, with a hidden figure, a small base and a hostile name in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from charts.kit.description.description import Description, table_of
from charts.kit.description.grid import Diagram, Grid, GridColumn, HeatCell
from charts.kit.description.numbers import BETTER, INK, MUTED, OURS, UNCLEAR, WORSE, Axis, Form, Number, Reference, Tone
from charts.kit.description.panels import Panels
from charts.kit.description.planes import Before, Bins, Curve, Line, Lines, Points, Spot
from charts.kit.description.rows import Column, Drawn, Row, Rows, names_of_rows
from charts.kit.description.schedule import Schedule, Stretch, Task
from charts.kit.plain_figure import PlainFigure, scatter
from survey_schema.models import SurveySchema

BRANCHES = (
    "张掖", "兰州", "=定西", "甘南", "金昌", "天水", "庆阳", "平凉", "酒泉", "嘉峪关", "武威", "临夏", "陇南", "白银",
)  # fmt: skip
HIDDEN_VALUE = 12.3456789
MONTHS = tuple(f"2025-{month:02d}" for month in range(1, 13))
SCHEMA = SurveySchema.model_validate({
    "name": "demo", "title": {"zh_CN": "示例", "en": "Demo"}, "scales": {"ten": {"minimum": 1, "maximum": 10, "satisfied_from": 7}},
    "columns": [], "items": [{"code": "C11", "title": {"zh_CN": "网络覆盖", "en": "Coverage"}, "scale": "ten"}],
    "tree": {"code": "CSI", "title": {"zh_CN": "满意度指数", "en": "Satisfaction index"}, "children": ["C11"]},
})  # fmt: skip


def number(value: float, half: float = 1.2, **more: object) -> Number:
    return Number(value, value - half, value + half, **more)  # type: ignore[arg-type]


def _league(count: int, *, long: bool = False) -> Description:
    halls = "综合营业服务厅（旗舰）" if long else ""
    names = [f"{BRANCHES[place % 14]}{halls}{place // 14 or ''}" for place in range(count)]
    cells = [number(84.0 - 0.9 * place / (count / 14), 0.8 + 0.1 * (place % 7)) for place in range(count)]
    cells[3] = Number(None, why="样本不足")
    cells[-1] = replace(cells[-1], small=True)
    tones = [BETTER if place < 4 else WORSE if place > count - 4 else UNCLEAR for place in range(count)]
    words = ["高于其他" if tone == BETTER else "低于其他" if tone == WORSE else "无法区分" for tone in tones]
    columns = (
        Column("指数", tuple(cells), ends=("下限", "上限"), place="always", drawn=Drawn("dot", tones=tuple(tones))),
        Column("与其他相比", tuple(words), place="wide", reads="verdict"),
        Column("样本", tuple(range(100, 100 + count)), Form(0)),
    )
    rows = Rows("分公司", names_of_rows(names), columns, heading="满意度指数", references=(Reference(79.2, "全省"),))
    return Description(
        "满意度指数及其95%区间", "虚线：全省合计 79.2。空心点：样本少，请谨慎解读。1 个未显示：样本不足。", rows, "张掖最高。"
    )


def league() -> Description:
    return _league(14)


def league_of_many() -> Description:
    return _league(40, long=True)


def targets() -> Description:
    names = ("网络", "资费", "服务", "营业厅", "客服热线")
    columns = (
        Column("本公司", tuple(number(70 + 3 * at) for at in range(5)), drawn=Drawn("dot")),
        Column("最好分公司", tuple(number(80 + at, 2.0) for at in range(5)), drawn=Drawn("diamond", role="best", tones=(MUTED,))),
        Column("目标", (80.0, 80.0, 82.0, None, 85.0), drawn=Drawn("tick", role="target", tones=(INK,))),
    )
    return Description("与目标相比", "", Rows("指标", names_of_rows(names), columns))


def differences() -> Description:
    values = [3.2, 1.1, 0.2, -0.4, -2.6]
    cells = [number(value, 0.9) for value in values]
    cells[2] = replace(cells[2], small=True)
    tones = tuple(BETTER if value > 1 else WORSE if value < -1 else UNCLEAR for value in values)
    words = ("真实上升", "真实上升", "无变化", "无变化", "真实下降")
    columns = (
        Column("变化", tuple(cells), Form(signed=True), drawn=Drawn("bar", tones=tones)),
        Column("结论", words, place="wide", reads="verdict"),
    )
    rows = Rows("指标", names_of_rows(("网络", "资费", "服务", "营业厅", "客服热线")), columns, references=(Reference(0.0, "", False),))
    return Description("与上一波相比的变化", "深色条：变化已被证实。", rows)


def shares() -> Description:
    values = (number(41.5, 2.03125), 22.0, 9.25, None, 3.0)
    columns = (Column("占比", values, Form(percent=True), drawn=Drawn("bar", whiskers=False)),)
    return Description("不满意的原因", "", Rows("原因", names_of_rows(("网速", "掉线", "资费", "隐藏", "其他")), columns))


def grouped() -> Description:
    names = names_of_rows(("网络", "资费", "服务"))
    columns = (
        Column("移动", (number(80.0), number(75.0), number(78.0)), drawn=Drawn("bar", tones=(OURS,), lane=-0.2)),
        Column("联通", (number(76.0), Number(None), number(71.0)), drawn=Drawn("bar", tones=(Tone("competitor"),), lane=0.2)),
    )
    return Description("与竞争对手相比", "", Rows("指标", names, columns))


def stacked() -> Description:
    names = names_of_rows(("网络", "资费", "服务", "营业厅"))
    parts = {"1–2分": (8.0, 12.0, 3.0, 5.0), "3分": (22.0, 28.0, 17.0, 15.0), "4–5分": (70.0, 60.0, 80.0, 80.0)}
    tones = (WORSE, UNCLEAR, BETTER)
    columns = tuple(
        Column(header, values, Form(0, percent=True), drawn=Drawn("part", role="part", tones=(tone,)))
        for (header, values), tone in zip(parts.items(), tones, strict=True)
    )
    return Description("各题答案分布", "", Rows("题目", names_of_rows(tuple(row.name for row in names)), columns))


def pareto() -> Description:
    shown, run = (38.0, 27.0, 14.0, 9.0, 7.0, 5.0), (38.0, 65.0, 79.0, 88.0, 95.0, 100.0)
    tones = (OURS, OURS, OURS, *[Tone("ours", 0.5)] * 3)
    columns = (
        Column("占比", tuple(number(value, 2.0) for value in shown), Form(percent=True, margin=False), drawn=Drawn("bar", tones=tones)),
        Column("累计占比", run, Form(percent=True), drawn=Drawn("line", role="cumulative", tones=(MUTED,))),
    )
    names = names_of_rows(("网速慢", "掉线", "资费争议", "营业员态度", "宽带安装", "其他"))
    rows = Rows("原因", names, columns, references=(Reference(80.0, "80%"),), axis=Axis(ends=(0.0, 100.0)))
    return Description("投诉原因的帕累托图", "", rows)


def waterfall() -> Description:
    names = (*(Row(name) for name in ("网络", "资费", "服务", "结构")), Row("合计", kind="total"))
    values = (1.6, -2.4, 0.9, -0.3, -0.2)
    tones = (BETTER, WORSE, BETTER, WORSE, INK)
    columns = (Column("贡献", values, Form(2, signed=True), drawn=Drawn("step", tones=tones)),)
    return Description("指数变化的来源", "", Rows("来源", names, columns))


def trend() -> Description:
    numbers = tuple(number(78 + 0.4 * at - (2.5 if at > 7 else 0)) for at in range(12))
    marks = tuple("fall" if at == 8 else "" for at in range(12))
    labels = tuple("−2.1" if at == 8 else "79.9 ±1.2" if at == 11 else "" for at in range(12))
    line = Line("满意度指数", numbers, marks=marks, labels=labels)  # type: ignore[arg-type]
    body = Lines("波次", MONTHS, tuple(map(float, range(12))), (line,), references=(Reference(80.0, "目标"),))
    return Description("满意度指数的走势", "阴影：95%区间。", body)


def trends() -> Description:
    lines = []
    for place, (name, tone) in enumerate((("移动", OURS), ("联通", Tone("competitor")), ("电信", Tone("line2")))):
        numbers: list[Number | None] = [number(78 + at * 0.3 - 2 * place, 0.8, small=at == 2) for at in range(12)]
        numbers[4] = None if place else Number(None)
        tones = tuple(WORSE if at == 3 else tone for at in range(12)) if place == 2 else ()
        lines.append(Line(name, tuple(numbers), tone, breaks=frozenset({8}) if place == 1 else frozenset(), tones=tones))
    columns = {"运营商": ["移动", "联通"], "指数": [1.0, 2.0]}
    body = Lines("波次", MONTHS, tuple(map(float, range(12))), tuple(lines))
    return Description("三家运营商的走势", "", body, table=table_of(columns))  # type: ignore[arg-type]


def control() -> Description:
    values = (4.1, 3.9, 4.4, 4.0, 6.9, 4.2, 3.8, 4.3, 4.1, 3.7, 4.0, 4.2)
    spread = (1.2, 1.1, 1.3, 1.2, 1.2, 1.0, 1.1, 1.3, 1.2, 1.1, 1.0, 1.2)
    marks = tuple("signal" if value > 6 else "" for value in values)
    limit = {"course": "steps", "role": "limit", "points": False, "tone": MUTED}
    lines = (
        Line("UCL", tuple(Number(4.1 + s) for s in spread), **limit),  # type: ignore[arg-type]
        Line("CL", tuple(Number(4.1) for _s in spread), **limit),  # type: ignore[arg-type]
        Line("LCL", tuple(Number(4.1 - s) for s in spread), **limit),  # type: ignore[arg-type]
        Line("投诉率", tuple(map(Number, values)), course="plain", marks=marks),  # type: ignore[arg-type]
    )
    return Description("投诉率控制图", "", Lines("月份", MONTHS, tuple(map(float, range(12))), lines))


def small_controls() -> Description:
    """Two groups, one with a hidden month, a phase that begins and something that happened."""
    lines = control().body
    assert isinstance(lines, Lines)
    value = replace(lines.lines[3], breaks=frozenset({6}), labels=tuple("1·5" if mark else "" for mark in lines.lines[3].marks))
    first = replace(
        lines, lines=(*lines.lines[:3], value), axis=Axis("=定西"), upright=(Reference(5.5, "", dashed=False), Reference(3.0, "a"))
    )
    numbers = (Number(None, why="样本不足"), *value.numbers[1:])
    second = replace(first, lines=(*first.lines[:3], replace(value, numbers=numbers)), axis=Axis("兰州"), upright=())
    return Description("各分公司投诉率控制图", "a：新规则。", Panels("分组", (first, second), lambda _on: PlainFigure()), "两张图。")


def priorities() -> Description:
    names = ("网络覆盖", "网速", "资费透明", "营业厅", "客服热线", "宽带安装", "缴费便捷", "=HYPERLINK")
    heights = [number(70 + (at * 7) % 15, 1.0, small=at == 3) for at in range(len(names))]
    spots = tuple(
        Spot(
            name, number(0.1 + 0.05 * at, 0.02), heights[at], WORSE if at in (1, 5) else OURS, 1.0 - at / 9, sure=at != 2,
            rival=Number(70.5 + at) if at % 2 else None, level=77.25 if at == 4 else None,
            before=Before(0.12 + 0.05 * at, 74.125, UNCLEAR) if at in (0, 6) else None,
        )
        for at, name in enumerate(names)
    )  # fmt: skip
    corners = ("维持", "保持优势", "次要", "优先改进")
    body = Points(
        Axis("重要性", numbered=True), Axis("满意度", numbered=True), spots, (Reference(0.27, "平均重要性"),),
        (Reference(76.0, "平均满意度"),), corners=corners, forms=(Form(2), Form(1)),
    )  # fmt: skip
    return Description("重要性与满意度", "虚线：平均。", body)


def limits_plot() -> Description:
    xs = tuple(float(x) for x in range(50, 1001, 50))
    curves = tuple(
        Curve(name, xs, tuple(78 + sign * z * 160 / x**0.5 / 10 for x in xs), dashed=z > 2)
        for name, z in (("95%", 1.96), ("99.8%", 3.09)) for sign in (1, -1)
    )  # fmt: skip
    spots = tuple(
        Spot(name, Number(80 + 65 * at), number(76 + (at * 5) % 7, 1.0), WORSE if at == 6 else OURS) for at, name in enumerate(BRANCHES)
    )
    body = Points(Axis("样本"), Axis("指数"), spots, level=(Reference(78.0, "全省", False),), curves=curves, forms=(Form(0), Form(1)))
    return Description("各分公司与机会波动", "", body)


def weights() -> Description:
    bins = Bins(Axis("权重"), (0.0, 0.5, 1.0, 1.5, 2.0), (12, 88, 64, 7), "受访者", ("从", "到"), form=Form(1))
    return Description("权重分布", "", bins)


def heat() -> Description:
    heads = ("网络", "资费", "服务", "营业厅", "客服热线", "宽带安装")
    columns = []
    for place, name in enumerate(heads):
        cells = [
            HeatCell(number(70 + (row * 3 + place * 5) % 17), Tone("better", 0.5) if (row + place) % 4 == 0 else Tone("worse", 0.4))
            for row in range(len(BRANCHES))
        ]
        cells[2] = HeatCell(Number(None, why="样本不足"))
        columns.append(GridColumn(name, tuple(cells)))
    columns.append(GridColumn("窄屏", tuple(HeatCell(Number(1.0)) for _row in BRANCHES), place="narrow"))
    return Description("各分公司各指标", "蓝：高于其他；红：低于其他。", Grid("分公司", BRANCHES, tuple(columns), Form(1, margin=False)))


def paths() -> Description:
    columns = {"从": ["期望"], "到": ["满意度"], "系数": [0.41]}
    body = Diagram("path diagram", lambda _on: PlainFigure([scatter(x=[0, 1], y=[0, 1])]))
    return Description("路径图", "", body, table=table_of(columns))  # type: ignore[arg-type]


def schedule() -> Description:
    """Four tasks: done, late, being done, and one without a day."""
    days = [date(2026, 3, day) for day in (2, 9, 20, 27)]
    tasks = (
        Task("现状调查", Stretch(days[0], days[1]), Stretch(days[0], days[1]), "按期完成"),
        Task("=要因确认", Stretch(days[1], days[2]), Stretch(days[1], days[3]), "延迟 7 天", late=True),
        Task("对策实施", Stretch(days[2], days[3]), Stretch(days[3], days[3]), "进行中"),
        Task("总结", word="未填日期"),
    )
    body = Schedule("步骤", tasks, "计划", "实际", "实际（延迟）", days[2], "今天")
    columns = {"步骤": [task.name for task in tasks], "状态": [task.word for task in tasks]}
    return Description("活动计划", "灰色为计划。", body, table=table_of(columns))  # type: ignore[arg-type]


DESCRIPTIONS: Mapping[str, Callable[[], Description]] = {
    "league": league, "league of many": league_of_many, "targets": targets, "differences": differences, "shares": shares,
    "grouped": grouped, "stacked": stacked, "pareto": pareto, "waterfall": waterfall, "trend": trend, "trends": trends, "control": control,
    "small controls": small_controls,
    "priorities": priorities, "limits": limits_plot, "weights": weights, "heat": heat, "schedule": schedule, "paths": paths,
}  # fmt: skip
