"""How respondents asked in two waves moved between the classes of an axis: a Sankey diagram."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from analysis.tiers.tiers import UNKNOWN, MovesShown
from charts.kit.description.description import Description
from charts.kit.description.grid import Diagram
from charts.kit.description.rows import Column
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, figure_for
from charts.kit.palette import see_through
from charts.kit.plain_figure import PlainFigure, sankey
from charts.kit.words import hidden_sentence
from charts.tiers.tier_cells import without_brackets
from survey_schema.tier_rules import TierAxis
from words.language import translator
from words.shown_text import plotly_text as plain


def tier_flow(found: MovesShown, axis: TierAxis, on: Canvas, *, before: str, after: str) -> Chart:
    """The moves of ``axis`` from the wave ``before`` to ``after`` (names as shown). Hidden moves are left out and counted."""
    _ = translator(on.language)
    titles = {tier_class.code: tier_class.title.text(on.language) for tier_class in axis.in_order} | {UNKNOWN: _("unknown")}
    shown = found.moves
    sentence = _("Of {total} respondents asked in both waves, {stayed} stayed in their class.").format(
        total=on.number(found.total, 0), stayed=on.number(found.stayed, 0)
    )
    described = Description(
        title=_("{axis}: who moved from {before} to {after}?").format(axis=axis.title.text(on.language), before=before, after=after),
        caption=" ".join([sentence, *hidden_sentence(found.hidden, on.language)]),
        body=Diagram("flow", partial(_figure, found, titles, before, after)),
        findings=sentence,
        table=long_table(
            (
                Column(before, tuple(titles[move.before] for move in shown)),
                Column(f"→ {after}", tuple(titles[move.after] for move in shown)),
                Column(_("Respondents"), tuple(move.respondents for move in shown)),
            )
        ),
    )
    return draw(described, on)


def _figure(found: MovesShown, titles: Mapping[str, str], before: str, after: str, on: Canvas) -> PlainFigure:
    shown = found.moves
    codes = [code for code in titles if any(code in (move.before, move.after) for move in shown)]
    left = {code: place for place, code in enumerate(codes)}
    right = {code: place + len(codes) for place, code in enumerate(codes)}
    figure = figure_for(on, 90 + 62 * max(len(codes), 2), margin={"l": 8, "r": 8, "t": 34, "b": 12})
    same = see_through(on.colours.unclear, 0.35)
    figure.add_trace(
        sankey(
            arrangement="fixed",
            node={
                "label": [plain(without_brackets(titles[code]) if on.narrow else titles[code]) for code in codes] * 2,
                "color": [on.colours.ours] * (2 * len(codes)),
                "pad": 18,
                "thickness": 14,
                "line": {"width": 0},
                "hoverinfo": "none",
            },
            link={
                "source": [left[move.before] for move in shown],
                "target": [right[move.after] for move in shown],
                "value": [move.respondents for move in shown],
                "color": [same if move.before == move.after else see_through(on.colours.ours, 0.4) for move in shown],
                "customdata": [f"{plain(titles[m.before])} → {plain(titles[m.after])}: {on.number(m.respondents, 0)}" for m in shown],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
            textfont={"size": 13, "color": on.colours.ink},
        )
    )
    head = {
        "showarrow": False,
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "yshift": 8,
        "xref": "paper",
        "font": {"size": 13, "color": on.colours.muted},
    }
    figure.add_annotation(x=0, xanchor="left", text=plain(before), **head)
    figure.add_annotation(x=1, xanchor="right", text=plain(after), **head)
    return figure
