"""New figures into one series: its name, categories, values, arms of intervals and labels; how it looks where nobody changed that."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from reports.office.sequences import C, insert, local
from reports.refresh.chart_parts import places_with_values, point_names
from reports.refresh.series_pairs import Pair

#: What of a series is its figures.
_DATA = ("tx", "cat", "val", "xVal", "yVal")


def renew_series(pair: Pair, same_kind: bool) -> None:
    """Changes the user's series of a pair to the figures of the new one.

    Of how it looks, each piece that still is as it was written is new, too, unless it stands in another kind of plot now.
    """
    series, fresh = pair.series, pair.fresh
    _swap(series, fresh, _DATA, keep=True)
    role = pair.role if same_kind else None
    if role is not None and role.paint == pair.now.paint:
        _swap(series, fresh, ("spPr", "marker"))
    if role is not None and role.arms == pair.now.arms:
        _swap(series, fresh, ("errBars",))
    else:
        _take_arms(series, fresh)
    if role is not None and role.labels == pair.now.labels:
        _swap(series, fresh, ("dLbls",))
    else:
        _take_labels(series, fresh)


def _swap(series: Any, fresh: Any, names: Sequence[str], *, keep: bool = False) -> None:
    """Children of these names as in the new series; ``keep``: what it lacks stays."""
    for name in names:
        new = fresh.findall(f"{C}{name}")
        if keep and not new:
            continue
        for old in series.findall(f"{C}{name}"):
            series.remove(old)
        for each in new:
            insert(series, deepcopy(each))


def _take_arms(series: Any, fresh: Any) -> None:
    """Intervals as far as the user left any."""
    found = {_direction(each): each for each in fresh.findall(f"{C}errBars")}
    for bars in series.findall(f"{C}errBars"):
        twin = found.get(_direction(bars)) if _direction(bars) in found else next(iter(found.values()), None)
        if twin is None:
            series.remove(bars)
            continue
        for name in ("plus", "minus"):
            old, arm = bars.find(f"{C}{name}"), twin.find(f"{C}{name}")
            if old is not None and arm is not None:
                bars.replace(old, deepcopy(arm))


def _direction(bars: Any) -> str:
    found = bars.find(f"{C}errDir")
    return "" if found is None else str(found.get("val"))


def _take_labels(series: Any, fresh: Any) -> None:
    """Texts of single points are written out, so they are new; how labels look, and whether there are any, is the user's."""
    labels, new = series.find(f"{C}dLbls"), fresh.find(f"{C}dLbls")
    if labels is None or new is None or labels.find(f"{C}delete") is not None:
        return
    for label in labels.findall(f"{C}dLbl"):
        labels.remove(label)
    for place, label in enumerate(new.findall(f"{C}dLbl")):
        labels.insert(place, deepcopy(label))


@dataclass(frozen=True, eq=False)
class PointLook:
    """The look of a single point of the user's: its series, the kind of its plot, and its name, or its place where it has none."""

    owner: Any
    plot: str
    name: str | int
    look: Any


def taken_points(series: Sequence[Any]) -> list[PointLook]:
    """Takes the looks of single points out of all series."""
    taken = list[PointLook]()
    for each in series:
        names = point_names(each)
        for point in each.findall(f"{C}dPt"):
            place = int(point.find(f"{C}idx").get("val"))
            each.remove(point)
            if place in names or not names:
                taken.append(PointLook(each, local(each.getparent()), names.get(place, place), point))
    return taken


def put_points(series: Sequence[Any], points: Sequence[PointLook]) -> None:
    """What the user coloured is a branch, not the third bar: it moves with its name, also to the series it is in now, and goes with it."""
    for point in points:
        own = [each for each in series if each is point.owner]
        others = [each for each in series if each is not point.owner and local(each.getparent()) == point.plot and _tells_apart(each)]
        homes = [(each, place) for each in [*own, *others] if (place := _place_of(each, point.name)) is not None]
        home = next((each for each in homes if each[1] in places_with_values(each[0])), homes[0] if homes and own else None)
        if home is not None and home[1] not in {_number(each) for each in home[0].findall(f"{C}dPt")}:
            point.look.find(f"{C}idx").set("val", str(home[1]))
            _insert_point(home[0], point.look, home[1])


def _number(point: Any) -> int:
    return int(point.find(f"{C}idx").get("val"))


def _insert_point(series: Any, point: Any, place: int) -> None:
    later = [each for each in series.findall(f"{C}dPt") if _number(each) > place]
    if later:
        later[0].addprevious(point)
    else:
        insert(series, point)


def _place_of(series: Any, name: str | int) -> int | None:
    if isinstance(name, int):
        return name if name < length(series) else None
    return next((place for place, each in point_names(series).items() if each == name), None)


def _tells_apart(series: Any) -> bool:
    """Whether a series holds some of the names only, as those do that are told apart by colour."""
    return local(series.getparent()) == "scatterChart" or 0 < len(places_with_values(series)) < length(series)


def length(series: Any) -> int:
    """For how many points it has room."""
    counts = [int(each.get("val", "0")) for each in series.iter(f"{C}ptCount")]
    return max(counts, default=0)


def longest_first(plots: Sequence[Any]) -> None:
    """LibreOffice leaves out a scatter series that is shorter than a later one; which lies above which is said by their order numbers."""
    for plot in plots:
        series = plot.findall(f"{C}ser") if local(plot) == "scatterChart" else []
        if not series:
            continue
        place = plot.index(series[0])
        for each in series:
            plot.remove(each)
        for offset, each in enumerate(sorted(series, key=lambda one: -length(one))):
            plot.insert(place + offset, each)
