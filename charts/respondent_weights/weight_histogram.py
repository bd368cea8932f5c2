"""How respondent weights spread: respondents by weight, where 1 is the mean."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from analysis.respondent_weights.weighting_report import WeightSpread
from charts.kit.layout import Canvas, Chart, figure_for
from words.language import translator

_STEPS = (0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
_MOST_BARS = 24
_HEIGHT = 240


def weight_histogram(weights: npt.NDArray[np.float64], spread: WeightSpread, on: Canvas) -> Chart:
    """Bars of respondents by weight. ``weights`` are of mean 1; respondents with a weight of 0 count nowhere and are left out."""
    _ = translator(on.language)
    counted = weights[weights > 0]
    edges = _edges(spread.minimum, spread.maximum)
    counts = np.histogram(counted, edges)[0]
    middles = (edges[:-1] + edges[1:]) / 2
    figure = figure_for(on, _HEIGHT, margin={"l": 8, "r": 8, "t": 26, "b": 46})
    figure.update_xaxes(
        range=[min(edges[0], 0.9) - 0.02, max(edges[-1], 1.1)], title={"text": _("Weight (1 is the mean)"), "standoff": 6}, nticks=8,
        showticklabels=True, showline=True, linecolor=on.colours.line,
    )  # fmt: skip
    figure.update_yaxes(showticklabels=False, range=[0, 1.14 * max(int(counts.max()), 1)])
    figure.add_trace(
        go.Bar(
            x=middles,
            y=counts,
            width=np.diff(edges) * 0.92,
            marker={"color": on.colours.ours, "opacity": 0.8, "cornerradius": 2},
            text=["" if count == 0 or on.narrow else on.number(int(count), 0) for count in counts],
            textposition="outside",
            textangle=0,
            textfont={"size": 11, "color": on.colours.muted},
            cliponaxis=False,
            hovertext=[_bar(low, high, count, on) for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)],
            hoverinfo="text",
        )
    )
    figure.add_vline(x=1, line={"color": on.colours.unclear, "width": 1.5, "dash": "3px,3px"}, layer="below")
    ends = {name: on.number(getattr(spread, name), 2) for name in ("minimum", "median", "maximum")}
    return Chart(
        title=_("Spread of the weights"),
        caption=_("Respondents by weight: from {minimum} to {maximum}, median {median}. Dashed line: the mean, 1.").format(**ends),
        alt_text=_("Histogram of {n} weights from {minimum} to {maximum}, median {median}.").format(n=on.number(spread.n, 0), **ends),
        figure=figure,
        table=pd.DataFrame(
            {_("Weight from"): edges[:-1], _("Weight up to"): edges[1:], _("Respondents"): [int(count) for count in counts]}
        ),
    )


def _edges(low: float, high: float) -> npt.NDArray[np.float64]:
    """Round edges that hold all weights in about 24 bars or fewer."""
    step = next((step for step in _STEPS if (high - low) / step <= _MOST_BARS), (high - low) / _MOST_BARS)
    first = math.floor(low / step + 1e-9)
    count = max(math.ceil(high / step - 1e-9) - first, 1)
    return np.asarray((first + np.arange(count + 1)) * step)


def _bar(low: float, high: float, count: int, on: Canvas) -> str:
    return f"{on.number(low, 2)}–{on.number(high, 2)}: {on.number(int(count), 0)}"
