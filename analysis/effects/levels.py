"""Before and after: the two levels of one figure and its change, each with its interval. A change, whatever brought it about.

Three kinds of figures have three kinds of chance. Of **answers** the chance of their samples counts: waves are independent samples and
count alike, so variances add up, with Welch and Satterthwaite's degrees of freedom (as ``t.test`` of R for two waves). Of **counts**
(complaints by month out of customers) the Poisson chance, widened by how much more months differ than it allows: a quasi-Poisson model of
two levels with identity link (``glm`` of R), its dispersion never below one. Of **measured values** (a KPI by month) how far months differ
around the two levels: the two-sample t with one common variance. Months are taken as independent of each other.

What is missing in a period drops that period out of its side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.inference.figures import two_sided_p
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from words.language import Message, message

NO_BEFORE = message("There is no figure before it.")
NO_AFTER = message("There is no figure since it.")
NO_SPREAD = message("With so few months nothing tells how far they differ by themselves, so there is no interval.")
#: A side without a single case counts for its variance as this many.
_LEAST_COUNT = 0.5
Keys = dict[str, str | None]


@dataclass(frozen=True)
class Levels:
    """The level ``before`` and ``after`` (means over their periods) and the ``change`` between them, in the unit of the figure."""

    before: Estimate
    after: Estimate
    change: Estimate


@dataclass(frozen=True)
class _Side:
    """One level: value, standard error, degrees of freedom (infinite: a normal interval) and the bases behind it."""

    value: float
    se: float | None
    df: float
    n: int
    n_eff: float


def levels_of_waves(
    figures: Sequence[Estimate], code: str, before: Sequence[str], after: Sequence[str], thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> Levels:
    """From one figure a wave (key ``wave``). A level of a single wave keeps that wave's own interval (Wilson's of a share)."""
    there = {str(each.keys.get("wave")): each for each in figures if each.value is not None and each.se is not None}
    sides, whole = [], []
    for waves in (before, after):
        found = [there[wave] for wave in waves if wave in there]
        sides.append(_mean_of(found) if found else None)
        whole.append(found[0] if len(found) == 1 else None)
    told = _levels(code, sides[0], sides[1], None, thresholds)
    kept = [
        level if single is None else level._replace(low=single.low, high=single.high)
        for level, single in zip((told.before, told.after), whole, strict=True)
    ]
    return Levels(kept[0], kept[1], told.change)


def levels_of_counts(
    code: str,
    before: tuple[Sequence[float], Sequence[float]],
    after: tuple[Sequence[float], Sequence[float]],
    per: float,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Levels:
    """From counts and bases of the months before and after; levels are ``per · Σcounts / Σbases``.

    ``n`` is the cases, ``n_eff`` the months.
    """
    months = len(before[0]) + len(after[0])
    sides = [(np.asarray(counts, dtype=np.float64), np.asarray(bases, dtype=np.float64)) for counts, bases in (before, after)]
    pearson = 0.0
    for counts, bases in sides:
        expected = counts.sum() * bases / bases.sum() if len(counts) else counts
        pearson += float(((counts - expected)[expected > 0] ** 2 / expected[expected > 0]).sum())
    df = float(months - 2) if months > 2 else float("inf")
    dispersion = max(1.0, pearson / df) if months > 2 else 1.0
    found: list[_Side | None] = []
    for counts, bases in sides:
        if not len(counts):
            found.append(None)
            continue
        total, base = float(counts.sum()), float(bases.sum())
        error = per * float(np.sqrt(dispersion * max(total, _LEAST_COUNT))) / base
        found.append(_Side(per * total / base, error, df, round(total), float(len(counts))))
    told = _levels(code, found[0], found[1], df, thresholds)
    floored = [each if each.low is None else each._replace(low=max(each.low, 0.0)) for each in (told.before, told.after)]
    return Levels(floored[0], floored[1], told.change)


def levels_of_values(code: str, before: Sequence[float], after: Sequence[float], thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Levels:
    """From measured values of the months before and after. Without a third month there is no interval, and a note says so."""
    sides = [np.asarray(values, dtype=np.float64) for values in (before, after)]
    df = len(before) + len(after) - 2
    spread = None
    if df > 0 and all(map(len, sides)):
        spread = float(np.sqrt(sum(((values - values.mean()) ** 2).sum() for values in sides) / df))
    found = [
        _Side(float(values.mean()), None if spread is None else spread / np.sqrt(len(values)), float(df), len(values), float(len(values)))
        if len(values)
        else None
        for values in sides
    ]
    return _levels(code, found[0], found[1], float(df), thresholds)


def _mean_of(waves: Sequence[Estimate]) -> _Side:
    """The mean of waves that are independent samples."""
    parts = [(each.se or 0.0) ** 2 / len(waves) ** 2 for each in waves]
    dfs = [each.df or float("inf") for each in waves]
    value = float(np.mean([each.value for each in waves]))
    return _Side(value, float(np.sqrt(sum(parts))), _joint_df(parts, dfs), sum(each.n for each in waves), sum(each.n_eff for each in waves))


def _joint_df(parts: Sequence[float], dfs: Sequence[float]) -> float:
    """Welch and Satterthwaite's degrees of freedom of a sum of independent variances."""
    below = sum(part**2 / df for part, df in zip(parts, dfs, strict=True) if np.isfinite(df))
    return sum(parts) ** 2 / below if below > 0 else float("inf")


def _levels(code: str, before: _Side | None, after: _Side | None, df: float | None, thresholds: Thresholds) -> Levels:
    """``df`` of the change where both sides share one variance; None: Welch and Satterthwaite's."""
    levels = [
        _told({"figure": name}, code, side, reason, thresholds)
        for name, side, reason in (("level_before", before, NO_BEFORE), ("level_after", after, NO_AFTER))
    ]
    keys: Keys = {"figure": "change"}
    if before is None or after is None:
        return Levels(levels[0], levels[1], Estimate(keys, code, None, reason=NO_BEFORE if before is None else NO_AFTER))
    se, joint = None, df
    if before.se is not None and after.se is not None:
        parts = (before.se**2, after.se**2)
        se = float(np.sqrt(sum(parts)))
        joint = df if df is not None else _joint_df(parts, (before.df, after.df))
    change = _Side(after.value - before.value, se, joint or 1.0, before.n + after.n, before.n_eff + after.n_eff)
    told = _told(keys, code, change, NO_AFTER, thresholds)
    p = None if change.se is None else two_sided_p(change.value, change.se, change.df)
    verdict = "unclear" if p is None or p > thresholds.alpha else "higher" if change.value > 0 else "lower"
    return Levels(levels[0], levels[1], told._replace(p=p, verdict=verdict))


def _told(keys: Keys, code: str, side: _Side | None, missing: Message, thresholds: Thresholds) -> Estimate:
    if side is None:
        return Estimate(keys, code, None, reason=missing)
    entry = Estimate(keys, code, side.value, side.se, n=side.n, n_eff=side.n_eff)
    if side.se is None:
        return entry._replace(note=NO_SPREAD)
    share = (1 + thresholds.confidence) / 2
    half = float(stats.t.ppf(share, side.df) if np.isfinite(side.df) else stats.norm.ppf(share)) * side.se
    return entry._replace(low=side.value - half, high=side.value + half, df=side.df if np.isfinite(side.df) else None)
