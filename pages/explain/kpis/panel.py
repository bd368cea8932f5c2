"""Whether satisfaction moves with a KPI within branches, and the dots behind it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from answers.kpi_panel import KPI_PANEL, KpiPanelOptions, KpiPanels
from answers.topic import Answered
from charts.kit.layout import confidence_text
from charts.kpis.panel_slopes import lag_name, panel_plot, panel_slopes
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_chart import canvas, show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language


def show_panel(here: Chosen, code: str) -> Answered[KpiPanelOptions, KpiPanels]:
    """The slopes of one KPI by lag and the plot of one lag, over all months and waves; why not, where there are none."""
    schema, on = here.schema, canvas(here.schema)
    name = schema.title_of(code, language())
    say(_("{kpi} and satisfaction").format(kpi=name), "part")
    codes = [schema.tree.code, *(child.code for child in schema.tree.children)]
    with st.container(horizontal=True, key="panel_picks"):
        indicator = pick(_("Satisfaction with"), codes, "panel_indicator", lambda each: schema.title_of(each, language()))
        effects = st.toggle(_("Take out ups and downs all branches share"), key="panel_effects")
    asked = ask(KPI_PANEL, here, KpiPanelOptions(indicator, month_effects=effects, dots=True), where={}, codes=[code], periods=[])
    panel = asked.result.of(code)
    shown = [slope for slope in panel.slopes if slope.estimate.value is not None]
    if not shown:
        brings = _("KPIs by branch and month beside two waves or more of three branches or more bring it.")
        show_missing("".join(part.text for part in asked.sentence(language())), brings, "panel")
        return asked
    say(asked.sentence(language()), "head")
    title = _("{kpi}: what a usual move goes with").format(kpi=name)
    show_chart(partial(panel_slopes, panel, title=title, confidence=confidence_text(asked.provenance, on)), schema, "panel_slopes")
    clearest = max(shown, key=lambda slope: abs(slope.estimate.value or 0.0) / (slope.estimate.se or 1.0))
    lags = {str(slope.lag): slope for slope in shown}
    lag = pick(_("Plot"), list(lags), "panel_lag", lambda each: lag_name(int(each), on), str(clearest.lag))
    show_chart(partial(panel_plot, lags[lag], kpi=name, indicator=schema.title_of(indicator, language())), schema, "panel_plot")
    return asked
