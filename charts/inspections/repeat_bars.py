"""What halls lose again and again: a bar an item and hall, how many points were lost at the last visits."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.inspections.repeat_offenders import RepeatOffender
from charts.kit.layout import Canvas, Chart
from charts.kit.rows import TextColumn, name_width, rows_figure
from words.language import translator
from words.shown_text import plotly_text as plain

MOST_ROWS = 15


def repeat_bars(repeats: Sequence[RepeatOffender], on: Canvas) -> Chart:
    """Rows in the order given, which is from most to least points lost; those lost at every visit are strong. The table has all rows."""
    _ = translator(on.language)
    drawn = repeats[:MOST_ROWS]
    names = [f"{each.hall} · {on.title(each.item)}" for each in drawn]
    times = [_("{times} of {visits}").format(times=each.times, visits=each.visits) for each in drawn]
    right = [TextColumn(_("Visits"), times, 104 if on.narrow else 110, "right", strong=True)]
    if not on.narrow:
        right.insert(0, TextColumn(_("Lost, points"), [_points(each, on) for each in drawn], 120, "right"))
    left = [TextColumn("", names, name_width(names, 170 if on.narrow else 330), strong=True)]
    figure = rows_figure(len(drawn), left, right, on, heading="" if on.narrow else _("Points lost at the last visits"))
    figure.update_xaxes(range=[0, max((each.lost for each in drawn), default=1.0) * 1.04])
    figure.add_trace(
        go.Bar(
            x=[each.lost for each in drawn],
            y=list(range(len(drawn))),
            orientation="h",
            width=0.46,
            marker={"color": [on.colours.worse if each.every else on.colours.unclear for each in drawn], "cornerradius": 2},
            hovertext=[f"<b>{plain(name)}</b><br>{plain(_points(each, on))}" for name, each in zip(names, drawn, strict=True)],
            hoverinfo="text",
        )
    )
    more = [_("The first {count} of {total} rows; the table has all.").format(count=MOST_ROWS, total=len(repeats))]
    return Chart(
        title=_("What is lost again and again?"),
        caption=" ".join([_("Red: lost at every one of the last visits."), *(more if len(repeats) > MOST_ROWS else [])]),
        alt_text=" ".join(f"{name}: {text}." for name, text in zip(names, times, strict=True)) or _("Nothing to show."),
        figure=figure,
        table=pd.DataFrame(
            {
                _("Hall"): [each.hall for each in repeats],
                _("Branch"): [on.value("branch", each.branch) for each in repeats],
                _("Checklist item"): [on.title(each.item) for each in repeats],
                _("Times lost"): [each.times for each in repeats],
                _("Visits"): [each.visits for each in repeats],
                _("Points lost"): [each.lost for each in repeats],
                _("Points available"): [each.available for each in repeats],
            }
        ),
    )


def _points(each: RepeatOffender, on: Canvas) -> str:
    lost, there = (on.number(points, 0 if points == round(points) else 1) for points in (each.lost, each.available))
    return f"{lost} / {there}"
