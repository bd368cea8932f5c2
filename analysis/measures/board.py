"""The board of measures: which need attention first, and how many there are, late and done, by project, branch and owner."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from analysis.measures.measure import STATES, Measure, State

Group = Literal["project", "branch", "owner"]
GROUPS: tuple[Group, ...] = ("project", "branch", "owner")


@dataclass(frozen=True)
class Quantity:
    """What is planned and done of one unit. ``of_planned`` is what is done by measures that state what is planned."""

    unit: str | None
    planned: float
    done: float
    of_planned: float

    @property
    def share(self) -> float | None:
        """Done of what is planned, as a proportion; None where nothing is planned."""
        return self.of_planned / self.planned if self.planned > 0 else None


@dataclass(frozen=True)
class Totals:
    """Measures of one group (``group`` None: all): how many there are in each state, issues, and quantities unit by unit.

    A unit that different measures count in has no quantity, since what they count is not the same.

    ``name`` None: measures that name no project or owner, or concern all branches.
    """

    group: Group | None
    name: str | None
    states: Mapping[State, int]
    found: float
    closed: float
    quantities: tuple[Quantity, ...]

    @property
    def measures(self) -> int:
        """How many there are."""
        return sum(self.states.values())

    @property
    def share_closed(self) -> float | None:
        """Issues closed of those found, as a proportion."""
        return self.closed / self.found if self.found > 0 else None


@dataclass(frozen=True)
class Board:
    """Measures as they stand on a day: overdue first, longest first; then running, by the day they are due; then those to come, then done.

    ``groups``: totals by project, branch and owner. A measure of several owners is in the totals of each of them.
    """

    on: date
    measures: tuple[Measure, ...]
    whole: Totals
    groups: tuple[Totals, ...]

    def of(self, group: Group) -> tuple[Totals, ...]:
        """The totals by one of them, those with most overdue first."""
        return tuple(each for each in self.groups if each.group == group)


def measure_board(measures: Sequence[Measure], on: date) -> Board:
    """The board of some measures on a day."""
    ordered = tuple(sorted(measures, key=lambda each: _urgency(each, on)))
    names: dict[Group, Callable[[Measure], tuple[str | None, ...]]] = {
        "project": lambda each: (each.project,),
        "branch": lambda each: (each.branch,),
        "owner": lambda each: each.owners or (None,),
    }
    groups = [totals for group in GROUPS for totals in _by(ordered, on, group, names[group])]
    return Board(on, ordered, _totals(ordered, on, None, None), tuple(groups))


def _urgency(each: Measure, on: date) -> tuple[object, ...]:
    state = each.state(on)
    if state == "done":  # the latest one first; without a day they stand last
        day = -(each.done_on.toordinal() if each.done_on else 0)
    else:
        day = ((each.start if state == "not_begun" else None) or each.due or date.max).toordinal()
    return STATES.index(state), day, each.project or "", each.measure, each.branch or ""


def _by(measures: Sequence[Measure], on: date, group: Group, names: Callable[[Measure], tuple[str | None, ...]]) -> list[Totals]:
    found: dict[str | None, list[Measure]] = {}
    for each in measures:
        for name in names(each):
            found.setdefault(name, []).append(each)
    every = [_totals(some, on, group, name) for name, some in found.items()]
    return sorted(every, key=lambda each: (-each.states["overdue"], -each.measures, each.name is None, each.name or ""))


def _totals(measures: Sequence[Measure], on: date, group: Group | None, name: str | None) -> Totals:
    stands = [each.state(on) for each in measures]
    counted = [each for each in measures if each.planned is not None or each.done is not None]
    units = [unit for unit in dict.fromkeys(each.unit for each in counted) if _one_measure(counted, unit)]
    return Totals(
        group, name, {state: stands.count(state) for state in STATES}, sum(each.found or 0.0 for each in measures),
        sum(each.closed or 0.0 for each in measures if each.found is not None), tuple(_quantity(measures, unit) for unit in units),
    )  # fmt: skip


def _one_measure(measures: Sequence[Measure], unit: str | None) -> bool:
    """Whether quantities of a unit are of one measure, such as in several branches: surveyed and repaired ones do not add up."""
    return len({each.measure for each in measures if each.unit == unit}) == 1


def _quantity(measures: Sequence[Measure], unit: str | None) -> Quantity:
    same = [each for each in measures if each.unit == unit]
    return Quantity(
        unit, sum(each.planned or 0.0 for each in same), sum(each.done or 0.0 for each in same),
        sum(each.done or 0.0 for each in same if each.planned is not None),
    )  # fmt: skip
