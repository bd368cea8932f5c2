"""Where points are lost: one row an item or place, the share of its points that were lost with its interval, and how the rows add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.inspections.lost_shares import LostShare
from analysis.results.provenance import Provenance
from charts.kit.layout import Canvas, Chart, confidence_text, value_and_margin
from charts.kit.rows import TextColumn, value_range
from charts.kit.unit_rows import unit_rows
from words.language import translator
from words.lists import listed

MOST_ROWS = 20


@dataclass(frozen=True)
class LostRow:
    """One row with its name."""

    name: str
    lost: LostShare


def lost_points(rows: Sequence[LostRow], on: Canvas, *, how: Provenance, title: str, name_header: str) -> Chart:
    """Rows in the order given, which is from most to least points lost; those that lost nothing are named below. All are in the table.

    ``how`` says at which level the intervals are.
    """
    _ = translator(on.language)
    losing = [row for row in rows if row.lost.points.lost > 0]
    drawn = losing[:MOST_ROWS]
    estimates = [row.lost.lost_percent for row in drawn]
    right = [TextColumn(_("Lost, points"), [_of_points(row.lost, on) for row in drawn], 104 if on.narrow else 120, "right", strong=True)]
    if not on.narrow:
        muted = [on.colours.muted] * len(drawn)
        right += [
            TextColumn(_("Share of all lost"), [on.percent(row.lost.share or 0.0) for row in drawn], 128, "right", muted),
            TextColumn(_("Cumulative"), [on.percent(row.lost.cumulative or 0.0) for row in drawn], 100, "right", muted),
            TextColumn(_("Visits"), [on.number(row.lost.points.visits, 0) for row in drawn], 70, "right", muted),
        ]
    figure = unit_rows(
        [row.name for row in drawn], estimates, [on.colours.worse] * len(drawn), right, on, heading=_("Lost, % of the points available"),
        ends=value_range(estimates, [0.0]), text=lambda e: f"{value_and_margin(e, on)}{on.percent_sign}",
        most_name=130 if on.narrow else 290,
    )  # fmt: skip
    return Chart(
        title=title,
        caption=" ".join(_caption(rows, len(losing), how, on)),
        alt_text=" ".join(_spoken(row, on) for row in drawn) or _("Nothing was lost."),
        figure=figure,
        table=_table(rows, name_header, on),
    )


def _caption(rows: Sequence[LostRow], losing: int, how: Provenance, on: Canvas) -> list[str]:
    _ = translator(on.language)
    order = _("Most points lost first; bars are {level}% intervals over visits, where there are two or more.")
    told = [order.format(level=confidence_text(how, on))] if losing else []
    if any(row.lost.lost_percent.marked for row in rows[:MOST_ROWS]):
        told.append(_("Hollow dot: fewer than five visits, read with care."))
    if losing > MOST_ROWS:
        told.append(_("The first {count} of {total} rows; the table has all.").format(count=MOST_ROWS, total=losing))
    if rest := [row.name for row in rows if row.lost.points.lost <= 0]:
        named = listed(rest[:MOST_ROWS], on.language)
        told.append(_("Nothing lost: {names}.").format(names=named))
    return told


def _of_points(row: LostShare, on: Canvas) -> str:
    lost, there = (on.number(points, 0 if points == round(points) else 1) for points in (row.points.lost, row.points.available))
    return f"{lost} / {there}"


def _spoken(row: LostRow, on: Canvas) -> str:
    _ = translator(on.language)
    return _("{name}: lost {points}, {share} % of all lost.").format(
        name=row.name, points=_of_points(row.lost, on), share=on.number(row.lost.share or 0.0)
    )


def _table(rows: Sequence[LostRow], name_header: str, on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    return pd.DataFrame(
        {
            name_header: [row.name for row in rows],
            _("Lost, %"): [row.lost.lost_percent.value for row in rows],
            _("Lower end"): [row.lost.lost_percent.low for row in rows],
            _("Upper end"): [row.lost.lost_percent.high for row in rows],
            _("Points lost"): [row.lost.points.lost for row in rows],
            _("Points available"): [row.lost.points.available for row in rows],
            _("Share of all lost, %"): [row.lost.share for row in rows],
            _("Cumulative, %"): [row.lost.cumulative for row in rows],
            _("Visits"): [row.lost.points.visits for row in rows],
        }
    )
