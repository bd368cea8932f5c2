"""The objective index beside the survey's: for each branch two dots with intervals, as distances from the mean of the branches."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.kpis.objective_index import TwoIndices
from analysis.results.estimates import Estimate
from charts.kit.layout import DOT, Canvas, Chart, value_and_margin
from charts.kit.rows import TextColumn, guide, name_width, rows_figure, value_range
from charts.kit.words import left_out
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain

#: Distance of the two dots of a row from its middle.
_APART = 0.17


def two_indices(found: Sequence[TwoIndices], on: Canvas, *, title: str, confidence: str) -> Chart:
    """Branches from the one most better by its KPIs to the one most better by its customers; those without both are named below.

    Diamonds are the objective index, dots the survey's. ``confidence`` is the level of the intervals in per cent.
    """
    _ = translator(on.language)
    drawn = sorted((entry for entry in found if entry.objective_distance is not None), key=lambda entry: -_difference(entry))
    names = [on.value("branch", entry.branch) for entry in drawn]
    kpis, people = on.colours.lines[1], on.colours.ours
    colours = [_ink(entry, on) for entry in drawn]
    words = [_word(entry, on) for entry in drawn]
    left = [TextColumn(on.role_title("branch"), names, name_width(names, 110 if on.narrow else 190), strong=True)]
    right = [TextColumn(_("Verdict"), words, name_width(words) + 8, "left", colours, strong=True)] if any(words) and not on.narrow else []
    if not on.narrow:
        right = [
            TextColumn(_("By KPIs"), [_index(entry.objective, on) for entry in drawn], 96, "right", [kpis] * len(drawn)),
            TextColumn(_("By customers"), [_index(entry.survey, on) for entry in drawn], 106, "right", [people] * len(drawn)),
            *right,
        ]
    figure = rows_figure(len(drawn), left, right, on, heading=_("Distance from the mean, points"))
    sides = [[distance(entry, side) for entry in drawn] for side in ("objective", "survey")]
    figure.update_xaxes(range=value_range([e for side in sides for e in side], [0.0]))
    guide(figure, 0.0, len(drawn), on)
    labels = (_("Objective index"), _("Index of the survey"))
    for side, colour, shift, symbol, label in zip(sides, (kpis, people), (-_APART, _APART), ("diamond", "circle"), labels, strict=True):
        _add_side(figure, side, colour, shift, symbol, label, names, on)
    return Chart(
        title=title,
        caption=" ".join(_caption(found, names, words, confidence, on)),
        alt_text=_alt_text(drawn, names, on),
        figure=figure,
        table=_table(found, on),
    )


def distance(entry: TwoIndices, side: str) -> Estimate:
    """One of the two indices as its distance from the mean of the branches, with the interval moved along."""
    index, value = (entry.objective, entry.objective_distance) if side == "objective" else (entry.survey, entry.survey_distance)
    if index is None or index.value is None or value is None:
        raise ValueError("no distance without the index")
    moved = value - index.value
    low, high = (None if end is None else end + moved for end in (index.low, index.high))
    return index._replace(value=value, low=low, high=high)


def _add_side(
    figure: go.Figure, side: Sequence[Estimate], colour: str, shift: float, symbol: str, label: str, names: Sequence[str], on: Canvas
) -> None:
    for row, entry in enumerate(side):
        if entry.low is not None and entry.high is not None:
            ends, at = [entry.low, entry.high], [row + shift] * 2
            figure.add_trace(go.Scatter(x=ends, y=at, mode="lines", line={"color": colour, "width": 2.5}, opacity=0.5, hoverinfo="skip"))
    figure.add_trace(
        go.Scatter(
            x=[entry.value for entry in side],
            y=[row + shift for row in range(len(side))],
            mode="markers",
            cliponaxis=False,
            marker={"size": DOT, "symbol": symbol, "color": colour, "opacity": 1},
            hovertext=[
                f"<b>{plain(name)}</b><br>{plain(label)} {value_and_margin(entry, on, signed=True)}"
                for name, entry in zip(names, side, strict=True)
            ],
            hoverinfo="text",
        )
    )


def _difference(entry: TwoIndices) -> float:
    return (entry.objective_distance or 0.0) - (entry.survey_distance or 0.0)


def _index(entry: Estimate | None, on: Canvas) -> str:
    return value_and_margin(entry, on) if entry is not None else ""


def _ink(entry: TwoIndices, on: Canvas) -> str:
    return (
        on.colours.worse
        if entry.verdict == "better by KPIs"
        else on.colours.ink
        if entry.verdict == "better by customers"
        else on.colours.muted
    )


def _word(entry: TwoIndices, on: Canvas) -> str:
    _ = translator(on.language)
    told = {"better by KPIs": _("better by KPIs"), "better by customers": _("better by customers"), "unclear": _("not clear")}
    return told.get(entry.verdict or "", "")


def _caption(found: Sequence[TwoIndices], names: Sequence[str], words: Sequence[str], confidence: str, on: Canvas) -> list[str]:
    _ = translator(on.language)
    text = _("Diamond: objective index; dot: index of the survey, both from the mean of the branches, with {level}% intervals.")
    told = [text.format(level=confidence)] if names else []
    if on.narrow and any(words):
        apart = [f"{name} {word}" for name, word, entry in zip(names, words, _judged(found), strict=False) if entry.verdict != "unclear"]
        told += [_("Beyond both intervals: {names}.").format(names=listed(apart, on.language))] if apart else []
    rest = [on.value("branch", entry.branch) for entry in found if entry.objective_distance is None]
    if rest:
        told.append(_("Without both indices: {names}.").format(names=listed(rest, on.language)))
    return [*told, *left_out([entry.survey for entry in found], on.language)]


def _judged(found: Sequence[TwoIndices]) -> list[TwoIndices]:
    return sorted((entry for entry in found if entry.objective_distance is not None), key=lambda entry: -_difference(entry))


def _alt_text(drawn: Sequence[TwoIndices], names: Sequence[str], on: Canvas) -> str:
    _ = translator(on.language)
    if not drawn:
        return _("Nothing to show.")
    told = [
        _("{name}: by KPIs {kpis}, by customers {customers}").format(
            name=name, kpis=on.number(entry.objective_distance or 0.0, 1, signed=True),
            customers=on.number(entry.survey_distance or 0.0, 1, signed=True),
        )
        for name, entry in zip(names, drawn, strict=True)
    ]  # fmt: skip
    return _("Two dots a branch, points from the mean. {list}.").format(list=listed(told, on.language))


def _table(found: Sequence[TwoIndices], on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)

    def column(side: str, end: str) -> list[float | None]:
        return [getattr(index, end) if (index := getattr(entry, side)) is not None else None for entry in found]

    return pd.DataFrame(
        {
            on.role_title("branch"): [on.value("branch", entry.branch) for entry in found],
            _("Objective index"): column("objective", "value"),
            _("Objective index, lower end"): column("objective", "low"),
            _("Objective index, upper end"): column("objective", "high"),
            _("Months"): [entry.objective.n if entry.objective else None for entry in found],
            _("Index of the survey"): column("survey", "value"),
            _("Index of the survey, lower end"): column("survey", "low"),
            _("Index of the survey, upper end"): column("survey", "high"),
            _("Objective index, from the mean"): [entry.objective_distance for entry in found],
            _("Index of the survey, from the mean"): [entry.survey_distance for entry in found],
            _("Verdict"): [_word(entry, on) for entry in found],
            _("Why not"): [_reason(entry, on) for entry in found],
        }
    )


def _reason(entry: TwoIndices, on: Canvas) -> str:
    told = [index.reason.text(on.language) for index in (entry.objective, entry.survey) if index is not None and index.reason]
    return " ".join(told)
