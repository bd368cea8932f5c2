"""The best set of measures as an integer programme, solved exactly with HiGHS (Huangfu and Hall 2018) through ``scipy.optimize.milp``.

Variables: units x of each candidate and whether it is taken y; the rise λ of each driver among the customers of each branch. With λ ≤ Σ
shift·reach·x and λ ≤ the room to the end of the scale, a driver with a positive coefficient takes λ = min of both by itself; for a
negative one a further binary z makes it so: λ ≥ Σ shift·reach·x − Mz and λ ≥ room·z.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.measure_choice.effects import Array, Effects
from survey_schema.measure_candidates import Candidate
from words.errors import ManyiError
from words.language import message

#: The solver stops 1e-6 from the best and lets rows be 1e-6 off. The objective is written so that this is nothing; rows are shares of
#: the budget and of all that can be brought, since larger numbers would make it mend its own solutions.
_SCALE = 1e4
#: Of two sets that bring the same, the cheaper one: the whole budget weighs as much as this share of all that can be brought.
THRIFT = 1e-7
_SECONDS = 20.0
_OPTIMAL, _INFEASIBLE = 0, 2
Goal = Literal["most", "cheapest", "weakest"]


@dataclass(frozen=True)
class Requirements:
    """What a set must keep to: it costs at most ``budget``, lifts the mean of each driver in ``rises`` by at least so many points, and

    holds at least ``per_branch`` measures of every branch that a candidate names.
    """

    budget: float
    rises: Mapping[str, float] = field(default_factory=dict)
    per_branch: int = 0


@dataclass(frozen=True)
class Asked:
    """What is asked of the programme beside its requirements.

    ``most`` points, or the ``cheapest`` or ``weakest`` way to bring at least ``points`` with ``fixed`` units of ``measure``: the cost of
    all other measures, or the shift of that one, is the least. ``fixed`` alone fixes its units; ``unlike``: some measure of that set is
    left, or one more taken.
    """

    goal: Goal = "most"
    points: float | None = None
    measure: int | None = None
    fixed: int | None = None
    unlike: Sequence[int] | None = None


@dataclass(frozen=True)
class Solved:
    """``units`` of each candidate; ``least`` is the cost of the other measures or the shift that was sought."""

    units: tuple[int, ...]
    least: float = 0.0


def solve(candidates: Sequence[Candidate], effects: Effects, required: Requirements, asked: Asked = Asked()) -> Solved | None:
    """The set that is asked for, or None where no set keeps to the requirements. Raises ManyiError where the search takes too long."""
    solved = _solve(candidates, effects, required, asked)
    if solved is not None and asked.goal != "cheapest" and _cost(candidates, solved.units) > required.budget * (1 + 1e-9):
        within = replace(required, budget=required.budget * (1 - 1e-5))  # a set that the solver's tolerance let slip over the budget
        solved = _solve(candidates, effects, within, asked)
    return solved


def _cost(candidates: Sequence[Candidate], units: Sequence[int]) -> float:
    return sum(each.cost * taken for each, taken in zip(candidates, units, strict=True))


def _solve(candidates: Sequence[Candidate], effects: Effects, required: Requirements, asked: Asked) -> Solved | None:
    rows = _Rows(candidates, effects, required, asked)
    if (rows.low > rows.high).any():  # units are fixed that the budget does not allow
        return None
    found = milp(
        rows.objective(), constraints=rows.constraints(), bounds=Bounds(rows.low, rows.high), integrality=rows.integral,
        options={"mip_rel_gap": 0.0, "time_limit": _SECONDS},
    )  # fmt: skip
    if found.status == _INFEASIBLE:
        return None
    if found.status != _OPTIMAL:
        raise ManyiError(message("The best set was not found in time; choose among fewer measures or fewer units of each."))
    units = tuple(round(value) for value in found.x[: len(candidates)])
    return Solved(units, rows.least(found.x))


def most_cost(candidates: Sequence[Candidate]) -> float:
    """What all units of all candidates cost together; never 0."""
    return max(sum(each.cost * each.most for each in candidates), 1e-9)


def most_worth(candidates: Sequence[Candidate], effects: Effects) -> float:
    """Points of the outcome between nothing and every driver that is acted on at the end of the scale; never 0."""
    used = {each.driver for each in candidates}
    each_one = zip(effects.drivers, effects.slopes.tolist(), effects.room.tolist(), strict=True)
    return max(float(sum(abs(slope) * room for code, slope, room in each_one if code in used)), 1e-9)


class _Rows:
    """The programme as arrays. Places of the variables: x, y, λ of each driver and segment, z of those with a negative coefficient, δ."""

    def __init__(self, candidates: Sequence[Candidate], effects: Effects, required: Requirements, asked: Asked) -> None:
        self.candidates, self.effects, self.required, self.asked = candidates, effects, required, asked
        self.count = len(candidates)
        self.slopes = dict(zip(effects.drivers, effects.slopes.tolist(), strict=True))
        self.room = dict(zip(effects.drivers, effects.room.tolist(), strict=True))
        self.shares = effects.segments(candidates)
        self.used = [code for code in effects.drivers if any(each.driver == code for each in candidates)]
        self.cells = [(code, segment) for code in self.used for segment, share in self.shares.items() if share > 0]
        self.rise = {cell: 2 * self.count + at for at, cell in enumerate(self.cells)}
        falling = [cell for cell in self.cells if self.slopes[cell[0]] < 0]
        self.full = {cell: 2 * self.count + len(self.cells) + at for at, cell in enumerate(falling)}
        self.strength = 2 * self.count + len(self.cells) + len(falling)
        self.size = self.strength + 1
        self.money = most_cost(candidates)
        self.worth = most_worth(candidates, effects)
        self._bounds()

    def _bounds(self) -> None:
        self.low, self.high, self.integral = np.zeros(self.size), np.ones(self.size), np.ones(self.size)
        self.high[: self.count] = [self._most(each) for each in self.candidates]
        for cell, at in self.rise.items():
            self.high[at], self.integral[at] = max(self.room[cell[0]], 0.0), 0
        self.integral[self.strength] = 0
        self.high[self.strength] = 100.0 if self.asked.goal == "weakest" else 0.0
        measure, fixed = self.asked.measure, self.asked.fixed
        if measure is not None and fixed is not None:
            self.low[measure], self.high[measure] = fixed, min(fixed, self.high[measure])
            self.low[self.count + measure] = self.high[self.count + measure] = min(fixed, 1)

    def _most(self, candidate: Candidate) -> int:
        """Units of a measure that the budget allows; none where it does not allow the fewest."""
        if self.asked.goal == "cheapest" or not candidate.cost:
            return candidate.most
        most = min(candidate.most, int(self.required.budget / candidate.cost * (1 + 1e-12)))
        return most if most >= candidate.fewest else 0

    def objective(self) -> Array:
        """What is made least."""
        if self.asked.goal == "weakest":
            costs = np.zeros(self.size)
            costs[self.strength] = 1.0
            return costs
        spent = self._spending(but=self.asked.measure if self.asked.goal == "cheapest" else None)
        if self.asked.goal == "cheapest":
            return spent * _SCALE / self.money
        return -self._worth() + spent * (_SCALE * THRIFT / self.money)

    def least(self, found: Array) -> float:
        """The figure that was made least, in its own unit."""
        if self.asked.goal == "weakest":
            return float(found[self.strength])
        return float(self._spending(but=self.asked.measure) @ np.round(found)) if self.asked.goal == "cheapest" else 0.0

    def _spending(self, but: int | None = None) -> Array:
        row = np.zeros(self.size)
        row[: self.count] = [0.0 if at == but else each.cost for at, each in enumerate(self.candidates)]
        return row

    def _worth(self) -> Array:
        row = np.zeros(self.size)
        for (code, segment), at in self.rise.items():
            row[at] = self.slopes[code] * self.shares[segment] * _SCALE / self.worth
        return row

    def constraints(self) -> LinearConstraint:
        rows: list[tuple[Array, float, float]] = [*self._units(), *self._relations(), *self._rises(), *self._required(), *self._asked()]
        matrix, low, high = zip(*rows, strict=True)
        return LinearConstraint(np.array(matrix), np.array(low), np.array(high))

    def _units(self) -> list[tuple[Array, float, float]]:
        """A measure is taken with its fewest to its most units, or not at all."""
        rows = []
        for at, each in enumerate(self.candidates):
            rows.append((self._of({at: 1, self.count + at: -each.most}), -np.inf, 0.0))
            rows.append((self._of({at: 1, self.count + at: -each.fewest}), 0.0, np.inf))
        return rows

    def _of(self, values: Mapping[int, float]) -> Array:
        row = np.zeros(self.size)
        for at, value in values.items():
            row[at] += value
        return row

    def _relations(self) -> list[tuple[Array, float, float]]:
        place = {each.name: self.count + at for at, each in enumerate(self.candidates)}
        rows = []
        for each in self.candidates:
            rows += [(self._of({place[each.name]: 1, place[other]: -1}), -np.inf, 0.0) for other in each.needs]
            rows += [(self._of({place[each.name]: 1, place[other]: 1}), -np.inf, 1.0) for other in each.excludes]
        return rows

    def _rises(self) -> list[tuple[Array, float, float]]:
        """No driver rises by more than its measures lift it; one with a negative coefficient by no less."""
        rows = []
        for cell, at in self.rise.items():
            lift, most = self._lift(*cell)
            rows.append((self._of({at: 1}) - lift, -np.inf, 0.0))
            if cell in self.full:
                rows.append((self._of({at: 1, self.full[cell]: most}) - lift, 0.0, np.inf))
                rows.append((self._of({at: 1, self.full[cell]: -self.room[cell[0]]}), 0.0, np.inf))
        return rows

    def _lift(self, code: str, segment: str) -> tuple[Array, float]:
        """Σ shift·reach·x of the measures on a driver that reach a segment, and the most that can be."""
        row, most = np.zeros(self.size), 0.0
        for at, each in enumerate(self.candidates):
            if each.driver != code or each.branch not in (None, segment):
                continue
            if self.asked.goal == "weakest" and at == self.asked.measure:
                row[self.strength] = each.reach * (self.asked.fixed or 0)
                most += 100.0
            else:
                row[at] = each.shift * each.reach
                most += each.shift * each.full_reach
        return row, most

    def _required(self) -> list[tuple[Array, float, float]]:
        rows = []
        if self.asked.goal != "cheapest":
            scale = 1 / max(self.required.budget, 1e-9)
            affordable = np.where(self._spending() <= self.required.budget, self._spending(), 0.0)  # others have no units anyway
            rows.append((affordable * scale, -np.inf, self.required.budget * scale))
        for code, least in self.required.rises.items():
            lifted = {self.rise[cell]: self.shares[cell[1]] for cell in self.cells if cell[0] == code}
            rows.append((self._of(lifted), least, np.inf))
        if self.required.per_branch:
            for branch in dict.fromkeys(each.branch for each in self.candidates if each.branch is not None):
                of_it = {self.count + at: 1.0 for at, each in enumerate(self.candidates) if each.branch == branch}
                rows.append((self._of(of_it), self.required.per_branch, np.inf))
        return rows

    def _asked(self) -> list[tuple[Array, float, float]]:
        rows = []
        if self.asked.points is not None:
            rows.append((self._worth() / _SCALE, self.asked.points / self.worth, np.inf))
        if self.asked.unlike is not None:
            taken = [at for at, units in enumerate(self.asked.unlike) if units]
            row = {self.count + at: -1.0 if at in taken else 1.0 for at in range(self.count)}
            rows.append((self._of(row), 1.0 - len(taken), np.inf))
        return rows
