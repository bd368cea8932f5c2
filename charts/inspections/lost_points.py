"""Where points are lost: one row an item or place, the share of its points that were lost with its interval, and how the rows add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.inspections.lost_shares import LostShare
from analysis.results.provenance import Provenance
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, WORSE, Axis, Form, numbers_of
from charts.kit.description.rows import Column, Drawn, Row, Rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, confidence_text
from words.language import translator
from words.lists import listed

MOST_ROWS = 20
#: Rows told in a sentence each; more are read out with their figures.
_TOLD = 3


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
    losing = sum(1 for row in rows if row.lost.points.lost > 0)
    kept = [Row(row.name, "always" if place < min(losing, MOST_ROWS) else "table") for place, row in enumerate(rows)]
    points = tuple(_of_points(row.lost, on) for row in rows)
    lost = [row.lost for row in rows]
    described = Description(
        title=title,
        caption=" ".join(_caption(rows, losing, how, on)),
        findings=" ".join(_spoken(row, on) for row in rows[: min(losing, _TOLD)]) or _("Nothing was lost."),
        body=Rows(
            name_header,
            tuple(kept),
            (
                Column(
                    _("Lost, %"), numbers_of([row.lost_percent for row in lost], on.language), Form(percent=True),
                    (_("Lower end"), _("Upper end")), Drawn("dot", tones=(WORSE,)),
                ),
                Column(_("Lost, points"), points, place="always", tones=(INK,), strong=True, in_table=False),
                Column(_("Points lost"), tuple(row.points.lost for row in lost)),
                Column(_("Points available"), tuple(row.points.available for row in lost)),
                Column(
                    _("Share of all lost, %"), tuple(row.share for row in lost), Form(percent=True), place="wide",
                    head=_("Share of all lost"),
                ),
                Column(
                    _("Cumulative, %"), tuple(row.cumulative for row in lost), Form(percent=True), place="wide", head=_("Cumulative")
                ),
                Column(_("Visits"), tuple(row.points.visits for row in lost), Form(0), place="wide"),
            ),
            heading=_("Lost, % of the points available"),
            axis=Axis(holds=(0.0,)),
        ),
    )  # fmt: skip
    return draw(described, on)


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
