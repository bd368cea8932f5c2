"""Marks of a chart of rows: dots with the bars of their intervals, what they are measured against, and lines through the rows."""

from __future__ import annotations

from collections.abc import Sequence

from charts.kit.description.numbers import Number
from charts.kit.description.rows import Column, Drawn, Rows
from charts.kit.description.texts import series_name
from charts.kit.drawing.hover import hover_text
from charts.kit.drawing.row_bars import axis_of, found_in
from charts.kit.layout import BAND, DOT, Canvas
from charts.kit.plain_figure import PlainFigure, Trace, bar, scatter
from charts.kit.tones import tone_colour
from words.shown_text import plotly_text as plain

Pair = tuple[Column, Drawn]
#: Symbol and size of marks that are no dots.
_MARKS = {"tick": ("line-ns-open", 17), "ring": ("circle-open", DOT), "flag": ("triangle-right-open", 11), "diamond": ("diamond-open", 9)}
#: Names of marks stand at least this share of the axis apart.
_NAMES_APART = 0.075


def add_intervals(figure: PlainFigure, pairs: Sequence[Pair], places: Sequence[int], on: Canvas) -> None:
    """The bars of the intervals of dots."""
    for column, drawn in pairs:
        found = [(at, place, number) for at, place, number in found_in(column, places) if number.half is not None]
        figure.add_trace(_intervals(found, drawn, on))


def add_dots(figure: PlainFigure, pairs: Sequence[Pair], rows: Rows, places: Sequence[int], on: Canvas) -> None:
    """The dots, hollow where the base is small."""
    for column, drawn in pairs:
        found = found_in(column, places)
        colours = [tone_colour(drawn.tone(place), on.colours) for _at, place, _number in found]
        figure.add_trace(
            scatter(
                x=[number.value for _at, _place, number in found],
                y=[at + drawn.lane for at, _place, _number in found],
                mode="markers",
                cliponaxis=False,
                xaxis=axis_of(drawn),
                marker={
                    "size": DOT,
                    "opacity": 1,
                    "color": [on.colours.surface if n.small else c for (_at, _place, n), c in zip(found, colours, strict=True)],
                    "line": {"width": 2, "color": colours},
                },
                hovertext=[hover_text(column, rows, place, number, on) for _at, place, number in found],
                hoverinfo="text",
            )
        )


def add_marks(figure: PlainFigure, pairs: Sequence[Pair], rows: Rows, places: Sequence[int], on: Canvas) -> None:
    """Small upright lines, rings, flags and diamonds; the intervals of diamonds as thin lines."""
    for column, drawn in pairs:
        found = found_in(column, places)
        if not found:
            continue
        colours = [tone_colour(drawn.tone(place), on.colours) for _at, place, _number in found]
        ends = [
            (end, at + drawn.lane) for at, _place, number in found if number.half is not None for end in (number.low, number.high, None)
        ]
        if ends:
            x, y = [end for end, _at in ends], [at for _end, at in ends]
            figure.add_trace(scatter(x=x, y=y, mode="lines", line={"color": colours[0], "width": 1.2}, hoverinfo="skip"))
        symbol, size = _MARKS[drawn.shape]
        figure.add_trace(
            scatter(
                x=[number.value for _at, _place, number in found],
                y=[at + drawn.lane for at, _place, _number in found],
                mode="markers",
                cliponaxis=False,
                xaxis=axis_of(drawn),
                marker={"symbol": symbol, "size": size, "color": colours, "line": {"width": 1.5, "color": colours}},
                hovertext=[hover_text(column, rows, place, number, on) for _at, place, number in found],
                hoverinfo="text",
            )
        )


def add_line(figure: PlainFigure, column: Column, drawn: Drawn, rows: Rows, places: Sequence[int], on: Canvas) -> None:
    """A line from row to row, such as a running sum."""
    found = found_in(column, places)
    colour = tone_colour(drawn.tone(places[0]), on.colours) if places else on.colours.muted
    figure.add_trace(
        scatter(
            x=[number.value for _at, _place, number in found],
            y=[at for at, _place, _number in found],
            mode="lines+markers",
            line={"color": colour, "width": 1.5},
            marker={"color": colour, "size": 6},
            hovertext=[hover_text(column, rows, place, number, on) for _at, place, number in found],
            hoverinfo="text",
        )
    )


def name_marks(figure: PlainFigure, pairs: Sequence[Pair], places: Sequence[int], on: Canvas) -> None:
    """Says above the first row what each mark is; a word that would cover another is moved aside."""
    low, high = figure.ends()
    first = [(found[0][2].value or 0.0, column, drawn, found[0][1]) for column, drawn in pairs if (found := found_in(column, places))]
    at = float("-inf")
    for value, column, drawn, place in sorted(first, key=lambda entry: entry[0]):
        at = max(value, at + (high - low) * _NAMES_APART)
        colour = tone_colour(drawn.tone(place), on.colours)
        figure.add_annotation(
            x=at, y=1, yref="paper", text=plain(series_name(column)), yshift=2, showarrow=False, font={"size": 11, "color": colour},
            yanchor="bottom",
        )  # fmt: skip


def _intervals(found: Sequence[tuple[int, int, Number]], drawn: Drawn, on: Canvas) -> Trace:
    colours = [tone_colour(drawn.tone(place), on.colours) for _at, place, _number in found]
    return bar(
        x=[(number.high or 0.0) - (number.low or 0.0) for _at, _place, number in found],
        y=[at + drawn.lane for at, _place, _number in found],
        base=[number.low for _at, _place, number in found],
        width=BAND if drawn.lane == 0 else BAND * 0.75,
        orientation="h",
        xaxis=axis_of(drawn),
        marker={"color": colours, "opacity": 0.35, "cornerradius": "50%", "line": {"width": 0}},
        hoverinfo="skip",
    )
