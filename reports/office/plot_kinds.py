"""What each kind of plot may have. An office program offers to repair a file, or shows an empty slide, where it has more than that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports.office.plan import Plot, PlotKind, Position, Series


@dataclass(frozen=True)
class Allowed:
    """The type and subtype XlsxWriter calls it by, and what its series may have."""

    type: str
    subtype: str | None
    positions: frozenset[Position]
    fill: bool = False
    line: bool = False
    marker: bool = False
    whiskers: bool = False


_INSIDE: frozenset[Position] = frozenset({"center", "inside_end", "inside_base"})
_OUTSIDE: frozenset[Position] = _INSIDE | {"outside_end"}
_AROUND: frozenset[Position] = frozenset({"center", "left", "right", "above", "below"})
KINDS: Mapping[PlotKind, Allowed] = {
    "bar": Allowed("bar", None, _OUTSIDE, fill=True, whiskers=True),
    "stacked bar": Allowed("bar", "stacked", _INSIDE, fill=True, whiskers=True),
    "column": Allowed("column", None, _OUTSIDE, fill=True, whiskers=True),
    "stacked column": Allowed("column", "stacked", _INSIDE, fill=True, whiskers=True),
    "line": Allowed("line", None, _AROUND, line=True, marker=True, whiskers=True),
    "stacked area": Allowed("area", "stacked", frozenset(), fill=True),
    "scatter": Allowed("scatter", "straight_with_markers", _AROUND, line=True, marker=True, whiskers=True),
    "radar": Allowed("radar", "with_markers", frozenset(), line=True, marker=True),
}


def refuse_what_is_not_allowed(plot: Plot) -> None:
    """Raises ValueError where a series has what its plot cannot: a mistake of the program, never of a user."""
    allowed = KINDS[plot.kind]
    for series in plot.series:
        if wrong := _beyond(series, allowed):
            raise ValueError(f"a {plot.kind} has no {wrong}")


def _beyond(series: Series, allowed: Allowed) -> str:
    if (series.fill or series.edge) and not allowed.fill:
        return "fill"
    if series.line and not allowed.line:
        return "line"
    if series.marker and not allowed.marker:
        return "marker"
    if series.whiskers and not allowed.whiskers:
        return "whiskers"
    position = series.labels.position if series.labels else None
    return f"labels {position}" if position is not None and position not in allowed.positions else ""
