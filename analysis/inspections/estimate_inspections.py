"""Shares of points scored and points lost per visit, by item, hall, branch, month and visit.

The share is a ratio estimator R = Σ scored / Σ available with visits as sampling units: var = v/(v − 1) Σ (scored − R·available)² /
(Σ available)² over the v visits at which the item was looked at. Each group is a sample of its own, since how many visits a hall gets is
planned. Interval: Wilson's on the effective number R(1 − R)/se², so it stays within 0–100 (Korn and Graubard 1998). Points lost per
visit: mean, with the same interval as a part of the points available per visit, since t covers too rarely where few visits lose any. A
single visit has figures and no interval. Figures of fewer than five visits are marked; halls are no persons, so nothing is hidden.

Source: ``docs/methods.md``, section 7; checked against R ``survey`` (``svyratio``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from scipy import stats

from analysis.inspections.inspection_sums import InspectionSums
from analysis.inspections.point_moments import PointMoments, point_moments
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.sums.tallies import Array
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
    codes: Collection[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Inspections:
    """The points of every group of ``by`` within ``where``: all items together, and each item or those of ``codes``.

    Raises ManyiError for a column visits do not have.
    """
    keys, added = point_moments(sums, by, where or {})
    if not keys:
        nothing = Result((), Provenance(METHOD, thresholds))
        return Inspections(sums.items, (), nothing, nothing, message("There are no inspections in this selection."))
    places = [place for place, code in enumerate((TOTAL, *sums.items)) if not place or codes is None or code in codes]
    rows = _rows(keys, (TOTAL, *sums.items), places, added, thresholds)
    how = Provenance(METHOD, thresholds, facts=(Fact("few_visits", FEW),))
    shares, per_visit = (tuple(getattr(row, name) for row in rows) for name in ("share", "lost_per_visit"))
    return Inspections(sums.items, rows, Result(shares, how), Result(per_visit, how))


def _rows(
    keys: Sequence[Mapping[str, str | None]], codes: Sequence[str], places: Sequence[int], added: PointMoments, thresholds: Thresholds
) -> tuple[Points, ...]:
    visits, available, scored, lost, s2, sa, a2, l2 = (getattr(added, part.name)[:, places] for part in fields(added))
    codes = [codes[place] for place in places]
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
    shares, means = _estimates(keys, codes, visits, (100 * share, 100 * se, 100 * low, 100 * high), (mean, deviation, least, highest))
    there, got, gone = (each.tolist() for each in (available, scored, lost))
    return tuple(
        Points(key, codes[c], shares[g][c].n, there[g][c], got[g][c], gone[g][c], shares[g][c], means[g][c])
        for g, key in enumerate(keys)
        for c in [0, *(c for c in order[g].tolist() if c)]
        if shares[g][c].n
    )


def _estimates(
    keys: Sequence[Mapping[str, str | None]], codes: Sequence[str], visits: Array, *figures: tuple[Array, Array, Array, Array]
) -> list[list[list[Estimate]]]:
    """For each figure (value, se, low, high) an estimate of every group and code; of a single visit the value only."""
    counted = visits.astype(int).tolist()
    return [
        [
            [
                Estimate(key, code, value, se, low, high, n, float(n), n - 1.0, marked=n < FEW)
                if n > 1
                else Estimate(key, code, value, n=n, n_eff=float(n), marked=n < FEW)
                for code, n, (value, se, low, high) in zip(codes, counted[g], row, strict=True)
            ]
            for g, (key, row) in enumerate(zip(keys, np.stack(parts, axis=-1).tolist(), strict=True))
        ]
        for parts in figures
    ]


def wilson_ends(share: Array, se: Array, units: Array, level: float) -> tuple[Array, Array]:
    """:func:`analysis.inference.wilson_interval.wilson_interval` of many shares at once, ``units`` sampling units each (n, n_eff, df + 1).

    The quantile is that of the t distribution throughout, since the sampling units are few.
    """
    spread = share * (1 - share)
    varies = (spread > 1e-10) & (se**2 > 1e-10 * spread / units)
    base = np.where(varies, spread / np.where(varies, se, 1.0) ** 2, units)
    many, place = np.unique(units, return_inverse=True)
    z2 = (stats.t.ppf(level, np.maximum(many - 1, 1)) ** 2)[place].reshape(units.shape)
    middle = (share + z2 / (2 * base)) / (1 + z2 / base)
    half = np.sqrt(z2 * (spread / base + z2 / (4 * base**2))) / (1 + z2 / base)
    return np.clip(middle - half, 0.0, 1.0), np.clip(middle + half, 0.0, 1.0)
