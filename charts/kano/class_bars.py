"""Kano's classes of features: one stacked bar a feature, from must-be to questionable, with its class and how clear it is beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.kano.beside_penalty_reward import BothClasses
from analysis.kano.estimate_kano import KanoFeature
from analysis.kano.evaluation_table import CLASSES, KanoClass
from analysis.kano.sentence import class_name
from charts.kit.layout import Canvas, Chart, value_and_margin
from charts.kit.palette import blend
from charts.kit.rows import TextColumn, name_width, rows_figure
from charts.kit.words import left_out
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain


def class_bars(features: Sequence[KanoFeature], on: Canvas, *, titles: Mapping[str, str], both: Sequence[BothClasses] = ()) -> Chart:
    """Features of one group, those of one class together, the clearest first. Hidden ones are left out and counted."""
    _ = translator(on.language)
    rows = sorted(
        (each for each in features if each.kind is not None),
        key=lambda each: (CLASSES.index(each.kind or "Q"), -(each.strength.value or 0.0)),
    )
    names = [titles[each.code] for each in rows]
    kinds = [candidates_text(each, on) for each in rows]
    inks = [on.colours.muted if each.ambiguous is not False else on.colours.ink for each in rows]
    right = [TextColumn(_("Class"), kinds, 104 if on.narrow else max(name_width(kinds, 210), 130), colours=inks, strong=True)]
    if not on.narrow:
        strengths = [value_and_margin(each.strength, on) for each in rows]
        right.append(TextColumn(_("Ahead by"), strengths, 104, "right", [on.colours.muted] * len(rows)))
        beside = {each.feature.code: each for each in both}
        if beside:
            found = [_by_contrast(beside.get(each.code), on) for each in rows]
            colours = [on.colours.worse if (one := beside.get(each.code)) and one.agree is False else on.colours.muted for each in rows]
            right.append(TextColumn(_("By penalty and reward"), found, 168, colours=colours))
    left = [TextColumn(_("Feature"), names, name_width(names, 120 if on.narrow else 240), strong=True)]
    figure = rows_figure(len(rows), left, right, on)
    figure.update_layout(barmode="stack")
    figure.update_xaxes(range=[0, 100])
    for name in CLASSES:
        figure.add_trace(_bar(rows, names, name, on))
    legend = listed([class_name(name, on.language) for name in CLASSES], on.language)
    told = [
        _("Share of respondents by class in per cent, left to right: {classes}.").format(classes=legend),
        _("Ahead by: the first class less the second, points; ≈: the two cannot be told apart."),
        *([_("Small bases are among them, read with care.")] if any(each.strength.marked for each in rows) else []),
        *left_out([each.strength for each in features], on.language),
    ]
    return Chart(
        title=_("What each feature is to customers"),
        caption=(" " if on.language == "en" else "").join(told),
        alt_text=_("Stacked bars of Kano’s classes. {list}.").format(
            list=listed([f"{name}: {kind}" for name, kind in zip(names, kinds, strict=True)], on.language)
        ),
        figure=figure,
        table=_table(rows, names, kinds, on),
    )


def candidates_text(feature: KanoFeature, on: Canvas) -> str:
    """Its class, and the next one where the two cannot be told apart."""
    return " ≈ ".join(class_name(name, on.language) for name in feature.candidates)


def class_colour(name: KanoClass, on: Canvas) -> str:
    """Red hurts where it is missing, blue delights, our colour does both, grey neither."""
    colours = on.colours
    base = {"M": colours.worse, "O": colours.ours, "A": colours.better, "I": colours.unclear, "R": colours.lines[3], "Q": colours.line}
    return blend(base[name], colours.surface, 0.62)


def _bar(rows: Sequence[KanoFeature], names: Sequence[str], name: KanoClass, on: Canvas) -> go.Bar:
    values = [each.shares[name].value or 0.0 for each in rows]
    title = plain(class_name(name, on.language))
    return go.Bar(
        x=values,
        y=list(range(len(rows))),
        orientation="h",
        width=0.62,
        marker={"color": class_colour(name, on), "line": {"color": on.colours.surface, "width": 1}},
        text=[on.number(value, 0) if value >= (12 if on.narrow else 6) else "" for value in values],
        textposition="inside",
        textangle=0,
        insidetextanchor="middle",
        textfont={"color": on.colours.ink, "size": 11},
        hovertext=[f"<b>{plain(n)}</b><br>{title} {value_and_margin(each.shares[name], on)}" for n, each in zip(names, rows, strict=True)],
        hoverinfo="text",
    )


def _by_contrast(both: BothClasses | None, on: Canvas) -> str:
    _ = translator(on.language)
    if both is None:
        return ""
    return class_name(both.from_contrast, on.language) if both.from_contrast else _("not clear")


def _table(rows: Sequence[KanoFeature], names: Sequence[str], kinds: Sequence[str], on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    table: dict[str, list[object]] = {_("Feature"): list(names), _("Class"): list(kinds)}
    for name in CLASSES:
        table[class_name(name, on.language)] = [each.shares[name].value for each in rows]
    for title, entries in (
        (_("Ahead by"), [each.strength for each in rows]),
        (_("Total strength"), [each.total_strength for each in rows]),
    ):
        table |= {
            title: [entry.value for entry in entries],
            _("{figure}: lower end").format(figure=title): [entry.low for entry in entries],
            _("{figure}: upper end").format(figure=title): [entry.high for entry in entries],
        }
    table["p"] = [each.strength.p_adjusted for each in rows]
    table[_("Base")] = [each.strength.n for each in rows]
    return pd.DataFrame(table)
