"""Shares of points scored and points lost per visit, by item, hall, branch, month and visit.

The share is a ratio estimator R = Σ scored / Σ available with visits as sampling units: var = v/(v − 1) Σ (scored − R·available)² /
(Σ available)² over the v visits at which the item was looked at. Each group is a sample of its own, since how many visits a hall gets is
planned. Interval: Wilson's on the effective number R(1 − R)/se², so it stays within 0–100 (Korn and Graubard 1998). Points lost per
visit: mean, with the same interval as a part of the points available per visit, since t covers too rarely where few visits lose any. A
single visit has figures and no interval. Figures of fewer than five visits are marked; halls are no persons, so nothing is hidden.

Source: ``docs/methods.md``, section 7; checked against R ``survey`` (``svyratio``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.inspections.inspection_sums import InspectionSums
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.sums.tallies import Array, sum_by
from words.language import Message, message

METHOD = message("Points scored of points available (ratio estimator, visits as sampling units), Wilson's interval; points lost per visit.")
TOTAL = "total"
#: Fewer visits than this mark a figure.
FEW = 5
_NOTHING = 1e-12


@dataclass(frozen=True)
class Points:
    """One item (or ``total``) in one group: points, ``visits`` that looked at it, share scored (per cent), points lost per visit."""

    keys: Mapping[str, str | None]
    code: str
    visits: int
    available: float
    scored: float
    lost: float
    share: Estimate
    lost_per_visit: Estimate


@dataclass(frozen=True)
class Inspections:
    """Points by group and item, the total first and items from most to least points lost; ``reason`` where there are no visits."""

    items: tuple[str, ...]
    rows: tuple[Points, ...]
    shares: Result
    lost: Result
    reason: Message | None = None

    def find(self, code: str = TOTAL, **keys: str | None) -> Points | None:
        """The points of one code whose keys include the given ones; None when there are none."""
        return next((row for row in self.rows if row.code == code and all(row.keys.get(k) == v for k, v in keys.items())), None)


def estimate_inspections(
    sums: InspectionSums,
    by: Sequence[str] = (),
    where: Mapping[str, str | None] | None = None,
    *,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Inspections:
    """The points of every group of ``by`` within ``where``. Raises ManyiError for a column visits do not have."""
    chosen = sums.where(where or {})
    keys, number = chosen.groups(by)
    if not keys:
        nothing = Result((), Provenance(METHOD, thresholds))
        return Inspections(sums.items, (), nothing, nothing, message("There are no inspections in this selection."))
    available = np.concatenate([chosen.available.sum(axis=1, keepdims=True), chosen.available], axis=1)
    scored = np.concatenate([chosen.scored.sum(axis=1, keepdims=True), chosen.scored], axis=1)
    lost = available - scored
    made = (available > 0, available, scored, lost, scored**2, scored * available, available**2, lost**2)
    added = [sum_by(np.asarray(each, dtype=np.float64), number, len(keys)) for each in made]
    rows = _rows(keys, (TOTAL, *chosen.items), added, thresholds)
    how = Provenance(METHOD, thresholds, facts=(Fact("few_visits", FEW),))
    shares, per_visit = (tuple(getattr(row, name) for row in rows) for name in ("share", "lost_per_visit"))
    return Inspections(chosen.items, rows, Result(shares, how), Result(per_visit, how))


def _rows(
    keys: Sequence[Mapping[str, str | None]], codes: Sequence[str], added: Sequence[Array], thresholds: Thresholds
) -> tuple[Points, ...]:
    visits, available, scored, lost, s2, sa, a2, l2 = added
    level = (1 + thresholds.confidence) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        share = scored / available
        spread = np.where(s2 - 2 * share * sa + share**2 * a2 > _NOTHING * s2, s2 - 2 * share * sa + share**2 * a2, 0.0)
        se = np.sqrt(visits / (visits - 1) * spread) / available
        low, high = wilson_ends(share, se, visits, level)
        mean = lost / visits
        deviation = np.sqrt(np.where(l2 - lost * mean > _NOTHING * l2, l2 - lost * mean, 0.0) / (visits - 1) / visits)
        most = available / visits
        least, highest = (most * end for end in wilson_ends(mean / most, deviation / most, visits, level))
    order = np.argsort(-lost, axis=1, kind="stable")
    found = []
    for g, key in enumerate(keys):
        for c in [0, *(c for c in order[g].tolist() if c)]:
            v = int(visits[g, c])
            if not v:
                continue
            plain = Estimate(key, codes[c], None, n=v, n_eff=float(v), marked=v < FEW)
            ratio = plain._replace(value=100 * float(share[g, c]))
            per_visit = plain._replace(value=float(mean[g, c]))
            if v > 1:
                ratio = ratio._replace(se=100 * float(se[g, c]), df=v - 1.0, low=100 * float(low[g, c]), high=100 * float(high[g, c]))
                per_visit = per_visit._replace(se=float(deviation[g, c]), df=v - 1.0, low=float(least[g, c]), high=float(highest[g, c]))
            there, got, gone = (float(each[g, c]) for each in (available, scored, lost))
            found.append(Points(key, codes[c], v, there, got, gone, ratio, per_visit))
    return tuple(found)


def wilson_ends(share: Array, se: Array, units: Array, level: float) -> tuple[Array, Array]:
    """:func:`analysis.inference.wilson_interval.wilson_interval` of many shares at once, ``units`` sampling units each (n, n_eff, df + 1).

    The quantile is that of the t distribution throughout, since the sampling units are few.
    """
    spread = share * (1 - share)
    varies = (spread > 1e-10) & (se**2 > 1e-10 * spread / units)
    base = np.where(varies, spread / np.where(varies, se, 1.0) ** 2, units)
    z2 = stats.t.ppf(level, np.maximum(units - 1, 1)) ** 2
    middle = (share + z2 / (2 * base)) / (1 + z2 / base)
    half = np.sqrt(z2 * (spread / base + z2 / (4 * base**2))) / (1 + z2 / base)
    return np.clip(middle - half, 0.0, 1.0), np.clip(middle + half, 0.0, 1.0)
