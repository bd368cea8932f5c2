"""Does a driver hurt when it is bad, please when it is good, or both: penalties to the left, rewards to the right of zero."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.drivers.penalty_reward import Contrast, PenaltyReward
from analysis.results.estimates import Estimate
from analysis.results.interval_verdict import interval_verdict
from charts.kit.layout import Canvas, Chart, value_and_margin
from charts.kit.palette import blend
from charts.kit.rows import TextColumn, guide, name_width, rows_figure, value_range
from words.language import Language, translator
from words.lists import listed
from words.shown_text import plotly_text as plain


def kind_word(kind: str, language: Language) -> str:
    """What kind of factor a driver is, in a word."""
    _ = translator(language)
    words = {
        "basic": _("basic"), "performance": _("performance"), "excitement": _("excitement"), "none": _("no effect shown"),
        "unclear": _("not clear"),
    }  # fmt: skip
    return words.get(kind, kind)


def penalty_reward_chart(found: PenaltyReward, on: Canvas) -> Chart:
    """One row a driver, largest effect first: points of the outcome lost by the lowest grades and won by the highest.

    Bars whose interval holds zero are grey. The analysis must be estimable.
    """
    _ = translator(on.language)
    rows = sorted(found.contrasts, key=_size, reverse=True)
    names = [on.title(row.driver) for row in rows]
    kinds = [kind_word(row.kind, on.language) for row in rows]
    muted = [on.colours.muted] * len(rows)
    strong = [on.colours.muted if row.kind in ("none", "unclear") else on.colours.ink for row in rows]
    right = [TextColumn(_("Kind"), kinds, name_width(kinds, 130), colours=strong, strong=True)]
    if not on.narrow:
        right = [
            TextColumn(_("Penalty"), [value_and_margin(row.penalty, on, signed=True) for row in rows], 96, "right", muted),
            TextColumn(_("Reward"), [value_and_margin(row.reward, on, signed=True) for row in rows], 96, "right", muted),
            *right,
        ]
    left = [TextColumn(_("Driver"), names, name_width(names, 110 if on.narrow else 250), strong=True)]
    heading = _("Points") if on.narrow else _("Points of the outcome")
    figure = rows_figure(len(rows), left, right, on, heading=heading)
    figure.update_xaxes(range=value_range([e for row in rows for e in (row.penalty, row.reward)], [0.0]))
    guide(figure, 0.0, len(rows), on, dashed=False)
    for which, colour in (("penalty", on.colours.worse), ("reward", on.colours.better)):
        _bars(figure, [(at, getattr(row, which)) for at, row in enumerate(rows)], names, colour, on)
    return Chart(
        title=_("What hurts when it is bad, what pleases when it is good"),
        caption=_(
            "Left: points lost by the lowest grades; right: points won by the highest, against the grades between. Basic: hurts more than "
            "it pleases; excitement: the reverse; performance: both alike. Grey: zero cannot be ruled out."
        ),
        alt_text=_("Bar chart of penalties and rewards of {n} drivers: {list}.").format(
            n=len(rows), list=listed([f"{name} {kind}" for name, kind in zip(names, kinds, strict=True)], on.language)
        ),
        figure=figure,
        table=_table(rows, names, kinds, on),
    )


def _size(row: Contrast) -> float:
    return max(abs(row.penalty.value or 0.0), abs(row.reward.value or 0.0))


def _bars(figure: go.Figure, placed: Sequence[tuple[int, Estimate]], names: Sequence[str], colour: str, on: Canvas) -> None:
    drawn = [(at, e) for at, e in placed if e.value is not None]
    colours = [on.colours.unclear if interval_verdict(e) == "unclear" else colour for _at, e in drawn]
    figure.add_trace(
        go.Bar(
            x=[e.value for _at, e in drawn],
            y=[at for at, _e in drawn],
            orientation="h",
            width=0.46,
            hovertext=[f"<b>{plain(names[at])}</b><br>{value_and_margin(e, on, signed=True)}" for at, e in drawn],
            hoverinfo="text",
            marker={"color": [blend(c, on.colours.surface, 0.62) for c in colours], "cornerradius": 2},
        )
    )
    for (at, e), line in zip(drawn, colours, strict=True):
        if e.low is not None and e.high is not None:
            figure.add_trace(go.Scatter(x=[e.low, e.high], y=[at, at], mode="lines", line={"color": line, "width": 2}, hoverinfo="skip"))


def _table(rows: Sequence[Contrast], names: Sequence[str], kinds: Sequence[str], on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    return pd.DataFrame(
        {
            _("Driver"): list(names),
            _("Penalty"): [row.penalty.value for row in rows],
            _("Penalty: lower end"): [row.penalty.low for row in rows],
            _("Penalty: upper end"): [row.penalty.high for row in rows],
            _("Reward"): [row.reward.value for row in rows],
            _("Reward: lower end"): [row.reward.low for row in rows],
            _("Reward: upper end"): [row.reward.high for row in rows],
            _("Kind"): list(kinds),
            _("Lowest grades: answers"): [row.lowest_n for row in rows],
            _("Highest grades: answers"): [row.highest_n for row in rows],
        }
    )
