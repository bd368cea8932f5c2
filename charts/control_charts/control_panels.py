"""Control charts: values over time, centre line and stepped limits by phase, points that break rules, and what happened when.

One chart large, or one small chart for each group on the same scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charts.control_charts.described_panel import described_panel
from charts.control_charts.panel import Better, Event, Panel, lettered, mark_colour, runs, telling
from charts.control_charts.panel_words import alt_text, caption, hover_text, panel_table
from charts.kit.description.description import Description
from charts.kit.description.panels import Panels
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, figure_for, round_ticks
from charts.kit.palette import see_through
from charts.kit.plain_figure import PlainFigure, scatter
from charts.kit.rows import shortened, text_width
from words.language import translator
from words.periods import wave_text
from words.shown_text import plotly_text as plain

_HEIGHT, _SMALL = 360, 168
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 16, 24, 30
#: Small charts beside each other, and the width a picture is drawn for.
_COLUMNS, _WIDE, _PHONE = 3, 960, 330
#: From so many points on numbers of neighbours would run into each other.
_CROWDED = 30
#: Room at the right of a large chart for the names of its lines.
_LABELS = 86


@dataclass(frozen=True)
class _Place:
    """Where a chart stands: the number of its axes, its field in shares of the picture, the pixels its names of periods have."""

    number: int
    across: tuple[float, float]
    up: tuple[float, float]
    width: int

    @property
    def axes(self) -> dict[str, str]:
        """The axes of its traces."""
        end = "" if self.number == 1 else str(self.number)
        return {"xaxis": f"x{end}", "yaxis": f"y{end}"}

    @property
    def at(self) -> dict[str, str]:
        """The axes of its lines and texts."""
        axes = self.axes
        return {"xref": axes["xaxis"], "yref": f"{axes['yaxis']} domain"}


def control_panels(panels: Sequence[Panel], on: Canvas, *, title: str, better: Better = None, decimals: int = 1) -> Chart:
    """``better`` is the good direction. Limits are drawn as steps, since they hang on the base of each point; a value that is missing or
    hidden leaves a gap. Letters at the top say what happened, numbers at points which rules they break.
    """
    every, panels = panels, telling(panels, on.found)
    letters = lettered(panels)

    def figure(canvas: Canvas) -> PlainFigure:
        return _figure(panels, letters, canvas, better, decimals)

    described = Description(
        title=title,
        caption=" ".join([*caption(panels, letters, on), *_left_out(len(panels), len(every), on)]),
        findings=alt_text(panels, on, decimals),
        body=Panels(translator(on.language)("Group"), tuple(described_panel(each, letters, on, decimals) for each in panels), figure),
        table=panel_table(every, on),
        names=tuple(panel.name for panel in every) if len(panels) < len(every) else (),
    )
    return draw(described, on)


def _left_out(shown: int, count: int, on: Canvas) -> list[str]:
    """How many of very many charts are drawn, and which."""
    _ = translator(on.language)
    told = _("Drawn: {shown} of {count}, those with the latest and most signals and those looked for; the table has all.")
    return [told.format(shown=shown, count=count)] if shown < count else []


def _figure(panels: Sequence[Panel], letters: dict[Event, str], on: Canvas, better: Better, decimals: int) -> PlainFigure:
    single = len(panels) == 1
    columns = 1 if single or on.narrow else max(min(_COLUMNS, len(panels)), 1)
    lines = max(-(-len(panels) // columns), 1)
    height = _HEIGHT if single else lines * _SMALL
    figure = figure_for(on, height, margin={"l": 0, "r": 0, "t": 0, "b": 0}, hovermode="closest")
    scale = round_ticks(*_ends(panels), most=6 if single else 4)
    for number, panel in enumerate(panels):
        place = _placed(number, columns, lines, height, single=single, on=on)
        _axes(figure, panel, place, scale, on)
        _draw(figure, panel, place, letters, on, better, decimals)
        if single:
            _name_lines(figure, panel, place, on, decimals)
        else:
            _name(figure, panel, place, on, better)
    return figure


def _ends(panels: Sequence[Panel]) -> tuple[float, float]:
    """The scale all charts share: every value, and limits."""
    found = [
        value
        for panel in panels
        for plotted in panel.chart.points
        for value in (plotted.point.value, plotted.low, plotted.high)
        if value is not None
    ]
    if not found:
        return 0.0, 100.0
    low, high = min(found), max(found)
    pad = (high - low) * (0.1 if len(panels) == 1 else 0.2) or 1.0
    return (0.0 if low >= 0 and low - pad < 0 else low - pad), high + pad


def _placed(number: int, columns: int, lines: int, height: float, *, single: bool, on: Canvas) -> _Place:
    width = _PHONE if on.narrow else _WIDE
    right = _LABELS if single else _RIGHT
    line, column = divmod(number, columns)
    cell, row = width / columns, height / lines
    left = column * cell
    top = height - line * row
    across = ((left + _LEFT) / width, (left + cell - right) / width)
    up = ((top - row + _BOTTOM) / height, (top - _TOP) / height)
    return _Place(number + 1, across, up, int(cell - _LEFT - right))


def _axes(figure: PlainFigure, panel: Panel, place: _Place, scale: dict[str, object], on: Canvas) -> None:
    periods = [plotted.point.period for plotted in panel.chart.points]
    names = [wave_text(period, on.language) for period in periods]
    room = max(place.width // (max((text_width(name, 11) for name in names), default=40) + 14), 1)
    step = -(-len(periods) // room) or 1
    kept = [at for at in range(len(periods)) if (len(periods) - 1 - at) % step == 0]
    if panel.name and not on.narrow:  # a narrow window of a desktop squeezes small charts: the first and the last one
        kept = sorted({0, len(periods) - 1}) if periods else []
    shared = {"showgrid": False, "zeroline": False, "fixedrange": True, "ticks": "", "tickfont": {"size": 11}, "color": on.colours.muted}
    axes = place.axes
    figure.layout[axes["xaxis"].replace("x", "xaxis")] = {
        **shared, "domain": place.across, "anchor": axes["yaxis"], "range": [-0.7, max(len(periods) - 0.3, 0.7)], "tickmode": "array",
        "tickvals": kept, "ticktext": [plain(names[at]) for at in kept], "tickangle": 0,
    }  # fmt: skip
    figure.layout[axes["yaxis"].replace("y", "yaxis")] = {
        **shared, **scale, "domain": place.up, "anchor": axes["xaxis"], "showgrid": True, "gridcolor": on.colours.line,
    }  # fmt: skip


def _draw(figure: PlainFigure, panel: Panel, place: _Place, letters: dict[Event, str], on: Canvas, better: Better, decimals: int) -> None:
    points = panel.chart.points
    for run in _limit_runs(panel):
        steps = [at + side for at in run for side in (-0.5, 0.5)]
        low, high, centre = ([value for at in run for value in 2 * [getattr(points[at], name)]] for name in ("low", "high", "centre"))
        figure.add_trace(
            scatter(
                x=steps + steps[::-1], y=high + low[::-1], fill="toself", fillcolor=see_through(on.colours.unclear, 0.14),
                line={"width": 0}, mode="lines", hoverinfo="skip", **place.axes,
            )
        )  # fmt: skip
        for values, dash in ((low, "dot"), (high, "dot"), (centre, "solid")):
            line = {"color": on.colours.muted, "width": 1, "dash": dash}
            figure.add_trace(scatter(x=steps, y=values, mode="lines", line=line, hoverinfo="skip", **place.axes))
    ink = on.colours.lines[0]
    for run in runs(panel.chart):
        line = {"color": ink, "width": 1.6}
        figure.add_trace(scatter(x=run, y=[points[at].point.value for at in run], mode="lines", line=line, hoverinfo="skip", **place.axes))
    drawn = [at for at, plotted in enumerate(points) if plotted.point.value is not None]
    colours = [mark_colour(points[at], better, on) if points[at].rules else ink for at in drawn]
    sizes = [11 if points[at].rules else 6 for at in drawn]
    figure.add_trace(
        scatter(
            x=drawn, y=[points[at].point.value for at in drawn], mode="markers", cliponaxis=False, hoverinfo="text",
            hovertext=[plain_lines(hover_text(panel, points[at], on, decimals)) for at in drawn],
            marker={"color": colours, "size": sizes, "opacity": 1, "line": {"width": 1.2, "color": on.colours.surface}}, **place.axes,
        )
    )  # fmt: skip
    crowded = len(panel.name) > 0 or len(points) > _CROWDED
    for at in drawn:
        follows = crowded and at + 1 < len(points) and bool(points[at + 1].rules)
        if points[at].rules and not follows:  # where there is little room, of neighbours the last one tells
            _number(figure, at, panel, place, mark_colour(points[at], better, on))
    _phases_and_events(figure, panel, place, letters, on)


def plain_lines(lines: Sequence[str]) -> str:
    """Lines of a label, each as it stands, the first one strong."""
    first, *rest = [plain(line) for line in lines]
    return "<br>".join([f"<b>{first}</b>", *rest])


def _limit_runs(panel: Panel) -> list[list[int]]:
    return [run for run in runs(panel.chart) if panel.chart.points[run[0]].low is not None]


def _number(figure: PlainFigure, at: int, panel: Panel, place: _Place, colour: str) -> None:
    """Which rules a point breaks, away from the centre line."""
    plotted = panel.chart.points[at]
    above = plotted.z is None or plotted.z >= 0
    axes = place.axes
    figure.add_annotation(
        x=at, y=plotted.point.value, xref=axes["xaxis"], yref=axes["yaxis"], text="·".join(map(str, plotted.rules)), showarrow=False,
        yshift=13 if above else -13, xanchor="right" if at > 0.85 * len(panel.chart.points) and len(plotted.rules) > 1 else "center",
        xshift=6 if len(plotted.rules) > 1 else 0, font={"size": 11, "color": colour},
    )  # fmt: skip


def _phases_and_events(figure: PlainFigure, panel: Panel, place: _Place, letters: dict[Event, str], on: Canvas) -> None:
    periods = [plotted.point.period for plotted in panel.chart.points]
    for phase in panel.chart.phases[1:]:
        at = periods.index(phase.first) - 0.5
        figure.add_shape(type="line", x0=at, x1=at, y0=0, y1=1, line={"color": on.colours.muted, "width": 1.2}, **place.at)
    told: dict[str, list[str]] = {}
    for event in sorted(panel.events, key=lambda each: letters[each]):
        told.setdefault(event.period, []).append(letters[event])
    for period, names in told.items():
        at = periods.index(period)
        line = {"color": on.colours.unclear, "width": 1, "dash": "dash"}
        figure.add_shape(type="line", x0=at, x1=at, y0=0, y1=1, line=line, layer="below", **place.at)
        figure.add_annotation(
            x=at, y=1, yanchor="bottom", text=f"<b>{','.join(names)}</b>", showarrow=False,
            font={"size": 12, "color": on.colours.ink}, **place.at,
        )  # fmt: skip


def _name(figure: PlainFigure, panel: Panel, place: _Place, on: Canvas, better: Better) -> None:
    """The group above its small chart; in the colour of its latest signal where it shows one in its latest phase."""
    last = [p for p in panel.chart.points if p.rules and p.phase == len(panel.chart.phases) - 1]
    colour = mark_colour(last[-1], better, on) if last else on.colours.ink
    figure.add_annotation(
        x=place.across[0], y=place.up[1], xref="paper", yref="paper", xanchor="left", yanchor="bottom", xshift=-4, yshift=2,
        text=f"<b>{plain(shortened(panel.name, place.width // 2))}</b>", showarrow=False, font={"size": 13, "color": colour},
    )  # fmt: skip


def _name_lines(figure: PlainFigure, panel: Panel, place: _Place, on: Canvas, decimals: int) -> None:
    """Centre and limits of the last point that has some, at the right end; pushed apart where they would overlap."""
    last = next((p for p in reversed(panel.chart.points) if p.low is not None and p.high is not None), None)
    if last is None or last.low is None or last.high is None or last.centre is None:
        return
    low, high = figure.ends("yaxis")
    room = (high - low) * 15 / (_HEIGHT - _TOP - _BOTTOM)
    ends = [min(last.low, last.centre - room), last.centre, max(last.high, last.centre + room)]
    for at, value in zip(ends, (last.low, last.centre, last.high), strict=True):
        figure.add_annotation(
            x=1, y=at, xref="x domain", yref="y", xanchor="left", xshift=6, showarrow=False, text=plain(on.number(value, decimals)),
            font={"size": 12, "color": on.colours.ink if value == last.centre else on.colours.muted},
        )  # fmt: skip
