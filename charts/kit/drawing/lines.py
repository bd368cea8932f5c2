"""Draws lines over time at the width of their canvas: bands or bars of intervals, steps of limits, marked points, names at the ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from charts.kit.description.numbers import Number
from charts.kit.description.planes import Line, Lines, Mark
from charts.kit.description.texts import with_margin
from charts.kit.layout import Canvas, figure_for, round_ticks
from charts.kit.palette import see_through
from charts.kit.plain_figure import PlainFigure, Trace, scatter
from charts.kit.rows import shortened, text_width
from charts.kit.tones import text_colour, tone_colour
from words.shown_text import plotly_text as plain

_LEFT, _BESIDE, _TOP, _BOTTOM = 40, 60, 18, 34
#: Above the lines where moments have their names there.
_TOP_NAMED = 28
#: Names at the ends of lines take no more than this share of the width.
_NAME_SHARE = 0.3
_SYMBOLS: dict[Mark, str] = {"": "circle", "rise": "triangle-up", "fall": "triangle-down", "signal": "circle"}
_LINE_HEIGHT = 17
#: A name above an upright line is cut to no less than this many pixels.
_LEAST_NAME = 80


def draw_lines(lines: Lines, on: Canvas) -> PlainFigure:
    """The figure: moments and limits lie below, then bands, lines and points."""
    names = [line.name for line in lines.lines if line.points]
    most = round(on.room * _NAME_SHARE)
    named = [reference.name for reference in lines.references] + [line.name for line in lines.lines if line.role in ("limit", "reference")]
    named += names if len(names) > 1 else []
    right = min(max((text_width(name) for name in named), default=0) + 24, most) if named else _BESIDE
    top = _TOP_NAMED if lines.upright else _TOP
    figure = figure_for(on, lines.height, margin={"l": _LEFT, "r": right, "t": top, "b": _BOTTOM}, hovermode="closest")
    low, high = _value_ends(lines)
    figure.update_yaxes(**round_ticks(low, high), showgrid=True, gridcolor=on.colours.line, showticklabels=True)
    ends = _time_ends(lines.at)
    kept = _labelled(lines, ends, on.room - _LEFT - right, on)
    figure.update_xaxes(
        range=ends,
        tickmode="array",
        tickangle=0,
        tickvals=[lines.at[place] for place in kept],
        ticktext=[plain(lines.positions[place]) for place in kept],
    )
    _add_moments(figure, lines, ends, on.room - _LEFT - right, right, on)
    several = sum(line.points for line in lines.lines)
    for line in lines.lines:
        figure.add_traces(_course(line, lines, on, opacity=0.16 if several < 3 else 0.08))
    for line in lines.lines:
        if line.points:
            figure.add_trace(_points(line, lines, on))
            _label_points(figure, line, lines, on)
    room = (high - low) * _LINE_HEIGHT / (lines.height - top - _BOTTOM)
    _name_ends(figure, lines, room, right, on)
    return figure


def _add_moments(figure: PlainFigure, lines: Lines, ends: Sequence[float], plot: int, right: int, on: Canvas) -> None:
    """Upright lines with what they are called above them: what is told of them, cut where there is little room, or their short names.

    The last one has the room ``right`` of the plot too.
    """
    ordered = sorted(lines.upright, key=lambda each: each.at)
    scale = plot / max(ends[1] - ends[0], 1e-9)
    for place, moment in enumerate(ordered):
        figure.add_upright(moment.at, line={"color": on.colours.muted, "width": 1, "dash": "dot"})
        following = ordered[place + 1].at if place + 1 < len(ordered) else ends[1] + right / scale
        room = (following - moment.at) * scale - 12
        written = bool(moment.told) and room >= min(_LEAST_NAME, text_width(moment.told))
        name = shortened(moment.told, round(room)) if written else moment.name
        figure.add_annotation(
            x=moment.at, y=1, yref="paper", yanchor="bottom", text=plain(name), showarrow=False, font={"color": on.colours.muted},
            **({"xanchor": "left", "xshift": -4} if written else {}),
        )  # fmt: skip


def _value_ends(lines: Lines) -> tuple[float, float]:
    if lines.axis.ends is not None:
        return lines.axis.ends
    values = [*lines.axis.holds, *(reference.at for reference in lines.references)]
    for line in lines.lines:
        values += [
            end for n in line.numbers if n is not None and n.value is not None for end in (n.value, n.low, n.high) if end is not None
        ]
    if not values:
        return 0.0, 100.0
    low, high = min(values), max(values)
    pad = (high - low) * 0.12 or 1.0
    return low if low in lines.axis.holds else low - pad, high + pad


def _time_ends(at: Sequence[float]) -> list[float]:
    """The ends of the time axis, a little beyond the first and the last point."""
    first, last = (at[0], at[-1]) if at else (0.0, 0.0)
    usual = (last - first) / (len(at) - 1) if last > first else 1.0
    return [first - 0.4 * usual, last + 0.4 * usual]


def _labelled(lines: Lines, ends: Sequence[float], plot: int, on: Canvas) -> list[int]:
    """Positions named below the lines: the last one and before it as many as stand side by side."""
    widest = max((text_width(name) for name in lines.positions), default=1)
    apart = (ends[1] - ends[0]) / max(int(plot / (widest + 12)), 1)
    kept: list[int] = []
    for place in reversed(range(len(lines.positions))):
        if not kept or lines.at[kept[0]] - lines.at[place] >= apart:
            kept.insert(0, place)
    return kept


def runs_of(line: Line) -> list[list[tuple[int, Number]]]:
    """Unbroken runs of figures."""
    runs: list[list[tuple[int, Number]]] = [[]]
    for place, number in enumerate(line.numbers):
        if number is None or number.value is None:
            runs.append([])
            continue
        if place in line.breaks:
            runs.append([])
        runs[-1].append((place, number))
    return [run for run in runs if run]


def _course(line: Line, lines: Lines, on: Canvas, *, opacity: float) -> list[Trace]:
    """Band and line of every unbroken run."""
    colour = tone_colour(line.tone, on.colours)
    traces: list[Trace] = []
    for run in runs_of(line):
        x = [lines.at[place] for place, _number in run]
        if line.course == "steps":
            x, run = _as_steps(x, run)
        if line.course == "band" and len(run) > 1:
            lower = [number.low if number.low is not None else number.value for _place, number in run]
            upper = [number.high if number.high is not None else number.value for _place, number in run]
            fill = see_through(colour, opacity)
            band = {"fill": "toself", "fillcolor": fill, "line": {"width": 0}, "mode": "lines", "hoverinfo": "skip"}
            traces.append(scatter(x=x + x[::-1], y=upper + lower[::-1], **band))
        pen = {"color": colour, "width": 1.2 if line.role in ("limit", "reference") else 2}
        pen |= {"dash": "6px,4px"} if line.course == "dashed" else {}
        look: dict[str, object] = {"mode": "lines", "hoverinfo": "skip"}
        if line.role == "reference":
            look = {
                "mode": "lines+markers", "marker": {"size": 5, "symbol": "diamond", "color": colour, "opacity": 1}, "hoverinfo": "text",
                "hovertext": [_hover(line, lines, place, number, on) for place, number in run],
            }  # fmt: skip
        traces.append(scatter(x=x, y=[number.value for _place, number in run], line=pen, **look))
    return traces


def _as_steps(x: list[float], run: list[tuple[int, Number]]) -> tuple[list[float], list[tuple[int, Number]]]:
    """Every point doubled, half a step before and after it, so that what holds for a point is level there."""
    step = min((after - before for before, after in pairwise(x)), default=1.0) / 2
    return [end for at in x for end in (at - step, at + step)], [entry for entry in run for _side in range(2)]


def _points(line: Line, lines: Lines, on: Canvas) -> Trace:
    known = [(place, number) for place, number in enumerate(line.numbers) if number is not None and number.value is not None]
    colour = tone_colour(line.tone, on.colours)
    marks = [line.marks[place] if line.marks else "" for place, _number in known]
    meant = {"rise": on.colours.better, "fall": on.colours.worse, "signal": on.colours.worse}
    inks = [tone_colour(line.tones[place], on.colours) if line.tones else colour for place, _number in known]
    fills = [
        on.colours.surface if number.small else meant.get(mark, ink) for (_place, number), mark, ink in zip(known, marks, inks, strict=True)
    ]
    trace = scatter(
        x=[lines.at[place] for place, _number in known],
        y=[number.value for _place, number in known],
        mode="markers",
        hovertext=[_hover(line, lines, place, number, on) for place, number in known],
        hoverinfo="text",
        cliponaxis=False,
        marker={
            "color": fills,
            "size": [12 if mark else 8 for mark in marks],
            "symbol": [_SYMBOLS[mark] for mark in marks],
            "line": {"width": 1.5, "color": [colour if number.small else on.colours.surface for _place, number in known]},
            "opacity": 1,
        },
    )
    if line.course == "bars" and any(number.half is not None for _place, number in known):
        trace["error_y"] = {
            "type": "data",
            "symmetric": False,
            "array": [(n.high if n.high is not None else n.value or 0.0) - (n.value or 0.0) for _place, n in known],
            "arrayminus": [(n.value or 0.0) - (n.low if n.low is not None else n.value or 0.0) for _place, n in known],
            "color": colour,
            "thickness": 1.5,
            "width": 3,
        }
    return trace


def _hover(line: Line, lines: Lines, place: int, number: Number, on: Canvas) -> str:
    parts = [f"<b>{plain(line.name)}</b> {plain(lines.positions[place])}", with_margin(number, lines.form, on)]
    return "<br>".join([*parts, *([plain(number.note)] if number.note else [])])


def _label_points(figure: PlainFigure, line: Line, lines: Lines, on: Canvas) -> None:
    """The texts beside points: at the last one to its right, at others above, or below a fall, whose line comes from above."""
    last = max((place for place, n in enumerate(line.numbers) if n is not None and n.value is not None), default=0)
    for place, label in enumerate(line.labels):
        number = line.numbers[place]
        if not label or number is None or number.value is None:
            continue
        mark = line.marks[place] if line.marks else ""
        colour = {"rise": on.colours.better, "fall": on.colours.worse, "signal": on.colours.worse}.get(mark, on.colours.ink)
        beside = {"xshift": 12, "xanchor": "left", "align": "left", "yanchor": "middle"}
        over = {"yshift": -12, "yanchor": "top"} if mark == "fall" else {"yshift": 12, "yanchor": "bottom"}
        first, *more = label.split("\n")
        text = "<br>".join([f"<b>{plain(first)}</b>" if mark else plain(first), *map(plain, more)])
        figure.add_annotation(
            x=lines.at[place], y=number.value, text=text, showarrow=False, font={"color": on.colours.text(colour), "size": 13},
            **(beside if place == last else over),
        )  # fmt: skip


def _name_ends(figure: PlainFigure, lines: Lines, room: float, width: int, on: Canvas) -> None:
    """Names at the ends of lines, where there are several, and of lines of reference, pushed apart where they would overlap."""
    ends: list[tuple[float, float, str, str]] = []
    right = lines.at[-1] if lines.at else 0.0
    several = sum(line.points for line in lines.lines) > 1
    for line in lines.lines:
        known = [(lines.at[place], n.value) for place, n in enumerate(line.numbers) if n is not None and n.value is not None]
        if known and ((several and line.points) or line.role in ("limit", "reference")):
            ends.append((known[-1][1], known[-1][0], line.name, text_colour(line.tone, on.colours)))
    for reference in lines.references:
        pen = {"color": on.colours.unclear, "width": 1.5, "dash": "4px,3px" if reference.dashed else "solid"}
        figure.add_shape(type="line", xref="paper", x0=0, x1=1, y0=reference.at, y1=reference.at, line=pen, layer="below")
        ends.append((reference.at, right, reference.name, on.colours.muted))
    place = float("inf")
    for value, at, name, colour in sorted(ends, key=lambda end: -end[0]):
        place = min(value, place - room)
        text = plain(shortened(name, width - 12))
        figure.add_annotation(x=at, y=place, text=text, xshift=10, xanchor="left", showarrow=False, font={"color": colour, "size": 13})
