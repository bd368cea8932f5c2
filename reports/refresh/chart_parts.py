"""What can be read of a chart in a presentation: its series, plots, axis limits, and the workbook behind it."""

from __future__ import annotations

import hashlib
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE

from reports.office.sequences import C, R, local

_PLOTS = frozenset({"barChart", "lineChart", "areaChart", "scatterChart", "radarChart", "pieChart", "doughnutChart", "bubbleChart"})
_AXES = ("catAx", "valAx", "dateAx", "serAx")


def plots_of(chart: Any) -> list[Any]:
    """The plots of a ``c:chartSpace`` in the order they are drawn."""
    area = chart.find(f"{C}chart/{C}plotArea")
    return [] if area is None else [each for each in area if local(each) in _PLOTS or local(each).endswith("Chart")]


def plot_kinds(chart: Any) -> tuple[str, ...]:
    """Their kinds."""
    return tuple(local(each) for each in plots_of(chart))


def series_of(chart: Any) -> list[Any]:
    """All series."""
    return [series for plot in plots_of(chart) for series in plot.findall(f"{C}ser")]


def series_name(series: Any) -> str:
    """What a series is called."""
    found = series.find(f"{C}tx")
    return "" if found is None else " ".join("".join(each.text or "" for each in found.iter(f"{C}v")).split())


def series_looks(chart: Any) -> dict[str, str]:
    """Name → fingerprint of line, fill and marker of every series: what tells whether another wave's series is drawn as this one was."""
    return {series_name(series): look_of(series) for series in series_of(chart)}


def look_of(series: Any) -> str:
    """Line, fill and marker of a series, by twelve digits."""
    parts = [series.find(f"{C}{name}") for name in ("spPr", "marker")]
    return hashlib.sha256(b"".join(etree.tostring(each, method="c14n") for each in parts if each is not None)).hexdigest()[:12]


def categories_of(series: Any) -> dict[int, str]:
    """Its categories by their place."""
    found = series.find(f"{C}cat")
    points = [] if found is None else found.iter(f"{C}pt")
    return {int(point.get("idx", "-1")): "".join(each.text or "" for each in point.iter(f"{C}v")) for point in points}


def axes_of(chart: Any) -> list[Any]:
    """The axes in the order of the file."""
    area = chart.find(f"{C}chart/{C}plotArea")
    return [] if area is None else [each for each in area if local(each) in _AXES]


def axis_limits(chart: Any) -> tuple[tuple[str, str], ...]:
    """Lowest and highest value each axis was set to; empty where the program that shows it decides."""
    return tuple((_limit(axis, "min"), _limit(axis, "max")) for axis in axes_of(chart))


def _limit(axis: Any, name: str) -> str:
    found = axis.find(f"{C}scaling/{C}{name}")
    return "" if found is None else f"{float(found.get('val')):g}"


def workbook_relation(part: Any) -> Any:
    """The relation of a chart part to the workbook behind it; None where it has none."""
    data = part._element.find(f"{C}externalData")
    key = None if data is None else data.get(f"{R}id")
    return part.rels.get(key) if key else None


def is_linked(part: Any) -> bool:
    """Whether the chart's workbook is a file elsewhere."""
    relation = workbook_relation(part)
    return relation is not None and bool(relation.is_external)


def workbook_bytes(part: Any) -> bytes | None:
    """The workbook inside the file; None where there is none."""
    relation = workbook_relation(part)
    if relation is None or relation.is_external or relation.reltype != RELATIONSHIP_TYPE.PACKAGE:
        return None
    return bytes(relation.target_part.blob)


def workbook_fingerprint(part: Any) -> str:
    """It by twelve digits; empty where there is none."""
    found = workbook_bytes(part)
    return "" if found is None else hashlib.sha256(found).hexdigest()[:12]
