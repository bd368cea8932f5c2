"""The indicators with the lowest scores and those customers disagree on most."""

from __future__ import annotations

import pandas as pd

from analysis.results.estimates import Result
from charts.kit.layout import Canvas, Chart, dots, interval_bars, value_and_margin
from charts.kit.rows import TextColumn, guide, name_width, rows_figure, value_range
from charts.kit.words import listed
from words.language import translator
from words.shown_text import plotly_text as plain


def weakest_dots(scores: Result, dispersion: Result, on: Canvas, *, weakest: int = 4, disputed: int = 2, narrow: bool = True) -> Chart:
    """The ``weakest`` items of the tree by score and the ``disputed`` ones by standard deviation, lowest score first.

    ``scores`` holds points on 0-100 and ``dispersion`` standard deviations in points, one estimate an item; hidden items are
    left out. Red: the whole interval lies below the index. ``narrow`` fits a card beside others.
    """
    _ = translator(on.language)
    index = scores.find(on.schema.tree.code)
    level = index.value if index is not None else None
    spread = {e.code: e for e in dispersion.estimates if e.value is not None}
    items = set(on.schema.tree.items())
    known = sorted((e for e in scores.estimates if e.code in items and e.value is not None), key=lambda e: e.value or 0.0)
    most = sorted((e for e in known if e.code in spread), key=lambda e: -(spread[e.code].value or 0.0))[:disputed]
    picked = known[:weakest]
    picked += [e for e in most if e not in picked]
    picked.sort(key=lambda e: e.value or 0.0)
    names = [on.title(e.code) for e in picked]
    notes = [_("disputed") if e in most else "" for e in picked]
    colours = [on.colours.worse if level is not None and e.high is not None and e.high < level else on.colours.unclear for e in picked]
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
                _("Standard deviation"): [spread[e.code].value if e.code in spread else None for e in picked],
                _("Its lower end"): [spread[e.code].low if e.code in spread else None for e in picked],
                _("Its upper end"): [spread[e.code].high if e.code in spread else None for e in picked],
                _("Base"): [e.n for e in picked],
                _("Effective base"): [e.n_eff for e in picked],
            }
        ),
    )
