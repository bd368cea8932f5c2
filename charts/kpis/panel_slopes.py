"""What a usual move of a KPI goes with, at each lag: bars from zero with their intervals; and the dots one slope is drawn through."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analysis.kpis.satisfaction_panel import PanelSlope, SatisfactionPanel
from analysis.results.estimates import Estimate
from charts.kit.difference_rows import Difference, difference_figure
from charts.kit.layout import Canvas, Chart, figure_for, round_ticks, value_and_margin
from charts.kit.palette import see_through
from charts.kit.rows import value_range
from words.language import translator
from words.lists import listed
from words.periods import wave_text
from words.shown_text import plotly_text as plain

_HEIGHT = 360


def lag_name(lag: int, on: Canvas) -> str:
    """How many months the KPI is ahead."""
    _ = translator(on.language)
    return {0: _("same months"), 1: _("KPI 1 month earlier")}.get(lag, _("KPI {lag} months earlier").format(lag=lag))


def panel_slopes(panel: SatisfactionPanel, on: Canvas, *, title: str, confidence: str) -> Chart:
    """A row for each lag that has a slope, in points of satisfaction per usual move; lags without one are told below."""
    _ = translator(on.language)
    drawn = [slope for slope in panel.slopes if slope.estimate.value is not None]
    names = [lag_name(slope.lag, on) for slope in drawn]
    rows = [Difference(name, slope.per_usual_move, _word(slope.estimate, on)) for name, slope in zip(names, drawn, strict=True)]
    told = [_("Whisker: {level}% interval, errors clustered by branch; grey: the sign is not certain.").format(level=confidence)]
    told += [_("Hollow: fewer than ten branches, so intervals are rough.")] if any(slope.estimate.marked for slope in drawn) else []
    reasons = {slope.estimate.reason.text(on.language) for slope in panel.slopes if slope.estimate.reason}
    listing = [f"{row.name} {value_and_margin(row.estimate, on, 2, signed=True)}" for row in rows]
    return Chart(
        title=title,
        caption=" ".join([*(told if drawn else []), *sorted(reasons)]),
        alt_text=_("Bar chart by lag: {list}.").format(list=listed(listing, on.language)) if drawn else _("Nothing to show."),
        figure=difference_figure(
            rows, on, name_header=_("Lag"), difference_header=_("Points per usual move of the KPI"), decimals=2,
        ),
        table=pd.DataFrame(
            {
                _("Lag"): names,
                _("Points per usual move"): [row.estimate.value for row in rows],
                _("Lower end"): [row.estimate.low for row in rows],
                _("Upper end"): [row.estimate.high for row in rows],
                _("Adjusted p"): [slope.estimate.p_adjusted for slope in drawn],
                _("Verdict"): [row.words for row in rows],
                _("Usual move of the KPI"): [slope.usual_move for slope in drawn],
                _("Points per unit"): [slope.estimate.value for slope in drawn],
                _("Branches"): [slope.branches for slope in drawn],
                _("Branches × waves"): [slope.estimate.n for slope in drawn],
            }
        ),
    )  # fmt: skip


def panel_plot(slope: PanelSlope, on: Canvas, *, kpi: str, indicator: str) -> Chart:
    """Every branch and wave as its distances from what is usual for the branch, and the line through them."""
    _ = translator(on.language)
    x, y = [dot.kpi for dot in slope.dots], [dot.satisfaction for dot in slope.dots]
    figure = figure_for(on, _HEIGHT, margin={"l": 46, "r": 16, "t": 22, "b": 46}, hovermode="closest")
    ends_x, ends_y = value_range([], x or [0.0]), value_range([], y or [0.0])
    below = {"text": plain(_("{kpi}, from the branch's mean").format(kpi=kpi)), "font": {"size": 12}}
    figure.update_xaxes(**round_ticks(*ends_x), title=below, tickfont={"size": 12}, showticklabels=True)
    figure.update_yaxes(**round_ticks(*ends_y), tickfont={"size": 12}, showticklabels=True, showgrid=True, gridcolor=on.colours.line)
    beside = plain(_("{indicator}, from the branch's mean").format(indicator=indicator))
    place = {"x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    figure.add_annotation(text=beside, showarrow=False, font={"size": 12, "color": on.colours.muted}, **place)
    line = [end * (slope.estimate.value or 0.0) for end in ends_x]
    names = [f"{on.value('branch', dot.branch)} · {wave_text(dot.period, on.language)}" for dot in slope.dots]
    figure.add_traces(
        [
            go.Scatter(x=list(ends_x), y=line, mode="lines", line={"color": on.colours.ink, "width": 1.8}, hoverinfo="skip"),
            go.Scatter(
                x=x, y=y, mode="markers", hoverinfo="text", hovertext=[plain(name) for name in names],
                marker={"size": 7, "opacity": 1, "color": see_through(on.colours.ours, 0.55), "line": {"width": 0}},
            ),
        ]
    )  # fmt: skip
    when = lag_name(slope.lag, on)
    return Chart(
        title=_("{kpi} and {indicator}: {when}").format(kpi=kpi, indicator=indicator, when=when),
        caption=_("A dot is a branch in a wave. What goes together is no cause."),
        alt_text=_("Scatter of {count} branches and waves; the line rises {slope} points per unit of the KPI.").format(
            count=len(x), slope=on.number(slope.estimate.value or 0.0, 2, signed=True)
        ),
        figure=figure,
        table=pd.DataFrame(
            {
                on.role_title("branch"): [on.value("branch", dot.branch) for dot in slope.dots],
                _("Wave"): [wave_text(dot.period, on.language) for dot in slope.dots],
                _("KPI, from the branch's mean"): x,
                _("Satisfaction, from the branch's mean"): y,
            }
        ),
    )


def _word(entry: Estimate, on: Canvas) -> str:
    _ = translator(on.language)
    return {"higher": _("higher with it"), "lower": _("lower with it"), "unclear": _("not clear")}.get(entry.verdict or "", "")
