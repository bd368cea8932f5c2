"""How the answers to each item spread over the grades: one stacked bar an item, from the lowest grade to the highest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.results.estimates import Result
from charts.kit.layout import Canvas, Chart
from charts.kit.palette import blend
from charts.kit.rows import TextColumn, name_width, rows_figure
from charts.kit.words import left_out
from words.language import translator
from words.shown_text import plotly_text as plain


def grade_distribution(shares: Result, rates: Result, on: Canvas, *, codes: Sequence[str] = (), count: int | None = None) -> Chart:
    """Stacked bars of grade shares, items with the lowest satisfaction rate first; at most ``count`` of them.

    ``shares`` holds proportions 0-1 by item and ``grade`` for one group, ``rates`` their satisfaction rates as ``estimate_rates`` gives
    them; an item without a rate stands last. Grades from the scale's satisfied grade on are blue, those
    below grey to red; a reversed item counts from the other end. Items with a hidden base are left out and counted.
    """
    _ = translator(on.language)
    asked = list(codes) or list(dict.fromkeys(e.code for e in shares.estimates))
    known = {code: {float(str(e.keys["grade"])): e for e in shares.estimates if e.code == code and e.value is not None} for code in asked}
    satisfied = {e.code: e.value for e in rates.estimates if e.keys.get("share") == "satisfied" and e.value is not None}
    # Rounding does not order what is equal.
    shown = sorted((code for code in asked if known[code]), key=lambda code: round(satisfied.get(code, 1.0), 9))[:count]
    missing = [next((e for e in shares.estimates if e.code == code), None) for code in asked if not known[code]]
    names = [on.title(code) for code in shown]
    left = [TextColumn("", names, name_width(names, 120 if on.narrow else 250))]
    percent = [on.percent(100 * satisfied[code], 1) if code in satisfied else "" for code in shown]
    figure = rows_figure(len(shown), left, [TextColumn(_("Satisfied"), percent, 76, "right", strong=True)], on)
    figure.update_layout(barmode="stack")
    figure.update_xaxes(range=[0, 1])
    for place in range(max((len(known[code]) for code in shown), default=0)):
        cells = [(row, code, grade) for row, code in enumerate(shown) if (grade := _nth(known[code], code, place, on)) is not None]
        values = [known[code][grade].value or 0.0 for _row, code, grade in cells]
        fills = [_colour(code, grade, on) for _row, code, grade in cells]
        figure.add_trace(
            go.Bar(
                x=values,
                y=[row for row, _code, _grade in cells],
                orientation="h",
                width=0.62,
                marker={"color": fills, "line": {"color": on.colours.surface, "width": 1}},
                textangle=0,
                text=[on.number(100 * value, 0) if value >= (0.17 if on.narrow else 0.06) else "" for value in values],
                textposition="inside",
                insidetextanchor="middle",
                textfont={"color": on.colours.ink, "size": 11},
                hovertext=[
                    f"{plain(on.title(code))}<br>{plain(_grade_text(code, grade, on))}: {on.percent(100 * value, 1)}"
                    for (_row, code, grade), value in zip(cells, values, strict=True)
                ],
                hoverinfo="text",
            )
        )
    told = _("Nothing to show.")
    if shown:
        told = _("Stacked bars of {n} items; the fewest satisfied: {name} ({share}).").format(n=len(shown), name=names[0], share=percent[0])
    return Chart(
        title=_("How the answers spread"),
        caption=" ".join(
            [
                _("Per cent of answers, lowest grade left, highest right; blue counts as satisfied."),
                *left_out(missing, on.language),
            ]
        ),
        alt_text=told,
        figure=figure,
        table=pd.DataFrame(
            [
                {
                    _("Indicator"): on.title(code),
                    _("Grade"): _grade_text(code, grade, on),
                    _("Share (%)"): 100 * (e.value or 0.0),
                    _("Lower end"): None if e.low is None else 100 * e.low,
                    _("Upper end"): None if e.high is None else 100 * e.high,
                    _("Base"): e.n,
                    _("Effective base"): e.n_eff,
                }
                for code in shown
                for grade, e in sorted(known[code].items())
            ]
        ),
    )


def _nth(grades: Iterable[float], code: str, place: int, on: Canvas) -> float | None:
    """The grade at a place from the worst to the best."""
    ordered = sorted(grades, reverse=on.schema.item(code).reversed)
    return ordered[place] if place < len(ordered) else None


def _goodness(code: str, grade: float, on: Canvas) -> float:
    """The grade with a reversed item turned."""
    scale = on.schema.scale_of(code)
    return scale.minimum + scale.maximum - grade if on.schema.item(code).reversed else grade


def _colour(code: str, grade: float, on: Canvas) -> str:
    """Blue for satisfied grades, stronger towards the best; below that from grey to red."""
    scale, value = on.schema.scale_of(code), _goodness(code, grade, on)
    if value >= scale.satisfied_from:
        depth = (value - scale.satisfied_from) / ((scale.maximum - scale.satisfied_from) or 1)
        return blend(on.colours.better, on.colours.surface, 0.45 + 0.3 * depth)
    depth = (scale.satisfied_from - value) / ((scale.satisfied_from - scale.minimum) or 1)
    return blend(blend(on.colours.worse, on.colours.unclear, depth), on.colours.surface, 0.25 + 0.4 * depth)


def _grade_text(code: str, grade: float, on: Canvas) -> str:
    label = next((label for label in on.schema.scale_of(code).labels if label.grade == grade), None)
    return f"{grade:g} {label.text(on.language)}" if label else f"{grade:g}"
