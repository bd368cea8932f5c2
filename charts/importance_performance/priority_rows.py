"""What to improve first, in order: rank, field, both axes and the priority of each question; and the table behind map and order."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.importance_performance.importance_map import ImportanceMap, MapPoint
from analysis.importance_performance.movements import Movement
from charts.importance_performance.map_words import fields_text, first_sentence, short_fields_text
from charts.kit.layout import Canvas, Chart, dots, interval_bars, value_and_margin
from charts.kit.rows import TextColumn, guide, name_width, rows_figure, value_range
from words.language import translator
from words.shown_text import plotly_text as plain


def priority_rows(found: ImportanceMap, on: Canvas, *, moved: Sequence[Movement] = (), competitor: str | None = None) -> Chart:
    """One row a question, most urgent first: its distance from the line of equal priority, with the fields it may lie in.

    The map must have points.
    """
    _ = translator(on.language)
    points = found.points
    names = [on.title(point.code) for point in points]
    colours = [on.colours.worse if point.field == "improve" else on.colours.ours for point in points]
    fields = [short_fields_text(point, on) for point in points]
    left = [
        TextColumn(_("Rank"), [_rank(point) for point in points], 64),
        TextColumn(_("Question"), names, name_width(names, 120 if on.narrow else 230), strong=True),
    ]
    right = [TextColumn(_("Field"), fields, 118 if on.narrow else 190, colours=_inks(points, on))]
    if not on.narrow:
        right += [
            TextColumn(_("Importance"), [value_and_margin(p.importance, on, _decimals(found)) for p in points], 108, "right"),
            TextColumn(_("Performance"), [value_and_margin(p.performance, on) for p in points], 108, "right"),
        ]
        if competitor:
            right.append(
                TextColumn(
                    _("Lead"), ["" if p.lead is None else value_and_margin(p.lead, on, signed=True) for p in points], 104, "right",
                    colours=[on.colours.ink if p.lead is None else on.colours.verdict(p.lead.verdict) for p in points],
                )
            )  # fmt: skip
    figure = rows_figure(len(points), left, right, on, heading=_("Priority"))
    placed = [(float(row), point.priority) for row, point in enumerate(points)]
    figure.update_xaxes(range=value_range([p.priority for p in points], [0.0]))
    guide(figure, 0.0, len(points), on, dashed=False)
    hover = [f"<b>{plain(name)}</b><br>{value_and_margin(p.priority, on, 2, signed=True)}" for name, p in zip(names, points, strict=True)]
    figure.add_traces([interval_bars(placed, colours), dots(placed, colours, hover, on)])
    return Chart(
        title=_("In which order to improve"),
        caption=_(
            "Priority: importance less performance from the cross-hair, in standard deviations of the points; right of the line more "
            "urgent than average. In brackets the ranks that are possible, and the fields a question may lie in."
        ),
        alt_text=first_sentence(found, on),
        figure=figure,
        table=map_table(found, moved, on),
    )


def map_table(found: ImportanceMap, moved: Sequence[Movement], on: Canvas) -> pd.DataFrame:
    """Every figure drawn, most urgent first."""
    _ = translator(on.language)
    points, change = found.points, {each.code: each for each in moved}
    table: dict[str, list[object]] = {
        _("Rank"): [p.rank for p in points],
        _("Question"): [on.title(p.code) for p in points],
        _("Field"): [fields_text(p, on) for p in points],
        _("Possible ranks"): [f"{p.ranks[0]}–{p.ranks[1]}" for p in points],
    }
    for title, axis in ((_("Importance"), "importance"), (_("Performance"), "performance"), (_("Priority"), "priority")):
        table |= {
            title: [getattr(p, axis).value for p in points],
            _("{figure}: lower end").format(figure=title): [getattr(p, axis).low for p in points],
            _("{figure}: upper end").format(figure=title): [getattr(p, axis).high for p in points],
        }
    table[_("Set against")] = [found.levels[p.code] for p in points]
    if any(p.theirs is not None for p in points):
        table[_("Competitor")] = [None if p.theirs is None else p.theirs.value for p in points]
        table[_("Lead")] = [None if p.lead is None else p.lead.value for p in points]
    if moved:
        for title, axis in ((_("Change of importance"), "importance"), (_("Change of performance"), "performance")):
            table[title] = [getattr(change[p.code], axis).value if p.code in change else None for p in points]
    table[_("Base")] = [p.performance.n for p in points]
    return pd.DataFrame(table)


def _rank(point: MapPoint) -> str:
    first, last = point.ranks
    return f"{point.rank}" if first == last else f"{point.rank} ({first}–{last})"


def _inks(points: Sequence[MapPoint], on: Canvas) -> list[str]:
    return [on.colours.worse if p.field == "improve" and p.sure else on.colours.ink if p.sure else on.colours.muted for p in points]


def _decimals(found: ImportanceMap) -> int:
    return 3 if found.importance == "effects" else 1
