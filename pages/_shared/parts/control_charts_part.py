"""Control charts as pages show them, and the way from a figure to its chart."""

from __future__ import annotations

from functools import partial

import streamlit as st

from answers.charted_figures import Of
from answers.control_chart import ControlChartOptions, group_name
from answers.control_chart_figures import Charted, ControlCharts, title_of
from answers.topic import Answered
from charts.control_charts.control_panels import control_panels
from charts.control_charts.panel import Event, Panel
from pages._shared.frame.menu import control_charts_page
from pages._shared.parts.show_chart import show_chart
from pages._shared.session.words import _, language
from survey_schema.columns import Role
from survey_schema.models import SurveySchema

#: Where the page keeps which figure is picked; what is picked of it, such as an indicator, under a key of its own for each figure.
OF_KEY = "spc_of"


def code_key(of: str) -> str:
    """Where the page keeps which indicator, item or KPI is picked."""
    return f"spc_code_{of}"


def show_control_charts(asked: Answered[ControlChartOptions, ControlCharts], schema: SurveySchema, key: str) -> None:
    """The charts of an answer in one card, with their table."""
    found = asked.result
    several = len(found.charts) > 1 or bool(asked.asked.by)
    panels = [_panel(asked, each, schema, named=several) for each in found.charts]
    draw = partial(
        control_panels, panels, title=title_of(asked.asked, found, language()), better=found.better(asked.asked), decimals=found.decimals
    )
    show_chart(draw, schema, key)


def _panel(asked: Answered[ControlChartOptions, ControlCharts], charted: Charted, schema: SurveySchema, *, named: bool) -> Panel:
    events = []
    for each in charted.happened:
        noted = each.annotation
        about = f"{schema.value_title(Role.BRANCH, noted.branch, language())} · " if noted.branch and not charted.keys else ""
        events.append(Event(each.period, noted.day.isoformat(), about + noted.text))
    return Panel(group_name(asked.asked, charted, language()) if named else "", charted.chart, tuple(events))


def signal_link(of: Of, code: str | None, key: str, label: str = "") -> None:
    """A button that leads to the control chart of a figure."""
    if st.button(label or _("Is this a signal?"), key=f"signal_{key}", icon=":material/show_chart:"):
        st.session_state[OF_KEY] = of
        if code is not None:
            st.session_state[code_key(of)] = code
        st.switch_page(control_charts_page())
