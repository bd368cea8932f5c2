"""Counts of responses by group, with the groups judged before anything is made of them; and the share of marked ones in each group.

The quality of a wave is about interviews, not about customers: every response counts once, whatever its weight. Whether a group
may be shown still follows its effective base, so that what is hidden elsewhere is hidden here too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.adjusted_tests import with_verdicts
from analysis.domains import kish
from analysis.results import Estimate, Thresholds
from analysis.sums import WEIGHT
from analysis.suppression import hidden, hidden_reason
from survey_schema.language import Message

_N, _W, _W2 = "n__", "w__", "w2__"
_FEWEST_EXPECTED = 5


@dataclass(frozen=True)
class Counted:
    """One group: responses, effective base, what was summed up, and the reason why it is hidden."""

    keys: Mapping[str, str | None]
    n: int
    n_eff: float
    sums: Mapping[str, float]
    reason: Message | None = None


def count_cells(frame: nw.LazyFrame[Any], measures: Mapping[str, nw.Expr], columns: Sequence[str]) -> pd.DataFrame:
    """One engine pass: responses, weights and the sums of ``measures`` for each combination of ``columns``. Zero weights count nowhere.

    ``frame`` is not narrowed down: whether a group may be shown depends on the groups beside it.
    """
    w = nw.col(WEIGHT).cast(nw.Float64)
    marks = (expression.cast(nw.Float64).alias(name) for name, expression in measures.items())
    made = frame.filter(w > 0).select(*columns, w.alias(_W), (w * w).alias(_W2), nw.lit(1.0).alias(_N), *marks)
    sums = [nw.col(name).sum() for name in (_N, _W, _W2, *measures)]
    cells = made.group_by(*columns).agg(*sums) if columns else made.select(*sums)
    table: pd.DataFrame = cells.collect("pandas").to_native()
    table = table.fillna(dict.fromkeys([_N, _W, _W2, *measures], 0.0))  # sums over nobody are null
    if not columns:
        return table
    table[list(columns)] = table[list(columns)].astype(object).where(table[list(columns)].notna(), None)
    return table.sort_values(list(columns), key=lambda column: column.map(str))


def judged_groups(cells: pd.DataFrame, by: Sequence[str], where: Mapping[str, str], thresholds: Thresholds) -> list[Counted]:
    """The groups of ``by`` within ``where``, each judged among all values of the columns involved; responses without a value left out."""
    opened = list(dict.fromkeys([*by, *where]))
    sums = [name for name in cells.columns if name not in opened and pd.api.types.is_numeric_dtype(cells[name])]
    whole = cells[sums].sum().to_frame().T
    table = cells.dropna(subset=opened).groupby(opened)[sums].sum().reset_index() if opened else whole
    keys = [{name: str(row[name]) for name in opened} for _index, row in table.iterrows()]
    weights, squares = table[_W].to_numpy(dtype=np.float64), table[_W2].to_numpy(dtype=np.float64)
    n_eff = kish(weights, squares)
    flags = hidden(n_eff, keys, thresholds)
    found = []
    for place, (key, flag) in enumerate(zip(keys, flags, strict=True)):
        if all(key[name] == value for name, value in where.items()):
            row = table.iloc[place]
            reason = hidden_reason(float(n_eff[place]), thresholds) if flag else None
            values = {name: float(row[name]) for name in sums if name not in (_N, _W, _W2)}
            found.append(Counted({name: key[name] for name in by}, int(row[_N]), float(n_eff[place]), values, reason))
    return found


def share_of(group: Counted, code: str, marked: str, base: str, thresholds: Thresholds) -> Estimate:
    """The share of marked responses in a group, with its Wilson interval; ``marked`` and ``base`` are the sums it is made of."""
    n = round(group.sums[base])
    estimate = Estimate(group.keys, code, None, n=n, n_eff=group.n_eff, marked=group.n_eff < thresholds.marked_below, reason=group.reason)
    if group.reason is not None:
        return estimate
    if n < thresholds.hidden_below:  # few of a large group are part of the base, such as interviews whose length is known
        return estimate._replace(reason=hidden_reason(float(n), thresholds))
    count = round(group.sums[marked])
    low, high = proportion_confint(count, n, alpha=1 - thresholds.confidence, method="wilson")
    # the formula leaves a trace of rounding where nobody or everybody is marked
    return estimate._replace(value=count / n, low=float(low) if count else 0.0, high=float(high) if count < n else 1.0)


def against_rest(shares: Sequence[Estimate], groups: Sequence[Counted], marked: str, base: str, thresholds: Thresholds) -> list[Estimate]:
    """The shares with the p of each group against all other groups; hidden ones are not tested, and not in anybody's rest.

    Pearson's chi square of two shares, Fisher's exact test where fewer than five are expected in a cell.
    """
    shown = [group for estimate, group in zip(shares, groups, strict=True) if estimate.value is not None]
    total, hits = sum(g.sums[base] for g in shown), sum(g.sums[marked] for g in shown)
    tested = []
    for estimate, group in zip(shares, groups, strict=True):
        n, count = group.sums[base], group.sums[marked]
        p = two_shares(count, n, hits - count, total - n) if estimate.value is not None and len(shown) > 1 else None
        tested.append(estimate._replace(p=p))
    return tested


def judged_shares(
    shares: Sequence[Estimate], thresholds: Thresholds, smallest: float, rest: Sequence[float | None] | None = None
) -> list[Estimate]:
    """One family of shares with p: adjusted by Benjamini and Hochberg, and the verdict against ``rest`` (the share of the others)."""
    others = rest or [None] * len(shares)
    gaps = [e._replace(value=None if e.value is None or r is None else e.value - r) for e, r in zip(shares, others, strict=True)]
    judged = with_verdicts(gaps, "fdr_bh", thresholds, smallest)
    return [e._replace(p_adjusted=j.p_adjusted, verdict=j.verdict) for e, j in zip(shares, judged, strict=True)]


def rest_shares(groups: Sequence[Counted], marked: str, base: str) -> list[float | None]:
    """The share of marked responses among all other groups that are shown; None without any."""
    shown = [group for group in groups if group.reason is None]
    total, hits = sum(g.sums[base] for g in shown), sum(g.sums[marked] for g in shown)
    rest = [(hits - g.sums[marked], total - g.sums[base]) for g in groups]
    return [count / n if group.reason is None and n > 0 else None for group, (count, n) in zip(groups, rest, strict=True)]


def compared_shares(
    groups: Sequence[Counted], code: str, marked: str, base: str, thresholds: Thresholds, smallest: float
) -> list[Estimate]:
    """Shares of marked responses, each tested against all other groups in one family."""
    shares = [share_of(group, code, marked, base, thresholds) for group in groups]
    tested = against_rest(shares, groups, marked, base, thresholds)
    return judged_shares(tested, thresholds, smallest, rest_shares(groups, marked, base))


def two_shares(count: float, n: float, other_count: float, other_n: float) -> float | None:
    """p of two independent shares being the same; None where one side is empty or there is nothing to tell apart."""
    if n <= 0 or other_n <= 0:
        return None
    table = np.array([[count, n - count], [other_count, other_n - other_count]])
    margins = table.sum(axis=0)
    if (margins == 0).any():
        return 1.0
    expected = np.outer(table.sum(axis=1), margins) / table.sum()
    if expected.min() < _FEWEST_EXPECTED:
        return float(stats.fisher_exact(np.rint(table).astype(np.int64)).pvalue)
    return float(stats.chi2.sf(((table - expected) ** 2 / expected).sum(), 1))
