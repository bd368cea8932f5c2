"""The figures of inspections as flat records, and the words for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.inspections.beside import AgainstStandard, BesideSatisfaction
from analysis.inspections.estimate_inspections import FEW, TOTAL, Inspections, Points
from analysis.inspections.lost_shares import LostShare, lost_shares
from analysis.inspections.repeat_offenders import RepeatOffender
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Fact, Provenance
from answers.flat import bare, collected, tagged
from answers.topic import Asked
from words.language import message

INSPECTION_WORDS = {
    "lost_percent": message("points lost, % of those available"),
    "scored_percent": message("points scored, % of those available"),
    "lost_per_visit": message("points lost per visit"),
    "lost": message("points lost"),
    "available": message("points available"),
    "scored": message("points scored"),
    "share_of_lost": message("share of all points lost, %"),
    "cumulative_share": message("cumulative share of all points lost, %"),
    "repeat_times": message("lost again: at how many of the last visits"),
    "repeat_lost": message("lost again: points lost at the last visits"),
    "repeat_available": message("lost again: points available at the last visits"),
    "standard": message("standard, on 0–100"),
    "against_standard": message("points scored in % minus the standard"),
    "place_scored": message("of the same place: points scored, % of those available"),
    "place_satisfaction": message("of the same place: satisfaction index"),
    "correlation": message("rank correlation of points scored and satisfaction"),
}


@dataclass(frozen=True)
class Inspected:
    """The points of each group, those of the whole selection, and the repeat offenders in it.

    ``standards`` are the items of the whole selection beside their standard, furthest below first; ``beside`` the satisfaction of the same
    halls or branches, None where there is none to set beside.
    """

    groups: Inspections
    whole: Inspections
    repeats: tuple[RepeatOffender, ...]
    standards: tuple[AgainstStandard, ...] = ()
    beside: BesideSatisfaction | None = None

    @property
    def places(self) -> tuple[LostShare, ...]:
        """The groups by what they lost, all items together."""
        return lost_shares([row for row in self.groups.rows if row.code == TOTAL])

    def items_of(self, group: Points) -> tuple[LostShare, ...]:
        """The items of one group by what they lost there."""
        return lost_shares([row for row in self.groups.rows if row.code != TOTAL and row.keys == group.keys])


def inspection_provenance(asked: Asked[Any], found: Inspected) -> Provenance:
    """How the points came about; nothing of visits is hidden, they are no customers."""
    limits = replace(asked.thresholds, marked_below=FEW, hidden_below=0)
    how = replace(found.groups.shares.provenance, thresholds=limits)
    return how.plus(Fact("repeat_times", asked.options.times), Fact("repeat_last", asked.options.last))


def inspection_figures(asked: Asked[Any], found: Inspected) -> Result:
    """Of each group, most points lost first, all items together and then each item, most lost first; then repeat offenders and what
    stands beside."""
    wanted = asked.codes
    of_group: dict[tuple[str | None, ...], list[Points]] = {}
    for row in found.groups.rows:
        if row.code != TOTAL:
            of_group.setdefault(tuple(row.keys.values()), []).append(row)
    estimates: list[Estimate] = []
    for place in found.places:
        rows = [place, *lost_shares(of_group.get(tuple(place.points.keys.values()), ()))]
        estimates += [entry for row in rows if wanted is None or row.points.code in wanted for entry in _of_row(row)]
    estimates += [entry for each in found.repeats if wanted is None or each.item in wanted for entry in _of_offender(each)]
    for standard in found.standards:
        estimates += _of_standard(standard)
    if found.beside is not None:
        estimates += _of_places(found.beside)
    return collected(estimates, inspection_provenance(asked, found))


def _of_row(row: LostShare) -> list[Estimate]:
    points = row.points
    plain = {"lost": points.lost, "available": points.available, "scored": points.scored, "share_of_lost": row.share}
    return [
        *tagged("lost_percent", [row.lost_percent], tested=False),
        *tagged("scored_percent", [points.share], tested=False),
        *tagged("lost_per_visit", [points.lost_per_visit], tested=False),
        *(
            entry._replace(marked=points.share.marked)
            for figure, value in {**plain, "cumulative_share": row.cumulative}.items()
            for entry in bare(figure, {points.code: value}, points.share, **points.keys)
        ),
    ]


def _of_offender(each: RepeatOffender) -> list[Estimate]:
    keys = {"hall": each.hall, "branch": each.branch}
    values = {"repeat_times": float(each.times), "repeat_lost": each.lost, "repeat_available": each.available}
    return [
        Estimate({"figure": figure, **keys}, each.item, value, n=each.visits, n_eff=float(each.visits)) for figure, value in values.items()
    ]


def _of_standard(row: AgainstStandard) -> list[Estimate]:
    share = row.points.share
    low, high = (None if end is None else end - row.standard for end in (share.low, share.high))
    difference = share._replace(value=row.difference, low=low, high=high, verdict=row.verdict)
    return [*bare("standard", {row.points.code: row.standard}, share), *tagged("against_standard", [difference], tested=False)]


def _of_places(found: BesideSatisfaction) -> list[Estimate]:
    rows: Sequence[tuple[str, list[Estimate]]] = (
        ("place_scored", [place.inspections._replace(keys={found.dimension: place.name}) for place in found.places]),
        ("place_satisfaction", [place.satisfaction._replace(keys={found.dimension: place.name}) for place in found.places]),
        ("correlation", [found.correlation]),
    )
    return [entry for figure, estimates in rows for entry in tagged(figure, estimates, tested=False)]
