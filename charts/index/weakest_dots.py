"""The indicators with the lowest scores and those customers disagree on most."""

from __future__ import annotations

import pandas as pd

from analysis.index.weak_spots import weak_spots
from analysis.results.estimates import Result
from charts.kit.layout import Canvas, Chart, dots, interval_bars, value_and_margin
from charts.kit.rows import TextColumn, guide, name_width, rows_figure, value_range
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain


def weakest_dots(scores: Result, dispersion: Result, on: Canvas, *, weakest: int = 4, disputed: int = 2, narrow: bool = True) -> Chart:
    """The ``weakest`` items of the tree by score and the ``disputed`` ones by standard deviation, lowest score first.

    ``scores`` holds points on 0-100 and ``dispersion`` standard deviations in points, one estimate an item; hidden items are
    left out. Red: the whole interval lies below the index. ``narrow`` fits a card beside others.
    """
    _ = translator(on.language)
    index = scores.find(on.schema.tree.code)
    level = index.value if index is not None else None
    spots = weak_spots(scores, dispersion, on.schema, weakest=weakest, disputed=disputed)
    picked, spreads = [spot.score for spot in spots], [spot.dispersion for spot in spots]
    names = [on.title(e.code) for e in picked]
    notes = [_("disputed") if spot.disputed else "" for spot in spots]
    colours = [on.colours.worse if spot.against_index == "lower" else on.colours.unclear for spot in spots]
    left = [TextColumn("", names, name_width(names, 140 if narrow else 250))]
    muted = [on.colours.muted] * len(picked)
    right = [TextColumn("", notes, 68, "left", muted), TextColumn("", [on.number(e.value or 0.0) for e in picked], 42, "right")]
    figure = rows_figure(len(picked), left, right, on)
    figure.update_layout(margin_t=6, height=(figure.layout.height or 0) - 28)
    figure.update_xaxes(range=value_range(picked, [level] if level is not None else []))
    if level is not None:
        guide(figure, level, len(picked), on)
    placed = [(float(row), e) for row, e in enumerate(picked)]
    hover = [f"<b>{plain(name)}</b><br>{value_and_margin(e, on)}" for name, e in zip(names, picked, strict=True)]
    figure.add_traces([interval_bars(placed, colours), dots(placed, colours, hover, on)])
    told = listed([f"{name} {value_and_margin(e, on)}" for name, e in zip(names, picked, strict=True)], on.language)
    return Chart(
        title=_("Weak spots and disputes"),
        caption=_("Lowest scores, and the widest spread of answers; dashed line: the index."),
        alt_text=_("Lowest or most disputed: {list}.").format(list=told) if picked else _("Nothing to show."),
        figure=figure,
        table=pd.DataFrame(
            {
                _("Indicator"): names,
                _("Value"): [e.value for e in picked],
                _("Lower end"): [e.low for e in picked],
                _("Upper end"): [e.high for e in picked],
                _("Standard deviation"): [e.value if e else None for e in spreads],
                _("Its lower end"): [e.low if e else None for e in spreads],
                _("Its upper end"): [e.high if e else None for e in spreads],
                _("Base"): [e.n for e in picked],
                _("Effective base"): [e.n_eff for e in picked],
            }
        ),
    )
