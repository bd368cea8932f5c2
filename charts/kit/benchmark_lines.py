"""Lines a figure is read against: values from outside, of last year, of the best branch; dashed, each named with its source and date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analysis.results.estimates import Estimate
from charts.kit.layout import Canvas, value_and_margin
from charts.kit.rows import shortened
from words.language import translator
from words.lists import listed
from words.periods import wave_text
from words.shown_text import plotly_text as plain

#: Pixels of a name on a phone; the caption has it whole.
_NARROW_NAME = 120
_DASHES = ("6px,4px", "2px,3px", "9px,3px,2px,3px")


@dataclass(frozen=True)
class BenchmarkLine:
    """One line: its short name, and for each wave the value with what has to be known of it (source and date, wave, or branch)."""

    name: str
    values: Mapping[str, Estimate]
    told: Mapping[str, str]

    @property
    def shown(self) -> dict[str, float]:
        """Wave → value."""
        return {wave: entry.value for wave, entry in self.values.items() if entry.value is not None}


def values_of(lines: Sequence[BenchmarkLine]) -> list[float]:
    """Everything an axis has to hold."""
    return [value for line in lines for value in line.shown.values()]


def add_over_time(
    figure: go.Figure, lines: Sequence[BenchmarkLine], waves: Sequence[str], at: Sequence[float], room: float, on: Canvas
) -> None:
    """Dashed lines through the waves they have a value for; the name stands above one end, ``room`` apart from the others."""
    taken: list[float] = []
    for number, line in enumerate(lines):
        places = [place for place, wave in enumerate(waves) if wave in line.shown]
        if not places:
            continue
        hover = [
            f"<b>{plain(line.told[waves[place]])}</b><br>{plain(wave_text(waves[place], on.language))}<br>"
            f"{value_and_margin(line.values[waves[place]], on)}"
            for place in places
        ]
        y = [line.shown[waves[place]] for place in places]
        pen = {"color": on.colours.muted, "width": 1.6, "dash": _DASHES[number % len(_DASHES)]}
        one = {"mode": "lines+markers", "marker": {"size": 5, "symbol": "diamond", "color": on.colours.muted, "opacity": 1}}
        figure.add_trace(go.Scatter(x=[at[place] for place in places], y=y, line=pen, hovertext=hover, hoverinfo="text", **one))
        height = y[0]
        while any(abs(height - other) < room for other in taken):
            height += room
        taken.append(height)
        early = at[places[0]] <= (at[0] + at[-1]) / 3
        side = {"x": at[places[0]], "xanchor": "left"} if early else {"x": at[places[-1]], "xanchor": "right"}
        font = {"size": 12, "color": on.colours.muted}
        figure.add_annotation(
            y=height,
            text=plain(shortened(line.name, _NARROW_NAME) if on.narrow else line.name),
            yanchor="bottom",
            yshift=2,
            showarrow=False,
            font=font,
            **side,
        )


def told_lines(lines: Sequence[BenchmarkLine], on: Canvas) -> list[str]:
    """A sentence that names every line with its latest value; none without lines."""
    _ = translator(on.language)
    told = []
    for line in lines:
        if line.shown:
            latest = list(line.shown)[-1]
            told.append(f"{line.told[latest]} {on.number(line.shown[latest])}")
    return [_("Dashed: {list}.").format(list=listed(told, on.language))] if told else []
