"""Pareto chart in rows: causes from most to least, a bar for the share of each and a line for the cumulative share, on one axis."""

from __future__ import annotations

from collections.abc import Callable

from analysis.pareto.estimate_pareto import Pareto, ParetoRow
from charts.kit.description.description import Description
from charts.kit.description.numbers import MUTED, Axis, Form, Reference, Tone, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator

Name = Callable[[str | None], str]


def pareto_bars(found: Pareto, on: Canvas, *, title: str, name: Name, name_header: str, vital_share: float) -> Chart:
    """The causes of one chart; ``name`` gives their titles. The base is our own sum and stands in the caption; leftovers stand last, pale.

    Bars and line share the axis from 0 to 100 %; ``vital_share`` (0-1) is the dashed line the vital few reach.
    """
    _ = translator(on.language)
    rows = found.rows
    base = on.number(found.base, 0)
    measured = _("Weight of the cases") if found.measure == "weight" else _("Cases")
    weight = found.measure == "weight"
    described = Description(
        title=title,
        caption=" ".join(_caption(found, vital_share, on)),
        findings=_("Base: {base} cases, added up here.").format(base=base) if rows else "",
        body=Rows(
            name_header,
            names_of_rows([name(row.cause) for row in rows]),
            (
                Column(_("Cases"), tuple(row.count for row in rows), Form(0), place="table" if weight else "wide"),
                *([Column(measured, tuple(row.amount for row in rows), Form(0), place="wide")] if weight else []),
                Column(
                    _("Share in %"), numbers_of([row.share for row in rows], on.language), Form(percent=True),
                    (_("Lower end"), _("Upper end")), Drawn("bar", tones=tuple(map(_tone, rows)), whiskers=False), "always",
                    texts=tuple(on.percent(row.share.value or 0.0) for row in rows), head="", strong=True,
                ),
                Column(
                    _("Cumulative share in %"), tuple(row.cumulative.value for row in rows), Form(percent=True), place="wide",
                    drawn=Drawn("line", "cumulative", (MUTED,)), head=_("Cumulative"),
                ),
                Column(_("One of the vital few"), tuple(_("yes") if row.vital else "" for row in rows)),
            ),
            references=(Reference(100 * vital_share, on.percent(100 * vital_share, 0)),) if rows else (),
            axis=Axis(ends=(0.0, 103.0)),
            strong_names=False,
        ),
    )  # fmt: skip
    return draw(described, on)


def _tone(row: ParetoRow) -> Tone:
    """The vital few in full colour, leftovers palest."""
    return Tone("line1", 1.0 if row.vital else 0.25 if row.leftover else 0.5)


def _caption(found: Pareto, vital_share: float, on: Canvas) -> list[str]:
    _ = translator(on.language)
    base = on.number(found.base, 0)
    parts = [_("Base: {base} cases, added up here.").format(base=base)]
    if found.reason is None:
        share = on.percent(100 * vital_share, 0)
        parts.append(_("Bars: share of each cause; line: cumulative share; dashed: {share}.").format(share=share))
    if any(row.vital for row in found.rows):
        parts.append(_("Strong bars: the vital few."))
    if any(row.leftover for row in found.rows):
        parts.append(_("Pale at the end: without a named cause."))
    if found.small_base:
        parts.append(_("Few cases: shares are uncertain."))
    return parts
