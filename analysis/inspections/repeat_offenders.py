"""Repeat offenders: items that lost points in at least k of the last m visits at which a hall was looked at for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.inspections.inspection_sums import BRANCH, HALL, InspectionSums
from words.errors import ManyiError
from words.language import message


@dataclass(frozen=True)
class RepeatOffender:
    """One item of one hall: points lost at ``times`` of its last ``visits`` visits, ``lost`` points together, ``available`` together.

    ``every``: at each of them. A hall with fewer than m visits is judged on those it had, at least k.
    """

    hall: str
    branch: str | None
    item: str
    times: int
    visits: int
    lost: float
    available: float

    @property
    def every(self) -> bool:
        """Whether points were lost at each of the visits."""
        return self.times == self.visits


def repeat_offenders(
    sums: InspectionSums, *, times: int = 2, last: int = 3, where: Mapping[str, str | None] | None = None
) -> tuple[RepeatOffender, ...]:
    """Items lost ``times`` times or more in the ``last`` visits of a hall, most points lost first.

    Raises ManyiError unless 1 ≤ times ≤ last.
    """
    if not 1 <= times <= last:
        raise ManyiError(message("Points lost {times} times in the last {last} visits cannot be; choose at most as many times as visits.",
                                 times=times, last=last))  # fmt: skip
    chosen = sums.where(where or {})
    if not len(chosen.visits):
        return ()
    names = chosen.visits[HALL].to_numpy(dtype=object)
    start = np.flatnonzero(np.append(True, names[1:] != names[:-1]))
    halls = names[start]
    end = np.append(start[1:], len(chosen.visits)) - 1  # visits stand hall by hall, by day
    hall = np.repeat(np.arange(len(halls)), np.diff(np.append(start, len(chosen.visits))))
    branches, lost = chosen.visits[BRANCH], chosen.lost
    found = []
    for place, item in enumerate(chosen.items):
        seen = np.cumsum(chosen.available[:, place] > 0)
        recent = (chosen.available[:, place] > 0) & (seen[end][hall] - seen < last)
        sums_of = [
            np.bincount(hall[recent], weights, minlength=len(halls))
            for weights in ((lost[recent, place] > 0).astype(float), np.ones(int(recent.sum())), lost[recent, place],
                            chosen.available[recent, place])
        ]  # fmt: skip
        for h in np.flatnonzero(sums_of[0] >= times):
            counts, points = (int(each[h]) for each in sums_of[:2]), (float(each[h]) for each in sums_of[2:])
            found.append(RepeatOffender(str(halls[h]), branches.iloc[start[h]], item, *counts, *points))
    return tuple(sorted(found, key=lambda each: (-each.lost, each.hall, each.item)))
