"""How tickets are handled: solved at first contact, escalated, handed over, and time to resolve against each promise.

Shares have Wilson's interval over the tickets where it is known. Time to resolve is that of resolved tickets, mean **and** longest. Open
tickets are censored: their time is not known yet, so the mean of the resolved ones is too favourable while slow ones are open. The share
within a promise therefore counts every open ticket older than the promised longest time as not kept, and leaves out younger open ones,
whose fate is undecided; how many are open and how many of them overdue stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from scipy import stats

from analysis.complaints.ticket_sums import (
    ESCALATED,
    FIRST_CONTACT,
    HAND_OVERS,
    KNOWN,
    LONGEST,
    TICKETS,
    Promise,
    TicketSums,
)
from analysis.inference.wilson_interval import wilson_interval
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.results.provenance import Provenance
from words.language import message

METHOD = message(
    "Shares of tickets with Wilson's interval, mean hand-overs with Student's interval, cut off at 0; tickets without the entry are "
    "left out."
)
PROMISE_METHOD = message(
    "Time of resolved tickets, mean and longest; the share within the promise counts open tickets older than promised as not kept."
)
NOT_KNOWN = message("No ticket has this entry.")


@dataclass(frozen=True)
class PromiseKept:
    """One promise in one group: hours in ``mean`` (of resolved tickets), ``longest_hours`` the longest of them, ``within`` the share in
    per cent within the longest time promised; ``open`` tickets, ``overdue`` of them older than that.

    ``mean_kept``: True, False, or None where the interval of the mean holds the promise or there is none; ``longest_kept`` likewise: False
    once one ticket, resolved or open, took longer.
    """

    promise: Promise
    keys: Mapping[str, str | None]
    tickets: int
    mean: Estimate
    longest_hours: float | None
    within: Estimate
    open: int
    overdue: int
    mean_kept: bool | None
    longest_kept: bool | None


def handling_figures(
    sums: TicketSums,
    by: Sequence[str] = (),
    where: Mapping[str, str | None] | None = None,
    *,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Result:
    """Share solved at first contact and share escalated (per cent), and mean hand-overs, for each group."""
    found: list[Estimate] = []
    for keys, row in _groups(sums, by, where):
        for code in (FIRST_CONTACT, ESCALATED):
            found.append(_share(keys, code, row.get(code, 0.0), row.get(code + KNOWN, 0.0), thresholds))
        known = row.get(HAND_OVERS + KNOWN, 0.0)
        found.append(_mean(keys, HAND_OVERS, known, row.get(HAND_OVERS, 0.0), row.get(HAND_OVERS + "_2", 0.0), thresholds))
    return Result(tuple(found), Provenance(METHOD, thresholds))


def promises_kept(
    sums: TicketSums,
    by: Sequence[str] = (),
    where: Mapping[str, str | None] | None = None,
    *,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> list[PromiseKept]:
    """Every promise in every group that has a ticket it is for."""
    return [
        _kept(promise, place, keys, row, thresholds)
        for keys, row in _groups(sums, by, where)
        for place, promise in enumerate(sums.promises)
        if row[f"promise_{place}"] > 0
    ]


def _kept(promise: Promise, place: int, keys: Mapping[str, str | None], row: pd.Series, thresholds: Thresholds) -> PromiseKept:
    name = f"promise_{place}"
    resolved, still_open = row[f"{name}_resolved"], row[name] - row[f"{name}_resolved"]
    mean = _mean(keys, promise.name, resolved, row[f"{name}_hours"], row[f"{name}_hours_2"], thresholds)
    longest = None if pd.isna(row[f"{LONGEST}_{place}"]) else float(row[f"{LONGEST}_{place}"])
    if promise.longest_hours is None:
        within = Estimate(keys, promise.name, None, reason=message("The promise names no longest time."))
        overdue, longest_kept = 0.0, None
    else:
        overdue = row[f"{name}_overdue"]
        within = _share(keys, promise.name, row[f"{name}_within"], resolved + overdue, thresholds)
        broken = overdue > 0 or (longest is not None and longest > promise.longest_hours)
        longest_kept = False if broken else None if longest is None else True
    return PromiseKept(
        promise, keys, int(row[name]), mean, longest, within, int(still_open), int(overdue), _mean_kept(mean, promise), longest_kept
    )  # fmt: skip


def _mean_kept(mean: Estimate, promise: Promise) -> bool | None:
    if promise.mean_hours is None or mean.low is None or mean.high is None:
        return None
    return True if mean.high <= promise.mean_hours else False if mean.low > promise.mean_hours else None


def _groups(sums: TicketSums, by: Sequence[str], where: Mapping[str, str | None] | None) -> list[tuple[dict[str, str | None], pd.Series]]:
    table = sums.grouped(by, where)
    rows = [table.iloc[place] for place in range(len(table))]
    return [({name: None if pd.isna(row[name]) else str(row[name]) for name in by}, row) for row in rows if row[TICKETS] > 0 or not by]


def _share(keys: Mapping[str, str | None], code: str, part: float, base: float, thresholds: Thresholds) -> Estimate:
    """A share in per cent with Wilson's interval."""
    if not base > 0:
        return Estimate(keys, code, None, reason=NOT_KNOWN)
    share = float(part / base)
    low, high = wilson_interval(share, None, int(base), base, max(base - 1, 1), thresholds.confidence)
    se = 100 * float((share * (1 - share) / base) ** 0.5)
    return Estimate(keys, code, 100 * share, se, 100 * low, 100 * high, int(base), float(base), marked=base < thresholds.marked_below)


def _mean(keys: Mapping[str, str | None], code: str, n: float, total: float, squares: float, thresholds: Thresholds) -> Estimate:
    """A mean with Student's interval from its sums; without interval for fewer than two.

    Hours and hand-overs are never below 0, so the interval is cut off there.
    """
    if not n > 0:
        return Estimate(keys, code, None, reason=NOT_KNOWN)
    mean, marked = float(total / n), bool(n < thresholds.marked_below)
    if n < 2:
        return Estimate(keys, code, mean, n=int(n), n_eff=float(n), marked=marked)
    se = float((max(squares - n * mean**2, 0.0) / (n - 1) / n) ** 0.5)
    half = float(stats.t.ppf((1 + thresholds.confidence) / 2, n - 1)) * se
    return Estimate(keys, code, mean, se, max(mean - half, 0.0), mean + half, int(n), float(n), df=float(n - 1), marked=marked)
