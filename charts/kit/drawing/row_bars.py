"""Bars of a chart of rows: from zero with a whisker, stacked segments of a whole, and steps of a waterfall."""

from __future__ import annotations

from collections.abc import Sequence

from charts.kit.description.numbers import Number
from charts.kit.description.rows import Column, Drawn, Rows
from charts.kit.drawing.hover import hover_text
from charts.kit.layout import Canvas
from charts.kit.palette import blend
from charts.kit.plain_figure import PlainFigure, bar, scatter
from charts.kit.rows import text_width
from charts.kit.tones import SOFT, tone_colour

Pair = tuple[Column, Drawn]
_THICK, _THICK_PART = 0.46, 0.62
_PART_TEXT = 11


def found_in(column: Column, places: Sequence[int]) -> list[tuple[int, int, Number]]:
    """Row in the drawing, row in the chart and figure, for every figure of a column that is shown."""
    return [(at, place, number) for at, place in enumerate(places) if (number := column.number(place)) is not None]


def add_bars(figure: PlainFigure, column: Column, drawn: Drawn, rows: Rows, places: Sequence[int], on: Canvas) -> None:
    """Bars from zero; softly filled where whiskers lie on them, hollow where the base is small."""
    found = found_in(column, places)
    colours = [tone_colour(drawn.tone(place), on.colours) for _at, place, _number in found]
    whiskers = drawn.whiskers and any(number.half is not None for _at, _place, number in found)
    fills = [blend(c, on.colours.surface, SOFT) if whiskers else c for c in colours]
    figure.add_trace(
        bar(
            x=[number.value for _at, _place, number in found],
            y=[at + drawn.lane for at, _place, _number in found],
            orientation="h",
            width=_THICK if drawn.lane == 0 else _THICK * 0.7,
            xaxis=axis_of(drawn),
            hovertext=[hover_text(column, rows, place, number, on) for _at, place, number in found],
            hoverinfo="text",
            marker={
                "color": [on.colours.surface if n.small else fill for (_at, _place, n), fill in zip(found, fills, strict=True)],
                "line": {"color": colours, "width": [1.5 if number.small else 0 for _at, _place, number in found]},
                "cornerradius": 2,
            },
        )
    )
    for colour in dict.fromkeys(colours) if whiskers else ():
        ends = [
            (end, at + drawn.lane)
            for (at, _place, number), c in zip(found, colours, strict=True) if c == colour and number.half is not None
            for end in (number.low, number.high, None)
        ]  # fmt: skip
        if ends:
            line = {"color": colour, "width": 2}
            x, y = [end for end, _at in ends], [at for _end, at in ends]
            figure.add_trace(scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", xaxis=axis_of(drawn)))


def add_parts(figure: PlainFigure, pairs: Sequence[Pair], rows: Rows, places: Sequence[int], plot: int, on: Canvas) -> None:
    """Segments of stacked bars from left to right, with their texts where a segment is wide enough for it."""
    if not pairs:
        return
    figure.update_layout(barmode="stack")
    low, high = figure.ends()
    for column, drawn in pairs:
        found = found_in(column, places)
        texts = [drawn.texts[place] if drawn.texts else "" for _at, place, _number in found]
        fills = [tone_colour(drawn.tone(place), on.colours) for _at, place, _number in found]
        room = [plot * (number.value or 0.0) / ((high - low) or 1.0) - 6 for _at, _place, number in found]
        figure.add_trace(
            bar(
                x=[number.value for _at, _place, number in found],
                y=[at for at, _place, _number in found],
                orientation="h",
                width=_THICK_PART,
                marker={
                    "color": fills,
                    "line": {"color": on.colours.surface, "width": 1},
                },
                text=[text if text_width(text, _PART_TEXT) <= most else "" for text, most in zip(texts, room, strict=True)],
                textposition="inside",
                textangle=0,
                insidetextanchor="middle",
                textfont={"color": [on.colours.text(on.colours.ink, fill) for fill in fills], "size": _PART_TEXT},
                hovertext=[hover_text(column, rows, place, number, on) for _at, place, number in found],
                hoverinfo="text",
            )
        )


def add_steps(figure: PlainFigure, column: Column, drawn: Drawn, rows: Rows, places: Sequence[int], on: Canvas) -> None:
    """A waterfall: each bar starts where the one before ended, totals start at zero, thin lines join them."""
    starts, lengths, ends, at_end = list[float](), list[float](), list[float](), 0.0
    found = found_in(column, places)
    for _at, place, number in found:
        total = rows.rows[place].kind == "total"
        starts.append(0.0 if total else at_end)
        lengths.append(number.value or 0.0)
        at_end = starts[-1] + lengths[-1]
        ends.append(at_end)
    for (at, _place, _number), end in list(zip(found, ends, strict=True))[:-1]:
        line = {"color": on.colours.unclear, "width": 1}
        figure.add_shape(type="line", x0=end, x1=end, y0=at + _THICK / 2, y1=at + 1 - _THICK / 2, line=line, layer="below")
    figure.add_trace(
        bar(
            x=lengths,
            y=[at for at, _place, _number in found],
            base=starts,
            orientation="h",
            width=_THICK,
            marker={"color": [tone_colour(drawn.tone(place), on.colours) for _at, place, _number in found], "cornerradius": 2},
            hovertext=[hover_text(column, rows, place, number, on) for _at, place, number in found],
            hoverinfo="text",
        )
    )


def axis_of(drawn: Drawn) -> str:
    """The x axis of the plot a series stands in."""
    return "x" if drawn.panel == 0 else f"x{drawn.panel + 1}"
