"""A figure over the waves in a few pixels, for a card."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.compare.wave_order import time_places
from analysis.results.estimates import Result
from charts.index.trend_line import broken_before
from charts.kit.description.numbers import Tone, numbers_of
from charts.kit.description.planes import Line
from charts.kit.drawing.spark import spark_svg
from charts.kit.layout import Canvas


def sparkline(trend: Result, code: str, waves: Sequence[str], on: Canvas, tone: Tone, *, height: int = 56) -> str:
    """The line and its band as SVG; it breaks where the large line does. Empty where fewer than two waves have a figure."""
    found = [trend.find(code, wave=wave) for wave in waves]
    if sum(1 for e in found if e is not None and e.value is not None) < 2:
        return ""
    line = Line(on.title(code), numbers_of(found, on.language), tone, breaks=broken_before(found, waves))
    return spark_svg(line, tuple(time_places(waves)), on, height=height)
