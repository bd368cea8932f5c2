"""The figures of measures as flat records, and the words for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from analysis.measures.board import GROUPS, Board, Totals
from analysis.measures.change_since import ChangeSince
from analysis.measures.measure import Measure
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Fact, Provenance
from answers.flat import collected
from answers.topic import Asked
from words.language import Message, message
from words.lists import listed

#: What stands in the place of an indicator where a figure is of none.
CODE = "measures"
METHOD = message(
    "Quantities as stored now, states as of the day; what changed since a measure began is its target before and lately, and no effect."
)
STATE_WORDS: dict[str, Message] = {
    "overdue": message("overdue"),
    "running": message("running"),
    "not_begun": message("not begun"),
    "done": message("finished"),
}
MEASURE_WORDS: dict[str, Message] = {
    **STATE_WORDS,
    "measures": message("number of measures"),
    "quantity_planned": message("quantity planned"),
    "quantity_done": message("quantity done"),
    "quantity_total": message("all there is to do"),
    "done_percent": message("done, % of what is planned"),
    "done_of_all_percent": message("done, % of all there is to do"),
    "issues_found": message("issues found"),
    "issues_closed": message("issues closed"),
    "closed_percent": message("issues closed, %"),
    "days_late": message("days late"),
    "target_before": message("target before it began"),
    "target_latest": message("target lately"),
    "target_change": message("change since it began"),
    "project": message("project"),
    "branch": message("branch"),
    "owner": message("owner"),
}


@dataclass(frozen=True)
class Measures:
    """The board, and what changed since each of its measures began, in the same order; nothing where that was not asked for."""

    board: Board
    changes: tuple[ChangeSince, ...]


def measure_provenance(asked: Asked[Any], found: Measures) -> Provenance:
    """Measures are no customers: nothing of them is hidden, and no number of them is too small."""
    limits = replace(asked.thresholds, marked_below=0, hidden_below=0)
    return Provenance(METHOD, limits, facts=(Fact("on", found.board.on.isoformat(), message("As of"), found.board.on.isoformat()),))


def measure_figures(asked: Asked[Any], found: Measures) -> Result:
    """Of all measures, then by project, branch and owner; then each measure, and the change of its target."""
    estimates = _of_totals(found.board.whole)
    for group in GROUPS:
        totals = found.board.of(group)
        if any(each.name is not None for each in totals):
            estimates += [row for each in totals for row in _of_totals(each)]
    changes = found.changes or [None] * len(found.board.measures)
    for each, change in zip(found.board.measures, changes, strict=True):
        keys = _keys(found.board, each)
        estimates += [*_of_measure(found.board, each, keys), *(_of_change(change, keys) if change else ())]
    return collected(estimates, measure_provenance(asked, found))


def _keys(board: Board, each: Measure) -> dict[str, str | None]:
    days = {name: day.isoformat() if (day := getattr(each, name)) else None for name in ("start", "due", "done_on")}
    return {
        "project": each.project, "measure": each.measure, "branch": each.branch, "owner": listed(each.owners, "zh_CN") or None,
        "state": each.state(board.on), **days,
    }  # fmt: skip


def _plain(figure: str, value: float | None, n: int, **keys: str | None) -> list[Estimate]:
    return [] if value is None else [Estimate({"figure": figure, **keys}, CODE, float(value), n=n, n_eff=float(n))]


def _of_totals(found: Totals) -> list[Estimate]:
    keys: dict[str, str | None] = {"group": found.group, **({str(found.group): found.name} if found.group else {})}
    n = found.measures
    rows = _plain("measures", n, n, **keys)
    for state, count in found.states.items():
        if count or found.group is None:
            rows += _plain(state, count, n, **keys)
    if found.found > 0:
        rows += [*_plain("issues_found", found.found, n, **keys), *_plain("issues_closed", found.closed, n, **keys)]
        rows += _plain("closed_percent", _percent(found.share_closed), n, **keys)
    for each in found.quantities:
        unit = {**keys, "unit": each.unit}
        rows += [*_plain("quantity_planned", each.planned or None, n, **unit), *_plain("quantity_done", each.done, n, **unit)]
        rows += _plain("done_percent", _percent(each.share), n, **unit)
    return rows


def _of_measure(board: Board, each: Measure, keys: dict[str, str | None]) -> list[Estimate]:
    unit = {**keys, "unit": each.unit}
    late = each.days_late(board.on)
    rows = [
        *_plain("quantity_planned", each.planned, 1, **unit),
        *_plain("quantity_done", each.done, 1, **unit),
        *_plain("quantity_total", each.total, 1, **unit),
        *_plain("done_percent", _percent(each.share_done), 1, **keys),
        *_plain("done_of_all_percent", _percent(each.share_of_all), 1, **keys),
        *_plain("issues_found", each.found, 1, **keys),
        *_plain("issues_closed", each.closed, 1, **keys),
        *_plain("closed_percent", _percent(each.share_closed), 1, **keys),
        *_plain("days_late", late or None, 1, **keys),
    ]
    return rows or _plain("measures", 1, 1, **keys)  # one that states no number stands in the records all the same


def _of_change(found: ChangeSince, keys: dict[str, str | None]) -> list[Estimate]:
    if found.measure.target is None:
        return []
    periods = {"since": found.before, "until": found.latest}
    sides = [] if found.values is None else list(zip(("target_before", "target_latest"), found.values, strict=True))
    named = [*sides, ("target_change", found.change)]
    return [
        each._replace(
            code=found.measure.target, keys={"figure": figure, **keys, **periods}, rank=None, letters=None, verdict=None, note=None, p=None,
            p_adjusted=None, df=None,
        )
        for figure, each in named
    ]  # fmt: skip


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
