"""What of a chart is not series: plots, legend, axes. New where nobody changed it, the user's else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from reports.office.sequences import C, insert, local
from reports.refresh.chart_looks import AXIS_PIECES, PLOT_PIECES, frame_of
from reports.refresh.chart_parts import axes_of, axis_limits, plots_of


def take_plots(chart: Any, drawn: Any) -> None:
    """The plots and axes of the new chart in the place of the user's, without series: in this wave there are others."""
    area = chart.find(f"{C}chart/{C}plotArea")
    old = [*plots_of(chart), *axes_of(chart)]
    place = area.index(old[0])
    for each in old:
        area.remove(each)
    for offset, each in enumerate([*plots_of(drawn), *axes_of(drawn)]):
        copy = deepcopy(each)
        for series in copy.findall(f"{C}ser"):
            copy.remove(series)
        area.insert(place + offset, copy)


def renew_legend(chart: Any, drawn: Any, written: Mapping[str, str], hidden: Sequence[str]) -> None:
    """A legend where there is one in this wave, unless the user added or removed it; without the series of the ``hidden`` numbers."""
    holder = chart.find(f"{C}chart")
    legend, fresh = holder.find(f"{C}legend"), drawn.find(f"{C}chart/{C}legend")
    if "legend" in written and bool(written["legend"]) == (legend is not None):
        if fresh is None and legend is not None:
            holder.remove(legend)
            legend = None
        elif fresh is not None and legend is None:
            legend = insert(holder, deepcopy(fresh))
    if legend is None:
        return
    for entry in legend.findall(f"{C}legendEntry"):
        if entry.find(f"{C}delete") is not None or entry.find(f"{C}idx").get("val") in hidden:
            legend.remove(entry)
    for number in hidden:
        entry = etree.Element(f"{C}legendEntry")
        etree.SubElement(entry, f"{C}idx", val=number)
        etree.SubElement(entry, f"{C}delete", val="1")
        insert(legend, entry)


def renew_frame(chart: Any, drawn: Any, written: Mapping[str, str]) -> None:
    """Gaps between bars; titles, numbers and letters of axes."""
    now = frame_of(chart)
    for kind, pieces, there, fresh in (
        ("plot", PLOT_PIECES, plots_of(chart), plots_of(drawn)),
        ("axis", AXIS_PIECES, axes_of(chart), axes_of(drawn)),
    ):
        for place, (mine, new) in enumerate(zip(there, fresh, strict=False)):
            key = f"{kind} {place}"
            if local(mine) == local(new) and key in written and now[key] == written[key]:
                _swap(mine, new, pieces)


def _swap(mine: Any, new: Any, pieces: Sequence[str]) -> None:
    for name in pieces:
        for old in mine.findall(f"{C}{name}"):
            mine.remove(old)
        for each in new.findall(f"{C}{name}"):
            insert(mine, deepcopy(each))


def renew_axes(chart: Any, drawn: Any, written: Sequence[tuple[str, str]]) -> bool:
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
    _swap(axis, fresh, ("majorUnit",))


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
