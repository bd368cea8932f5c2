"""Control charts: whether a movement is a signal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from answers.charted_figures import FIGURES as CHARTED
from answers.control_chart import CONTROL_CHART, ControlChartOptions, group_name
from answers.control_chart_figures import Charted, ControlCharts, title_of
from answers.topic import Answered
from charts.control_charts.control_panels import control_panels
from charts.control_charts.panel import Event, Panel
from charts.kit.layout import Canvas, Chart
from reports.figures.figure import Choices, Drawn, Figure
from reports.figures.scoped_ask import ScopedAsk
from survey_schema.columns import Role
from words.language import message

Asked = Answered[ControlChartOptions, ControlCharts]


def asked_chart(ask: ScopedAsk, choices: Choices) -> Asked:
    """``of``, ``chart``, ``phase_from``, ``one_phase`` and ``limits_to`` as in the options; ``codes`` and ``by``, each one or none."""
    told: dict[str, Any] = {name: value for name, value in choices.items() if name not in ("codes", "by") and value is not None}
    told["phase_from"] = tuple(told.get("phase_from", ()))
    options, by, codes = ControlChartOptions(**told), tuple(choices.get("by", ())), tuple(choices.get("codes", ()))
    beside = bool(CHARTED[options.of].kinds)
    where = {name: value for name, value in (ask.of_branch() if beside else ask.where).items() if name not in by}
    if beside:
        return ask(CONTROL_CHART, options, where=where, by=by, codes=codes, periods=())
    return ask(CONTROL_CHART, options, where=where, by=by, codes=codes, waves=ask.waves_so_far)


def drawing(asked: Asked, only: Sequence[Charted] | None = None) -> Callable[[Canvas], Chart]:
    """The charts of an answer, one a group; ``only`` some of them."""
    found = asked.result
    shown = found.charts if only is None else only
    several = len(found.charts) > 1 or bool(asked.asked.by)

    def draw(on: Canvas) -> Chart:
        panels = [_panel(asked, each, on, named=several) for each in shown]
        title = title_of(asked.asked, found.per, on.language)
        return control_panels(panels, on, title=title, better=found.better(asked.asked), decimals=found.decimals)

    return draw


def chart(ask: ScopedAsk, choices: Choices) -> Drawn:
    """The control chart of a figure, of each group where they are told apart."""
    asked = asked_chart(ask, choices)
    return Drawn(drawing(asked), (asked,), asked.sentence)


def _panel(asked: Asked, charted: Charted, on: Canvas, *, named: bool) -> Panel:
    events = []
    for each in charted.happened:
        noted = each.annotation
        about = f"{on.value(Role.BRANCH, noted.branch)} · " if noted.branch and not charted.keys else ""
        events.append(Event(each.period, noted.day.isoformat(), about + noted.text))
    return Panel(group_name(asked.asked, charted, on.language) if named else "", charted.chart, tuple(events))


CONTROL = Figure(
    "control-chart", message("Control chart of a figure"), ("control-chart",), chart,
    frozenset({"of", "chart", "phase_from", "one_phase", "limits_to", "per", "codes", "by"}),
)  # fmt: skip
FIGURES = (CONTROL,)
