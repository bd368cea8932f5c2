"""What the regression leaves over: residuals against fitted values, and against what a normal distribution would give."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analysis.drivers.residual_diagnostics import ResidualDiagnostics
from charts.kit.layout import Canvas, Chart, figure_for
from charts.kit.palette import see_through
from words.language import translator
from words.shown_text import plotly_text as plain

_HEIGHT = 300


def residuals_plot(found: ResidualDiagnostics, on: Canvas) -> Chart:
    """A dot a respondent (at most 2,000): fitted value against residual, both in points. An even band around zero is wanted."""
    _ = translator(on.language)
    fitted, left_over = [pair[0] for pair in found.residuals], [pair[1] for pair in found.residuals]
    figure = _figure(on, _("Fitted value"), _("Residual"))
    figure.add_hline(0.0, line={"color": on.colours.unclear, "width": 1.5})
    figure.add_trace(_marks(fitted, left_over, on, 0.22))
    return Chart(
        title=_("Residuals by fitted value"),
        caption=_("Wanted: an even band around zero. Slanting stripes come from whole grades."),
        alt_text=_("Scatter chart of {n} residuals between {low} and {high} points.").format(
            n=len(fitted), low=on.number(min(left_over, default=0.0)), high=on.number(max(left_over, default=0.0))
        ),
        figure=figure,
        table=pd.DataFrame({_("Fitted value"): fitted, _("Residual"): left_over}),
    )


def quantiles_plot(found: ResidualDiagnostics, on: Canvas) -> Chart:
    """Standardised residuals against normal quantiles; on the line they are normal."""
    _ = translator(on.language)
    normal, own = [pair[0] for pair in found.quantiles], [pair[1] for pair in found.quantiles]
    figure = _figure(on, _("Normal quantile"), _("Standardised residual"))
    ends = [min(normal, default=-1.0), max(normal, default=1.0)]
    figure.add_trace(go.Scatter(x=ends, y=ends, mode="lines", line={"color": on.colours.unclear, "width": 1.5}, hoverinfo="skip"))
    figure.add_trace(_marks(normal, own, on, 0.8))
    skew, tails = on.number(found.skewness or 0.0, 2, signed=True), on.number(found.kurtosis or 0.0, 2, signed=True)
    return Chart(
        title=_("Residuals against a normal distribution"),
        caption=_("On the line: normal. Skewness {skew}, excess kurtosis {tails}; the intervals here need no normality.").format(
            skew=skew, tails=tails
        ),
        alt_text=_("Quantile chart of the residuals: skewness {skew}, excess kurtosis {tails}.").format(skew=skew, tails=tails),
        figure=figure,
        table=pd.DataFrame({_("Normal quantile"): normal, _("Standardised residual"): own}),
    )


def _figure(on: Canvas, across: str, up: str) -> go.Figure:
    figure = figure_for(on, _HEIGHT, margin={"l": 46, "r": 12, "t": 26, "b": 40})
    axis = {"showgrid": True, "gridcolor": on.colours.line, "tickfont": {"size": 12}}
    figure.update_xaxes(**axis, title={"text": plain(across), "font": {"size": 12}, "standoff": 4})
    figure.update_yaxes(**axis)
    figure.add_annotation(
        text=plain(up), x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", xshift=-40, yshift=4, showarrow=False,
        font={"size": 12, "color": on.colours.muted},
    )  # fmt: skip
    return figure


def _marks(x: list[float], y: list[float], on: Canvas, opacity: float) -> go.Scatter:
    marker = {"size": 5, "color": see_through(on.colours.ours, opacity), "line": {"width": 0}}
    return go.Scatter(x=x, y=y, mode="markers", marker=marker, hoverinfo="skip")
