"""Draws how often a measure lies in each class."""

from __future__ import annotations

from charts.kit.description.planes import Bins
from charts.kit.layout import Canvas, figure_for
from charts.kit.plain_figure import PlainFigure, bar
from charts.kit.rows import text_width
from charts.kit.tones import tone_colour
from words.shown_text import plotly_text as plain

_MARGIN = {"l": 8, "r": 8, "t": 26, "b": 46}


def draw_bins(bins: Bins, on: Canvas) -> PlainFigure:
    """Bars with their counts where they have room, and lines of reference."""
    figure = figure_for(on, bins.height, margin=_MARGIN)
    low, high = bins.axis.ends or (bins.edges[0], bins.edges[-1])
    figure.update_xaxes(
        range=[low, high], title={"text": plain(bins.axis.name), "standoff": 6}, nticks=8 if not on.narrow else 5, showticklabels=True,
        showline=True, linecolor=on.colours.line,
    )  # fmt: skip
    figure.update_yaxes(showticklabels=False, range=[0, 1.14 * max(*bins.counts, 1)])
    widths = [after - before for before, after in zip(bins.edges, bins.edges[1:], strict=False)]
    pixels = (on.room - _MARGIN["l"] - _MARGIN["r"]) / ((high - low) or 1.0)
    texts = [on.number(count, 0) if count else "" for count in bins.counts]
    number = bins.form.decimals
    figure.add_trace(
        bar(
            x=[edge + width / 2 for edge, width in zip(bins.edges, widths, strict=False)],
            y=list(bins.counts),
            width=[0.92 * width for width in widths],
            marker={"color": tone_colour(bins.tone, on.colours), "opacity": 0.8, "cornerradius": 2},
            text=[text if text_width(text, 11) <= width * pixels else "" for text, width in zip(texts, widths, strict=True)],
            textposition="outside",
            textangle=0,
            textfont={"size": 11, "color": on.colours.muted},
            cliponaxis=False,
            hovertext=[
                f"{on.number(before, number)}–{on.number(after, number)}: {on.number(count, 0)}"
                for before, after, count in zip(bins.edges, bins.edges[1:], bins.counts, strict=False)
            ],
            hoverinfo="text",
        )
    )
    for reference in bins.references:
        pen = {"color": on.colours.unclear, "width": 1.5, "dash": "3px,3px" if reference.dashed else "solid"}
        figure.add_upright(reference.at, line=pen, layer="below")
    return figure
