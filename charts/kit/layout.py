"""What all charts share: the chart as a value, the canvas it is drawn for, and the common figure layout."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Provenance
from charts.kit.palette import Palette, Theme, palette_for
from charts.kit.plain_figure import PlainFigure
from survey_schema.models import SurveySchema
from words.language import Language, number_text, percent_sign

if TYPE_CHECKING:
    from charts.kit.description.description import Description

FONTS = "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, WenQuanYi Zen Hei, sans-serif"
DOT = 9
#: Thickness of an interval bar, in rows (one row is 1 on the y axis).
BAND = 0.22
#: Pixels for a chart in a window of usual width and on a usual phone.
USUAL_WIDTH, USUAL_PHONE = 900, 340


@dataclass(frozen=True)
class Chart:
    """A drawn result.

    ``caption`` says how to read it, ``alt_text`` what it shows (for those who can't see it), ``table`` the figures
    drawn, at full precision, with headings in the chart's language. Hidden values are in none of them. ``described`` is what it was
    drawn from, from which it can be drawn at another width and in another program. ``drawing`` is the figure, or draws it when it is
    looked at: a slide has a native chart and needs none. ``names`` are those that can be looked for, where not all are drawn.
    """

    title: str
    caption: str
    alt_text: str
    drawing: PlainFigure | Callable[[], PlainFigure]
    table: pd.DataFrame
    described: Description | None = None
    names: tuple[str, ...] = ()

    @property
    def plain(self) -> PlainFigure:
        """The figure as it is shown on a page."""
        return self.drawing() if callable(self.drawing) else self.drawing

    @property
    def figure(self) -> go.Figure:
        """The same, every word of it checked by Plotly: for what is kept for years. Raises ValueError for a word it does not know."""
        return go.Figure(self.plain.as_dict())


@dataclass(frozen=True)
class Canvas:
    """Whom a chart is drawn for: the survey's names, one language, one theme, a width in pixels; ``narrow`` for a phone.

    A ``width`` of 0 is not measured: that of a usual window, or of a usual phone. ``found`` are the names a reader looked for, which are
    drawn whatever a chart of very many leaves out.
    """

    schema: SurveySchema
    language: Language
    theme: Theme = "light"
    narrow: bool = False
    width: int = 0
    found: tuple[str, ...] = ()

    @property
    def room(self) -> int:
        """The width a chart is drawn at, in pixels."""
        return self.width or (USUAL_PHONE if self.narrow else USUAL_WIDTH)

    @property
    def colours(self) -> Palette:
        """The palette of the theme."""
        return palette_for(self.theme)

    def number(self, value: float, decimals: int = 1, *, signed: bool = False) -> str:
        """A number as text."""
        return number_text(value, decimals, self.language, signed=signed)

    @property
    def percent_sign(self) -> str:
        """What follows a figure in per cent."""
        return percent_sign(self.language)

    def percent(self, value: float, decimals: int = 1) -> str:
        """A figure that is in per cent already, with its sign."""
        return self.number(value, decimals) + self.percent_sign

    def title(self, code: str) -> str:
        """Name of an indicator or item."""
        return self.schema.title_of(code, self.language)

    def role_title(self, role: str) -> str:
        """Name of a dimension or attribute as the survey calls it."""
        return self.schema.column_title(role, self.language)

    def value(self, role: str, value: str | None) -> str:
        """Name of a branch, operator, brand, business line or attribute's value."""
        return self.schema.value_title(role, value, self.language)


def round_ticks(low: float, high: float, most: int = 6) -> dict[str, object]:
    """Settings of an axis with at most ``most`` labels at round steps, all with the same decimals: not 78 beside 78.5.

    >>> round_ticks(76, 79)["tickformat"], round_ticks(60, 90)["tickformat"]
    ('.1f', '.0f')
    """
    step = max(high - low, 1e-9) / most
    power = math.floor(math.log10(step))
    exponent = power + (step > 5 * 10**power * (1 + 1e-9))  # the round step is 1, 2 or 5 times a power of ten
    return {"range": [low, high], "nticks": most, "tickformat": f".{max(-exponent, 0)}f"}


def half_width(estimate: Estimate) -> float | None:
    """Half the width of the interval, in the unit of the value; None without an interval."""
    low, high = estimate.ends
    return None if low is None or high is None else (high - low) / 2


def value_and_margin(estimate: Estimate, on: Canvas, decimals: int = 1, *, signed: bool = False) -> str:
    """``79.2 ±0.6``; the value alone without an interval; empty when it is hidden."""
    if estimate.value is None:
        return ""
    text, half = on.number(estimate.value, decimals, signed=signed), half_width(estimate)
    return text if half is None else f"{text} ±{on.number(half, decimals)}"


def level_text(result: Result, on: Canvas) -> str:
    """The confidence level of a result in per cent, as text."""
    return confidence_text(result.provenance, on)


def confidence_text(provenance: Provenance, on: Canvas) -> str:
    """The confidence level of intervals in per cent, as text."""
    return on.number(100 * provenance.limits.confidence, 0)


def figure_for(on: Canvas, height: float, **layout: object) -> PlainFigure:
    """An empty figure in the common layout: transparent ground, no legend, no tools, text in a font that knows Chinese."""
    colours = on.colours
    figure = PlainFigure()
    figure.update_layout(
        template={"data": {"scatter": [{"type": "scatter"}]}},  # none of Plotly's own, which differ from version to version
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8, "pad": 0},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONTS, "size": 13, "color": colours.ink},
        showlegend=False,
        dragmode=False,
        hoverlabel={"bgcolor": colours.surface, "bordercolor": colours.line, "font": {"family": FONTS, "color": colours.ink, "size": 13}},
        bargap=0,
    )
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True, "showline": False, "ticks": "", "automargin": False}
    figure.update_xaxes(**axis, color=colours.muted)
    figure.update_yaxes(**axis, color=colours.muted)
    figure.update_layout(**layout)
    return figure
