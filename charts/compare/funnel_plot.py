"""The funnel plot: every group at its base, inside or outside of what chance explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.compare.funnel_limits import ACTION_LEVEL, WARNING_LEVEL, Funnel, FunnelPoint
from analysis.results.estimates import Result
from charts.kit.description.columns import base_columns, question_columns
from charts.kit.description.description import Description, TableColumn
from charts.kit.description.numbers import Axis, Form, Number, Reference, number_of, verdict_tone
from charts.kit.description.planes import Curve, Points, Spot
from charts.kit.description.rows import Column
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.kit.words import left_out, on_questions, unranked, verdict_word
from words.language import translator
from words.lists import listed

_LIMIT_POINTS = 120
#: How strongly the room between two limits is shaded.
_SHADES = {ACTION_LEVEL: 0.10, WARNING_LEVEL: 0.14}
Ends = tuple[tuple[float, float], tuple[float, float]]


def funnel_plot(found: Funnel, on: Canvas, verdicts: Result | None = None) -> Chart:
    """Groups by effective base with the limits of 95 % and 99.8 %; names where there is room, outer ones first.

    Dots have the colours of ``verdicts``, those of the league of the same figure, so that nobody is blue in one and grey in the other;
    without them, those of the funnel itself. A score stands at the base that an interval like its own needs where answers spread as usual.
    Rates are drawn in per cent. Hidden groups are left out and counted; a funnel without limits is an empty chart.
    """
    _ = translator(on.language)
    placed = [point for point in found.points if point.base is not None]
    is_rate = found.measure == "rate"
    title = _("{indicator}: satisfaction rate by base") if is_rate else _("{indicator}: score by base")
    title = title.format(indicator=on.title(found.code))
    if found.reason is not None or found.target is None:
        empty = found.reason.text(on.language) if found.reason else _("Nothing to show.")
        return draw(Description(title, empty, Points(Axis(), Axis(), ()), table=()), on)
    names = [on.value(found.dimension, point.estimate.keys[found.dimension]) for point in placed]
    times = 100.0 if is_rate else 1.0
    ends = _ends(placed, found, times)
    judged = [_verdict(point, found, verdicts) for point in placed]
    described = Description(
        title=title,
        caption=" ".join([*_caption(found, placed, names, times, on), *([_("Colours: the verdicts of the league.")] if verdicts else [])]),
        findings=_findings(placed, names, on),
        body=Points(
            Axis(_("Effective base"), ends[0], numbered=True),
            Axis(_("Satisfaction rate, %") if is_rate else _("Score 0–100"), ends[1], numbered=True),
            tuple(_spot(*each, times, on) for each in zip(placed, names, judged, strict=True)),
            level=(Reference(found.target * times, _("All together"), dashed=False),),
            curves=_limits(found, ends, times, on),
            forms=(Form(0), Form(1, percent=is_rate)),
        ),
        table=_table(found, placed, names, judged if verdicts else [], on),
    )
    return draw(described, on)


def _verdict(point: FunnelPoint, found: Funnel, verdicts: Result | None) -> str | None:
    if verdicts is None:
        return point.estimate.verdict
    judged = verdicts.find(found.code, **{found.dimension: point.estimate.keys[found.dimension]})
    return judged.verdict if judged else None


def _spot(point: FunnelPoint, name: str, verdict: str | None, times: float, on: Canvas) -> Spot:
    """A group at its base; its interval is what the limits show, so it has none of its own."""
    value = number_of(point.estimate, on.language, times=times) or Number(None)
    return Spot(
        name,
        Number(point.base),
        replace(value, low=None, high=None),
        verdict_tone(verdict),
        first=abs(point.z or 0.0),
        note=f"z {on.number(point.z or 0.0, 1, signed=True)}",
    )


def _limits(found: Funnel, ends: Ends, times: float, on: Canvas) -> tuple[Curve, ...]:
    """The lower and the upper limit of both levels, the outer one first, shaded between."""
    bases = np.linspace(0, 1, _LIMIT_POINTS)[1:] ** 2 * ends[0][1]
    curves = []
    for level in (ACTION_LEVEL, WARNING_LEVEL):
        low, high = (np.clip(limit * times, *ends[1]) for limit in found.limits(bases, level))
        xs, dashed = tuple(map(float, bases)), level == WARNING_LEVEL
        curves.append(Curve("", xs, tuple(map(float, low)), dashed, with_next=_SHADES[level]))
        curves.append(Curve(f"{100 * level:g}{on.percent_sign}", xs, tuple(map(float, high)), dashed))
    return tuple(curves)


def _ends(placed: Sequence[FunnelPoint], found: Funnel, times: float) -> Ends:
    """Axis ends: all groups, and of the limits as much as the smaller groups need."""
    bases = np.array([point.base for point in placed])
    values = [(point.estimate.value or 0.0) * times for point in placed]
    low, high = (limit * times for limit in found.limits(np.quantile(bases, [0.25]), ACTION_LEVEL))
    bottom, top = min([*values, float(low[0])]), max([*values, float(high[0])])
    pad = (top - bottom) * 0.07 or 1.0
    return (0.0, float(bases.max()) * 1.08), (bottom - pad, top + pad)


def _caption(found: Funnel, placed: Sequence[FunnelPoint], names: Sequence[str], times: float, on: Canvas) -> list[str]:
    _ = translator(on.language)
    parts = [
        _("Line: all together, {value}. Dashed: 95 % of the groups lie inside by chance; solid: 99.8 %.").format(
            value=on.number((found.target or 0.0) * times)
        )
    ]
    if found.measure == "score":
        parts.append(_("Effective base: the responses of usual spread that a score's interval is worth."))
    if found.widening > 1:
        parts.append(_("The limits are {factor} times as wide as for pure chance.").format(factor=on.number(found.widening)))
    if any(point.estimate.marked for point in placed):
        parts.append(_("Hollow dot: small base, read with care."))
    every, shown = [point.estimate for point in found.points], [point.estimate for point in placed]
    return [*parts, *unranked(every, on.language), *on_questions(shown, names, on.language), *left_out(every, on.language)]


def _findings(placed: Sequence[FunnelPoint], names: Sequence[str], on: Canvas) -> str:
    _ = translator(on.language)
    parts = list[str]()
    for verdict, template in (("higher", _("Above the limits of 99.8 %: {names}.")), ("lower", _("Below the limits of 99.8 %: {names}."))):
        told = [name for name, point in zip(names, placed, strict=True) if point.estimate.verdict == verdict]
        parts += [template.format(names=listed(told, on.language))] if told else []
    return " ".join(parts or [_("All lie within the limits of 99.8 %.")])


def _table(
    found: Funnel, placed: Sequence[FunnelPoint], names: Sequence[str], judged: Sequence[str | None], on: Canvas
) -> tuple[TableColumn, ...]:
    _ = translator(on.language)
    rows = [entry for entry in found.in_points().estimates if entry.keys in [p.estimate.keys for p in placed]]
    limits = found.limits_in_points()
    groups = [limits[str(entry.keys[found.dimension])] for entry in rows]
    where = {"99.8": _("outside 99.8 %"), "95": _("between 95 % and 99.8 %"), None: _("inside")}
    return long_table(
        (
            Column(on.role_title(found.dimension), tuple(names)),
            Column(_("Value"), tuple(entry.value for entry in rows)),
            Column(_("Limit 99.8 %, lower"), tuple(group["99.8"][0] for group in groups)),
            Column(_("Limit 95 %, lower"), tuple(group["95"][0] for group in groups)),
            Column(_("Limit 95 %, upper"), tuple(group["95"][1] for group in groups)),
            Column(_("Limit 99.8 %, upper"), tuple(group["99.8"][1] for group in groups)),
            Column(_("Distance z"), tuple(point.z for point in placed)),
            Column(_("Place"), tuple(where[point.outside] for point in placed)),
            *([Column(_("Against the rest"), tuple(verdict_word(verdict, on.language) for verdict in judged))] if judged else []),
            *base_columns(rows, on.language),
            *question_columns(rows, on.language),
        )
    )
