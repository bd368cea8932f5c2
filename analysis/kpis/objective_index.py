"""The objective index: KPIs on one scale, weighted, beside the index of the survey, and where the two disagree.

Of a month, index = Σ weight·score / Σ weight; of a branch, the mean of its months that have all the KPIs it reports, with Student's
interval from how the months differ. A KPI a branch never reports is left out, its weight spread over the others, and said; with less than
half of the weight there is no index. Both an objective and a subjective index of the same branches: DB3307/T 69-2018. Their levels are
not comparable (targets are set, scales differ), so each is taken as its distance from the mean of the branches that have both; two
**disagree** where the intervals of these distances do not meet. The mean counts as known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.kpis.definitions import VALUE, KpiDefinition, check_definitions, with_values
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Questions, Result, Thresholds
from analysis.results.provenance import Fact, Provenance
from words.errors import ManyiError
from words.language import message

PERIOD, BRANCH, KPI = "period", "branch", "kpi"
CODE = "objective"
METHOD = message("Objective index: KPIs on 0–100 by limit and target, weighted; interval from how the months differ.")
#: Less of the weight than this gives no index.
LEAST_WEIGHT = 0.5


def objective_index(values: pd.DataFrame, definitions: Sequence[KpiDefinition], *, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Result:
    """One estimate per branch; ``n`` the months it stands on, ``questions`` the KPIs where these are not all.

    ``values`` has a row per ``period``, ``branch`` and ``kpi`` with its ``value``; KPIs without definition are left aside, empty values
    count as not reported. A single month gives an index without interval. Raises ManyiError for definitions that do not fit and a value
    given twice.
    """
    check_definitions(definitions)
    known = with_values(values[values[KPI].isin([definition.name for definition in definitions])], BRANCH, PERIOD)
    twice = known[known.duplicated([PERIOD, BRANCH, KPI])]
    if len(twice):
        first = twice.iloc[0]
        raise ManyiError(
            message(
                "KPI “{name}” of {branch} in {period} is given twice; keep one value.",
                name=first[KPI],
                branch=first[BRANCH],
                period=first[PERIOD],
            )
        )
    found = []
    for branch in sorted(values[BRANCH].dropna().astype(str).unique()):
        wide = known[known[BRANCH].astype(str) == branch].pivot(index=PERIOD, columns=KPI, values=VALUE).sort_index()
        found.append(_of_branch(branch, wide, definitions, thresholds))
    return Result(tuple(found), Provenance(METHOD, thresholds, facts=(Fact("kpis", [definition.name for definition in definitions]),)))


def _of_branch(branch: str, wide: pd.DataFrame, definitions: Sequence[KpiDefinition], thresholds: Thresholds) -> Estimate:
    reported = [definition for definition in definitions if definition.name in wide.columns]
    weights = np.array([definition.weight for definition in reported])
    whole = sum(definition.weight for definition in definitions)
    if weights.sum() < LEAST_WEIGHT * whole:
        reason = message("KPIs with less than half of the weight are reported.")
        return Estimate({BRANCH: branch}, CODE, None, reason=reason)
    scores = np.column_stack([definition.score(wide[definition.name].to_numpy(dtype=np.float64)) for definition in reported])
    complete = scores[~np.isnan(scores).any(axis=1)]
    if not len(complete):
        reason = message("No month has a value for all the KPIs that are reported.")
        return Estimate({BRANCH: branch}, CODE, None, reason=reason)
    months = complete @ weights / weights.sum()
    left_out = len(reported) < len(definitions)
    questions = Questions(frozenset(definition.name for definition in reported), len(definitions)) if left_out else None
    mean, n = float(months.mean()), len(months)
    if n < 2:
        return Estimate({BRANCH: branch}, CODE, mean, n=n, n_eff=float(n), questions=questions, marked=True)
    se = float(months.std(ddof=1) / np.sqrt(n))
    half = float(stats.t.ppf((1 + thresholds.confidence) / 2, n - 1)) * se
    low, high = max(mean - half, 0.0), min(mean + half, 100.0)
    return Estimate({BRANCH: branch}, CODE, mean, se, low, high, n, float(n), df=n - 1.0, questions=questions)


@dataclass(frozen=True)
class TwoIndices:
    """A branch by KPIs and by its customers; distances are from the mean of the branches that have both.

    ``verdict``: ``better by KPIs``, ``better by customers``, ``unclear``; None where one of them is missing or has no interval.
    """

    branch: str
    objective: Estimate | None
    survey: Estimate | None
    objective_distance: float | None
    survey_distance: float | None
    verdict: str | None


def beside_the_survey(objective: Result, survey: Sequence[Estimate], *, key: str = BRANCH) -> tuple[TwoIndices, ...]:
    """Every branch that either has, by name; ``survey`` are the indices of the branches, one each, hidden ones with their reason."""
    ours = {str(entry.keys[BRANCH]): entry for entry in objective.estimates}
    theirs = {str(entry.keys[key]): entry for entry in survey}
    both = [name for name in ours if name in theirs and ours[name].value is not None and theirs[name].value is not None]
    comparable = len(both) > 1
    centres = [float(np.mean([side[name].value or 0.0 for name in both])) if comparable else 0.0 for side in (ours, theirs)]
    found = []
    for name in sorted({**ours, **theirs}):
        first, second = ours.get(name), theirs.get(name)
        if not comparable or first is None or second is None or first.value is None or second.value is None:
            found.append(TwoIndices(name, first, second, None, None, None))
            continue
        verdict = _verdict(first, second, centres[0] - centres[1])
        found.append(TwoIndices(name, first, second, first.value - centres[0], second.value - centres[1], verdict))
    return tuple(found)


def _verdict(objective: Estimate, survey: Estimate, offset: float) -> str | None:
    if objective.low is None or objective.high is None or survey.low is None or survey.high is None:
        return None
    if objective.low - offset > survey.high:
        return "better by KPIs"
    return "better by customers" if objective.high - offset < survey.low else "unclear"
