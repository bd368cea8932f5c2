"""New figures into a chart that somebody has made his own: his colours, titles, sizes and fonts stay, series by series.

Whatever nobody changed is as in a newly drawn chart: series, their order, colours and labels, legend, axes. What the user changed, piece
by piece, stays his, with the new figures. Drawing it anew would lose his colours; filling in the numbers alone would keep old ranges,
labels and intervals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from reports.office.sequences import C, insert, local
from reports.refresh.chart_frame import renew_axes, renew_frame, renew_legend, take_plots
from reports.refresh.chart_looks import Look, looks_of, number_of
from reports.refresh.chart_parts import plot_kinds, plots_of, series_name, series_of
from reports.refresh.renew_series import longest_first, put_points, renew_series, taken_points
from reports.refresh.series_pairs import Pairs, paired, reordered

_ACROSS_NAMES = frozenset({"barChart", "lineChart", "areaChart", "radarChart"})
_KNOWN = _ACROSS_NAMES | {"scatterChart"}


@dataclass(frozen=True)
class Written:
    """A chart as this program wrote it last: its plots, the limits of its axes, its series, its frame. Nothing of it may be known."""

    plots: tuple[str, ...] = ()
    limits: tuple[tuple[str, str], ...] = ()
    looks: tuple[Look, ...] = ()
    frame: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grafted:
    """What happened to a chart, series by name: ``new`` and ``gone`` ones, ``own`` ones of the user's that have no place any more.

    ``removed`` are those the user took out, which stay out, ``homeless`` new ones his kind of chart has no place for; ``outside`` tells
    whether limits of axes of his no longer hold the values.
    """

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    homeless: tuple[str, ...] = ()
    outside: bool = False


def fits(chart: Any, drawn: Any, written: Sequence[str]) -> bool:
    """Whether the figures of a newly drawn chart have a place in the user's: he kept its kind, or chose one that has names across, too."""
    there, needed = set(plot_kinds(chart)), set(plot_kinds(drawn))
    if not there or not there <= _KNOWN:
        return False
    if needed <= there or plot_kinds(chart) == tuple(written):
        return True
    return there <= _ACROSS_NAMES and needed <= _ACROSS_NAMES and (not written or set(written) == needed)


def graft(chart: Any, drawn: Any, written: Written | None = None) -> Grafted:
    """Changes ``chart``, the user's ``c:chartSpace``, to the figures of ``drawn``."""
    written, drawn = written or Written(), deepcopy(drawn)  # one new chart may go into several copies
    theirs, fresh = series_of(chart), series_of(drawn)
    looks = looks_of(drawn)
    pairs = paired(list(zip(theirs, looks_of(chart), strict=True)), list(zip(fresh, looks, strict=True)), written.looks)
    points, fresh_looks = taken_points(theirs), dict(zip(map(id, fresh), looks, strict=True))
    same = plot_kinds(chart) == (written.plots or plot_kinds(drawn))
    for pair in pairs.there:
        if pair.fresh is not None:
            renew_series(pair, same and local(pair.series.getparent()) == local(pair.fresh.getparent()))
    homeless = _place_all(chart, drawn, pairs, written) if same else _place_among_others(chart, pairs)
    longest_first(plots_of(chart))
    put_points(series_of(chart), points)
    hidden = _hidden(pairs, fresh_looks)
    renew_legend(chart, drawn, written.frame, [number_of(each) for each in series_of(chart) if hidden.get(id(each), False)])
    renew_frame(chart, drawn, written.frame)
    return Grafted(
        tuple(series_name(each) for each in pairs.added if series_name(each) not in homeless),
        tuple(pair.now.name for pair in pairs.there if pair.fresh is None and pair.role is not None),
        tuple(pair.now.name for pair in pairs.there if pair.fresh is None and pair.role is None),
        tuple(map(series_name, pairs.removed)), homeless, renew_axes(chart, drawn, written.limits),
    )  # fmt: skip


def _hidden(pairs: Pairs, fresh_looks: Mapping[int, Look]) -> dict[int, bool]:
    """Which series of the new chart are not in the legend: as the user left them where he changed that, else as newly drawn."""
    hidden = {}
    for pair in pairs.there:
        if pair.fresh is not None:
            touched = pair.role is not None and pair.role.hidden != pair.now.hidden
            hidden[id(pair.series)] = pair.now.hidden if touched else fresh_looks[id(pair.fresh)].hidden
    return hidden | {id(each): fresh_looks[id(each)].hidden for each in pairs.added}


def _place_all(chart: Any, drawn: Any, pairs: Pairs, written: Written) -> tuple[str, ...]:
    """Every series into the plot it is drawn in, in the order it is drawn, or in that which the user gave them."""
    theirs = {id(pair.fresh): pair.series for pair in pairs.there if pair.fresh is not None}
    removed = {id(each) for each in pairs.removed}
    plans = [[each for each in plot.findall(f"{C}ser") if id(each) not in removed] for plot in plots_of(drawn)]
    own_order = [id(pair.fresh) for pair in pairs.there if pair.fresh is not None] if reordered(pairs.there, written.looks) else []
    if plot_kinds(chart) != plot_kinds(drawn):
        take_plots(chart, drawn)
    number = 0
    for plot, plan in zip(plots_of(chart), plans, strict=True):
        for old in plot.findall(f"{C}ser"):
            plot.remove(old)
        last = None
        for fresh in _in_order(plan, own_order):
            series = theirs.get(id(fresh), fresh)
            _number(series, number)
            number += 1
            if last is None:
                insert(plot, series)
            else:
                last.addnext(series)
            last = series
    return ()


def _in_order(plan: Sequence[Any], own: Sequence[int]) -> list[Any]:
    """The series in the user's order; a new one follows the one that it follows where it is drawn."""
    if not own:
        return list(plan)
    there = {id(each): each for each in plan}
    order = [there[key] for key in own if key in there]
    for place, each in enumerate(plan):
        if id(each) not in own:
            order.insert(order.index(plan[place - 1]) + 1 if place else 0, each)
    return order


def _place_among_others(chart: Any, pairs: Pairs) -> tuple[str, ...]:
    """Into a chart whose kind the user changed: what is gone goes, what is new goes behind others of its kind, if there are any."""
    for pair in pairs.there:
        if pair.fresh is None:
            pair.series.getparent().remove(pair.series)
    homeless = list[str]()
    for fresh in pairs.added:
        kind = local(fresh.getparent())
        target = next((plot for plot in plots_of(chart) if local(plot) == kind), None)
        if target is None:
            homeless.append(series_name(fresh))
            continue
        _number(fresh, _next_number(chart))
        others = target.findall(f"{C}ser")
        if others:
            others[-1].addnext(fresh)
        else:
            insert(target, fresh)
    return tuple(homeless)


def _next_number(chart: Any) -> int:
    taken = [int(series.find(f"{C}{name}").get("val")) for series in series_of(chart) for name in ("idx", "order")]
    return max(taken, default=-1) + 1


def _number(series: Any, number: int) -> None:
    for name in ("idx", "order"):
        series.find(f"{C}{name}").set("val", str(number))
