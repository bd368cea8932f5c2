"""The scree plot with parallel analysis: eigenvalues of the questions against those of unrelated answers."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analysis.measurement.factor_number import FactorNumber
from charts.kit.layout import Canvas, Chart, figure_for
from words.language import translator
from words.shown_text import plotly_text as plain


def scree_plot(number: FactorNumber, on: Canvas) -> Chart:
    """Eigenvalues in order; those above the random line are counted as factors and drawn in our colour."""
    _ = translator(on.language)
    values, random = list(number.eigenvalues), list(number.random_eigenvalues)
    places = list(range(1, len(values) + 1))
    kept = number.by_parallel_analysis
    figure = figure_for(on, 300, margin={"l": 42, "r": 12, "t": 12, "b": 40})
    figure.update_xaxes(
        title={"text": plain(_("Factor")), "font": {"size": 12}},
        range=[0.5, len(values) + 0.5],
        dtick=1 if len(values) <= 12 and not on.narrow else 5,
        tick0=0 if len(values) > 12 or on.narrow else 1,
        tickfont={"size": 12},
    )
    figure.update_yaxes(range=[0, max(values) * 1.12], showgrid=True, gridcolor=on.colours.line, tickfont={"size": 12}, nticks=6)
    figure.add_shape(type="line", x0=0.5, x1=len(values) + 0.5, y0=1, y1=1, line={"color": on.colours.line, "width": 1.5})
    figure.add_trace(
        go.Scatter(x=places, y=random, mode="lines", line={"color": on.colours.unclear, "width": 2, "dash": "dash"}, hoverinfo="skip")
    )
    colours = [on.colours.ours if place <= kept else on.colours.unclear for place in places]
    hover = [
        f"{plain(_('Factor'))} {p}: {on.number(v, 2)} ({plain(_('random'))} {on.number(r, 2)})"
        for p, v, r in zip(places, values, random, strict=True)
    ]
    figure.add_trace(
        go.Scatter(
            x=places,
            y=values,
            mode="lines+markers",
            line={"color": on.colours.muted, "width": 1.5},
            marker={"size": 9, "color": colours, "opacity": 1},
            hovertext=hover,
            hoverinfo="text",
        )
    )
    label = {"showarrow": False, "xanchor": "right", "font": {"size": 12, "color": on.colours.muted}}
    last = len(values) + 0.45
    figure.add_annotation(x=last, y=random[0], yshift=10, text=plain(_("random answers (95th percentile)")), **label)
    ours = {"showarrow": False, "xanchor": "left", "xshift": 12, "font": {"size": 12, "color": on.colours.ours}}
    figure.add_annotation(x=1, y=values[0], text=f"<b>{plain(_('answers of this survey'))}</b>", **ours)
    return Chart(
        title=_("How many factors? Parallel analysis keeps {count}").format(count=kept),
        caption=_(
            "Eigenvalues above the dashed line are more than chance; {kaiser} are above 1 (Kaiser's rule, which keeps too many)."
        ).format(kaiser=number.by_eigenvalue_above_one),
        alt_text=_("Scree plot of {count} eigenvalues, the largest {largest}; {kept} exceed those of random answers.").format(
            count=len(values), largest=on.number(values[0], 2), kept=kept
        ),
        figure=figure,
        table=pd.DataFrame(
            {
                _("Factor"): places,
                _("Eigenvalue"): values,
                _("Random answers"): random,
                _("More than chance"): [_("yes") if place <= kept else _("no") for place in places],
            }
        ),
    )
