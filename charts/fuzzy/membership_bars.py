"""Memberships of a fuzzy evaluation: one stacked bar a row, five grades from the worst left to the best right, grade and score beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from analysis.fuzzy.fuzzy_evaluation import FuzzyNode, grade_name
from analysis.fuzzy.fuzzy_memberships import GRADES
from charts.kit.layout import Canvas, Chart, value_and_margin
from charts.kit.palette import blend
from charts.kit.rows import TextColumn, name_width, rows_figure
from charts.kit.words import left_out, on_questions, question_column
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain


@dataclass(frozen=True)
class MembershipRow:
    """One row: its name, its evaluation, and its indicator weight among the rows where they are children of one node."""

    name: str
    node: FuzzyNode
    weight: float | None = None


def membership_bars(rows: Sequence[MembershipRow], on: Canvas, *, title: str, name_header: str) -> Chart:
    """Rows in the order given. Hidden rows are left out and counted; a tie is marked and named. The table is the matrix of memberships."""
    _ = translator(on.language)
    shown = [row for row in rows if row.node.memberships]
    names = [row.name for row in shown]
    scores = [on.number(row.node.score.value or 0.0) if on.narrow else value_and_margin(row.node.score, on, 2) for row in shown]
    right = [TextColumn(_("Grade score"), scores, 76 if on.narrow else 118, "right", strong=True)]
    if not on.narrow:
        reached = [_reached(row.node, on) for row in shown]
        right.insert(0, TextColumn(_("Grade reached"), reached, max(name_width(reached, 260), 120)))
    left = [TextColumn(name_header, names, name_width(names, 120 if on.narrow else 250))]
    figure = rows_figure(len(shown), left, right, on)
    figure.update_layout(barmode="stack")
    figure.update_xaxes(range=[0, 1])
    for place in reversed(range(GRADES)):
        figure.add_trace(_grade_bar(shown, place, on))
    told = _("Nothing to show.")
    if shown:
        list_of = listed([f"{row.name}: {_reached(row.node, on)}, {score}" for row, score in zip(shown, scores, strict=True)], on.language)
        told = _("Stacked bars of memberships in five grades. {list}.").format(list=list_of)
    legend = listed([grade_name(on.schema, place, on.language) for place in reversed(range(GRADES))], on.language)
    return Chart(
        title=title,
        caption=" ".join(
            [
                _("Memberships in per cent, left to right: {grades}.").format(grades=legend),
                *([_("≈: the two largest are within 0.05.")] if any(row.node.tie is not None for row in shown) else []),
                *([_("Small bases are among them, read with care.")] if any(row.node.score.marked for row in shown) else []),
                *on_questions([row.node.score for row in shown], names, on.language),
                *left_out([row.node.score for row in rows], on.language),
            ]
        ),
        alt_text=told,
        figure=figure,
        table=_matrix(shown, name_header, on),
    )


def _grade_bar(rows: Sequence[MembershipRow], place: int, on: Canvas) -> go.Bar:
    name = plain(grade_name(on.schema, place, on.language))
    values = [row.node.memberships[place].value or 0.0 for row in rows]
    return go.Bar(
        x=values,
        y=list(range(len(rows))),
        orientation="h",
        width=0.62,
        marker={"color": _colour(place, on), "line": {"color": on.colours.surface, "width": 1}},
        text=[on.number(100 * value, 0) if value >= (0.1 if on.narrow else 0.06) else "" for value in values],
        textposition="inside",
        textangle=0,
        insidetextanchor="middle",
        textfont={"color": on.colours.ink, "size": 11},
        hovertext=[f"{plain(row.name)}<br>{name}: {value_and_margin(row.node.memberships[place], on, 3)}" for row in rows],
        hoverinfo="text",
    )


def _colour(place: int, on: Canvas) -> str:
    """Blue for the two satisfied grades, grey in the middle, red for the dissatisfied ones; the ends stronger."""
    colours = on.colours
    base = (colours.better, colours.better, colours.unclear, colours.worse, colours.worse)[place]
    return blend(base, colours.surface, (0.75, 0.45, 0.45, 0.45, 0.75)[place])


def _reached(node: FuzzyNode, on: Canvas) -> str:
    places = [place for place in (node.grade, node.tie) if place is not None]
    return " ≈ ".join(grade_name(on.schema, place, on.language) for place in places)


def _matrix(rows: Sequence[MembershipRow], name_header: str, on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    table: dict[str, list[object]] = {name_header: [row.name for row in rows]}
    if any(row.weight is not None for row in rows):
        table[_("Indicator weight")] = [row.weight for row in rows]
    for place in range(GRADES):
        table[grade_name(on.schema, place, on.language)] = [row.node.memberships[place].value for row in rows]
    table |= {
        _("Grade reached"): [_reached(row.node, on) for row in rows],
        _("Grade score"): [row.node.score.value for row in rows],
        _("Lower end"): [row.node.score.low for row in rows],
        _("Upper end"): [row.node.score.high for row in rows],
        _("Base"): [row.node.score.n for row in rows],
        _("Effective base"): [row.node.score.n_eff for row in rows],
    }
    return pd.DataFrame(table).assign(**question_column([row.node.score for row in rows], on.language))
