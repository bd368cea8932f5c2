"""A line over time in a few pixels, as SVG that stands in the page itself: no library draws it and it is as wide as its card."""

from __future__ import annotations

from charts.kit.description.planes import Line
from charts.kit.drawing.lines import runs_of
from charts.kit.layout import Canvas
from charts.kit.tones import tone_colour

#: The drawing is this wide in units of its own; it is stretched to its card, lines and dot are not.
_WIDTH, _EDGE = 200.0, 6.0
_UNSTRETCHED = "vector-effect:non-scaling-stroke"


def spark_svg(line: Line, at: tuple[float, ...], on: Canvas, *, height: int) -> str:
    """Band and line with a dot at the last point if there is a figure; ``at`` is where each position lies.

    It is for the eye alone: the card says the figure and its changes in words."""
    ends = [
        end for n in line.numbers if n is not None and n.value is not None for end in (n.value, n.low, n.high) if end is not None
    ]  # fmt: skip
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    across, up = (at[-1] if at else 0.0) or 1.0, (high - low) or 1.0
    colour = tone_colour(line.tone, on.colours)

    def place(position: int, value: float | None) -> str:
        x = _EDGE + at[position] / across * (_WIDTH - 2 * _EDGE)
        return f"{x:.2f},{height - _EDGE - ((value or 0.0) - low) / up * (height - 2 * _EDGE):.2f}"

    shapes = []
    for run in runs_of(line):
        upper = [place(position, n.high if n.high is not None else n.value) for position, n in run]
        lower = [place(position, n.low if n.low is not None else n.value) for position, n in run]
        middle = [place(position, n.value) for position, n in run]
        shapes.append(f'<path d="M{" L".join([*upper, *reversed(lower)])}Z" fill="{colour}" fill-opacity="0.18"/>')
        shapes.append(f'<path d="M{" L".join(middle)}" fill="none" stroke="{colour}" stroke-width="2" style="{_UNSTRETCHED}"/>')
    last = line.numbers[-1] if line.numbers else None
    if last is not None and last.value is not None:
        dot = place(len(line.numbers) - 1, last.value)
        pen = f'stroke="{colour}" stroke-width="7" stroke-linecap="round" style="{_UNSTRETCHED}"'
        shapes.append(f'<path d="M{dot} L{dot}" {pen}/>')
    head = f'<svg aria-hidden="true" viewBox="0 0 {_WIDTH:g} {height}" width="100%" height="{height}" preserveAspectRatio="none">'
    return f"{head}{''.join(shapes)}</svg>"
