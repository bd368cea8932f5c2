"""The values of KPIs month by month and branch by branch, set against their targets and brought on the scale of 0 to 100.

A target is met where the value is at least as good as it, in the direction of the KPI. Over several months a KPI is the plain mean of its
monthly values; an empty value is no value. A KPI without a target is neither met nor missed, one without target and limit has no score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.kpis.definitions import VALUE, KpiDefinition, with_values
from analysis.kpis.objective_index import BRANCH, KPI, PERIOD
from survey_schema.operations import KpiDefinition as DescribedKpi


@dataclass(frozen=True)
class KpiFigure:
    """One KPI of a branch (None: of all together) in a month, or over several (``month`` None, ``value`` the mean).

    ``met`` is None without a target, ``score`` None without target and limit. ``months`` it stands on, ``months_met`` of them.
    """

    kpi: str
    branch: str | None
    month: str | None
    value: float
    met: bool | None
    score: float | None
    months: int
    months_met: int | None


@dataclass(frozen=True)
class MissedTargets:
    """In how many of the ``judged`` monthly values of the branches a KPI with a target missed it."""

    kpi: str
    missed: int
    judged: int


def targets_missed(monthly: Sequence[KpiFigure]) -> tuple[MissedTargets, ...]:
    """Every KPI with a target, the one missed most often first; those missed as often keep their order."""
    judged = Counter(each.kpi for each in monthly if each.met is not None)
    missed = Counter(each.kpi for each in monthly if each.met is False)
    return tuple(sorted((MissedTargets(kpi, missed[kpi], count) for kpi, count in judged.items()), key=lambda each: -each.missed))


def scored(kpi: DescribedKpi | None) -> KpiDefinition | None:
    """The KPI with the two values of its scale; None where the survey does not set both. Its weight must be above zero to count."""
    if kpi is None or kpi.target is None or kpi.limit is None:
        return None
    return KpiDefinition(kpi.code, kpi.direction, kpi.target, kpi.limit, kpi.weight or 1.0)


def index_definitions(kpis: Sequence[DescribedKpi]) -> tuple[KpiDefinition, ...]:
    """The KPIs of the objective index: those with target, limit and a weight above zero."""
    return tuple(found for kpi in kpis if kpi.weight > 0 and (found := scored(kpi)) is not None)


def meets(kpi: DescribedKpi | None, value: float) -> bool | None:
    """Whether a value meets the target; None where there is none."""
    if kpi is None or kpi.target is None:
        return None
    return value >= kpi.target if kpi.direction == "higher" else value <= kpi.target


def monthly_figures(values: pd.DataFrame, kpis: Mapping[str, DescribedKpi]) -> tuple[KpiFigure, ...]:
    """A figure for every row of ``values`` (``period``, ``branch``, ``kpi``, ``value``) that has a value, months in order."""
    known = with_values(values, PERIOD, KPI).sort_values([KPI, PERIOD, BRANCH], na_position="first", kind="stable")
    return tuple(
        _figure(kpis.get(str(row[KPI])), str(row[KPI]), _name(row[BRANCH]), str(row[PERIOD]), [float(row[VALUE])])
        for row in known.to_dict("records")
    )


def mean_figures(values: pd.DataFrame, kpis: Mapping[str, DescribedKpi]) -> tuple[KpiFigure, ...]:
    """A figure for every KPI and branch over all its months."""
    found = []
    for (code, branch), rows in with_values(values, PERIOD, KPI).groupby([KPI, BRANCH], dropna=False, sort=False):
        found.append(_figure(kpis.get(str(code)), str(code), _name(branch), None, rows[VALUE].astype(float).tolist()))
    return tuple(sorted(found, key=lambda each: (each.kpi, each.branch is not None, each.branch or "")))


def _name(branch: object) -> str | None:
    return None if branch is None or pd.isna(branch) else str(branch)


def _figure(kpi: DescribedKpi | None, code: str, branch: str | None, month: str | None, values: Sequence[float]) -> KpiFigure:
    mean = float(np.mean(values))
    scale, each = scored(kpi), [meets(kpi, value) for value in values]
    score = None if scale is None else float(np.mean(scale.score(np.array(values, dtype=np.float64))))
    return KpiFigure(code, branch, month, mean, meets(kpi, mean), score, len(values), None if None in each else sum(map(bool, each)))
