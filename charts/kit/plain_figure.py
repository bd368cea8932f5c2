"""A figure as plain dictionaries, in the words of Plotly: what the browser is sent.

Plotly's own figure objects check every word as it is said, which takes twenty times as long as drawing; here nothing is checked, and
``Chart.figure`` has Plotly check the whole, which every test of a chart looks at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Trace = dict[str, Any]


def scatter(**settings: Any) -> Trace:
    """Points, lines or texts on a plane."""
    return {"type": "scatter", **settings}


def bar(**settings: Any) -> Trace:
    """Bars."""
    return {"type": "bar", **settings}


def sankey(**settings: Any) -> Trace:
    """Flows between boxes."""
    return {"type": "sankey", **settings}


@dataclass
class PlainFigure:
    """Traces and layout. It is put together while it is drawn and not changed afterwards, since who kept it shows it again."""

    data: list[Trace] = field(default_factory=list)
    layout: dict[str, Any] = field(default_factory=dict)

    @property
    def height(self) -> float:
        """Pixels from top to bottom."""
        return float(self.layout["height"])

    @property
    def margin(self) -> dict[str, float]:
        """Pixels around the plot by the first letter of their side: ``l``, ``r``, ``t``, ``b``."""
        found: dict[str, float] = self.layout["margin"]
        return found

    def ends(self, axis: str = "xaxis") -> tuple[float, float]:
        """The ends of an axis."""
        low, high = self.layout[axis]["range"]
        return low, high

    def add_trace(self, trace: Trace) -> None:
        """Draws marks over those there are."""
        self.data.append(trace)

    def add_traces(self, traces: Iterable[Trace]) -> None:
        """Draws marks over those there are, one after the other."""
        self.data.extend(traces)

    def add_annotation(self, **settings: Any) -> None:
        """Writes a text."""
        self.layout.setdefault("annotations", []).append(settings)

    def add_shape(self, **settings: Any) -> None:
        """Draws a line, a box or a path."""
        self.layout.setdefault("shapes", []).append(settings)

    def add_upright(self, at: float, **settings: Any) -> None:
        """Draws a line from the bottom to the top of the plot."""
        self.add_shape(type="line", xref="x", x0=at, x1=at, yref="y domain", y0=0, y1=1, **settings)

    def update_layout(self, **settings: Any) -> None:
        """Settings of the whole; what was said of their parts before and is not said anew stays."""
        _lay_over(self.layout, settings)

    def update_xaxes(self, **settings: Any) -> None:
        """Settings of the axis from left to right."""
        _lay_over(self.layout, {"xaxis": settings})

    def update_yaxes(self, **settings: Any) -> None:
        """Settings of the axis from bottom to top."""
        _lay_over(self.layout, {"yaxis": settings})

    def as_dict(self) -> dict[str, Any]:
        """The figure as Plotly writes it."""
        return {"data": self.data, "layout": self.layout}

    def to_json(self) -> str:
        """The figure as a text, which :meth:`of_json` reads."""
        return json.dumps(self.as_dict(), ensure_ascii=False, separators=(",", ":"), allow_nan=False)

    @classmethod
    def of_json(cls, text: str) -> PlainFigure:
        """A figure that was written as a text, by this program or by Plotly."""
        read = json.loads(text)
        return cls(read["data"], read["layout"])


def _lay_over(under: dict[str, Any], settings: Mapping[str, Any]) -> None:
    for name, value in settings.items():
        before = under.get(name)
        if isinstance(value, Mapping) and isinstance(before, dict):
            _lay_over(before, value)
        else:
            under[name] = dict(value) if isinstance(value, Mapping) else value
