"""What intervals of points need, added up over visits: of each group, and of all items together and each item.

Halls have many visits, so the visits of a hall in a month are added up once for all questions; only a question about single visits reads
them one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.inspections.inspection_sums import BRANCH, HALL, MONTH, VISIT, InspectionSums, groups_of, rows_where
from analysis.sums.tallies import Array, Integers, sum_by

#: What visits are added up by for all questions that name none.
_PLACES = (BRANCH, HALL, MONTH)


@dataclass(frozen=True, eq=False)
class PointMoments:
    """Of each group (G) and of the total and each item (1 + K): ``visits`` that looked at it, sums of points and of their products."""

    visits: Array
    available: Array
    scored: Array
    lost: Array
    scored_scored: Array
    scored_available: Array
    available_available: Array
    lost_lost: Array


def point_moments(
    sums: InspectionSums, by: Sequence[str], where: Mapping[str, str | None]
) -> tuple[list[dict[str, str | None]], PointMoments]:
    """The groups of ``by`` within ``where`` that have visits, in order, and their moments. Raises ManyiError for an unknown column."""
    sums.require(by)
    sums.require(where)
    if VISIT in by or VISIT in where:
        chosen = sums.where(where)
        keys, number = chosen.groups(by)
        return keys, _added(_of_visits(chosen), number, len(keys))
    cells, moments = _by_place(sums)
    rows = rows_where(cells, where) if where else np.arange(len(cells))
    keys, number = groups_of(cells.iloc[rows], by)
    return keys, _added(moments[rows], number, len(keys))


def _by_place(sums: InspectionSums) -> tuple[pd.DataFrame, Array]:
    """Branch, hall and month of each cell, and its moments (C, 8, 1 + K); made once for the same sums."""
    if "places" not in sums.kept:
        keys, number = groups_of(sums.visits, _PLACES)
        cells = pd.DataFrame(keys, columns=list(_PLACES)).astype("category")  # as categories they are grouped several times faster
        moments = _of_visits(sums)
        sums.kept["places"] = cells, sum_by(moments, number, len(keys)) if keys else moments
    found: tuple[pd.DataFrame, Array] = sums.kept["places"]
    return found


def _of_visits(sums: InspectionSums) -> Array:
    """The moments of each visit (V, 8, 1 + K)."""
    available, scored = (np.concatenate([each.sum(axis=1, keepdims=True), each], axis=1) for each in (sums.available, sums.scored))
    lost = available - scored
    return np.stack([available > 0, available, scored, lost, scored**2, scored * available, available**2, lost**2], axis=1)


def _added(moments: Array, number: Integers, groups: int) -> PointMoments:
    added = sum_by(moments, number, groups) if groups else moments
    return PointMoments(*(added[:, place] for place in range(added.shape[1])))
