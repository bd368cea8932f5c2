"""Does satisfaction move with a KPI within branches? Slopes of a panel with branch effects, for several lags.

y_bt = α_b + β x_b,t−L + e: values are taken as distances from their branch's mean, so lasting differences between branches count nothing.
With ``period_effects`` common ups and downs (season, a tariff) are taken out as well. Standard errors are clustered by branch with the
small-sample factor G/(G − 1) · (N − 1)/(N − K), K with all effects, and Student's t of G − 1 (Cameron and Miller 2015, *J. Human
Resources* 50:317-372). With fewer than ten branches such intervals are rough, and marked. A slope says what goes together, never what
causes what. Checked against statsmodels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis.inference.adjusted_tests import adjusted_p
from analysis.kpis.definitions import VALUE, with_values
from analysis.kpis.objective_index import BRANCH, PERIOD
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from words.errors import ManyiError
from words.language import Message, message
from words.periods import Period

Array = npt.NDArray[np.float64]
LAGS = (0, 1, 2, 3)
METHOD = message("Slope within branches (branch effects), errors clustered by branch, p by Holm over the lags. No statement on causes.")
#: Fewer branches give no slope; fewer than the second number a rough interval.
FEWEST_BRANCHES, ENOUGH_BRANCHES = 3, 10


class Dot(NamedTuple):
    """A branch in a period: KPI and satisfaction as distances from the effects, as the plot draws them."""

    branch: str
    period: str
    kpi: float
    satisfaction: float


@dataclass(frozen=True)
class PanelSlope:
    """Slope at one lag in months: ``estimate`` in points of satisfaction per unit of the KPI, ``n`` branch-periods, marked if few branches.

    ``usual_move`` is the standard deviation of the KPI within branches: slope times it is what a usual move of the KPI goes with. ``dots``
    are what the slope is drawn through.
    """

    lag: int
    estimate: Estimate
    branches: int
    usual_move: float | None
    dots: tuple[Dot, ...]

    @property
    def per_usual_move(self) -> Estimate:
        """What a usual move of the KPI goes with, in points of satisfaction."""
        entry, move = self.estimate, self.usual_move
        if entry.value is None or move is None:
            return entry
        se, low, high = (None if end is None else end * move for end in (entry.se, entry.low, entry.high))
        return entry._replace(value=entry.value * move, se=se, low=low, high=high)


@dataclass(frozen=True)
class SatisfactionPanel:
    """All lags of one KPI."""

    kpi: str
    period_effects: bool
    slopes: tuple[PanelSlope, ...]
    method: Message


def satisfaction_panel(
    kpi: pd.DataFrame,
    satisfaction: pd.DataFrame,
    name: str,
    *,
    lags: Sequence[int] = LAGS,
    period_effects: bool = False,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> SatisfactionPanel:
    """Slopes of satisfaction on one KPI; both tables have ``period``, ``branch`` and ``value``, one row each.

    KPIs are by month; a survey period of several months takes the KPI's mean over its months, each ``lag`` months earlier, and is left
    out where one of them is missing. Raises ManyiError for a period that names no time and a value given twice.
    """
    months, waves = _months(kpi, name), _months(satisfaction, name)
    by_month = {(str(row[BRANCH]), row["at"]): float(row[VALUE]) for row in months.to_dict("records")}
    slopes = [_slope(_joined(by_month, waves, lag), lag, name, period_effects, thresholds) for lag in lags]
    tested = [place for place, slope in enumerate(slopes) if slope.estimate.p is not None]
    if tested:
        adjusted = adjusted_p(np.array([slopes[place].estimate.p for place in tested], dtype=np.float64), "holm")
        for place, p in zip(tested, adjusted, strict=True):
            slopes[place] = _judged(slopes[place], float(p), thresholds)
    return SatisfactionPanel(name, period_effects, tuple(slopes), METHOD)


def _judged(slope: PanelSlope, p: float, thresholds: Thresholds) -> PanelSlope:
    entry = slope.estimate
    verdict = "unclear" if p >= thresholds.alpha else "higher" if (entry.value or 0) > 0 else "lower"
    return replace(slope, estimate=entry._replace(p_adjusted=p, verdict=verdict))


def _months(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows with a value, with the first month (months since year 0) and the number of months of their period."""
    known = with_values(table, PERIOD, BRANCH)
    if known.duplicated([PERIOD, BRANCH]).any():
        row = known[known.duplicated([PERIOD, BRANCH])].iloc[0]
        raise ManyiError(
            message(
                "KPI “{name}” of {branch} in {period} is given twice; keep one value.", name=name, branch=row[BRANCH], period=row[PERIOD]
            )
        )
    periods = {label: Period.parse(str(label)) for label in known[PERIOD].unique()}
    wrong = next((label for label, period in periods.items() if period is None), None)
    if wrong is not None:
        raise ManyiError(message("“{period}” names no month, quarter or year; write it like 2026-05 or 2026Q2.", period=wrong))
    at = [12 * periods[label].first_day.year + periods[label].first_day.month - 1 for label in known[PERIOD]]  # type: ignore[union-attr]
    return known.assign(at=at, length=[periods[label].months for label in known[PERIOD]])  # type: ignore[union-attr]


def _joined(by_month: dict[tuple[str, int], float], waves: pd.DataFrame, lag: int) -> pd.DataFrame:
    rows = []
    for row in waves.to_dict("records"):
        moved = [by_month.get((str(row[BRANCH]), int(row["at"]) + month - lag)) for month in range(int(row["length"]))]
        if None not in moved:
            mean = sum(value or 0.0 for value in moved) / len(moved)
            rows.append((str(row[BRANCH]), str(row[PERIOD]), int(row["at"]), mean, float(row[VALUE])))
    return pd.DataFrame(rows, columns=[BRANCH, PERIOD, "at", "x", "y"])


def _slope(panel: pd.DataFrame, lag: int, name: str, period_effects: bool, thresholds: Thresholds) -> PanelSlope:
    keys = {"kpi": name, "lag": str(lag)}
    panel = panel[panel.groupby(BRANCH)[BRANCH].transform("size") > 1]  # one value of a branch is its own mean
    branches = int(panel[BRANCH].nunique())
    if branches < FEWEST_BRANCHES:
        reason = message(
            "{count} branches with at least two periods; a slope within branches needs {needed}.", count=branches, needed=FEWEST_BRANCHES
        )
        return PanelSlope(lag, Estimate(keys, "slope", None, n=len(panel), reason=reason), branches, None, ())
    effects = _effects(panel, period_effects)
    x, y = (_without(effects, panel[column].to_numpy(dtype=np.float64)) for column in ("x", "y"))
    spread, parameters = float(x @ x), int(np.linalg.matrix_rank(effects)) + 1
    if spread <= _least(panel["x"], len(x)) or len(x) <= parameters:
        reason = message("The KPI does not move within branches, or too few periods are there to tell.")
        return PanelSlope(lag, Estimate(keys, "slope", None, n=len(panel), reason=reason), branches, None, ())
    slope = float(x @ y / spread)
    scores = pd.Series(x * (y - slope * x)).groupby(panel[BRANCH].to_numpy()).sum().to_numpy()
    small = branches / (branches - 1) * (len(x) - 1) / (len(x) - parameters)
    se = float(np.sqrt(small * (scores @ scores)) / spread)
    half = float(stats.t.ppf((1 + thresholds.confidence) / 2, branches - 1)) * se
    p = float(2 * stats.t.sf(abs(slope) / se, branches - 1)) if se > 0 else None
    estimate = Estimate(
        keys, "slope", slope, se, slope - half, slope + half, len(x), float(len(x)), df=branches - 1.0, p=p,
        marked=branches < ENOUGH_BRANCHES,
    )  # fmt: skip
    usual = float(np.sqrt(spread / (len(x) - parameters + 1)))
    dots = zip(panel[BRANCH], panel[PERIOD], x.tolist(), y.tolist(), strict=True)
    return PanelSlope(lag, estimate, branches, usual, tuple(Dot(*each) for each in dots))


def _least(values: pd.Series, count: int) -> float:
    """Sum of squares that is only what rounding leaves of values that do not move."""
    return float(1e-18 * max(float(values.abs().max()) ** 2, 1e-300) * count)


def _effects(panel: pd.DataFrame, period_effects: bool) -> Array:
    columns = [BRANCH, "at"] if period_effects else [BRANCH]
    dummies = [pd.get_dummies(panel[column], dtype=float).to_numpy() for column in columns]
    return np.column_stack(dummies)


def _without(effects: Array, values: Array) -> Array:
    """What is left of values once the effects are taken out."""
    return values - effects @ np.linalg.lstsq(effects, values, rcond=None)[0]
