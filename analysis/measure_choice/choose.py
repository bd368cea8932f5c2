"""Which measures to take for a budget: the set that is expected to bring most, what each brings, the next best, what it hinges on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.measure_choice.draws import share_of_draws
from analysis.measure_choice.effects import Effects, capped_drivers, rises_of
from analysis.measure_choice.hinges import Hinge, find_hinges
from analysis.measure_choice.programme import Asked, Requirements, solve
from analysis.results.estimates import Estimate
from survey_schema.measure_candidates import Candidate


@dataclass(frozen=True)
class MeasureSet:
    """``units`` of each candidate, what they cost, the rise of each driver in points, and the points of the outcome they bring."""

    units: tuple[int, ...]
    cost: float
    rises: tuple[float, ...]
    points: Estimate

    @property
    def taken(self) -> tuple[int, ...]:
        """Places of the measures that are in it."""
        return tuple(place for place, units in enumerate(self.units) if units)


@dataclass(frozen=True)
class CandidateFound:
    """One candidate: ``units`` in the best set (0: left out), what it brings ``alone`` with them (left out: with its most), its hinge,

    and in which share of draws of the coefficients it is in the best set.
    """

    candidate: Candidate
    units: int
    alone: Estimate
    hinge: Hinge
    share_of_draws: float

    @property
    def cost(self) -> float:
        """What its units cost; where it is left out, its most."""
        return self.candidate.cost * (self.units or self.candidate.most)


@dataclass(frozen=True)
class MeasureChoice:
    """The best set and the next best with what the best brings more; ``capped``: drivers lifted to the end of the scale.

    ``best`` is None where no set keeps to what is required; then there is nothing else either.
    """

    outcome: str
    drivers: tuple[str, ...]
    required: Requirements
    draws: int
    best: MeasureSet | None = None
    next_best: MeasureSet | None = None
    difference: Estimate | None = None
    found: tuple[CandidateFound, ...] = ()
    capped: tuple[str, ...] = ()

    @property
    def taken(self) -> tuple[CandidateFound, ...]:
        """The measures of the best set, those that bring most first."""
        return tuple(sorted((each for each in self.found if each.units), key=lambda each: -(each.alone.value or 0.0)))

    @property
    def left(self) -> tuple[CandidateFound, ...]:
        """The others, those that would bring most first."""
        return tuple(sorted((each for each in self.found if not each.units), key=lambda each: -(each.alone.value or 0.0)))


def choose_measures(candidates: Sequence[Candidate], effects: Effects, required: Requirements, draws: int = 200) -> MeasureChoice:
    """The set of candidates that is expected to bring most points of the outcome and keeps to what is required.

    Every candidate acts on one of the drivers of ``effects``. Equal sets: the cheapest. The interval is that of the coefficients, for the
    set as chosen; that it was picked as the largest makes the expectation somewhat too high. Equals a search through all sets.
    """
    empty = MeasureChoice(effects.outcome, effects.drivers, required, draws)
    best = solve(candidates, effects, required)
    if best is None:
        return empty
    chosen = _set_of(candidates, best.units, effects)
    other = solve(candidates, effects, required, Asked(unlike=best.units))
    following = _set_of(candidates, other.units, effects) if other else None
    difference = None
    if following is not None:
        difference = effects.points(np.array(chosen.rises) - np.array(following.rises), {})
    hinges = find_hinges(candidates, effects, required)
    shares = share_of_draws(candidates, effects, required, draws)
    found = tuple(
        CandidateFound(each, units, _alone(place, units or each.most, candidates, effects), hinge, share)
        for place, (each, units, hinge, share) in enumerate(zip(candidates, best.units, hinges, shares, strict=True))
    )
    capped = capped_drivers(candidates, best.units, effects)
    return MeasureChoice(effects.outcome, effects.drivers, required, draws, chosen, following, difference, found, capped)


def _set_of(candidates: Sequence[Candidate], units: tuple[int, ...], effects: Effects) -> MeasureSet:
    rises = rises_of(candidates, units, effects)
    cost = float(sum(each.cost * taken for each, taken in zip(candidates, units, strict=True)))
    return MeasureSet(units, cost, tuple(rises.tolist()), effects.points(rises, {}))


def _alone(place: int, units: int, candidates: Sequence[Candidate], effects: Effects) -> Estimate:
    only = [units if at == place else 0 for at in range(len(candidates))]
    return effects.points(rises_of(candidates, only, effects), {"measure": candidates[place].name})
