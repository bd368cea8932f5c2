"""Draws a chart of rows at the width of its canvas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from charts.kit.description.numbers import Reference
from charts.kit.description.rows import Rows
from charts.kit.drawing.row_bars import add_bars, add_parts, add_steps
from charts.kit.drawing.row_marks import add_dots, add_intervals, add_line, add_marks, name_marks
from charts.kit.drawing.widths import TRAIL, beside
from charts.kit.layout import Canvas
from charts.kit.plain_figure import PlainFigure
from charts.kit.rows import HEADER_HEIGHT, SMALL, Line, gap, guide, in_two_lines, rows_figure, shortened, text_width
from charts.kit.tones import tone_colour
from words.shown_text import plotly_text as plain

#: How far apart two plots side by side stand, as a share of both.
_BETWEEN = 0.04
_MARGIN = 0.06
#: Pixels of a line with the name of a reference below the rows.
_NAME_HEIGHT = 17


def draw_rows(rows: Rows, on: Canvas) -> PlainFigure:
    """The figure. What is drawn first lies below: lines of reference, bars, intervals, marks, and the dots of the figures themselves."""
    places = rows.drawn_rows
    texts = beside(rows, places, on)
    trails = [_trail(rows, place, on) for place in places] if texts.trails else []
    fits = not rows.panels and text_width(rows.heading) <= texts.plot
    figure = rows_figure(
        len(places), texts.left, texts.right, on, heading=rows.heading if fits else "", lines=trails,
        lines_header=rows.trails.header if rows.trails else "", lines_width=TRAIL,
    )  # fmt: skip
    if not rows.headed:
        figure.update_layout(margin={"t": 6}, height=figure.height - HEADER_HEIGHT + 6)
    ends = axis_ends(rows, places)
    figure.update_xaxes(range=ends)
    if rows.panels:
        _lay_out_panels(figure, rows, ends, len(places), texts.plot, on)
    for reference in rows.references:
        guide(figure, reference.at, len(places), on, dashed=reference.dashed)
    _name_references(figure, [reference for reference in rows.references if reference.named], len(places), ends, on)
    _add_series(figure, rows, places, texts.plot, on)
    for number, (one, other) in enumerate(pairwise(places)):
        if any(row.place == "left out" for row in rows.rows[one + 1 : other]):
            gap(figure, number, on)
    return figure


def _name_references(figure: PlainFigure, named: Sequence[Reference], count: int, ends: tuple[float, float], on: Canvas) -> None:
    """The names of lines below the rows, each on a line of its own so that none covers another, with a stroke down to it."""
    if not named:
        return
    extra = _NAME_HEIGHT * len(named)
    figure.update_layout(height=figure.height + extra, margin={"b": figure.margin["b"] + extra})
    for number, reference in enumerate(sorted(named, key=lambda one: -one.at)):
        left, room = _room_beside((reference.at - ends[0]) / (ends[1] - ends[0]), figure.margin, on)
        depth = _NAME_HEIGHT * (number + 1) - 4
        down = {"type": "line", "xref": "x", "yref": "paper", "ysizemode": "pixel", "yanchor": 0, "layer": "below"}
        pen = {"color": on.colours.unclear, "width": 1.5, "dash": "3px,3px"}
        figure.add_shape(x0=reference.at, x1=reference.at, y0=-depth, y1=14, line=pen, **down)
        side = {"xshift": -5, "xanchor": "right"} if left else {"xshift": 5, "xanchor": "left"}
        look = {"showarrow": False, "bgcolor": on.colours.surface, "font": {"size": 12, "color": on.colours.muted}}
        place = {"x": reference.at, "y": 0, "yref": "paper", "yshift": 6 - depth, "yanchor": "middle"}
        figure.add_annotation(text=plain(shortened(reference.name, room)), **place, **side, **look)


def _room_beside(share: float, margin: Mapping[str, float], on: Canvas) -> tuple[bool, int]:
    """Whether there is more room left of a place in the plot than right of it, and how many pixels."""
    plot = on.room - margin["l"] - margin["r"]
    left, right = margin["l"] + share * plot, margin["r"] + (1 - share) * plot
    return left > right, round(max(left, right)) - 12


def _add_series(figure: PlainFigure, rows: Rows, places: Sequence[int], plot: int, on: Canvas) -> None:
    series = [(column, column.drawn) for column in rows.series if column.drawn is not None]
    parts = [(column, drawn) for column, drawn in series if drawn.shape == "part"]
    add_parts(figure, parts, rows, places, plot, on)
    for column, drawn in series:
        if drawn.shape == "bar":
            add_bars(figure, column, drawn, rows, places, on)
        elif drawn.shape == "step":
            add_steps(figure, column, drawn, rows, places, on)
    for column, drawn in series:
        if drawn.shape == "line":
            add_line(figure, column, drawn, rows, places, on)
    dots = [pair for pair in series if pair[1].shape == "dot"]
    add_intervals(figure, dots, places, on)
    add_marks(figure, [pair for pair in series if pair[1].shape in ("tick", "ring", "flag", "diamond")], rows, places, on)
    if not on.narrow:
        name_marks(figure, [pair for pair in series if pair[1].named], places, on)
    add_dots(figure, dots, rows, places, on)


def axis_ends(rows: Rows, places: Sequence[int]) -> tuple[float, float]:
    """The ends of the scale: everything drawn with its intervals, the lines of reference, and zero where there are bars."""
    if rows.axis.ends is not None:
        return rows.axis.ends
    shapes = {column.drawn.shape for column in rows.series if column.drawn is not None}
    if "part" in shapes:
        return 0.0, _longest(rows, places) or 1.0
    values = [*rows.axis.holds, *(reference.at for reference in rows.references)]
    for column in rows.series:
        for place in places:
            number = column.number(place)
            values += [] if number is None else [end for end in (number.value, number.low, number.high) if end is not None]
    from_zero = bool(shapes & {"bar", "step"})
    if "step" in shapes:
        values += _running(rows, places)
    if from_zero:
        values.append(0.0)
    if not values:
        return 0.0, 100.0
    low, high = min(values), max(values)
    pad = (high - low) * _MARGIN or 1.0
    return (low if from_zero and low == 0 else low - pad), (high if from_zero and high == 0 else high + pad)


def _longest(rows: Rows, places: Sequence[int]) -> float:
    parts = [column for column in rows.series if column.drawn is not None and column.drawn.shape == "part"]
    return max((sum(number.value or 0.0 for c in parts if (number := c.number(place)) is not None) for place in places), default=0.0)


def _running(rows: Rows, places: Sequence[int]) -> list[float]:
    """Where each step of a waterfall ends."""
    sums, at = list[float](), 0.0
    for column in rows.series:
        if column.drawn is None or column.drawn.shape != "step":
            continue
        for place in places:
            number = column.number(place)
            value = number.value if number is not None and number.value is not None else 0.0
            at = value if rows.rows[place].kind == "total" else at + value
            sums.append(at)
    return sums


def _trail(rows: Rows, place: int, on: Canvas) -> Line:
    trails = rows.trails
    if trails is None:
        return Line([], on.colours.muted, [])
    return Line(trails.values[place], tone_colour(trails.tones[place], on.colours), trails.at[place])


def _lay_out_panels(figure: PlainFigure, rows: Rows, ends: tuple[float, float], count: int, plot: int, on: Canvas) -> None:
    """Several plots side by side on one scale, each with its name above and a line at zero."""
    share = (1 - _BETWEEN * (len(rows.panels) - 1)) / len(rows.panels)
    for panel, name in enumerate(rows.panels):
        start, room = panel * (share + _BETWEEN), round(plot * share) - 4
        fits = text_width(name) <= room
        axis = "x" if panel == 0 else f"x{panel + 1}"
        settings = {"domain": (start, start + share), "range": ends, "visible": False, "fixedrange": True, "anchor": "y"}
        figure.update_layout(**{f"xaxis{panel + 1}" if panel else "xaxis": settings})
        figure.add_annotation(
            x=start, xref="paper", y=1, yref="paper", yshift=4, xanchor="left", yanchor="bottom", align="left", showarrow=False,
            text="<br>".join(map(plain, in_two_lines(name, room))), font={"color": on.colours.muted, "size": 13 if fits else SMALL},
        )  # fmt: skip
        line = {"color": on.colours.unclear, "width": 1.2}
        figure.add_shape(type="line", xref=axis, yref="y", x0=0, x1=0, y0=-0.4, y1=count - 0.6, line=line, layer="below")
