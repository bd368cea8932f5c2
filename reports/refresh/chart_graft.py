"""New figures into a chart that somebody has made his own: his colours, titles, sizes and fonts stay, series by series.

Taken from the newly drawn chart are, of each series, its name, categories, values, arms of intervals and texts of labels; everything else
is the user's. Drawing it anew would lose his colours; filling in the numbers alone would keep old ranges, labels and intervals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from reports.office.sequences import C, insert, local
from reports.refresh.chart_parts import axes_of, axis_limits, categories_of, look_of, plot_kinds, plots_of, series_name, series_of

#: What of a series is its figures.
_DATA = ("tx", "cat", "val", "xVal", "yVal")
_ACROSS_NAMES = frozenset({"barChart", "lineChart", "areaChart", "radarChart"})
_KNOWN = _ACROSS_NAMES | {"scatterChart"}


@dataclass(frozen=True)
class Grafted:
    """What happened to a chart: series by name that are new or gone, and limits of axes of the user's that no longer hold the values."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    outside: bool = False


def fits(chart: Any, drawn: Any, written: Sequence[str]) -> bool:
    """Whether the figures of a newly drawn chart have a place in the user's: he kept its kind, or chose one that has names across, too."""
    there, needed = set(plot_kinds(chart)), set(plot_kinds(drawn))
    if not there or not there <= _KNOWN:
        return False
    if needed <= there:
        return True
    return there <= _ACROSS_NAMES and needed <= _ACROSS_NAMES and (not written or set(written) == needed)


def graft(
    chart: Any, drawn: Any, written_limits: Sequence[tuple[str, str]] = (), written_looks: Mapping[str, str] | None = None
) -> Grafted:
    """Changes ``chart``, the user's ``c:chartSpace``, to the figures of ``drawn``.

    ``written_limits`` and ``written_looks`` are what its axes and its series were when this program wrote it last.
    """
    pairs, added, lost = _paired(series_of(chart), series_of(drawn), written_looks or {})
    for series, new in pairs:
        _take_figures(series, new)
    gone = tuple(series_name(series) for series in lost)
    for series in lost:
        _drop(chart, series)
    new = tuple(name for series in added if (name := _add(chart, drawn, series)) is not None)
    _longest_first(chart)
    return Grafted(new, gone, _axes(chart, drawn, written_limits))


def _paired(there: Sequence[Any], drawn: Sequence[Any], looks: Mapping[str, str]) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """Series by their names, then what is left in the order of the chart, drawn alike: a colour with a meaning is never another's.

    What remains is new, or gone.
    """
    left = list(drawn)
    pairs: list[tuple[Any, Any]] = []
    unnamed, lost = list[Any](), list[Any]()
    for series in there:
        if not _pair(series, [each for each in left if series_name(each) == series_name(series)], left, pairs):
            unnamed.append(series)
    for series in unnamed:
        look = looks.get(series_name(series)) or look_of(series)
        if not _pair(series, [each for each in left if _plot(each) == _plot(series) and look_of(each) == look], left, pairs):
            lost.append(series)
    return pairs, left, lost


def _pair(series: Any, fitting: Sequence[Any], left: list[Any], pairs: list[tuple[Any, Any]]) -> bool:
    if fitting:
        left.remove(fitting[0])
        pairs.append((series, fitting[0]))
    return bool(fitting)


def _plot(series: Any) -> str:
    return local(series.getparent())


def _take_figures(series: Any, new: Any) -> None:
    before = categories_of(series)
    for name in _DATA:
        found = new.find(f"{C}{name}")
        old = series.find(f"{C}{name}")
        if found is None:
            continue
        if old is None:
            insert(series, deepcopy(found))
        else:
            series.replace(old, deepcopy(found))
    _move_point_formats(series, before, categories_of(series))
    _take_arms(series, new)
    _take_labels(series, new)


def _move_point_formats(series: Any, before: Mapping[int, str], after: Mapping[int, str]) -> None:
    """What the user coloured is a branch, not the third bar: it moves with its name, and goes with it."""
    places = {name: place for place, name in after.items()}
    points = {}
    for point in series.findall(f"{C}dPt"):
        index = point.find(f"{C}idx")
        place = places.get(before.get(int(index.get("val")), "")) if before else int(index.get("val"))
        series.remove(point)
        if place is not None and (after or place < _length(series)):
            index.set("val", str(place))
            points[place] = point
    for place in sorted(points):
        insert(series, points[place])


def _length(series: Any) -> int:
    counts = [int(each.get("val", "0")) for each in series.iter(f"{C}ptCount")]
    return max(counts, default=0)


def _take_arms(series: Any, new: Any) -> None:
    """Intervals as far as the user left any."""
    fresh = {_direction(each): each for each in new.findall(f"{C}errBars")}
    for bars in series.findall(f"{C}errBars"):
        found = fresh.get(_direction(bars)) if _direction(bars) in fresh else next(iter(fresh.values()), None)
        if found is None:
            series.remove(bars)
            continue
        for name in ("plus", "minus"):
            old, arm = bars.find(f"{C}{name}"), found.find(f"{C}{name}")
            if old is not None and arm is not None:
                bars.replace(old, deepcopy(arm))


def _direction(bars: Any) -> str:
    found = bars.find(f"{C}errDir")
    return "" if found is None else str(found.get("val"))


def _take_labels(series: Any, new: Any) -> None:
    """Texts of single points are written out, so they are new; how labels look, and whether there are any, is the user's."""
    labels, fresh = series.find(f"{C}dLbls"), new.find(f"{C}dLbls")
    if labels is None or fresh is None or labels.find(f"{C}delete") is not None:
        return
    for label in labels.findall(f"{C}dLbl"):
        labels.remove(label)
    for place, label in enumerate(fresh.findall(f"{C}dLbl")):
        labels.insert(place, deepcopy(label))


def _drop(chart: Any, series: Any) -> None:
    """Takes a series out, and what the legend said of it."""
    place = series.find(f"{C}idx").get("val")
    series.getparent().remove(series)
    for entry in list(chart.iter(f"{C}legendEntry")):
        if entry.find(f"{C}idx").get("val") == place:
            entry.getparent().remove(entry)


def _add(chart: Any, drawn: Any, series: Any) -> str | None:
    """Puts a new series into the plot of its kind, as it was drawn; returns its name, None where there is no such plot."""
    target = next((plot for plot in plots_of(chart) if local(plot) == _plot(series)), None)
    if target is None:
        return None
    copy, number = deepcopy(series), _next_number(chart)
    hidden = any(
        entry.find(f"{C}idx").get("val") == series.find(f"{C}idx").get("val") and entry.find(f"{C}delete") is not None
        for entry in drawn.iter(f"{C}legendEntry")
    )
    for name in ("idx", "order"):
        copy.find(f"{C}{name}").set("val", str(number))
    others = target.findall(f"{C}ser")
    if others:
        others[-1].addnext(copy)
    else:
        insert(target, copy)
    legend = chart.find(f"{C}chart/{C}legend")
    if hidden and legend is not None:
        entry = etree.Element(f"{C}legendEntry")
        etree.SubElement(entry, f"{C}idx", val=str(number))
        etree.SubElement(entry, f"{C}delete", val="1")
        insert(legend, entry)
    return series_name(series)


def _longest_first(chart: Any) -> None:
    """LibreOffice leaves out a scatter series that is shorter than a later one; which lies above which is said by their order numbers."""
    for plot in plots_of(chart):
        series = plot.findall(f"{C}ser") if local(plot) == "scatterChart" else []
        if not series:
            continue
        place = plot.index(series[0])
        for each in series:
            plot.remove(each)
        for offset, each in enumerate(sorted(series, key=lambda one: -_length(one))):
            plot.insert(place + offset, each)


def _next_number(chart: Any) -> int:
    taken = [int(series.find(f"{C}{name}").get("val")) for series in series_of(chart) for name in ("idx", "order")]
    return max(taken, default=-1) + 1


def _axes(chart: Any, drawn: Any, written: Sequence[tuple[str, str]]) -> bool:
    """New limits where the user left ours; returns whether values lie outside of limits that are his.

    Where nobody knows whose they are, they stay as long as all values are within.
    """
    mine, axes, fresh = axis_limits(chart), axes_of(chart), axes_of(drawn)
    outside = False
    for place, axis in enumerate(axes):
        twin = fresh[place] if place < len(fresh) and local(fresh[place]) == local(axis) else None
        known = place < len(written)
        beyond = _beyond(chart, axis, mine[place])
        if twin is not None and (mine[place] == written[place] if known else beyond):
            _set_limits(axis, twin)
        else:
            outside = outside or beyond
    return outside


def _set_limits(axis: Any, fresh: Any) -> None:
    """The limits and the step between them."""
    scaling, new = axis.find(f"{C}scaling"), fresh.find(f"{C}scaling")
    for name in ("max", "min"):
        for old in scaling.findall(f"{C}{name}"):
            scaling.remove(old)
        found = new.find(f"{C}{name}")
        if found is not None:
            scaling.append(deepcopy(found))
    unit, step = axis.find(f"{C}majorUnit"), fresh.find(f"{C}majorUnit")
    if unit is not None and step is not None:
        unit.set("val", step.get("val"))


def _beyond(chart: Any, axis: Any, limits: tuple[str, str]) -> bool:
    """Whether a value of the plots on this axis lies outside its limits."""
    if local(axis) != "valAx" or limits == ("", ""):
        return False
    key = axis.find(f"{C}axId").get("val")
    low, high = (float(end) if end else None for end in limits)
    for plot in plots_of(chart):
        keys = [each.get("val") for each in plot.findall(f"{C}axId")]
        if key not in keys:
            continue
        across = local(plot) == "scatterChart" and keys[0] == key
        for value in _values(plot, "xVal" if across else "yVal" if local(plot) == "scatterChart" else "val"):
            if (low is not None and value < low) or (high is not None and value > high):
                return True
    return False


def _values(plot: Any, name: str) -> list[float]:
    """The figures of a plot; of a stacked one sums are not made, its single parts are looked at."""
    return [float(text) for held in plot.iter(f"{C}{name}") for each in held.iter(f"{C}v") if (text := (each.text or "").strip())]
