"""A measure that could be taken: what it acts on, by how much, whom it reaches, what it costs, and what it needs or rules out.

Several of them are checked together, since they name each other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from words.errors import ManyiError
from words.language import message

#: So many candidates are chosen among at most: every one costs a few programmes to solve.
MOST_CANDIDATES = 60
MOST_UNITS = 20
LONGEST_NAME = 80
#: In whatever money or effort is counted; beyond it sums lose their last digits.
LARGEST_COST = 1e12


@dataclass(frozen=True)
class Candidate:
    """A measure to choose or leave.

    ``driver`` is the code of what it acts on; ``shift`` points (0–100) that item rises by for a customer reached; ``reach`` the share of
    customers (0–1) one unit reaches, of its ``branch`` where it has one, else of all; ``cost`` of one unit. Where it is taken, ``fewest``
    to ``most`` units of it are. ``needs``: names of those without which it cannot be taken; ``excludes``: those it cannot go with.
    """

    name: str
    driver: str
    shift: float
    reach: float
    cost: float
    fewest: int = 1
    most: int = 1
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    branch: str | None = None

    @property
    def full_reach(self) -> float:
        """The share of customers it reaches with all its units."""
        return self.reach * self.most


def checked_candidates(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The same candidates; raises ManyiError with one sentence for the first thing that cannot be."""
    if not candidates:
        raise ManyiError(
            message("There is no measure to choose from: name at least one with what it acts on, shift, share reached and cost.")
        )
    if len(candidates) > MOST_CANDIDATES:
        raise ManyiError(
            message("{found} measures are too many to choose among; at most {most} are.", found=len(candidates), most=MOST_CANDIDATES)
        )
    names = [each.name for each in candidates]
    for place, candidate in enumerate(candidates):
        if candidate.name in names[:place]:
            raise ManyiError(message("Two measures are called “{name}”; give each a name of its own.", name=candidate.name))
        _check_one(candidate, names)
    return tuple(candidates)


def _check_one(candidate: Candidate, names: Sequence[str]) -> None:
    name = candidate.name
    if not name or len(name) > LONGEST_NAME:
        raise ManyiError(message("A measure needs a name of at most {longest} characters.", longest=LONGEST_NAME))
    _within(name, message("points it shifts its driver by"), candidate.shift, 0, 100, above=True)
    _within(name, message("share of customers reached"), candidate.reach, 0, 1, above=True)
    _within(name, message("cost"), candidate.cost, 0, LARGEST_COST)
    _within(name, message("most units"), candidate.most, 1, MOST_UNITS)
    _within(name, message("fewest units"), candidate.fewest, 1, candidate.most)
    if candidate.full_reach > 1 + 1e-9:
        raise ManyiError(
            message(
                "“{name}” with {units} units would reach {share} % of the customers; at most 100 % can be. Take fewer units or a smaller "
                "share a unit.", name=name, units=candidate.most, share=f"{100 * candidate.full_reach:.0f}",
            )
        )  # fmt: skip
    for other in (*candidate.needs, *candidate.excludes):
        if other == name:
            raise ManyiError(message("“{name}” names itself among those it needs or excludes.", name=name))
        if other not in names:
            raise ManyiError(message("“{name}” names “{other}”, which is none of the measures.", name=name, other=other))


def _within(name: str, what: object, value: float, low: float, high: float, *, above: bool = False) -> None:
    if math.isfinite(value) and low <= value <= high and not (above and value == low):
        return
    expected = message("more than {low}, at most {high}", low=f"{low:g}", high=f"{high:g}")
    if not above:
        expected = message("from {low} to {high}", low=f"{low:g}", high=f"{high:g}")
    raise ManyiError(
        message("“{name}”, {what}: expected {expected}, found {found}.", name=name, what=what, expected=expected, found=f"{value:g}")
    )
