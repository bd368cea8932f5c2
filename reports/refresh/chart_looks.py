"""How the series and the frame of a chart look, as short texts: what tells whether a user changed them, and what a series was drawn for.

Texts, not bytes: an office program writes the same colour and line in other words when it saves a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reports.office.sequences import A, C, local
from reports.refresh.chart_parts import axes_of, plots_of, series_name, series_of

_HALF_POINT = 6350
_DRAWN_AS_LINES = ("lineChart", "scatterChart", "radarChart")
_COLOURS = ("srgbClr", "schemeClr", "sysClr", "prstClr")
#: Of a plot and of an axis, what follows from the figures beside series and limits.
PLOT_PIECES = ("gapWidth", "overlap")
AXIS_PIECES = ("majorGridlines", "title", "numFmt", "txPr")


@dataclass(frozen=True)
class Look:
    """A series as it was written: its name, its fill, line and marker (``paint``), its labels, the bars of its intervals.

    ``side`` is where its labels stand, empty without any: points of one colour whose names stand on different sides are different
    series. ``hidden`` ones are not in the legend.
    """

    name: str
    paint: str
    side: str = ""
    labels: str = ""
    arms: str = ""
    hidden: bool = False


def looks_of(chart: Any) -> tuple[Look, ...]:
    """Those of all series in the order of the file."""
    hidden = hidden_in_legend(chart)
    return tuple(_look(series, number_of(series) in hidden) for series in series_of(chart))


def _look(series: Any, hidden: bool) -> Look:
    labels = _labels(series)
    side = series.find(f"{C}dLbls/{C}dLblPos")
    stands = "" if not labels else "usual" if side is None else str(side.get("val"))
    return Look(series_name(series), _paint(series), stands, labels, _arms(series), hidden)


def number_of(series: Any) -> str:
    """Its number, by which the legend knows it."""
    found = series.find(f"{C}idx")
    return "" if found is None else str(found.get("val"))


def hidden_in_legend(chart: Any) -> set[str]:
    """The numbers of the series that are not in the legend."""
    return {
        str(entry.find(f"{C}idx").get("val")) for entry in chart.iter(f"{C}legendEntry")
        if entry.find(f"{C}delete") is not None and entry.find(f"{C}delete").get("val") != "0"
    }  # fmt: skip


def _paint(series: Any) -> str:
    """Line and point of a series that is drawn as such; fill and line of a bar or an area.

    What other programs add or leave out when they save a file is not among it: a fill no line has, the rim of a point in its own colour.
    """
    own = series.find(f"{C}spPr")
    if local(series.getparent()) not in _DRAWN_AS_LINES:
        return _shape(own)
    line = None if own is None else own.find(f"{A}ln")
    return f"{'' if line is None else _line(line)} / {_point(series.find(f'{C}marker'))}"


def _point(marker: Any) -> str:
    if marker is None or _value(marker, "symbol") == "none":
        return "none"
    look = marker.find(f"{C}spPr")
    fill = "" if look is None else _fill(look)
    line = None if look is None else look.find(f"{A}ln")
    rim = "" if line is None else _fill(line)
    return f"{_value(marker, 'symbol')} {_value(marker, 'size')} {fill} {rim if rim != fill else ''}".rstrip()


def _shape(properties: Any) -> str:
    """Fill and line."""
    if properties is None:
        return ""
    line = properties.find(f"{A}ln")
    return f"{_fill(properties)} | {'' if line is None else _line(line)}"


def _line(line: Any) -> str:
    fill, dash = _fill(line), line.find(f"{A}prstDash")
    if fill == "none":
        return fill
    return f"{fill} {round(int(line.get('w', '0')) / _HALF_POINT)} {'' if dash is None else dash.get('val')}"


def _fill(parent: Any) -> str:
    for child in parent:
        if local(child) == "noFill":
            return "none"
        if local(child) == "solidFill":
            return " ".join(_colours(child))
        if local(child).endswith("Fill"):
            return local(child)
    return ""


def _colours(parent: Any) -> Iterator[str]:
    for each in parent.iter():
        if local(each) in _COLOURS or local(each).startswith("lum"):
            yield str(each.get("val")).upper()


def _value(parent: Any, name: str) -> str:
    found = parent.find(f"{C}{name}")
    return "" if found is None else str(found.get("val"))


def _labels(series: Any) -> str:
    labels = series.find(f"{C}dLbls")
    if labels is None or _value(labels, "delete") == "1":
        return ""
    form = labels.find(f"{C}numFmt")
    said = [name for name in ("showVal", "showCatName", "showSerName") if _value(labels, name) == "1"]
    return " ".join([*said, _value(labels, "dLblPos"), "" if form is None else str(form.get("formatCode")), _letters(labels)])


def _letters(parent: Any) -> str:
    """Size, weight and colour of texts."""
    found = parent.find(f"{C}txPr/{A}p/{A}pPr/{A}defRPr")
    return "" if found is None else f"{found.get('sz')} {found.get('b')} {_fill(found)}"


def _arms(series: Any) -> str:
    bars = series.findall(f"{C}errBars")
    return ", ".join(f"{_value(each, 'errDir')} {_value(each, 'errBarType')} {_shape(each.find(f'{C}spPr'))}" for each in bars)


def frame_of(chart: Any) -> dict[str, str]:
    """Legend, gaps between bars, and titles, numbers and texts of axes, each under a name of its own."""
    legend = chart.find(f"{C}chart/{C}legend")
    frame = {"legend": "" if legend is None else _value(legend, "legendPos")}
    for place, plot in enumerate(plots_of(chart)):
        frame[f"plot {place}"] = " ".join(_value(plot, name) for name in PLOT_PIECES)
    for place, axis in enumerate(axes_of(chart)):
        frame[f"axis {place}"] = _axis(axis)
    return frame


def _axis(axis: Any) -> str:
    form, body, title = axis.find(f"{C}numFmt"), axis.find(f"{C}txPr/{A}bodyPr"), axis.find(f"{C}title")
    words = "" if title is None else " ".join("".join(each.text or "" for each in title.iter(f"{A}t")).split())
    turned = "" if body is None else str(body.get("rot") or "")
    grid = "" if axis.find(f"{C}majorGridlines") is None else "grid"
    return " ".join([words, "" if form is None else str(form.get("formatCode")), _letters(axis), turned, grid])
