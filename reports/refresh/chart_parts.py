"""What can be read of a chart in a presentation: its series, plots, axis limits, and the workbook behind it."""

from __future__ import annotations

import hashlib
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE

from reports.office.sequences import A, C, R, local

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


def point_names(series: Any) -> dict[int, str]:
    """What its points are called, by their places: the categories, or the texts written beside points on a plane."""
    found = series.find(f"{C}cat")
    if found is None:
        texts = {_place(label): "".join(each.text or "" for each in label.iter(f"{A}t")) for label in series.iterfind(f"{C}dLbls/{C}dLbl")}
        return {place: text for place, text in texts.items() if text}
    return {int(point.get("idx", "-1")): "".join(each.text or "" for each in point.iter(f"{C}v")) for point in found.iter(f"{C}pt")}


def places_with_values(series: Any) -> set[int]:
    """The places at which it has a figure."""
    return {int(point.get("idx", "-1")) for name in ("val", "yVal") for point in series.iterfind(f"{C}{name}//{C}pt")}


def _place(label: Any) -> int:
    found = label.find(f"{C}idx")
    return -1 if found is None else int(found.get("val"))


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
