"""What the choice of a measure hinges on: up to which cost, and from which strength on, it belongs to a best set.

Both limits are exact: with the units of a measure fixed, the least cost of all others that brings as much as the best set without it, and
the least shift of its own that does, are programmes of the same kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from analysis.measure_choice.effects import Effects, rises_of
from analysis.measure_choice.programme import Asked, Requirements, solve
from survey_schema.measure_candidates import Candidate

#: Points of the outcome by which one set must bring more than another to be preferred to it although it costs more.
LEAST_GAIN = 1e-4


@dataclass(frozen=True)
class Hinge:
    """Of one measure: it belongs to a best set up to ``cost`` a unit and from ``shift`` points on, everything else as it is.

    ``cost`` is None where it would not even for nothing, ``shift`` where it would not with any strength. ``needed``: no set keeps to the
    requirements without it.
    """

    cost: float | None
    shift: float | None
    needed: bool = False


def find_hinges(candidates: Sequence[Candidate], effects: Effects, required: Requirements) -> tuple[Hinge, ...]:
    """One for each candidate, in their order."""
    return tuple(_hinge(place, candidates, effects, required) for place in range(len(candidates)))


def _hinge(place: int, candidates: Sequence[Candidate], effects: Effects, required: Requirements) -> Hinge:
    """Against the best set without it: what brings as much must be cheaper, what costs more must bring more."""
    without = solve(candidates, effects, required, Asked(measure=place, fixed=0))
    if without is None:
        rivals: list[tuple[float | None, float]] = [(None, required.budget)]
    else:
        points = float(effects.slopes @ rises_of(candidates, without.units, effects))
        spent = float(sum(each.cost * taken for each, taken in zip(candidates, without.units, strict=True)))
        rivals = [(points + LEAST_GAIN, required.budget), (points - LEAST_GAIN / 100, spent)]
    costs: list[float] = []
    shifts: list[float] = []
    for units, (least, budget) in product(range(candidates[place].fewest, candidates[place].most + 1), rivals):
        cheapest = solve(candidates, effects, required, Asked("cheapest", least, place, units))
        if cheapest is not None and cheapest.least <= budget:
            costs.append((budget - cheapest.least) / units)
        weakest = solve(candidates, effects, replace(required, budget=budget), Asked("weakest", least, place, units))
        if weakest is not None:
            shifts.append(weakest.least)
    return Hinge(max(costs, default=None), min(shifts, default=None), without is None)
